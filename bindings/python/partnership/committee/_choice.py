# SPDX-License-Identifier: Apache-2.0
"""One committee, members who leave, and alternates chosen before anybody does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .. import _convert, _core
from ..errors import ArgumentError
from ..table import Table
from ._composition import ProgressFunction, _seconds, _told

__all__ = ["Alternates", "Replacement", "Selection"]


class Selection:
    """One committee: any, or the best for weights. Made by Criteria.select; immutable."""

    __slots__ = ("_about", "_handle")
    _handle: _core.Selection
    _about: dict[str, Any]

    def __init__(self, core: _core.Selection) -> None:
        if not isinstance(core, _core.Selection):
            raise TypeError("a Selection is made by Criteria.select")
        self._handle = core
        self._about = Table(core.about()).to_pylist()[0]

    @property
    def status(self) -> str:
        """ "optimal" (no committee is better; without weights: there is one), "infeasible",
        "limit" or "trouble"."""
        return str(self._about["status"])

    @property
    def found(self) -> bool:
        """Whether there is a committee."""
        return bool(self._about["found"])

    @property
    def sum(self) -> int | None:
        """The sum of the members' weights."""
        return None if self._about["sum"] is None else int(self._about["sum"])

    @property
    def bound(self) -> int | None:
        """Where the search ended early ("limit"): no committee's sum is better than this, as far as
        floating-point numbers tell. None: the sum is proved, or nothing is known."""
        return None if self._about["bound"] is None else int(self._about["bound"])

    @property
    def members(self) -> list[str]:
        """The ids of the members."""
        return [str(member) for member in self.table().to_pydict()["member"]]

    def table(self) -> Table:
        """A row a member: member, weight."""
        return Table(self._handle.members())

    def about(self) -> Table:
        """One row: status, found, members (their number), sum, nodes, bound."""
        return Table(self._handle.about())

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a selection cannot be pickled: keep its members")

    def __repr__(self) -> str:
        return f"<partnership.Selection: {self.status}, {self._about['members']} members>"

    def _repr_html_(self) -> str:
        """The members as an HTML table, for notebooks."""
        return f"<p>{self.status}</p>{self.table()._repr_html_()}"


class Replacement:
    """Members leave: who may join, and with which chances. Made by Criteria.replace; immutable."""

    __slots__ = ("_about", "_handle")
    _handle: _core.Replacement
    _about: dict[str, Any]

    def __init__(self, core: _core.Replacement) -> None:
        if not isinstance(core, _core.Replacement):
            raise TypeError("a Replacement is made by Criteria.replace")
        self._handle = core
        self._about = Table(core.about()).to_pylist()[0]

    @property
    def status(self) -> str:
        """ "proved" (these are all candidates, and no lottery among them is fairer), "infeasible"
        (nobody can join: see `changes()`), "bound", "limit" or "trouble"."""
        return str(self._about["status"])

    @property
    def complete(self) -> bool:
        """Whether those who stay are a committee already."""
        return bool(self._about["complete"])

    def about(self) -> Table:
        """One row: status, rule ("even" or "alike"), complete, candidates, changes."""
        return Table(self._handle.about())

    def candidates(self) -> Table:
        """A row a nominee who may join: id, probability, exact (a fraction as text), alike (of the
        type of a member who leaves)."""
        return Table(self._handle.candidates())

    def changes(self) -> Table:
        """Where nobody can join: the fewest changes that make a committee again: member, change
        ("leaves", "joins")."""
        return Table(self._handle.changes())

    def document(self) -> str:
        """The lottery over who joins as JSON text, for `numbered_panels`. Raises StateError where
        there is none."""
        return self._handle.document()

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a replacement cannot be pickled: keep its document")

    def __repr__(self) -> str:
        about = self._about
        return f"<partnership.Replacement: {self.status}, {about['candidates']} candidates>"

    def _repr_html_(self) -> str:
        """The candidates as an HTML table, for notebooks."""
        return f"<p>{self.status}</p>{self.candidates()._repr_html_()}"


class Alternates:
    """Alternates, chosen before anybody leaves. Made by Criteria.alternates; immutable."""

    __slots__ = ("_about", "_handle")
    _handle: _core.Alternates
    _about: dict[str, Any]

    def __init__(self, core: _core.Alternates) -> None:
        if not isinstance(core, _core.Alternates):
            raise TypeError("Alternates are made by Criteria.alternates")
        self._handle = core
        self._about = Table(core.about()).to_pylist()[0]

    @property
    def status(self) -> str:
        """ "proved" (no choice of as many covers more), "bound" (none covers more than `most` of
        `about()`), "limit" or "trouble" (who covers whom was not found out)."""
        return str(self._about["status"])

    @property
    def ids(self) -> list[str]:
        """The ids of the alternates."""
        return [str(one) for one in self.table().to_pydict()["id"]]

    def about(self) -> Table:
        """One row: status, members, alternates (their numbers), weight (of all members), covered
        (weight of the members with an alternate), twice (with two or more), most (no choice of as
        many covers more), possible (with as many alternates as one likes)."""
        return Table(self._handle.about())

    def table(self) -> Table:
        """A row an alternate: id, covers (members whose places the alternate can take), weight
        (theirs)."""
        return Table(self._handle.list())

    def covers(self) -> Table:
        """A row a member and alternate who can take the member's place: member, weight, possible
        (somebody among the nominees could), alternate; None for a member whom nobody covers."""
        return Table(self._handle.covers())

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("alternates cannot be pickled: keep their ids")

    def __repr__(self) -> str:
        about = self._about
        return (
            f"<partnership.Alternates: {self.status}, {about['alternates']} alternates "
            f"of {about['members']} members>"
        )

    def _repr_html_(self) -> str:
        """Who covers whom as an HTML table, for notebooks."""
        return f"<p>{self.status}</p>{self.covers()._repr_html_()}"


def select(
    criteria: _core.Criteria,
    nominees: _core.Nominees,
    weights: Iterable[int] | None,
    options: dict[str, Any],
    progress: ProgressFunction | None,
    time_limit: float | None,
) -> Selection:
    listed = [] if weights is None else [_convert.integer(one, "weights") for one in weights]
    if weights is not None and len(listed) != nominees.count():
        raise ArgumentError(
            f"`weights` has {len(listed)} numbers, expected one a nominee: {nominees.count()}"
        )
    given = _convert.options(options)
    told, seconds = _told(progress), _seconds(time_limit)
    return Selection(_core.Selection.select(criteria, nominees, listed, given, told, seconds))


def replace(
    criteria: _core.Criteria,
    nominees: _core.Nominees,
    ids: tuple[Iterable[str], Iterable[str], Iterable[str]],
    options: dict[str, Any],
    progress: ProgressFunction | None,
    time_limit: float | None,
) -> Replacement:
    names = ("members", "leaving", "unavailable")
    members, leaving, unavailable = map(_ids, ids, names)
    given = _convert.options(options)
    told, seconds = _told(progress), _seconds(time_limit)
    core = _core.Replacement.replace(
        criteria, nominees, members, leaving, unavailable, given, told, seconds
    )
    return Replacement(core)


def alternates(
    criteria: _core.Criteria,
    nominees: _core.Nominees,
    ids: tuple[Iterable[str], Iterable[str]],
    weights: Iterable[int] | None,
    options: dict[str, Any],
    progress: ProgressFunction | None,
    time_limit: float | None,
) -> Alternates:
    members, unavailable = map(_ids, ids, ("members", "unavailable"))
    listed = [] if weights is None else [_convert.integer(one, "weights") for one in weights]
    if weights is not None and len(listed) != len(members):
        raise ArgumentError(
            f"`weights` has {len(listed)} numbers, expected one a member: {len(members)}"
        )
    given = _convert.options(options)
    told, seconds = _told(progress), _seconds(time_limit)
    core = _core.Alternates.choose(
        criteria, nominees, members, unavailable, listed, given, told, seconds
    )
    return Alternates(core)


def _ids(listed: Iterable[str], name: str) -> list[str]:
    if isinstance(listed, (str, bytes)):
        raise TypeError(f"`{name}` is one text, expected a list of ids")
    return [_convert.text(one, name) for one in listed]
