# SPDX-License-Identifier: Apache-2.0
"""FEEL's values as Python objects.

null, booleans, numbers (int, or decimal.Decimal where there are decimals), strings, lists and
contexts (dict) are Python's own. So are dates, times, dates and times, and days and time durations
where datetime holds them exactly; beyond that (years, nanoseconds, zones that are not installed)
they are small immutable objects that know their FEEL text.
"""

from __future__ import annotations

import datetime
import re
import zoneinfo
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from .. import _core
from ..errors import ArgumentError

__all__ = [
    "FeelDate",
    "FeelDateTime",
    "FeelDuration",
    "FeelTime",
    "FeelValue",
    "Function",
    "Range",
    "YearsMonths",
]

KINDS = (
    "null",
    "boolean",
    "number",
    "string",
    "date",
    "time",
    "date and time",
    "days and time duration",
    "years and months duration",
    "list",
    "context",
    "range",
    "function",
)
_DATE, _TIME, _DATE_TIME, _DAYS_TIME = 4, 5, 6, 7

_LOW_CLOSED, _HIGH_CLOSED, _TEST, _DIFFERS = 1, 2, 4, 8


class FeelValue:
    """A value that no type of Python holds exactly. Immutable; equal to one of the same text.

    `str(value)` is its text, which FEEL has behind `@`.
    """

    __slots__ = ("_text",)
    _text: str
    kind: ClassVar[str] = ""
    """The name of its kind in FEEL."""

    def __init__(self, text: str) -> None:
        if type(self) is FeelValue:
            raise TypeError("a FeelValue is made as one of its kinds")
        if not isinstance(text, str):
            raise TypeError(f"`text` is of type {type(text).__name__}, expected str")
        object.__setattr__(self, "_text", text)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} never changes")

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._text!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, FeelValue):
            return NotImplemented
        return type(self) is type(other) and self._text == other._text

    def __hash__(self) -> int:
        return hash((type(self), self._text))

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self._text,))


class FeelDate(FeelValue):
    """A date outside the years 1 to 9999."""

    __slots__ = ()
    kind = KINDS[4]


class FeelTime(FeelValue):
    """A time of day with nanoseconds, or of a zone that is not installed."""

    __slots__ = ()
    kind = KINDS[5]


class FeelDateTime(FeelValue):
    """A date and time that datetime.datetime cannot hold."""

    __slots__ = ()
    kind = KINDS[6]


class FeelDuration(FeelValue):
    """A days and time duration that datetime.timedelta cannot hold."""

    __slots__ = ()
    kind = KINDS[7]


class YearsMonths(FeelValue):
    """A years and months duration: YearsMonths(years=1, months=2), or from its text "P1Y2M"."""

    __slots__ = ()
    kind = KINDS[8]

    def __init__(self, text: str | None = None, *, years: int = 0, months: int = 0) -> None:
        if text is None:
            whole = 12 * years + months
            number_of_years, rest = divmod(abs(whole), 12)
            text = ("-P" if whole < 0 else "P") + (f"{number_of_years}Y" if number_of_years else "")
            text += f"{rest}M" if rest or not number_of_years else ""
        elif not re.fullmatch(r"-?P(?=\d)(\d+Y)?(\d+M)?", text):
            raise ArgumentError(f"`{text}` is no years and months duration")
        super().__init__(text)

    @property
    def total_months(self) -> int:
        """Its months, those of the years counted in."""
        found = re.fullmatch(r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?", self._text)
        assert found is not None
        whole = 12 * int(found[2] or 0) + int(found[3] or 0)
        return -whole if found[1] else whole


class Range:
    """A range: from `low` to `high` (None: without an end), which may belong to it. Immutable.

    `test` is "" for one such as [1..2], "test" for one written with an operator, such as (< 10),
    and "differs" for one such as (!= 10).
    """

    __slots__ = ("_parts",)
    _parts: tuple[Any, Any, bool, bool, str]

    def __init__(
        self,
        low: Any,
        high: Any,
        low_closed: bool = True,
        high_closed: bool = True,
        test: str = "",
    ) -> None:
        if test not in ("", "test", "differs"):
            raise ArgumentError(f"`test` is `{test}`, expected test, differs or an empty text")
        object.__setattr__(self, "_parts", (low, high, bool(low_closed), bool(high_closed), test))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Range never changes")

    @property
    def low(self) -> Any:
        """The lower end, or None."""
        return self._parts[0]

    @property
    def high(self) -> Any:
        """The upper end, or None."""
        return self._parts[1]

    @property
    def low_closed(self) -> bool:
        """Whether the lower end belongs to it."""
        return self._parts[2]

    @property
    def high_closed(self) -> bool:
        """Whether the upper end belongs to it."""
        return self._parts[3]

    @property
    def test(self) -> str:
        """How it was written."""
        return self._parts[4]

    def _form(self) -> int:
        closed = _LOW_CLOSED * self.low_closed | _HIGH_CLOSED * self.high_closed
        return closed | {"": 0, "test": _TEST, "differs": _DIFFERS}[self.test]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Range):
            return NotImplemented
        return self._parts == other._parts

    def __hash__(self) -> int:
        return hash(self._parts)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Range, self._parts)

    def __repr__(self) -> str:
        if self.test:
            return f"<Range {self.test}: {self.low!r}, {self.high!r}>"
        opening, closing = "(["[self.low_closed], ")]"[self.high_closed]
        return f"<Range {opening}{self.low!r}..{self.high!r}{closing}>"


class Function:
    """A function of FEEL. It can be handed to other expressions, not called from Python."""

    __slots__ = ("_value",)
    _value: _core.Value

    def __init__(self, value: _core.Value) -> None:
        if not isinstance(value, _core.Value):
            raise TypeError("a Function is made by evaluating an expression")
        self._value = value

    def __repr__(self) -> str:
        return "<FEEL function>"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a FEEL function cannot be pickled")


# ---- from FEEL

_CLOCK = r"(\d\d):(\d\d):(\d\d)(?:\.(\d+))?"
_PLACE = r"(?:(Z)|([+-])(\d\d):(\d\d)(?::(\d\d))?|@(.+))?"
_TIME_TEXT = re.compile(_CLOCK + _PLACE)
_DATE_TIME_TEXT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T" + _CLOCK + _PLACE)
_DURATION_TEXT = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?")


def _microseconds(fraction: str | None) -> int | None:
    """None where there are digits behind the microseconds."""
    digits = (fraction or "").rstrip("0")
    return int(digits.ljust(6, "0")) if len(digits) <= 6 else None


def _zone(parts: tuple[str | None, ...]) -> datetime.tzinfo | bool | None:
    """The zone that the groups of _PLACE name; False: Python has none such."""
    utc, sign, hours, minutes, seconds, name = parts
    if utc:
        return datetime.UTC
    if sign:
        offset = datetime.timedelta(
            hours=int(hours or 0), minutes=int(minutes or 0), seconds=int(seconds or 0)
        )
        return datetime.timezone(-offset if sign == "-" else offset)
    if name is None:
        return None
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _read_time(text: str) -> datetime.time | FeelTime:
    found = _TIME_TEXT.fullmatch(text)
    if found is None:
        return FeelTime(text)
    microseconds, zone = _microseconds(found[4]), _zone(found.groups()[4:])
    if microseconds is None or isinstance(zone, bool):
        return FeelTime(text)
    return datetime.time(int(found[1]), int(found[2]), int(found[3]), microseconds, zone)


def _read_date_time(text: str) -> datetime.datetime | FeelDateTime:
    found = _DATE_TIME_TEXT.fullmatch(text)
    if found is None or found[1] == "0000":
        return FeelDateTime(text)
    microseconds, zone = _microseconds(found[7]), _zone(found.groups()[7:])
    if microseconds is None or isinstance(zone, bool):
        return FeelDateTime(text)
    parts = [int(found[group]) for group in range(1, 7)]
    year, month, day, hour, minute, second = parts
    return datetime.datetime(year, month, day, hour, minute, second, microseconds, zone)


def _read_duration(text: str) -> datetime.timedelta | FeelDuration:
    found = _DURATION_TEXT.fullmatch(text)
    microseconds = _microseconds(found[6]) if found else None
    if found is None or microseconds is None:
        return FeelDuration(text)
    try:
        days, hours, minutes, seconds = (int(found[group] or 0) for group in range(2, 6))
        amount = datetime.timedelta(
            days=days, hours=hours, minutes=minutes, seconds=seconds, microseconds=microseconds
        )
        return -amount if found[1] else amount
    except OverflowError:
        return FeelDuration(text)


def read(kind: int, text: str) -> object:
    """The object of a value of such a kind with this text."""
    if kind == _DATE:
        return FeelDate(text)
    if kind == _TIME:
        return _read_time(text)
    if kind == _DATE_TIME:
        return _read_date_time(text)
    return _read_duration(text) if kind == _DAYS_TIME else YearsMonths(text)


# ---- to FEEL


def _offset_text(offset: datetime.timedelta) -> str:
    if offset.microseconds:
        raise ArgumentError("a time zone whose offset has fractions of a second cannot be in FEEL")
    seconds = int(offset.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    text = f"{'-' if seconds < 0 else '+'}{hours:02}:{rest // 60:02}"
    return text + (f":{rest % 60:02}" if rest % 60 else "")


def _with_zone(text: str, moment: datetime.datetime | datetime.time) -> str:
    """`text`, which is local, with the moment's zone."""
    if moment.tzinfo is None:
        return text
    key = getattr(moment.tzinfo, "key", None)
    if isinstance(key, str) and moment.fold == 0:
        return f"{text}@{key}"
    offset = moment.utcoffset()
    if offset is None:
        raise ArgumentError(f"the time zone of {moment!r} has no offset")
    return text + ("Z" if moment.tzinfo is datetime.UTC else _offset_text(offset))


def _date_time_text(moment: datetime.datetime) -> str:
    nanoseconds = getattr(moment, "nanosecond", 0)  # of a pandas Timestamp
    text = f"{moment.year:04}-{moment.month:02}-{moment.day:02}T"
    text += f"{moment.hour:02}:{moment.minute:02}:{moment.second:02}"
    if moment.microsecond or nanoseconds:
        text += f".{moment.microsecond:06}{nanoseconds:03}"
    return _with_zone(text, moment)


def _duration_text(amount: datetime.timedelta) -> str:
    nanoseconds = getattr(amount, "nanoseconds", 0)  # of a pandas Timedelta
    whole = (amount.days * 86_400 + amount.seconds) * 10**9
    whole += amount.microseconds * 1000 + nanoseconds
    seconds, fraction = divmod(abs(whole), 10**9)
    text = f"{'-' if whole < 0 else ''}P{seconds // 86_400}DT{seconds % 86_400}"
    return text + (f".{fraction:09}S" if fraction else "S")


def _is_missing(value: object) -> bool:
    """Whether it is a NaN, or NaT or NA of pandas."""
    if type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float) and value != value


def write(value: object) -> tuple[Any, ...]:
    """What the compiled module makes of an object that it does not know itself."""
    if isinstance(value, Function):
        return ("value", value._value)
    if isinstance(value, FeelValue):
        return ("temporal", str(value))
    if isinstance(value, Range):
        return ("range", value._form(), value.low, value.high)
    if _is_missing(value):
        return ("value", None)
    if isinstance(value, datetime.datetime):
        return ("temporal", _date_time_text(value))
    if isinstance(value, datetime.date):
        return ("value", datetime.date(value.year, value.month, value.day))
    if isinstance(value, datetime.time):
        return ("temporal", _with_zone(value.replace(tzinfo=None).isoformat(), value))
    if isinstance(value, datetime.timedelta):
        return ("temporal", _duration_text(value))
    if isinstance(value, Decimal):
        return ("number", str(value))
    if isinstance(value, float):
        return ("number", float.__repr__(value))
    if isinstance(value, str):
        return ("value", str.__str__(value))
    if isinstance(value, Mapping):
        return ("mapping", value)
    if isinstance(value, tuple):
        return ("value", list(value))
    if hasattr(value, "tolist"):  # NumPy's arrays and scalars
        return ("value", value.tolist())
    raise TypeError(f"a {type(value).__name__} cannot be a FEEL value")
