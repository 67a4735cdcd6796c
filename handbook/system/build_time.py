"""The time that everything built bears."""

from __future__ import annotations

import datetime as dt
import os

_FIRST_OF_ZIP = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""No archive can name an earlier time."""


def build_time() -> dt.datetime:
    """Return the time that everything built bears: that of the sources, never that of the clock."""
    said = dt.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), tz=dt.UTC)
    return max(said, _FIRST_OF_ZIP)


def set_build_time(day: dt.date) -> None:
    """Let what is built bear a day, unless a time is given in the environment, as by `make`.

    It is put into the environment, where MkDocs and the processes that build look for it, too
    (https://reproducible-builds.org/specs/source-date-epoch/).

    Args:
        day: that of the sources, such as the newest review; never the current time.
    """
    midnight = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(midnight.timestamp())))
