# SPDX-License-Identifier: Apache-2.0
"""Committees: the criteria that both sides agreed, the nominees, and the check of a committee."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from . import _convert, _core
from ._convert import DateLike, Document, LanguageLike
from .enums import Language, Outcome
from .table import Table, as_table

__all__ = ["Check", "Criteria", "Nominees", "criteria_schema"]


def criteria_schema() -> str:
    """The JSON Schema (draft 2020-12) of the criteria document, as text."""
    return _core.Criteria.schema()


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
    _table: Table
    _options: dict[str, Any]

    def __init__(
        self, table: Any, *, id_column: str | None = None, separator: str | None = None
    ) -> None:
        self._table = as_table(table, "table")
        self._options = {"id_column": id_column, "separator": separator}
        self._handle = _core.Nominees(self._table._handle, _convert.options(self._options))

    @property
    def table(self) -> Table:
        """The table they were made from."""
        return self._table

    def __len__(self) -> int:
        return self._handle.count()

    def __reduce__(self) -> tuple[Any, ...]:
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


def _check(criteria: Criteria, nominees: Nominees, ids: list[str] | None, on: DateLike) -> Check:
    return criteria.check(nominees, ids, on=on)
