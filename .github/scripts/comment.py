"""Posts what a pull request changes as one comment, and renews it when the pull request does.

    REPOSITORY=… COMMIT=… python3 .github/scripts/comment.py FOLDER

FOLDER holds what a run for a pull request has left: `number` and `diff.md`. Strangers had that run in their hands, so
anything may stand there. The number counts only if that pull request has the commit of the run, and the text is made
harmless: it mentions nobody, links nowhere and has no HTML.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

MARK = "<!-- what this pull request changes -->"
BOT = "github-actions[bot]"
LONGEST = 60_000
"""GitHub takes 65,536 characters."""

GAP = "\N{ZERO WIDTH SPACE}"
HARMLESS = (
    (re.compile(r"[^\n\t\x20-\x7e\xa0-\u200a\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\uf900-\ufdff]"), "?"),
    (re.compile(r"[@#](?=\w)|\bGH-|www|:(?=/)|&(?=[\w#])|<(?=[\w/!?])", re.IGNORECASE), rf"\g<0>{GAP}"),
    (re.compile(r"\](?=[(\[:])"), f"]{GAP}"),
)
"""What to replace: invisible and turning characters; mentions, references, addresses, entities, tags; links, images.

A gap that nobody sees takes them apart in text and in code alike, where an entity would be shown as it is.
"""


def harmless(text: str) -> str:
    """Give a text that Markdown shows, and that does nothing else."""
    for pattern, replacement in HARMLESS:
        text = pattern.sub(replacement, text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}\n\n… and more; see the run's artifact."


def read(path: Path, most: int) -> str:
    """Read the beginning of a file that strangers may have written."""
    with path.open("rb") as file:
        return file.read(most).decode(errors="replace")


def github(*words: str, body: str | None = None) -> object:
    """Ask GitHub by its own program, which takes the token from the environment."""
    sent = ["--input", "-"] if body is not None else []
    command = ["gh", "api", *words, *sent]
    payload = None if body is None else json.dumps({"body": body})
    done = subprocess.run(command, input=payload, capture_output=True, text=True, check=True)  # noqa: S603 - our words
    return json.loads(done.stdout)


def main() -> int:
    """Do what the command line says."""
    folder, repository, commit = Path(sys.argv[1]), os.environ["REPOSITORY"], os.environ["COMMIT"]
    number = read(folder / "number", 20).strip()
    if not re.fullmatch(r"[1-9][0-9]{0,8}", number):
        print("The run names no pull request.")
        return 1
    pull = github(f"repos/{repository}/pulls/{number}")
    if not isinstance(pull, dict) or pull["head"]["sha"] != commit:
        print("The run is not of this pull request, or not of its newest commit.")
        return 1
    body = f"{MARK}\n{harmless(read(folder / 'diff.md', 4 * LONGEST))}"
    comments = github(f"repos/{repository}/issues/{number}/comments?per_page=100")
    listed = comments if isinstance(comments, list) else []
    ours = [c["id"] for c in listed if c["user"]["login"] == BOT and c["body"].startswith(MARK)]
    if ours:
        github("--method", "PATCH", f"repos/{repository}/issues/comments/{ours[0]}", body=body)
    else:
        github("--method", "POST", f"repos/{repository}/issues/{number}/comments", body=body)
    return 0


if __name__ == "__main__":
    sys.exit(main())
