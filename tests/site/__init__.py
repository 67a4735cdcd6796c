"""Tests of `handbook/site/`."""
