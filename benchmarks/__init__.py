"""Measurements of the handbook's tools on projects far larger than the real one."""
