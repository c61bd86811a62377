# SPDX-License-Identifier: Apache-2.0
"""Lotteries over committees, their draws, and what the independent verifier says of both."""

from __future__ import annotations

import fractions
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from .. import _convert, _core
from .._convert import Document, HashLike, LanguageLike
from ..enums import Language, LotteryPhase, LotteryStatus
from ..errors import ArgumentError, Problem
from ..table import Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Composition",
    "Verification",
    "compare",
    "draw",
    "numbered_panels",
    "verify_certificate",
    "verify_draw",
]

SizeLike: TypeAlias = int | tuple[int | None, int | None] | None
"""A committee's size: a number, or (least, most) of which either may be None."""
DeltaLike: TypeAlias = fractions.Fraction | float | str | None
"""A small fraction: "1/1000000000", a Fraction, or a float."""
ProgressFunction: TypeAlias = Callable[[LotteryPhase, int, int | None], object]
"""Told the phase, its steps done and their number (None: not known); False: come to an end."""


class Composition:
    """A lottery over committees. Made by Criteria.compose; immutable.

    `status` says how it ended: PROVED (no lottery is fairer, and the certificate proves it), BOUND
    (a lottery; `about()` says how much fairer one could be), INFEASIBLE (there is no committee),
    LIMIT, TROUBLE, or DRAWN (legacy).
    """

    __slots__ = ("__weakref__", "_about", "_handle")
    _handle: _core.Composition
    _about: dict[str, Any]

    def __init__(self, core: _core.Composition) -> None:
        if not isinstance(core, _core.Composition):
            raise TypeError("a Composition is made by Criteria.compose")
        self._handle = core
        self._about = Table(core.about()).to_pylist()[0]

    @property
    def status(self) -> LotteryStatus:
        """How the composition ended."""
        return LotteryStatus(self._handle.status())

    @property
    def lottery(self) -> str:
        """The kind of lottery: "leximin", "maximin", "nash" or "legacy"."""
        return str(self._about["lottery"])

    @property
    def has_lottery(self) -> bool:
        """Whether there is a lottery: panels and probabilities."""
        return bool(self._about["panels"])

    @property
    def has_certificate(self) -> bool:
        """Whether there is something to certify: a lottery proved or bounded, or no committee."""
        proving = (LotteryStatus.PROVED, LotteryStatus.BOUND, LotteryStatus.INFEASIBLE)
        return self.status in proving

    def about(self) -> Table:
        """One row: lottery, status, nominees, selectable (how many can sit), types, panels,
        levels, size (the mean), least and largest probability, gini (of all nominees'),
        geometric_mean (of those who can sit), deviation, delta, bound, gap (fractions as text),
        on, criteria, pool (hashes)."""
        return Table(self._handle.about())

    def probabilities(self) -> Table:
        """A row a nominee: id, probability, exact (a fraction as text), target (likewise), type
        (nominees whom no criterion tells apart share one), level."""
        return Table(self._handle.probabilities())

    def values(self, language: LanguageLike = Language.EN) -> Table:
        """A row a value of each attribute that the criteria name: attribute, attribute_label,
        value, label, nominees, pool_share, expected (seats), exact, seat_share, least, most
        (probability), lowest, highest (seats in a panel), quota_least, quota_most."""
        return Table(self._handle.values(_convert.language(language)))

    def quotas(self, language: LanguageLike = Language.EN) -> Table:
        """How the panels use each criterion: criterion, kind, label, least, most, expected,
        lowest, highest, at_least, at_most (the probability that the bound is reached exactly), met
        (the probability that the criterion is met)."""
        return Table(self._handle.quotas(_convert.language(language)))

    def panels(self) -> Table:
        """A row a panel and member: panel (from 1), probability, exact, member."""
        return Table(self._handle.panels())

    def levels(self) -> Table:
        """A row a level of the proof: level, value (a fraction as text), probability, types,
        nominees, proof ("rows" or "branching"), nodes."""
        return Table(self._handle.levels())

    def conflict(self, language: LanguageLike = Language.EN) -> Table:
        """Where there is no committee, a minimal conflict of criteria: criterion, label, needs,
        asked_least, asked_most, nominees, reach_least, reach_most, reason. Else without rows."""
        return Table(self._handle.conflict(_convert.language(language)))

    def relaxations(self, language: LanguageLike = Language.EN) -> Table:
        """Changes of the criteria that make a committee possible, the cheapest first, each tried:
        relaxation, reach, cost, cheapest, criterion, label, what, from, to, by, flexible."""
        return Table(self._handle.relaxations(_convert.language(language)))

    def relaxed_committees(self) -> Table:
        """For each relaxation a committee that shows that it works: relaxation, member."""
        return Table(self._handle.relaxed_committees())

    def relaxed(self, relaxation: int) -> str:
        """The criteria document (JSON) that a relaxation (from 1) makes: `Criteria(...)` of it
        allows a committee, composed with the same options. Raises NotFoundError where there is no
        such relaxation."""
        return self._handle.relaxed(_convert.integer(relaxation, "relaxation"))

    def document(self) -> str:
        """The lottery as one JSON text, from which panels are drawn: `numbered_panels(...)`.
        Raises StateError where there is no lottery."""
        return self._handle.document()

    def certificate(self) -> str:
        """The certificate as JSON text, for `verify_certificate` and the command
        partnership-verify. Raises StateError where there is nothing to certify."""
        return self._handle.certificate()

    def verify(self) -> Verification:
        """What the independent verifier says of the certificate, which may be of the delta that
        was asked for. Raises StateError where there is none."""
        delta = self.about().to_pylist()[0]["delta"]
        return verify_certificate(self.certificate(), delta=None if delta is None else str(delta))

    def to_pandas(self) -> pd.DataFrame:
        """The probabilities as a pandas DataFrame."""
        return self.probabilities().to_pandas()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The probabilities as an Arrow stream."""
        return self.probabilities().__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        """The number of nominees."""
        return int(self._about["nominees"])

    def __bool__(self) -> bool:
        raise TypeError("a composition is neither true nor false: compare its status")

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a composition cannot be pickled: keep its document and its certificate")

    def __repr__(self) -> str:
        return f"<partnership.Composition: {self._summary()}>"

    def _summary(self) -> str:
        of = self._about
        if not self.has_lottery:
            return f"{of['lottery']}, {of['status']}, {of['nominees']} nominees"
        return (
            f"{of['lottery']}, {of['status']}, {of['nominees']} nominees, {of['panels']} panels, "
            f"probabilities {of['least']:.4g} to {of['largest']:.4g}"
        )

    def _repr_html_(self) -> str:
        """The summary and the probabilities as HTML, for notebooks."""
        return f"<p>{self._summary()}</p>{self.probabilities()._repr_html_()}"


class Verification:
    """What the independent verifier says of a document. Made by verify_certificate and
    verify_draw; immutable. `bool(verdict)` is whether all holds that the document states."""

    __slots__ = ("_about", "_handle")
    _handle: _core.Verification
    _about: dict[str, Any]

    def __init__(self, core: _core.Verification) -> None:
        if not isinstance(core, _core.Verification):
            raise TypeError("a Verification is made by verify_certificate or verify_draw")
        self._handle = core
        self._about = Table(core.about()).to_pylist()[0]

    @property
    def holds(self) -> bool:
        """Whether all holds that the document states."""
        return self._handle.holds()

    @property
    def verdict(self) -> str:
        """Of a certificate "proved", "bound", "infeasible" or "refused"; of a draw "sound" or
        "refused"."""
        return str(self._about["verdict"])

    @property
    def hash(self) -> str:
        """SHA-256 of the document (of a draw: of its numbered panels) in canonical form."""
        return str(self._about["hash"])

    def about(self) -> Table:
        """One row: what the document is, by numbers."""
        return Table(self._handle.about())

    @property
    def checked(self) -> list[str]:
        """A sentence for each thing that was found to hold."""
        return [str(text) for text in Table(self._handle.checked()).to_pydict()["checked"]]

    @property
    def faults(self) -> list[Problem]:
        """What does not hold, with its place."""
        rows: list[dict[str, Any]] = Table(self._handle.faults()).to_pylist()
        return [
            Problem(
                message=str(row["message"]),
                pointer=str(row["pointer"] or ""),
                offset=None,
                line=row["line"],
                column=row["column"],
            )
            for row in rows
        ]

    @property
    def members(self) -> list[str]:
        """Of a draw: the members of the panel that the seed draws."""
        return [str(member) for member in Table(self._handle.members()).to_pydict()["member"]]

    def __bool__(self) -> bool:
        return self.holds

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a verdict cannot be pickled: verify the document again")

    def __repr__(self) -> str:
        return f"<partnership.Verification: {self.verdict}, {len(self.checked)} things checked>"


def compose(
    criteria: _core.Criteria,
    nominees: _core.Nominees,
    asked: Mapping[str, Any],
    progress: ProgressFunction | None,
    time_limit: float | None,
) -> Composition:
    given = dict(asked)
    given["on"] = _convert.date(given["on"], "on")
    given["delta"] = _fraction(given["delta"])
    given.update(sizes(given.pop("size")))
    core = _core.Composition.compose(
        criteria, nominees, _convert.options(given), _told(progress), _seconds(time_limit)
    )
    return Composition(core)


def compare(*compositions: Composition) -> Table:
    """The comparison of lotteries, a row each: the columns of Composition.about (least, gini,
    geometric_mean, ...)."""
    for composition in compositions:
        if not isinstance(composition, Composition):
            raise TypeError(f"expected Compositions, got a {_convert.kind_of(composition)}")
    return Table(_core.Composition.compare([each._handle for each in compositions]))


def numbered_panels(
    lottery: Composition | Document,
    panels: int | None = None,
    *,
    work: int | None = None,
    progress: ProgressFunction | None = None,
) -> str:
    """The first document of a public draw: equally likely, numbered panels (1,000 by default),
    to be published before anybody can know the seed.

    `lottery` is a composition, or its document. The document says how far the panels' probabilities
    are from the lottery's, and who is lost.
    """
    text = lottery.document() if isinstance(lottery, Composition) else lottery
    given = _convert.options({"panels": panels, "work": work})
    return _core.draw_panels(_convert.document(text, "lottery"), given, _told(progress))


def draw(panels: Document, seed: str) -> str:
    """The second document of a public draw: which of the numbered panels the seed draws. `panels`
    is the first document, exactly as it was published."""
    return _core.draw_result(_convert.document(panels, "panels"), _convert.text(seed, "seed"))


def verify_certificate(
    certificate: Document,
    *,
    criteria: HashLike | None = None,
    pool: HashLike | None = None,
    delta: DeltaLike = None,
) -> Verification:
    """Checks a certificate with the independent verifier: exact numbers, no solver. `criteria` and
    `pool` are hashes that it must be of; `delta` the largest that is accepted."""
    given = _convert.options(
        {
            "criteria": None if criteria is None else _convert.hash_text(criteria, "criteria"),
            "pool": None if pool is None else _convert.hash_text(pool, "pool"),
            "delta": _fraction(delta),
        }
    )
    text = _convert.document(certificate, "certificate")
    return Verification(_core.verify_certificate(text, given))


def verify_draw(draw: Document, certificate: Document | None = None) -> Verification:
    """Repeats a draw from its published document (either of the two) with the independent
    verifier; with the lottery's certificate it checks the panels against it as well."""
    certified = b"" if certificate is None else _convert.document(certificate, "certificate")
    return Verification(_core.verify_draw(_convert.document(draw, "draw"), certified))


# ---- what callers may pass


def _fraction(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (fractions.Fraction, float)) and not isinstance(value, bool):
        try:
            exact = fractions.Fraction(value)
        except (ValueError, OverflowError):
            raise ArgumentError(f"`delta` is {value}, expected a small fraction") from None
        if isinstance(value, float):
            exact = exact.limit_denominator(10**12)
        return str(exact)
    raise TypeError(f"`delta` is of type {_convert.kind_of(value)}, expected a fraction")


def sizes(value: object) -> dict[str, int | None]:
    """The options that say a size."""
    if value is None:
        return {}
    if isinstance(value, (tuple, list)):
        if len(value) != 2:
            raise ArgumentError("`size` is a number, or a pair of the least and the most")
        least, most = value
        return {
            "size_min": None if least is None else _convert.integer(least, "size"),
            "size_max": None if most is None else _convert.integer(most, "size"),
        }
    return {"size": _convert.integer(value, "size")}


def _told(progress: ProgressFunction | None) -> Callable[[int, int, int | None], object] | None:
    if progress is None:
        return None
    if not callable(progress):
        raise TypeError(f"`progress` is of type {_convert.kind_of(progress)}, expected a function")
    return lambda phase, done, of: progress(LotteryPhase(phase), done, of)


def _seconds(limit: object) -> float | None:
    if limit is None:
        return None
    if isinstance(limit, bool) or not isinstance(limit, (int, float)):
        raise TypeError(f"`time_limit` is of type {_convert.kind_of(limit)}, expected seconds")
    if not limit >= 0:
        raise ArgumentError(f"`time_limit` is {limit}, expected seconds")
    return float(limit)
