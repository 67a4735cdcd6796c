"""Whether an image is what its ending says, and no larger than a phone can show.

A drawing in SVG is a document, which can hold scripts and fetch what it likes; so pages have no such files. And a small
file can be so large a picture that whoever shows or prints it runs out of time or memory.
"""

from __future__ import annotations

import io
import warnings
from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.limits import MOST_PIXELS
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.problems import Report

_FORMATS: Mapping[str, str] = MappingProxyType({".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"})
"""What Pillow calls the images with each ending."""

ENDINGS = frozenset(_FORMATS)
"""Of images."""


def check_image(data: bytes, ending: str, file: str, report: Report) -> None:
    """Check an image.

    Args:
        data: its bytes.
        ending: of its name, one of `ENDINGS`.
        file: its name in problems.
        report: called with each problem.
    """
    from PIL import Image  # noqa: PLC0415 - it takes a while, and few handbooks have a photograph

    try:
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            width, height = Image.open(io.BytesIO(data), formats=[_FORMATS[ending]]).size
    except Image.DecompressionBombError:
        width = height = MOST_PIXELS  # so many that Pillow does not say
    except (OSError, SyntaxError):  # as Pillow says that it is another format, or a broken one
        message = f"this is not a '{ending}' image; save it as one with a program for images"
        report(Problem(Location(file), ProblemKind.FILE_TYPE, message))
        return
    if width * height > MOST_PIXELS:
        message = f"the image has more than {MOST_PIXELS} pixels, which a phone cannot show; make it smaller"
        report(Problem(Location(file), ProblemKind.TOO_LARGE, message))
