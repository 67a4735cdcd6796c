"""Posts what a pull request changes as one comment, and renews it when the pull request does.

    REPOSITORY=… COMMIT=… python3 .github/scripts/comment.py FOLDER

FOLDER holds what a run for a pull request has left: `number` and `diff.md`. Strangers may have had that run in their
hands, so anything may stand there. The number counts only if that pull request has the commit of the run; the text only
if the pull request leaves the workflows alone; and it is shown as what it is, text within a fence.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fence import LONGEST, fenced

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = "<!-- what this pull request changes -->"
BOT = "github-actions[bot]"
HEAD = "What this pull request changes in pages and data, as its run says:"
NO_SUMMARY = "This pull request changes .github/ or very much, so there is no summary of it here."
MOST_LISTED = 300
"""Files that GitHub names in a comparison."""


def read(path: Path, most: int) -> str:
    """Read the beginning of a file that strangers may have written."""
    with path.open("rb") as file:
        return file.read(most).decode(errors="replace")


def github(*words: str, body: str | None = None) -> Any:  # noqa: ANN401 - as GitHub answers
    """Ask GitHub by its own program, which takes the token from the environment."""
    sent = ["--input", "-"] if body is not None else []
    command = ["gh", "api", *words, *sent]
    payload = None if body is None else json.dumps({"body": body})
    done = subprocess.run(command, input=payload, capture_output=True, text=True, check=True)  # noqa: S603 - our words
    return json.loads(done.stdout)


def comments(repository: str, number: str) -> Iterator[dict[str, Any]]:
    """Yield all comments of a pull request, the oldest first."""
    for page in count(1):
        listed = github(f"repos/{repository}/issues/{number}/comments?per_page=100&page={page}")
        yield from listed
        if len(listed) < 100:  # noqa: PLR2004 - as asked for
            return


def is_trusted(repository: str, base: str, commit: str) -> bool:
    """Whether a commit leaves alone what decides what its run does; not if it changes too much to tell."""
    files = github(f"repos/{repository}/compare/{base}...{commit}")["files"]
    names = [file.get(key, "") for file in files for key in ("filename", "previous_filename")]
    return len(files) < MOST_LISTED and not any(name.startswith(".github/") for name in names)


def main() -> int:
    """Do what the command line says."""
    folder, repository, commit = Path(sys.argv[1]), os.environ["REPOSITORY"], os.environ["COMMIT"]
    number = read(folder / "number", 20).strip()
    if not re.fullmatch(r"[1-9][0-9]{0,8}", number):
        print("The run names no pull request.")
        return 1
    pull = github(f"repos/{repository}/pulls/{number}")
    if pull["head"]["sha"] != commit:
        print("The run is not of this pull request, or not of its newest commit.")
        return 1
    trusted = is_trusted(repository, pull["base"]["sha"], commit)
    said = f"{HEAD}\n\n{fenced(read(folder / 'diff.md', 4 * LONGEST))}" if trusted else NO_SUMMARY
    body = f"{MARK}\n{said}"
    ours = [c["id"] for c in comments(repository, number) if c["user"]["login"] == BOT and c["body"].startswith(MARK)]
    if ours:
        github("--method", "PATCH", f"repos/{repository}/issues/comments/{ours[0]}", body=body)
    else:
        github("--method", "POST", f"repos/{repository}/issues/{number}/comments", body=body)
    return 0


if __name__ == "__main__":
    sys.exit(main())
