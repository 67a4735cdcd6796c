"""Tests of `handbook/site/mkdocs/`."""
