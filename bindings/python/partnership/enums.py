# SPDX-License-Identifier: Apache-2.0
"""The numbers of the C API by name. Their values are frozen."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["ColumnType", "Language", "Outcome", "Status"]


class Status(IntEnum):
    """What a call ended with; the class of an exception follows from it."""

    OK = 0
    INVALID_ARGUMENT = 1
    MALFORMED = 2
    INVALID_DOCUMENT = 3
    REFUSED = 4
    NOT_FOUND = 5
    STATE = 6
    CORRUPT = 7
    BUSY = 8
    IO = 9
    NO_MEMORY = 10
    CANCELLED = 11
    LIMIT = 12
    INTERNAL = 13


class Language(IntEnum):
    """A language of the library: Arabic, English, French."""

    AR = 0
    EN = 1
    FR = 2


class Outcome(IntEnum):
    """The outcome of a criterion, and of a whole check."""

    MET = 1
    NOT_MET = 2
    UNDETERMINED = 3
    """Facts that are not known decide it."""
    NOT_APPLICABLE = 4
    """Not in force on that day."""


class ColumnType(IntEnum):
    """The type of a table's column."""

    BOOL = 1
    INT32 = 2
    INT64 = 3
    DOUBLE = 4
    DATE = 5
    TEXT = 6
