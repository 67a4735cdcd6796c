"""`python -m handbook`, for where the command is not on the path."""

from handbook.cli import main

main(prog_name="handbook")
