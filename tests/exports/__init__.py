"""Tests of `handbook/exports/`."""
