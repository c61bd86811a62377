# SPDX-License-Identifier: Apache-2.0
"""What the commands share: days on the command line, and errors in lines."""

from __future__ import annotations

import argparse
import datetime
import os
import sys

from .errors import PartnershipError


def day(text: str) -> datetime.date:
    """A day of the command line."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is no day, expected YYYY-MM-DD") from None


def report(
    error: PartnershipError, *, pointers: bool = True, file: os.PathLike[str] | None = None
) -> None:
    """Prints what is wrong (in `file`) to standard error, a line a problem."""
    name = "" if file is None else f"{os.fspath(file)}: "
    for problem in error.problems:
        place = ""
        if problem.line is not None:
            column = "" if problem.column is None else f", column {problem.column}"
            place = f"line {problem.line}{column}: "
        pointer = f" (at {problem.pointer})" if pointers and problem.pointer else ""
        print(f"error: {name}{place}{problem.message}{pointer}", file=sys.stderr)
