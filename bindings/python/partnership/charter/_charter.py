# SPDX-License-Identifier: Apache-2.0
"""Charters, what they make of cases, and why."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from .. import _convert, _core
from .._convert import DateLike, Document, LanguageLike
from ..calendar import Calendar
from ..enums import Language, ObligationState, Outcome
from ..errors import ArgumentError, NotFoundError
from ..feel import Feel
from ..feel._feel import CaseLike, MomentLike, _moment
from ..table import Table

__all__ = ["Charter", "Explanation", "Facts", "Findings", "History", "charter_schema"]


def charter_schema() -> str:
    """The JSON Schema (draft 2020-12) of the charter document, as text."""
    return _core.Charter.schema()


class Facts(Feel):
    """What reads the cases of one kind: the expressions of its norms over its facts. Made by
    Charter.facts."""

    __slots__ = ("_of",)
    _of: tuple[Charter, str]

    def __init__(self, charter: Charter, kind: str) -> None:
        self._handle = charter._handle.facts(kind)
        self._names = tuple(Table(self._handle.table()).to_pydict()["expression"])  # type: ignore[arg-type]
        self._of = (charter, kind)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Facts, self._of)


class Charter:
    """A charter, read and checked. Immutable.

    `calendars`: those that it may name besides the ones that ship. Raises MalformedError and
    InvalidDocumentError: everything that is wrong, each with its JSON pointer and line.

    The calls that ask something take `on`, the day as of which is asked, and may take `disabled`
    (also norms that are not enabled) and the budgets of feel.Feel. A kind of case may be left out
    where the charter has only one.
    """

    __slots__ = ("__weakref__", "_document", "_facts", "_given", "_handle", "_kinds")
    _handle: _core.Charter
    _document: bytes
    _given: tuple[Calendar, ...]
    _facts: dict[str, Facts]
    _kinds: tuple[str, ...]

    def __init__(self, document: Document, *, calendars: Iterable[Calendar] = ()) -> None:
        self._document = _convert.document(document, "document")
        self._given = tuple(calendars)
        for calendar in self._given:
            if not isinstance(calendar, Calendar):
                raise TypeError(
                    f"`calendars` holds a {_convert.kind_of(calendar)}, expected Calendar"
                )
        handles = [calendar._handle for calendar in self._given]
        self._handle = _core.Charter(self._document, handles)
        self._facts = {}
        self._kinds = tuple(dict.fromkeys(self.kinds().to_pydict()["kind"]))  # type: ignore[arg-type]

    # ---- the document

    @property
    def id(self) -> str:
        """The charter's id."""
        return str(self._about("charter"))

    @property
    def version(self) -> str:
        """The charter's version."""
        return str(self._about("version"))

    @property
    def hash(self) -> str:
        """SHA-256 of the document's canonical form, as 64 hex digits."""
        return self._handle.hash()

    def _about(self, column: str) -> object:
        return self.about().to_pydict()[column][0]

    def about(self, language: LanguageLike = Language.EN) -> Table:
        """One row: charter, version, title, status, in_force_from, in_force_to, source, address,
        calendar, norms (their number), hash."""
        return Table(self._handle.about(_convert.language(language)))

    def norms(self, language: LanguageLike = Language.EN) -> Table:
        """A row a version of a norm: norm, kind, article, citation, label, text, note, modality,
        bearer_id, bearer, counterparty_id, counterparty, shape, applies, condition, in_force_from,
        in_force_to, principle, source, address, exception_of, reparation, covers, standing,
        enabled, tests."""
        return Table(self._handle.norms(_convert.language(language)))

    def kinds(self, language: LanguageLike = Language.EN) -> Table:
        """A row a fact of each kind of case: kind, kind_label, fact, type, label, optional."""
        return Table(self._handle.kinds(_convert.language(language)))

    def test(self) -> Table:
        """Runs the tests beside the norms: norm, version_from, test, on, expected, got, passed,
        reason."""
        return Table(self._handle.test())

    def document(self) -> dict[str, Any]:
        """The document as it was read."""
        content: dict[str, Any] = json.loads(self._document)
        return content

    def facts(self, kind: str | None = None) -> Facts:
        """What reads cases of a kind, once for many questions: `facts.case(...)`, `.cases(...)`."""
        kind = self._kind(kind)
        if kind not in self._facts:
            self._facts[kind] = Facts(self, kind)
        return self._facts[kind]

    def _kind(self, kind: str | None) -> str:
        if kind is not None:
            return _convert.text(kind, "kind")
        if len(self._kinds) != 1:
            known = ", ".join(f"`{each}`" for each in self._kinds) or "none"
            raise ArgumentError(f"which kind of case must be said, the charter has {known}")
        return self._kinds[0]

    def kind_of(self, facts: Mapping[str, Any]) -> str:
        """The kind whose facts have all these names. Raises ArgumentError where there is none, or
        more than one."""
        names: dict[str, set[str]] = {kind: set() for kind in self._kinds}
        table = self.kinds().to_pydict()
        for kind, fact in zip(table["kind"], table["fact"], strict=True):
            names[str(kind)].add(str(fact))
        fitting = [kind for kind, known in names.items() if set(facts) <= known]
        if len(fitting) == 1:
            return fitting[0]
        known = ", ".join(f"`{each}`" for each in fitting or self._kinds)
        raise ArgumentError(f"which kind of case must be said: {known}")

    # ---- assessment

    def assess(
        self, case: CaseLike, kind: str | None = None, *, on: DateLike, **options: Any
    ) -> Findings:
        """The findings of one case as of a day: one a norm.

        charter.assess({"registered on": "2026-03-02", ...}, on="2026-03-20")["answer"]
        """
        kind = self._kind(kind)
        handle = self.facts(kind).case(case)._handle
        return Findings(self._handle.assess(kind, handle, _asked(on, options)))

    def assess_all(
        self, cases: Any, kind: str | None = None, *, on: DateLike, threads: int = 1, **options: Any
    ) -> Findings:
        """The findings of many cases: a list of dictionaries, a pandas DataFrame, a Table, Arrow,
        or JSON (an array of objects, or an object a line)."""
        kind = self._kind(kind)
        handle = self.facts(kind).cases(cases)._handle
        asked = _asked(on, {"threads": threads, **options})
        return Findings(self._handle.assess_all(kind, handle, asked))

    def explain(
        self,
        case: CaseLike,
        norm: str,
        kind: str | None = None,
        *,
        on: DateLike,
        language: LanguageLike = Language.EN,
        **options: Any,
    ) -> Explanation:
        """Why the finding of one norm came out, and what would have made it met."""
        kind = self._kind(kind)
        handle = self.facts(kind).case(case)._handle
        norm = _convert.text(norm, "norm")
        asked = _asked(on, options)
        text = self._handle.explain_text(kind, handle, norm, _convert.language(language), asked)
        return Explanation(text, self._handle.explain_json(kind, handle, norm, asked))

    def what_if(
        self,
        case: Document,
        changes: Document,
        kind: str | None = None,
        *,
        on: DateLike,
        language: LanguageLike = Language.EN,
        **options: Any,
    ) -> Table:
        """The findings of a case with changed facts against those without, where they differ:
        norm, article, citation, label, outcome_before, outcome_after, state_before, state_after,
        due_before, due_after, reason_before, reason_after. `changes`: facts that replace those of
        the case, or {"facts": {...}, "append": {...}, "withdraw": [...]}."""
        facts = _convert.document(case, "case")
        changed = _convert.document(changes, "changes")
        spoken = _convert.language(language)
        asked = _asked(on, options)
        return Table(self._handle.what_if(self._kind(kind), facts, changed, spoken, asked))

    def history(self, events: Any) -> History:
        """Events of cases: {"complete": bool, "events": [{"on": day, "case": id, "kind": kind,
        "facts": {...}}, ...]}, or a list of events. Raises MalformedError, InvalidDocumentError."""
        if isinstance(events, (list, tuple)):
            events = {"events": list(events)}
        return History(self, _convert.document(events, "events"))

    # ---- against another, and for other systems

    def compare(self, after: Charter, language: LanguageLike = Language.EN) -> Table:
        """What changed from this charter to `after`, and for whom: norm, version_from, change,
        what, before, after, bearer, counterparty."""
        return Table(self._handle.compare(_charter(after)._handle, _convert.language(language)))

    def compare_cases(
        self, after: Charter, cases: Any, kind: str | None = None, *, on: DateLike, **options: Any
    ) -> Table:
        """Which cases (dictionaries, or JSON) come out differently: case, norm, outcome_before,
        outcome_after, state_before, state_after, due_before, due_after."""
        rows = _convert.events(cases)
        asked = _asked(on, options)
        kind = self._kind(kind)
        return Table(self._handle.compare_cases(_charter(after)._handle, kind, rows, asked))

    def akoma_ntoso(
        self,
        language: LanguageLike = Language.EN,
        *,
        date: DateLike = None,
        country: str | None = None,
        author: str | None = None,
    ) -> str:
        """The text as Akoma Ntoso 3.0 (OASIS LegalDocML), in one language. `date`: from which the
        work is named; it must be given where neither the charter nor any of its norms says from
        which day it is in force."""
        given = {"date": _convert.date(date, "date"), "country": country, "author": author}
        return self._handle.akoma_ntoso(_convert.language(language), _convert.options(given))

    def __reduce__(self) -> tuple[Any, ...]:
        return (_make, (self._document, self._given))

    def __repr__(self) -> str:
        count = self._about("norms")
        return f"<partnership.charter.Charter: {self.id}, {count} norms, hash {self.hash[:16]}...>"

    def _repr_html_(self) -> str:
        """The norms as an HTML table, for notebooks."""
        return self.norms()._repr_html_()


class Findings:
    """The findings of one case or of many: a column a norm, a row a case. Made by Charter.assess
    and Charter.assess_all; immutable."""

    __slots__ = ("_handle", "_norms")
    _handle: _core.Findings
    _norms: tuple[str, ...]

    def __init__(self, handle: _core.Findings) -> None:
        if not isinstance(handle, _core.Findings):
            raise TypeError("Findings are made by Charter.assess")
        self._handle = handle
        self._norms = tuple(handle.norms())

    @property
    def norms(self) -> tuple[str, ...]:
        """The ids of the norms, in order."""
        return self._norms

    def __len__(self) -> int:
        """The number of cases."""
        return self._handle.cases()

    def _number(self, norm: str) -> int:
        if norm not in self._norms:
            known = ", ".join(f"`{each}`" for each in self._norms) or "none"
            raise NotFoundError(f"there is no finding of `{norm}`, only of {known}")
        return self._norms.index(norm)

    def __getitem__(self, norm: str) -> Outcome:
        """The outcome of a norm, where there is one case."""
        if len(self) != 1:
            raise ArgumentError(f"there are {len(self)} cases: ask outcomes(norm)")
        return Outcome(int(self.outcomes(norm)[0]))

    def state(self, norm: str) -> ObligationState:
        """Where an obligation stands, where there is one case."""
        if len(self) != 1:
            raise ArgumentError(f"there are {len(self)} cases: ask states(norm)")
        return ObligationState(int(self.states(norm)[0]))

    def due(self, norm: str) -> datetime.date | None:
        """The due date, where there is one case; None: there is none."""
        if len(self) != 1:
            raise ArgumentError(f"there are {len(self)} cases: ask dues(norm)")
        day = self.dues(norm)[0]
        return None if np.isnat(day) else day.item()

    def outcomes(self, norm: str) -> npt.NDArray[np.uint8]:
        """The outcomes of a norm (the numbers of Outcome), a value a case, without a copy."""
        return self._handle.outcomes(self._number(norm))

    def states(self, norm: str) -> npt.NDArray[np.uint8]:
        """Where the obligations stand (the numbers of ObligationState), without a copy."""
        return self._handle.states(self._number(norm))

    def dues(self, norm: str) -> npt.NDArray[np.datetime64]:
        """The due dates, NaT where there is none."""
        days = self._handle.dues(self._number(norm)).astype("int64")
        made = days.astype("datetime64[D]")
        made[days == np.iinfo(np.int32).min] = np.datetime64("NaT")
        return made

    def table(
        self,
        language: LanguageLike = Language.EN,
        *,
        norm: str | None = None,
        outcome: str | None = None,
    ) -> Table:
        """A row a case and norm: case (from 0), norm, article, citation, label, outcome, state,
        due, bearer_id, bearer, counterparty_id, counterparty, version_from, reason,
        charter_hash. `norm`, `outcome` ("not met"): only those."""
        taken = _convert.options({"norm": norm, "outcome": outcome})
        return Table(self._handle.table(_convert.language(language), taken))

    def __bool__(self) -> bool:
        raise TypeError("findings are neither true nor false: compare their outcomes")

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("findings belong to their charter and cannot be pickled: take their table")

    def __repr__(self) -> str:
        return f"<partnership.charter.Findings: {len(self)} cases, {len(self._norms)} norms>"

    def _repr_html_(self) -> str:
        """The findings as an HTML table, for notebooks."""
        return self.table()._repr_html_()


class Explanation:
    """Why a finding came out. Made by Charter.explain; `str()` is the text for people."""

    __slots__ = ("_json", "_text")
    _text: str
    _json: str

    def __init__(self, text: str, json: str) -> None:
        self._text = text
        self._json = json

    @property
    def text(self) -> str:
        """Sentences, then every part of the conditions with its value."""
        return self._text

    def to_json(self) -> str:
        """The same for programs, as JSON text, in all three languages."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The same as a dictionary."""
        content: dict[str, Any] = json.loads(self._json)
        return content

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"<partnership.charter.Explanation: {self._text.partition(chr(10))[0]}>"


class History:
    """Events of cases over time, folded to cases as of any day. Made by Charter.history."""

    __slots__ = ("_handle", "_made_of")
    _handle: _core.History
    _made_of: tuple[Charter, bytes]

    def __init__(self, charter: Charter, document: bytes) -> None:
        self._handle = _charter(charter)._handle.history(document)
        self._made_of = (charter, document)

    def assess(self, on: DateLike, language: LanguageLike = Language.EN, **options: Any) -> Table:
        """The findings of all cases that have begun by that day: case, kind, and the columns of
        Findings.table."""
        return Table(self._handle.assess(_convert.language(language), _asked(on, options)))

    def obligations(
        self,
        on: DateLike,
        language: LanguageLike = Language.EN,
        *,
        bearer: str | None = None,
        due_from: DateLike = None,
        due_to: DateLike = None,
        **options: Any,
    ) -> Table:
        """What is due, by due date and bearer: case, kind, norm, article, citation, label,
        bearer_id, bearer, counterparty_id, counterparty, due, state, days_left (negative:
        overdue), next_step."""
        asked = _asked(on, {**options, **_due(bearer, due_from, due_to)})
        return Table(self._handle.obligations(_convert.language(language), asked))

    def icalendar(
        self,
        on: DateLike,
        stamp: MomentLike,
        language: LanguageLike = Language.EN,
        *,
        link: str | None = None,
        bearer: str | None = None,
        due_from: DateLike = None,
        due_to: DateLike = None,
        **options: Any,
    ) -> str:
        """The same as iCalendar (RFC 5545), a VTODO and an all-day VEVENT an obligation. `stamp`:
        the instant of writing; `link`: an address for the descriptions."""
        given = {"stamp": _moment(stamp, "stamp"), "link": link, **_due(bearer, due_from, due_to)}
        asked = _asked(on, {**options, **given})
        return self._handle.icalendar(_convert.language(language), asked)

    def __reduce__(self) -> tuple[Any, ...]:
        return (History, self._made_of)

    def __repr__(self) -> str:
        return f"<partnership.charter.History of {self._made_of[0].id}>"


def _asked(on: DateLike, options: Mapping[str, Any]) -> dict[str, Any]:
    return {"on": _convert.day(on, "on"), **_convert.options(options)}


def _due(bearer: str | None, due_from: DateLike, due_to: DateLike) -> dict[str, Any]:
    return {
        "bearer": bearer,
        "due_from": _convert.date(due_from, "due_from"),
        "due_to": _convert.date(due_to, "due_to"),
    }


def _charter(value: object) -> Charter:
    if not isinstance(value, Charter):
        raise TypeError(f"expected a Charter, got {_convert.kind_of(value)}")
    return value


def _make(document: bytes, calendars: tuple[Calendar, ...]) -> Charter:
    return Charter(document, calendars=calendars)
