"""Tests of `handbook/model/`."""
