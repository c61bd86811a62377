# SPDX-License-Identifier: Apache-2.0
"""Working-day calendars."""

from __future__ import annotations

import datetime
from typing import Any

from . import _convert, _core
from ._convert import Document
from .table import Table

__all__ = ["Calendar", "calendar_schema"]


def calendar_schema() -> str:
    """The JSON Schema (draft 2020-12) of the calendar document, as text."""
    return _core.Calendar.schema()


class Calendar:
    """A working-day calendar: weekends, holidays (dated, or made by rules), a range. Immutable.

    The document is {"calendar": id, "title": {...}, "valid": {"from": date, "to": date},
    "weekend": ["saturday", "sunday"], "holidays": [{"date": date, "name": {...}, "source": text,
    "verified": bool}], "rules": [{"name": {...}, "on": "05-01", "moves": "next working day"}],
    "working": [{"date": date}]}; `valid` is half-open; calendar_schema() tells all of it. Raises
    MalformedError and InvalidDocumentError, with every problem. The questions raise ArgumentError
    when they need a day outside the validity.
    """

    __slots__ = ("__weakref__", "_document", "_handle")
    _handle: _core.Calendar
    _document: bytes

    def __init__(self, document: Document) -> None:
        self._document = _convert.document(document, "document")
        self._handle = _core.Calendar(self._document)

    def is_working_day(self, day: datetime.date | str) -> bool:
        """Whether people work on that day."""
        return self._handle.is_working_day(_convert.day(day, "day"))

    def working_days_between(self, start: datetime.date | str, end: datetime.date | str) -> int:
        """The number of working days in [start, end); negative when end < start."""
        return self._handle.working_days_between(
            _convert.day(start, "start"), _convert.day(end, "end")
        )

    def add_working_days(self, day: datetime.date | str, n: int) -> datetime.date:
        """The n-th working day after `day` (before it when n < 0); `day` itself does not count."""
        return self._handle.add_working_days(
            _convert.day(day, "day"), _convert.integer(n, "n", bits=32)
        )

    def holidays(self) -> Table:
        """Columns date, name_ar, name_en, name_fr, source, verified, moved_from."""
        return Table(self._handle.holidays())

    def __reduce__(self) -> tuple[Any, ...]:
        return (Calendar, (self._document,))

    def __repr__(self) -> str:
        count = len(self.holidays())
        return f"<partnership.Calendar: {count} holiday{'' if count == 1 else 's'}>"
