"""The floor under every check: what merely parsing the data and reading the pages costs, with nothing made of them.

A program of its own, so that `benchmarks.check` can measure it as it measures ours.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml


def main() -> None:
    """Parse and read the project in the folder named on the command line, and keep it all, as a check does."""
    root = Path(sys.argv[1])
    data = [yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader) for path in sorted((root / "data").rglob("*.yml"))]
    pages = [path.read_text(encoding="utf-8") for path in sorted((root / "docs").rglob("*.md"))]
    sys.stdout.write(f"{sum(map(len, data))} entries, {len(pages)} pages\n")


if __name__ == "__main__":
    main()
