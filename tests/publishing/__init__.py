"""Tests of `handbook/publishing/`."""
