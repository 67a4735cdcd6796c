"""Tests of `handbook/checks/`."""
