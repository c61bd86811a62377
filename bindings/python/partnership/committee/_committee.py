# SPDX-License-Identifier: Apache-2.0
"""The criteria that both sides agreed, the nominees, and the check of a committee."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import Any

from .. import _convert, _core
from .._convert import DateLike, Document, LanguageLike
from ..enums import Language, Outcome
from ..errors import ArgumentError, StateError
from ..table import Table, as_table
from ._choice import Alternates, Replacement, Selection, alternates, replace, select
from ._composition import Composition, DeltaLike, ProgressFunction, SizeLike, compose, sizes

__all__ = ["Check", "Criteria", "Nominees", "criteria_of_categories", "criteria_schema"]


def criteria_schema() -> str:
    """The JSON Schema (draft 2020-12) of the criteria document, as text."""
    return _core.Criteria.schema()


def criteria_of_categories(
    csv: str | bytes | os.PathLike[str],
    *,
    size: int | None = None,
    name: str | None = None,
    one_per: Iterable[str] = (),
) -> str:
    """A criteria document (JSON) made of a category file as organisers of lotteries have it.

    `csv`: its text or path, with the columns category, feature, min, max (or feature, value, ...,
    or attribute, value, ...), and min_flex, max_flex where quotas are flexible. `size` of the
    committee, `name` of the criteria; `one_per`: columns of the pool of which no two members may
    share a value (a household, an address). Raises MalformedError and InvalidDocumentError:
    everything that is wrong, each with its line in the file. Criteria reads what this gives.
    """
    if isinstance(one_per, str):
        raise TypeError("`one_per` is one text, expected a list of columns")
    columns = [_convert.text(column, "one_per") for column in one_per]
    for column in columns:
        if ";" in column:
            raise ArgumentError(f"the column `{column}` in `one_per` holds a semicolon")
    given = {"size": size, "name": name, "one_per": ";".join(columns) if columns else None}
    return _core.Criteria.of_categories(_convert.raw(csv, "csv"), _convert.options(given))


class Nominees:
    """The people who may sit in a committee: a row each, its id in one column, attributes in the
    others. Immutable.

    `table` is a Table, a pandas DataFrame, an Arrow table or a list of dictionaries. A text cell
    may hold several values joined by the separator; null means that the value is not known, an
    empty text that there is none. Options: `id_column` ("id"), `separator` (";").
    Raises InvalidDocumentError with every row that is wrong.
    """

    __slots__ = ("__weakref__", "_handle", "_options", "_table")
    _handle: _core.Nominees
    _table: Table | None
    _options: dict[str, Any]

    def __init__(
        self, table: Any, *, id_column: str | None = None, separator: str | None = None
    ) -> None:
        self._table = as_table(table, "table")
        self._options = {"id_column": id_column, "separator": separator}
        self._handle = _core.Nominees(self._table._handle, _convert.options(self._options))

    @classmethod
    def of_respondents(
        cls,
        csv: str | bytes | os.PathLike[str],
        *,
        id_column: str | None = None,
        separator: str | None = None,
        blank: str | None = None,
    ) -> Nominees:
        """From the CSV (text or path) that goes with a category file: a blank cell means that
        there is no value, not that it is unknown; with `blank="unknown"` it is not known. The
        delimiter is a comma, a semicolon or a tab, whichever the first line has most often.
        Raises MalformedError and InvalidDocumentError with every row that is wrong, each with its
        line; ArgumentError where there is no column `id_column`."""
        made = cls.__new__(cls)
        text = _convert.raw(csv, "csv")
        given = {"id_column": id_column, "separator": separator, "blank": blank}
        made._table = None
        made._options = {**given, "csv": text}
        made._handle = _core.Nominees.of_respondents(text, _convert.options(given))
        return made

    @property
    def table(self) -> Table:
        """The table they were made from. Raises StateError for respondents read from CSV."""
        if self._table is None:
            raise StateError("these nominees were read from CSV, there is no table of them")
        return self._table

    @property
    def hash(self) -> str:
        """SHA-256 of their canonical table, as 64 hex digits: of the canonical JSON of [{"id": id,
        "attributes": {name: [value, ...] or null}}, ...] with the values of each in order."""
        return self._handle.hash()

    def __len__(self) -> int:
        return self._handle.count()

    def __reduce__(self) -> tuple[Any, ...]:
        if self._table is None:
            return (_respondents, (self._options,))
        return (_nominees, (self._table, self._options))

    def __repr__(self) -> str:
        return f"<partnership.Nominees: {len(self)}>"


class Criteria:
    """A criteria document, read and checked. Immutable.

    Raises MalformedError and InvalidDocumentError: every problem with its JSON pointer and line.
    """

    __slots__ = ("__weakref__", "_document", "_handle")
    _handle: _core.Criteria
    _document: bytes

    def __init__(self, document: Document) -> None:
        self._document = _convert.document(document, "document")
        self._handle = _core.Criteria(self._document)

    def table(self) -> Table:
        """A row a criterion: criterion, kind, attribute, value, label_ar, label_en, label_fr,
        least, most, share_least, share_most (fractions as text), counting, from, to,
        flexible_least, flexible_most."""
        return Table(self._handle.table())

    @property
    def hash(self) -> str:
        """SHA-256 of the document's canonical form, as 64 hex digits."""
        return self._handle.hash()

    def check(
        self, nominees: Nominees, members: Iterable[str] | None = None, *, on: DateLike = None
    ) -> Check:
        """Checks the committee of the members with these ids (None: all nominees).

        `on`: the criteria as they stand on that day; None: all of them, whatever their dates.
        Raises NotFoundError for an id that is no nominee, with the nearest; ArgumentError for a
        member named twice.
        """
        if not isinstance(nominees, Nominees):
            raise TypeError(
                f"`nominees` is of type {_convert.kind_of(nominees)}, expected Nominees"
            )
        ids: list[str] | None = None
        if members is not None:
            if isinstance(members, (str, bytes)):
                raise TypeError("`members` is one text, expected a list of ids")
            ids = [_convert.text(member, "members") for member in members]
        day = _convert.date(on, "on")
        return Check(self._handle.check(nominees._handle, ids, day), (self, nominees, ids, day))

    def compose(
        self,
        nominees: Nominees,
        lottery: str = "leximin",
        *,
        on: DateLike = None,
        size: SizeLike = None,
        delta: DeltaLike = None,
        seed: int = 0,
        progress: ProgressFunction | None = None,
        time_limit: float | None = None,
        **options: Any,
    ) -> Composition:
        """A lottery over the committees that these criteria allow: which, with which probability.

        `lottery`: "leximin", "maximin", "nash" or "legacy" (for comparison). `on`: the day whose
        criteria hold; None: all of them. `size`: a number, or (least, most), beside what the
        criteria say of it. `delta`: how far a probability may be from the exact one. `seed`: of
        what is tried in which order. `progress(phase, done, of)` is called now and then; False
        from it, or the end of the time limit (in seconds), means to come to an end with what there
        is; an exception, or Ctrl-C, ends the call. Other options: `samples` (legacy), `nodes`,
        `proof_numbers`.

        That there is no committee is an answer (`status`), not an error. Raises
        InvalidDocumentError: everything that keeps criteria and nominees apart.
        """
        if not isinstance(nominees, Nominees):
            raise TypeError(
                f"`nominees` is of type {_convert.kind_of(nominees)}, expected Nominees"
            )
        asked = {"lottery": lottery, "on": on, "size": size, "delta": delta, "seed": seed}
        return compose(self._handle, nominees._handle, {**asked, **options}, progress, time_limit)

    def read_lottery(
        self, nominees: Nominees, lottery: Document, certificate: Document | None = None
    ) -> Composition:
        """The composition of which `lottery` (Composition.document) and `certificate` (None: it
        has none, as legacy) were published, of these criteria and nominees.

        Nothing is composed again and nothing taken on trust: all tables are those that it had.
        Raises MalformedError and InvalidDocumentError: everything for which this is not so (other
        criteria or nominees, a certificate that is missing or refused, panels that were changed).
        """
        if not isinstance(nominees, Nominees):
            raise TypeError(
                f"`nominees` is of type {_convert.kind_of(nominees)}, expected Nominees"
            )
        certified = b"" if certificate is None else _convert.document(certificate, "certificate")
        text = _convert.document(lottery, "lottery")
        return Composition(_core.Composition.read(self._handle, nominees._handle, text, certified))

    def select(
        self,
        nominees: Nominees,
        weights: Iterable[int] | None = None,
        *,
        worst: bool = False,
        on: DateLike = None,
        size: SizeLike = None,
        progress: ProgressFunction | None = None,
        time_limit: float | None = None,
        **options: Any,
    ) -> Selection:
        """One committee: any, or the best for whole weights (endorsements, scores), one a nominee
        in their order; `worst`: the least sum. Other arguments as of `compose`."""
        if not isinstance(nominees, Nominees):
            raise TypeError(
                f"`nominees` is of type {_convert.kind_of(nominees)}, expected Nominees"
            )
        given = {"worst": worst, "on": _convert.date(on, "on"), **sizes(size), **options}
        return select(self._handle, nominees._handle, weights, given, progress, time_limit)

    def replace(
        self,
        nominees: Nominees,
        members: Iterable[str],
        leaving: Iterable[str],
        *,
        unavailable: Iterable[str] = (),
        rule: str = "even",
        on: DateLike = None,
        size: SizeLike = None,
        progress: ProgressFunction | None = None,
        time_limit: float | None = None,
        **options: Any,
    ) -> Replacement:
        """Members leave: who may join so that those who stay and the others are a committee again.

        `members` before the departure, `leaving` of them, `unavailable` others who cannot join.
        `rule`: "even" (as fair as can be among those who may join) or "alike" (like for like: a
        nominee whom no criterion tells from the one who left). Where nobody can join, the answer
        has the fewest changes that make a committee. Option `places`: how many join.
        """
        if not isinstance(nominees, Nominees):
            raise TypeError(
                f"`nominees` is of type {_convert.kind_of(nominees)}, expected Nominees"
            )
        given = {"rule": rule, "on": _convert.date(on, "on"), **sizes(size), **options}
        ids = (members, leaving, unavailable)
        return replace(self._handle, nominees._handle, ids, given, progress, time_limit)

    def alternates(
        self,
        nominees: Nominees,
        members: Iterable[str],
        count: int = 1,
        *,
        unavailable: Iterable[str] = (),
        weights: Iterable[int] | None = None,
        seed: str = "",
        on: DateLike = None,
        size: SizeLike = None,
        progress: ProgressFunction | None = None,
        time_limit: float | None = None,
        **options: Any,
    ) -> Alternates:
        """At most `count` alternates, chosen before anybody leaves: so that of as many `members`
        as possible each one could be replaced by one of them, should only that one leave; and then
        so that as many as possible have two.

        `unavailable`: others who cannot be alternates. `weights`: how much the departure of each
        member counts, one a member, from 1 to 1,000,000; None: all the same. `seed`: a text that
        says who is chosen among those who cover the same. Other arguments as of `compose`.
        """
        if not isinstance(nominees, Nominees):
            raise TypeError(
                f"`nominees` is of type {_convert.kind_of(nominees)}, expected Nominees"
            )
        given = {
            "count": _convert.integer(count, "count"),
            "public_seed": _convert.text(seed, "seed"),
            "on": _convert.date(on, "on"),
            **sizes(size),
            **options,
        }
        ids = (members, unavailable)
        return alternates(self._handle, nominees._handle, ids, weights, given, progress, time_limit)

    def compare_certificate(
        self,
        nominees: Nominees,
        certificate: Document,
        *,
        on: DateLike = None,
        size: SizeLike = None,
    ) -> Table:
        """Where a certificate is not of these criteria and nominees: message, pointer, line,
        column; no rows where it is. The model is made anew and compared, which the verifier, who
        knows neither, cannot do. `on` and `size`: as when it was composed."""
        if not isinstance(nominees, Nominees):
            raise TypeError(
                f"`nominees` is of type {_convert.kind_of(nominees)}, expected Nominees"
            )
        given = _convert.options({"on": _convert.date(on, "on"), **sizes(size)})
        text = _convert.document(certificate, "certificate")
        return Table(_core.compare_certificate(text, self._handle, nominees._handle, given))

    def to_json(self) -> str:
        """The document as it was read."""
        return self._document.decode("utf-8")

    def document(self) -> dict[str, Any]:
        """The same as a dictionary."""
        content: dict[str, Any] = json.loads(self._document)
        return content

    def __reduce__(self) -> tuple[Any, ...]:
        return (Criteria, (self._document,))

    def __repr__(self) -> str:
        return f"<partnership.Criteria: {len(self.table())} criteria, hash {self.hash[:16]}...>"


class Check:
    """The answer of a check. Made by Criteria.check; immutable.

    A check is neither true nor false, for it may be undetermined: ask its `outcome`.
    """

    __slots__ = ("__weakref__", "_handle", "_made_of")
    _handle: _core.Check
    _made_of: tuple[Any, ...]

    def __init__(self, core: _core.Check, made_of: tuple[Any, ...]) -> None:
        if not isinstance(core, _core.Check):
            raise TypeError("a Check is made by Criteria.check")
        self._handle = core
        self._made_of = made_of

    @property
    def outcome(self) -> Outcome:
        """NOT_MET when any criterion is not met, else UNDETERMINED when any is, else MET."""
        return Outcome(self._handle.outcome())

    def criteria(self, language: LanguageLike = Language.EN) -> Table:
        """A row a criterion, in the document's order: criterion, kind, label, outcome, count (who
        certainly count), unknown (who may count), least, most (null: no bound), reason."""
        return Table(self._handle.criteria(_convert.language(language)))

    def counts(self) -> Table:
        """Who counts where: criterion, member, value (for which the member counts), certain."""
        return Table(self._handle.counts())

    def unmet(self) -> Table:
        """Minimal unmet sets: set (from 1), criterion. No proper subset of a set is unmet."""
        return Table(self._handle.unmet())

    def __bool__(self) -> bool:
        raise TypeError("a check is neither true nor false: compare its outcome")

    def __reduce__(self) -> tuple[Any, ...]:
        return (_check, self._made_of)

    def __repr__(self) -> str:
        outcome = self.outcome.name.lower().replace("_", " ")
        return f"<partnership.Check: {outcome}, {len(self.criteria())} criteria>"

    def _repr_html_(self) -> str:
        """The criteria as an HTML table, for notebooks."""
        outcome = self.outcome.name.lower().replace("_", " ")
        return f"<p>{outcome}</p>{self.criteria()._repr_html_()}"


def _nominees(table: Table, options: dict[str, Any]) -> Nominees:
    return Nominees(table, **options)


def _respondents(options: dict[str, Any]) -> Nominees:
    return Nominees.of_respondents(**options)


def _check(criteria: Criteria, nominees: Nominees, ids: list[str] | None, on: DateLike) -> Check:
    return criteria.check(nominees, ids, on=on)
