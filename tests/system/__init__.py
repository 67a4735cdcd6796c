"""Tests of `handbook/system/`."""
