# SPDX-License-Identifier: Apache-2.0
"""A lottery as one self-contained HTML page: its fairness by nominee and by value, the use of each
criterion, the levels of its proof, and what the independent verifier says of the certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .. import report
from ..report_charts import range_bar, staircase
from ..report_html import Markup, element, languages, pick
from ..report_words import word
from ._committee import Criteria
from ._composition import Composition, Verification, compare
from ._text import change_text, number, percent, relaxations_of

__all__ = ["fairness", "page"]

Row = Mapping[str, Any]

_LISTED = 300  # nominees are named one by one up to here; the tables of the library name all


def page(
    made: Composition,
    criteria: Criteria,
    order: Sequence[str] = languages,
    others: Sequence[Composition] = (),
) -> str:
    """The page: one part a language, in this order; Arabic runs from right to left. `others`:
    lotteries over the same pool, to compare this one with."""
    title = criteria.document().get("title") or {}
    names = {
        language: f"{word('fair lottery', language)}: {pick(title, language)[0]}".rstrip(": ")
        for language in order
    }
    verdict = made.verify() if made.has_certificate else None
    parts = [
        (
            language,
            element(
                "div",
                element("h1", word("fair lottery", language)),
                element("p", report.said(title, language), class_="lead") if title else None,
                [
                    report.section(heading, content) if heading else content
                    for heading, content in fairness(made, language, verdict, others=others)
                ],
            ),
        )
        for language in order
    ]
    return report.page(names, parts, names[order[0]])


def fairness(
    made: Composition,
    language: str,
    verdict: Verification | None = None,
    *,
    name: str = "lottery",
    others: Sequence[Composition] = (),
) -> list[tuple[str, Markup]]:
    """The parts of the page as (heading, content), for other reports to take in; the first heading
    is empty. `name` makes ids unique on a page; `verdict` is what verify() said of the
    certificate; `others` are lotteries over the same pool to compare this one with."""
    name = f"{name}-{language}"
    about = made.about().to_pylist()[0]
    parts = [("", _summary(about, language))]
    if made.has_lottery:
        parts += [
            (word("by nominee", language), _nominees(made, about, language, name)),
            (word("by value", language), _values(made, language, name)),
            (word("use of criteria", language), _quotas(made, language, name)),
        ]
    elif len(made.conflict()):
        parts += [
            (word("conflict", language), _conflict(made, language)),
            (word("relaxations", language), _relaxations(made, language)),
        ]
    if others:
        table = compare(made, *others).to_pylist()
        parts.append((word("comparison", language), _comparison(table, language)))
    if made.has_certificate:
        told = _verdict(verdict, language) if verdict is not None else None
        levels = _levels(made, language) if made.has_lottery else None
        parts.append((word("certificate", language), element("div", told, levels)))
    return parts


_KINDS = {"proved": "met", "sound": "met", "bound": "open", "drawn": "none", "refused": "unmet"}


def _summary(about: Row, language: str) -> Markup:
    status = str(about["status"])
    badge = report.badge(_KINDS.get(status, "unmet"), word(status, language))
    told = element("p", badge, " ", word(f"said {status}", language), ".")
    pairs: list[tuple[object, object]] = [
        (word("lottery", language), word(str(about["lottery"]), language)),
        (word("nominees", language), about["nominees"]),
    ]
    if about["least"] is not None:
        pairs += [
            (word("selectable", language), about["selectable"]),
            (word("size", language), number(about["size"], language)),
            (word("least probability", language), _bdi(percent(about["least"], language))),
            (word("largest probability", language), _bdi(percent(about["largest"], language))),
            (word("gini", language), _bdi(number(about["gini"], language, 3))),
        ]
    return element("div", told, report.figures(pairs))


def _bdi(text: object) -> Markup:
    """A number or an id, which runs as its own letters do."""
    return element("bdi", text, dir="auto")


# ---- by nominee


def _nominees(made: Composition, about: Row, language: str, name: str) -> Markup:
    table: Sequence[Row] = made.probabilities().to_pylist()
    rows = sorted(table, key=lambda row: float(row["probability"]))
    values = [float(row["probability"]) for row in rows]
    even = float(about["size"]) / max(len(values), 1)
    top = max([*values, even])
    end = next((t for t in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5) if top <= t), 1.0)
    picture = staircase(
        f"{name}-staircase",
        word("staircase", language),
        f"{word('least probability', language)} {percent(about['least'], language)}, "
        f"{word('largest probability', language)} {percent(about['largest'], language)}",
        language,
        values,
        [
            percent(0, language, 0),
            percent(end / 2, language, 1 if end < 0.1 else 0),
            percent(end, language, 0),
            "1",
            str(len(values)),
        ],
        (even, word("even", language)),
    )
    return element(
        "div",
        element(
            "figure",
            element("div", picture, class_="scroll", tabindex="0", role="group"),
            element("figcaption", word("staircase", language)),
        ),
        _groups(rows, language),
    )


def _groups(rows: Sequence[Row], language: str) -> Markup:
    """Nominees by probability, ascending."""
    groups: dict[float, list[str]] = {}
    for row in rows:
        groups.setdefault(float(row["probability"]), []).append(str(row["id"]))
    headings = [
        (word("probability", language), "count"),
        (word("same probability", language), "count"),
    ]
    named = len(rows) <= _LISTED
    if named:
        headings.append((word("nominees", language), ""))
    listed: list[tuple[object, ...]] = []
    for value, ids in groups.items():
        cells: list[object] = [_bdi(percent(value, language, 4)), len(ids)]
        if named:
            comma = word("comma", language)
            cells.append([[comma if at else None, _bdi(one)] for at, one in enumerate(ids)])
        listed.append(tuple(cells))
    if len(listed) <= 40:
        return report.table(headings, listed)
    summary = element("summary", word("probabilities", language))
    return element("details", summary, report.table(headings, listed))


# ---- by value, by criterion


def _bounds(least: object, most: object, language: str) -> Markup:
    if least is None and most is None:
        return _bdi(word("no_bound", language))
    if least == most:
        return _bdi(least)
    if least is None or most is None:
        return _bdi(f"\u2264 {most}" if least is None else f"\u2265 {least}")
    return _bdi(f"{least}\u2013{most}")


def _values(made: Composition, language: str, name: str) -> Markup:
    groups: dict[str, list[tuple[object, ...]]] = {}
    rows: Sequence[Row] = made.values(language).to_pylist()
    scales: dict[object, int] = {}
    for row in rows:
        scales[row["attribute"]] = max(
            scales.get(row["attribute"], 1),
            int(row["highest"]),
            int(row["quota_most"] or 0),
        )
    for at, row in enumerate(rows):
        label = word("not_known", language) if row["label"] is None else row["label"]
        picture = range_bar(
            f"{name}-value-meter-{at}",
            f"{label}: {number(row['expected'], language)}",
            language,
            int(row["lowest"]),
            int(row["highest"]),
            float(row["expected"]),
            row["quota_least"],
            row["quota_most"],
            scales[row["attribute"]],
        )
        ends = [percent(row[key], language) for key in ("least", "most")]
        probability = "\u2013".join(dict.fromkeys(ends))  # once where both read alike
        groups.setdefault(str(row["attribute_label"]), []).append(
            (
                label,
                row["nominees"],
                _bdi(percent(row["pool_share"], language, 1)),
                _bdi(percent(row["seat_share"], language, 1)),
                _bdi(number(row["expected"], language)),
                picture,
                _bounds(row["quota_least"], row["quota_most"], language),
                _bdi(probability),
            )
        )
    keys = [
        ("value", ""),
        ("nominees", "count"),
        ("pool share", "count"),
        ("seat share", "count"),
        ("expected seats", "count"),
        ("in panels", ""),
        ("quota", "count"),
        ("probability", "count"),
    ]
    headings = [(word(key, language), class_) for key, class_ in keys]
    return report.table(headings, groups=groups.items(), class_="fair")


def _quotas(made: Composition, language: str, name: str) -> Markup:
    listed = []
    rows: Sequence[Row] = made.quotas(language).to_pylist()
    for at, row in enumerate(rows):
        applies = row["expected"] is not None
        picture = None
        if applies:
            ends = [int(row[key]) for key in ("least", "most", "highest") if row[key] is not None]
            picture = range_bar(
                f"{name}-quota-meter-{at}",
                f"{row['label']}: {number(row['expected'], language)}",
                language,
                int(row["lowest"]),
                int(row["highest"]),
                float(row["expected"]),
                row["least"],
                row["most"],
                max([1, *ends]),
            )
        met = "not applicable" if not applies else "met" if row["met"] == 1 else "not met"
        listed.append(
            (
                row["label"],
                report.outcome(language, met),
                _bounds(row["least"], row["most"], language),
                picture,
                _bdi(number(row["expected"], language)),
                _bdi(percent(row["at_least"], language, 1)),
                _bdi(percent(row["at_most"], language, 1)),
            )
        )
    keys = [
        ("criterion", "wide"),
        ("outcome", "nowrap"),
        ("quota", "count"),
        ("in panels", ""),
        ("mean", "count"),
        ("at least bound", "count"),
        ("at most bound", "count"),
    ]
    headings = [(word(key, language), class_) for key, class_ in keys]
    return report.table(headings, listed, class_="fair")


# ---- where there is no committee


def _conflict(made: Composition, language: str) -> Markup:
    headings = [
        (word("criterion", language), "wide"),
        (word("asked", language), "count"),
        (word("nominees", language), "count"),
        (word("reach", language), "count"),
    ]
    rows: Sequence[Row] = made.conflict(language).to_pylist()
    listed = [
        (
            [row["label"], element("div", row["reason"], class_="reason")],
            _bounds(row["asked_least"], row["asked_most"], language),
            row["nominees"],
            _bounds(row["reach_least"], row["reach_most"], language),
        )
        for row in rows
    ]
    return report.table(headings, listed)


def _relaxations(made: Composition, language: str) -> Markup:
    told = [
        element(
            "li",
            f"{word('cost', language)} {cost}",
            element("ul", [element("li", change_text(row, language)) for row in changes]),
        )
        for cost, changes in relaxations_of(made, language)
    ]
    return element("ol", told) if told else element("p", word("nothing", language))


# ---- proofs and comparison


def _verdict(verdict: Verification, language: str) -> Markup:
    kind = _KINDS.get(verdict.verdict, "unmet" if not verdict.holds else "none")
    said = [element("li", text) for text in verdict.checked]
    said += [element("li", f"\u2717 {fault}") for fault in verdict.faults]
    return element(
        "div",
        element(
            "p",
            f"{word('verdict', language)}: ",
            report.badge(kind, word(verdict.verdict, language)),
        ),
        element("p", report.hash_text(verdict.hash)),
        element(
            "details",
            element("summary", word("checked", language)),
            element("ul", said, class_="hash", lang="en", dir="ltr"),
        ),
    )


def _levels(made: Composition, language: str) -> Markup:
    rows: Sequence[Row] = made.levels().to_pylist()
    headings = [
        (word("level", language), "count"),
        (word("probability", language), "count"),
        (word("nominees", language), "count"),
        (word("proof", language), ""),
        (word("nodes", language), "count"),
    ]
    listed = [
        (
            row["level"],
            _bdi(percent(row["probability"], language, 4)),
            row["nominees"],
            word(str(row["proof"]), language),
            row["nodes"],
        )
        for row in rows
    ]
    summary = element("summary", word("levels", language))
    return element("details", summary, report.table(headings, listed))


def _comparison(rows: Sequence[Row], language: str) -> Markup:
    keys = ("least probability", "largest probability", "gini", "geometric mean", "selectable")
    headings = [(word("lottery", language), ""), (word("status", language), "")]
    headings += [(word(key, language), "count") for key in keys]
    listed = [
        (
            word(str(row["lottery"]), language),
            word(str(row["status"]), language),
            _bdi(percent(row["least"], language, 3)),
            _bdi(percent(row["largest"], language, 3)),
            _bdi(number(row["gini"], language, 3)),
            _bdi(percent(row["geometric_mean"], language, 3)),
            row["selectable"],
        )
        for row in rows
    ]
    return report.table(headings, listed, class_="fair")
