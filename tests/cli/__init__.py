"""Tests of `handbook/cli/`."""
