# SPDX-License-Identifier: Apache-2.0
"""The numbers of the C API by name. Their values are frozen."""

from __future__ import annotations

from enum import IntEnum

__all__ = [
    "ColumnType",
    "Language",
    "LotteryPhase",
    "LotteryStatus",
    "ObligationState",
    "Outcome",
    "Status",
]


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
    """The outcome of a criterion, of a whole check, and of a norm of a charter."""

    MET = 1
    NOT_MET = 2
    UNDETERMINED = 3
    """Facts that are not known decide it."""
    NOT_APPLICABLE = 4
    """Not in force on that day, or not triggered."""
    PENDING = 5
    """Of a norm: the day has not come."""
    MET_BY_EXCEPTION = 6
    """Of a norm: not met, for a reason that the charter allows."""


class ObligationState(IntEnum):
    """Where an obligation over time stands."""

    NONE = 0
    PENDING = 1
    FULFILLED = 2
    FULFILLED_LATE = 3
    OVERDUE = 4
    """Not done, and still to be done."""
    VIOLATED = 5
    """Can no longer be done as asked."""
    EXCUSED = 6
    """By an exception."""
    COMPENSATED = 7
    """Broken, and the norm that repairs it is fulfilled."""
    DEEMED = 8
    """Decided by silence."""
    LAPSED = 9
    """Ended by silence."""


class LotteryStatus(IntEnum):
    """How the composition of a lottery ended."""

    PROVED = 1
    """No lottery is better; the product's: none by more than the gap."""
    BOUND = 2
    """A lottery; how much better one could be is bounded."""
    INFEASIBLE = 3
    """There is no committee."""
    LIMIT = 4
    """It ended before there was a lottery."""
    TROUBLE = 5
    """The solver's numbers could not be trusted and could not be mended."""
    DRAWN = 6
    """The legacy method's panels were drawn; nothing is proved."""


class LotteryPhase(IntEnum):
    """What a composition is at."""

    LEVELS = 0
    """The fairest probabilities."""
    PANELS = 1
    """Panels that make them up."""
    COLUMNS = 2
    """Panels sought one by one."""
    PROOFS = 3
    """What is proved by branching."""
    SAMPLING = 4
    """The legacy method's draws."""


class ColumnType(IntEnum):
    """The type of a table's column."""

    BOOL = 1
    INT32 = 2
    INT64 = 3
    DOUBLE = 4
    DATE = 5
    TEXT = 6
