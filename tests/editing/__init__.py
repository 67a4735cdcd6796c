"""Tests of `handbook/editing/`."""
