"""Keeps one issue about what became of links and reviews: opens it, renews it, closes it when there is nothing to do.

    REPOSITORY=… python3 .github/scripts/weekly.py REPORT

REPORT is a text file; an empty one means that there is nothing to do.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from fence import fenced

LABEL = "weekly-report"
TITLE = "Links and reviews to look after"


def gh(*words: str, text: str = "") -> str:
    """Run GitHub's own program, which takes the token from the environment."""
    command = ["gh", *words, "--repo", os.environ["REPOSITORY"]]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our words


def main() -> None:
    """Do what the command line says."""
    report = Path(sys.argv[1]).read_text(encoding="utf-8").strip()
    listed = json.loads(gh("issue", "list", "--state", "open", "--label", LABEL, "--json", "number"))
    numbers = [str(issue["number"]) for issue in listed]
    head = "This issue is renewed every week, and closed when nothing is left to do."
    body = f"{head}\n\n{fenced(report)}\n"  # other hosts had a part in it
    match report, numbers:
        case "", [number, *_]:
            gh("issue", "close", number, "--comment", "Nothing is left to do.")
        case "", []:
            print("Nothing to do.")
        case _, [number, *_]:
            gh("issue", "edit", number, "--body-file", "-", text=body)
        case _:
            gh("label", "create", LABEL, "--force", "--description", "Renewed by the weekly run")
            gh("issue", "create", "--title", TITLE, "--label", LABEL, "--body-file", "-", text=body)


if __name__ == "__main__":
    main()
