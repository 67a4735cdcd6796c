"""Tests of `handbook/downloads/`."""
