# SPDX-License-Identifier: Apache-2.0
"""Runs conformance cases: a JSON object a line.

{"id": text, "lets": [[name, expression, type or null], ...] to be evaluated first and in order,
"inputs": {name: value}, "input_types": {name: type}, "feel": the expression, "type": its declared
type or null (a value that does not conform to it becomes null), "expect": value, "error": whether
something must be reported, too, "calendar": a calendar document, where one is needed}. A value is
null, {"t": XML Schema type, "v": text}, {"list": [value, ...]} or {"context": {name: value}}.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from ..calendar import Calendar
from ..errors import PartnershipError
from ._feel import Feel, compile, equal, kind, temporal

_MANY_DECIMALS = 7
_NEAR = Decimal("1e-8")


class Outcome(NamedTuple):
    """How a case went."""

    id: str
    passed: bool
    expected: str
    got: str
    """With what was reported."""


def read_value(written: Any) -> Any:
    """A value of a case as a Python object."""
    if written is None:
        return None
    if "list" in written:
        return [read_value(item) for item in written["list"]]
    if "context" in written:
        return {name: read_value(member) for name, member in written["context"].items()}
    return _read_simple(written["t"], written["v"])


def _read_simple(kind_: str, text: str) -> Any:
    if kind_ == "string":
        return text
    if kind_ == "boolean":
        return text == "true"
    if kind_ in ("decimal", "double"):
        return Decimal(text)
    if kind_ == "dateTime" and "T" not in text:
        text += "T00:00:00"
    if kind_ in ("date", "time", "dateTime", "duration"):
        return temporal(text)
    raise ValueError(f"unknown type `{kind_}`")


def _same_number(expected: Decimal, got: Decimal) -> bool:
    """Exactly; but an expected number of many decimals was calculated by floating point, and is
    met to a hundred-millionth, as the suite's own runners have it."""
    if expected == got:
        return True
    exponent = expected.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    return decimals >= _MANY_DECIMALS and abs(expected - got) < _NEAR


def conforms(expected: Any, got: Any) -> bool:
    """Whether a value is the one that was expected."""
    if expected is None or got is None:
        return expected is got
    if isinstance(expected, list):
        return (
            isinstance(got, list)
            and len(expected) == len(got)
            and all(map(conforms, expected, got))
        )
    if isinstance(expected, Mapping):
        return (
            isinstance(got, Mapping)
            and expected.keys() == got.keys()
            and all(conforms(member, got[name]) for name, member in expected.items())
        )
    if kind(expected) != kind(got):
        return False
    if kind(expected) == "number":
        return _same_number(Decimal(expected), Decimal(got))
    return equal(expected, got) is True


class _Runner:
    """The names of one case so far, their values and types, and what was reported."""

    def __init__(self, today: datetime.date, calendar: Calendar | None) -> None:
        self.today = today
        self.calendar = calendar
        self.values: dict[str, Any] = {}
        self.types: dict[str, str] = {}
        self.reported: list[str] = []

    def add(self, name: str, value: Any, type_: str | None) -> None:
        self.values[name] = value
        self.types[name] = type_ or "Any"

    def _compile(self, name: str, text: str, type_: str | None) -> Feel | None:
        entry = {"feel": text} if type_ is None else {"feel": text, "type": type_}
        try:
            return compile({name: entry}, self.types, unknown_types=True)
        except PartnershipError as error:
            self.reported += [str(problem) for problem in error.problems]
            return None

    def evaluate(self, name: str, text: str, type_: str | None) -> tuple[Any, str | None]:
        """The value, and its type: declared, or as far as it is known before it runs."""
        feel = self._compile(name, text, type_)
        if feel is None:
            return None, None
        moment = datetime.datetime.combine(self.today, datetime.time(), datetime.UTC)
        answer = feel.evaluate(
            name, self.values, today=self.today, now=moment, calendar=self.calendar
        )
        self.reported += [str(warning) for warning in answer.warnings]
        static = str(feel.table.column("type")[0])
        return answer.value, type_ or (None if static.endswith("...") else static)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_shown(member)}" for name, member in value.items()) + "}"
    if value is None or isinstance(value, (bool, str)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def run_case(line: str | bytes, today: datetime.date) -> Outcome:
    """Runs one line. Raises ValueError, KeyError or TypeError where it is no such case."""
    case = json.loads(line)
    calendar = case.get("calendar")
    runner = _Runner(today, None if calendar is None else Calendar(calendar))
    for name, written in case["inputs"].items():
        type_ = case["input_types"].get(name)
        runner.add(name, read_value(written), type_ if isinstance(type_, str) else None)
    for name, text, type_ in case["lets"]:
        runner.add(name, *runner.evaluate(name, text, type_))
    expected = read_value(case["expect"])
    got, _ = runner.evaluate("", case["feel"], case.get("type"))
    error = bool(case["error"])
    passed = conforms(expected, got) and (not error or bool(runner.reported))
    return Outcome(
        case["id"],
        passed,
        _shown(expected) + (" and an error" if error else ""),
        "; ".join([_shown(got), *runner.reported]),
    )
