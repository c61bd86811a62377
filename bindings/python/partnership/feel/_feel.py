# SPDX-License-Identifier: Apache-2.0
"""Sets of expressions, and what they answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from .. import _convert, _core
from .._convert import DateLike, Document
from ..calendar import Calendar
from ..errors import ArgumentError, NotFoundError
from ..table import Table
from ._cases import Case, Cases, rows_of
from ._explanation import Explanation
from ._values import KINDS, FeelValue

__all__ = [
    "Answer",
    "Feel",
    "FeelWarning",
    "compile",
    "diagnose",
    "equal",
    "evaluate",
    "functions",
    "kind",
    "temporal",
]

CaseLike: TypeAlias = Case | Document
"""A case: made by Feel.case, or what Feel.case takes."""
MomentLike: TypeAlias = datetime.datetime | str | None
"""An instant: a datetime with a time zone, or its RFC 3339 text."""


class FeelWarning(NamedTuple):
    """Why a null came about in an evaluation, and where."""

    kind: str
    """"unknown name", "wrong type", "null operand", "no result", "budget", ..."""
    message: str
    """One line."""
    offset: int
    """Bytes from the start of the expression's UTF-8 text."""
    length: int
    """Bytes."""
    line: int
    """From 1."""
    column: int
    """From 1, in code points."""

    def __str__(self) -> str:
        return f"(line {self.line}, column {self.column}): {self.message}"


class Answer:
    """What an expression gave: its `value` as a Python object, and the `warnings`."""

    __slots__ = ("_handle", "_value", "_warnings")
    _handle: _core.Value
    _value: Any
    _warnings: tuple[FeelWarning, ...]

    def __init__(self, handle: _core.Value, warnings: Table) -> None:
        if not isinstance(handle, _core.Value):
            raise TypeError("an Answer is made by evaluating an expression")
        self._handle = handle
        self._value = handle.to_object()
        self._warnings = tuple(FeelWarning(*row) for row in warnings)  # type: ignore[arg-type]

    @property
    def value(self) -> Any:
        """None, bool, int or Decimal, str, datetime's objects or FeelValue, list, dict, Range,
        Function."""
        return self._value

    @property
    def warnings(self) -> tuple[FeelWarning, ...]:
        """Why a null came about, or what was odd; at most 100."""
        return self._warnings

    @property
    def kind(self) -> str:
        """The kind of the value in FEEL: "number", "date and time", ..."""
        return KINDS[self._handle.kind()]

    @property
    def feel(self) -> str:
        """An expression that gives the value again: `"text"`, `@"2026-01-05"`."""
        return self._handle.expression()

    def to_json(self) -> str:
        """The value as JSON text."""
        return self._handle.json()

    def __str__(self) -> str:
        return self._handle.text()

    def __repr__(self) -> str:
        count = len(self._warnings)
        more = f", {count} warning{'' if count == 1 else 's'}" if count else ""
        return f"<partnership.feel.Answer: {self.feel}{more}>"


def _moment(value: MomentLike, argument: str = "now") -> str | None:
    if value is None or isinstance(value, str):
        return value
    if not isinstance(value, datetime.datetime):
        raise TypeError(
            f"`{argument}` is of type {_convert.kind_of(value)}, expected datetime or str"
        )
    if value.tzinfo is None:
        raise ArgumentError(f"`{argument}` has no time zone: an instant needs one")
    return value.astimezone(datetime.UTC).replace(tzinfo=None).isoformat() + "Z"


class Feel:
    """A compiled set of expressions over one kind of case. Immutable; made by compile().

    The calls that evaluate take `today` and `now` (without which today() and now() give null and a
    warning), `calendar` for the working-day functions, and the budgets of one evaluation:
    `max_steps`, `max_depth`, `max_list_items`, `max_memory`.
    """

    __slots__ = ("__weakref__", "_handle", "_made_of", "_names")
    _handle: _core.Feel
    _names: tuple[str, ...]
    _made_of: tuple[bytes, bytes, dict[str, Any]]

    def __init__(self, expressions: bytes, schema: bytes, options: dict[str, Any]) -> None:
        self._handle = _core.Feel.compile(expressions, schema, _convert.options(options))
        self._made_of = (expressions, schema, options)
        self._names = tuple(Table(self._handle.table()).to_pydict()["expression"])  # type: ignore[arg-type]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the expressions, in order."""
        return self._names

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    @property
    def table(self) -> Table:
        """A row an expression: expression, feel, type, columns (whether it is evaluated over
        columns), memory (bytes)."""
        return Table(self._handle.table())

    def _index(self, name: str) -> int:
        index = self._names.index(name) if name in self._names else -1
        if index < 0:
            known = ", ".join(f"`{each}`" for each in self._names) or "none"
            raise NotFoundError(f"there is no expression `{name}`, the set has {known}")
        return index

    # ---- cases

    def case(self, case: CaseLike) -> Case:
        """A case that is read once and may then be asked often.

        A dictionary is taken as it is: its dates, Decimals and ranges keep their type. JSON (a str,
        bytes, or the path of a file) is read by the schema, if there is one; so are the texts in a
        dictionary. Raises MalformedError and InvalidDocumentError with every place.
        """
        if isinstance(case, Case):
            return case
        if isinstance(case, Mapping):
            return Case(self._handle.case_of(case))
        return Case(self._handle.read_case(_convert.raw(case, "case")))

    def cases(self, cases: Any) -> Cases:
        """Many cases, in columns: a list of dictionaries, a pandas DataFrame, a Table, Arrow, or
        JSON (an array of objects, or an object a line). Needs a schema."""
        if isinstance(cases, Cases):
            return cases
        form, content = rows_of(cases)
        if form == "json":
            return Cases(self._handle.read_cases(content))
        if form == "table":
            return Cases(self._handle.cases_from_table(content))
        if form == "arrow":
            return Cases(self._handle.cases_from_arrow(content))
        return Cases(self._handle.cases_of(content))

    # ---- answers

    def _under(
        self,
        today: DateLike,
        now: MomentLike,
        calendar: Calendar | None,
        options: Mapping[str, Any],
    ) -> tuple[_core.Calendar | None, dict[str, Any]]:
        if calendar is not None and not isinstance(calendar, Calendar):
            raise TypeError(
                f"`calendar` is of type {_convert.kind_of(calendar)}, expected Calendar"
            )
        taken = _convert.options(options)
        taken["today"] = _convert.date(today, "today")
        taken["now"] = _moment(now)
        return (None if calendar is None else calendar._handle, taken)

    def _case(self, case: CaseLike | None) -> _core.FeelCase:
        return _core.FeelCase() if case is None else self.case(case)._handle

    def decide(
        self,
        case: CaseLike,
        *,
        today: DateLike = None,
        now: MomentLike = None,
        calendar: Calendar | None = None,
        **options: int,
    ) -> dict[str, bool | None]:
        """Every expression over one case: True, False, or None where it is undetermined (null, no
        boolean, or a warning was raised)."""
        under = self._under(today, now, calendar, options)
        verdicts = self._handle.decide(self._case(case), *under)
        return dict(zip(self._names, verdicts, strict=True))

    def decide_all(
        self,
        cases: Any,
        *,
        today: DateLike = None,
        now: MomentLike = None,
        calendar: Calendar | None = None,
        threads: int = 1,
        **options: int,
    ) -> Table:
        """Every expression over many cases: a bool column an expression, a row a case, null where
        undetermined."""
        under = self._under(today, now, calendar, {"threads": threads, **options})
        return Table(self._handle.decide_all(self.cases(cases)._handle, *under))

    def evaluate(
        self,
        name: str,
        case: CaseLike | None = None,
        *,
        today: DateLike = None,
        now: MomentLike = None,
        calendar: Calendar | None = None,
        **options: int,
    ) -> Answer:
        """One expression over one case (None: one without members)."""
        under = self._under(today, now, calendar, options)
        value, warnings = self._handle.evaluate(self._index(name), self._case(case), *under)
        return Answer(value, Table(warnings))

    def evaluate_all(
        self,
        name: str,
        cases: Any,
        *,
        today: DateLike = None,
        now: MomentLike = None,
        calendar: Calendar | None = None,
        **options: int,
    ) -> Table:
        """One expression over many cases, a row a case: value (its text), kind, warnings (their
        number)."""
        under = self._under(today, now, calendar, options)
        made = self._handle.evaluate_all(self._index(name), self.cases(cases)._handle, *under)
        return Table(made)

    def explain(
        self,
        name: str,
        case: CaseLike | None = None,
        *,
        today: DateLike = None,
        now: MomentLike = None,
        calendar: Calendar | None = None,
        **options: int,
    ) -> Explanation:
        """Why an expression gives what it gives: every part with its value."""
        call = (
            self._index(name),
            self._case(case),
            *self._under(today, now, calendar, options),
        )
        return Explanation(
            Table(self._handle.explain(*call)),
            self._handle.explain_text(*call),
            self._handle.explain_json(*call),
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return (Feel, self._made_of)

    def __repr__(self) -> str:
        count = len(self)
        return f"<partnership.feel.Feel: {count} expression{'' if count == 1 else 's'}>"


def _documents(
    expressions: Document, schema: Document | None, strict: bool, unknown_types: bool
) -> tuple[bytes, bytes, dict[str, Any]]:
    return (
        _convert.document(expressions, "expressions"),
        b"" if schema is None else _convert.document(schema, "schema"),
        {"strict": strict, "unknown_types": unknown_types},
    )


def compile(
    expressions: Document,
    schema: Document | None = None,
    *,
    strict: bool = False,
    unknown_types: bool = False,
) -> Feel:
    """Compiles a set of expressions.

    `expressions` is a dictionary (or JSON) of names and texts; instead of a text {"feel": text,
    "type": the declared type of the result, "unary tests": True}. `schema` is one of the case's
    fields and their types: "number", "date", "list<string>", "string?" for one that may be missing,
    [type], or a dictionary for a context. With it the names of the case are known, cases are read
    by it, and expressions are compiled to columns where that can be done.

    `strict`: what can only give null, or may do so unseen, is an error. `unknown_types`: names of
    types that nobody defined are taken for Any. Raises InvalidDocumentError with everything that is
    wrong: the pointer of the expression, and the place inside its text.
    """
    return Feel(*_documents(expressions, schema, strict, unknown_types))


def diagnose(
    expressions: Document,
    schema: Document | None = None,
    *,
    strict: bool = False,
    unknown_types: bool = False,
) -> Table:
    """What is wrong or doubtful with expressions, a row each: expression, severity, offset, length,
    line, column, message, hint."""
    made_of = _documents(expressions, schema, strict, unknown_types)
    return Table(_core.Feel.diagnose(*made_of[:2], _convert.options(made_of[2])))


def functions() -> Table:
    """The built-in functions: function, signature, result, sentence."""
    return Table(_core.Feel.functions())


def compile_one(
    expression: str, case: CaseLike | None, schema: Document | None, strict: bool = False
) -> tuple[Feel, Case | None]:
    """A set of one, and its case; without a schema it is compiled with the names of the case."""
    expressions = {"expression": _convert.text(expression, "expression")}
    if case is None or schema is not None:
        feel = compile(expressions, schema, strict=strict)
        return feel, None if case is None else feel.case(case)
    content = case if isinstance(case, Case) else compile({}).case(case)
    names = content.to_dict()
    feel = compile(expressions, dict.fromkeys(names, "Any"), strict=strict)
    return feel, feel.case(names)


def evaluate(
    expression: str,
    case: CaseLike | None = None,
    *,
    schema: Document | None = None,
    today: DateLike = None,
    now: MomentLike = None,
    calendar: Calendar | None = None,
    **options: int,
) -> Answer:
    """Evaluates one expression once: `evaluate("1 + 2").value`.

    Without a schema the names of the case are known all the same, so that they may hold signs
    ("a-b") and hide functions ("date").
    """
    feel, prepared = compile_one(expression, case, schema)
    under = {"today": today, "now": now, "calendar": calendar}
    return feel.evaluate("expression", prepared, **under, **options)  # type: ignore[arg-type]


# ---- values


_NOTHING = _core.Feel.compile(b"{}", b"", {})  # plain values need no expressions


def _value(value: object) -> _core.Value:
    found = _NOTHING.case_of({"value": value}).value().find("value")
    assert found is not None
    return found


def kind(value: object) -> str:
    """The kind that an object has in FEEL: "number", "date and time", ..."""
    return KINDS[_value(value).kind()]


def equal(left: object, right: object) -> bool | None:
    """Whether two values are equal as FEEL's `=` has it; None where that is null."""
    return _value(left).equals(_value(right))


class _Temporal(FeelValue):
    """A text that is to be read."""

    __slots__ = ()


def temporal(text: str) -> Any:
    """The date, time, date and time or duration that FEEL has behind `@`: "P1DT2H",
    "2026-01-05T10:00:00@Asia/Beirut". Raises MalformedError."""
    return _value(_Temporal(_convert.text(text, "text"))).to_object()
