# SPDX-License-Identifier: Apache-2.0
"""The exceptions. All derive from PartnershipError; most from a built-in exception, too.

Infeasible, undetermined and not met are answers and never exceptions. An exception carries every
problem that was found; where there are several, its traceback lists them as notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, NamedTuple

from .enums import Status

__all__ = [
    "ArgumentError",
    "BusyError",
    "CancelledError",
    "CorruptError",
    "InternalError",
    "InvalidDocumentError",
    "IoError",
    "LimitError",
    "MalformedError",
    "NoMemoryError",
    "NotFoundError",
    "PartnershipError",
    "Problem",
    "RefusedError",
    "StateError",
]

_NOTES = 20  # a traceback shows so many problems; `problems` has all of them


class Problem(NamedTuple):
    """One thing that is wrong, and where."""

    message: str
    """One line."""
    pointer: str = ""
    """RFC 6901 JSON pointer; empty: the whole document, or no document."""
    offset: int | None = None
    """Bytes from the start of the document's UTF-8 text."""
    line: int | None = None
    """From 1."""
    column: int | None = None
    """From 1, in code points; None also where the problem is of a whole line."""

    def __str__(self) -> str:
        place = self.pointer
        if self.line is not None:
            column = "" if self.column is None else f", column {self.column}"
            place += f"{' ' if place else ''}(line {self.line}{column})"
        return f"{place}: {self.message}" if place else self.message


class PartnershipError(Exception):
    """A call could not do its work.

    `status` is a Status, `code` its name ("invalid_document"); `problems` lists everything that was
    found, in the order of the text; `details` are keys and values that a program may act on
    ("nearest"). `pointer`, `offset`, `line` and `column` are those of the first problem.
    """

    status: ClassVar[Status] = Status.INTERNAL
    problems: tuple[Problem, ...]
    details: dict[str, str]

    def __init__(
        self,
        message: str = "",
        problems: Iterable[Problem] = (),
        details: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.problems = tuple(problems) or (Problem(message),)
        self.details = dict(details or {})
        if len(self.problems) > 1:
            for problem in self.problems[:_NOTES]:
                self.add_note(f"- {problem}")
            if len(self.problems) > _NOTES:
                self.add_note(f"- and {len(self.problems) - _NOTES} more")

    @property
    def code(self) -> str:
        """The name of the status, e.g. "invalid_document"."""
        return self.status.name.lower()

    @property
    def pointer(self) -> str:
        """The JSON pointer of the first problem, "" for none."""
        return self.problems[0].pointer

    @property
    def offset(self) -> int | None:
        """The place of the first problem in bytes, or None."""
        return self.problems[0].offset

    @property
    def line(self) -> int | None:
        """The line of the first problem from 1, or None."""
        return self.problems[0].line

    @property
    def column(self) -> int | None:
        """The column of the first problem from 1, in code points, or None."""
        return self.problems[0].column

    def __str__(self) -> str:  # KeyError would show the repr, OSError a number
        return str(self.args[0]) if self.args else ""

    def __reduce__(self) -> tuple[object, ...]:
        return (_restore, (type(self), str(self), tuple(map(tuple, self.problems)), self.details))


class ArgumentError(PartnershipError, ValueError):
    """An argument is what the function's documentation forbids."""

    status = Status.INVALID_ARGUMENT


class MalformedError(PartnershipError, ValueError):
    """A text is not what its format demands: JSON, UTF-8, CSV, a date."""

    status = Status.MALFORMED


class InvalidDocumentError(PartnershipError, ValueError):
    """A document is well-formed, but breaks its schema or contradicts itself."""

    status = Status.INVALID_DOCUMENT


class RefusedError(PartnershipError):
    """An event breaks an invariant of the register; nothing was recorded."""

    status = Status.REFUSED


class NotFoundError(PartnershipError, KeyError):
    """There is nothing of this name; `details["nearest"]` may name something like it."""

    status = Status.NOT_FOUND


class StateError(PartnershipError):
    """The object is not in a state that allows the call, e.g. closed."""

    status = Status.STATE


class CorruptError(PartnershipError):
    """Stored data is not what was written."""

    status = Status.CORRUPT


class BusyError(PartnershipError):
    """Another process holds the register."""

    status = Status.BUSY


class IoError(PartnershipError, OSError):
    """The disk or the file system failed."""

    status = Status.IO


class NoMemoryError(PartnershipError, MemoryError):
    """There is not enough memory."""

    status = Status.NO_MEMORY


class CancelledError(PartnershipError):
    """The call was cancelled; what it had begun is undone."""

    status = Status.CANCELLED


class LimitError(PartnershipError):
    """A size, depth or budget that the library bounds."""

    status = Status.LIMIT


class InternalError(PartnershipError):
    """A fault of the library itself: please report it."""

    status = Status.INTERNAL


_CLASSES: dict[int, type[PartnershipError]] = {
    kind.status: kind
    for kind in (
        ArgumentError,
        MalformedError,
        InvalidDocumentError,
        RefusedError,
        NotFoundError,
        StateError,
        CorruptError,
        BusyError,
        IoError,
        NoMemoryError,
        CancelledError,
        LimitError,
        InternalError,
    )
}


def _restore(
    kind: type[PartnershipError],
    message: str,
    problems: Iterable[tuple[str, str, int | None, int | None, int | None]],
    details: Mapping[str, str],
) -> PartnershipError:
    return kind(message, (Problem(*problem) for problem in problems), details)


def _make(
    status: int,
    message: str,
    problems: Iterable[tuple[str, str, int, int, int]],
    details: Mapping[str, str],
) -> PartnershipError:
    """The exception for a failed call; called by the compiled module."""
    places = (
        Problem(text, pointer, None if offset < 0 else offset, line or None, column or None)
        for text, pointer, offset, line, column in problems
    )
    return _CLASSES.get(status, InternalError)(message, places, details)
