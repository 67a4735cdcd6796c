"""Tests of the handbook: its tools on tiny projects, and the real project as readers and editors meet it."""
