"""Tests of `handbook/parsing/`."""
