# SPDX-License-Identifier: Apache-2.0
"""Lotteries as plain text, in Arabic, English or French."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..report_words import word
from ..table import Table
from ._composition import Composition

__all__ = [
    "about_text",
    "change_text",
    "comparison_text",
    "composition_text",
    "number",
    "parts_text",
    "percent",
    "relaxations_of",
]


def number(value: float | int | None, language: str, digits: int = 4) -> str:
    """A number with so many significant digits, as the language writes it."""
    if value is None:
        return ""
    text = str(value) if isinstance(value, int) else f"{value:.{digits}g}"
    return text.replace(".", ",") if language == "fr" else text


def percent(value: float | None, language: str, digits: int = 2) -> str:
    """A share as a percentage."""
    if value is None:
        return ""
    text = f"{100 * value:.{digits}f}"
    return f"{text.replace('.', ',')}\u00a0%" if language == "fr" else f"{text}%"


def _columns(rows: Iterable[Sequence[object]], headings: Sequence[str]) -> str:
    """Rows under headings, in columns as wide as their cells."""
    table = [list(headings), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[at]) for row in table) for at in range(len(headings))]
    lines = []
    for row in table:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        lines.append("  " + "  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"


def _between(least: object, most: object) -> str:
    """Bounds as `2-4`, `>= 2`, `<= 4`."""
    if least is None and most is None:
        return ""
    if least is None or most is None:
        return f"<= {most}" if least is None else f">= {least}"
    return str(least) if least == most else f"{least}-{most}"


def composition_text(made: Composition, language: str = "en", *, brief: bool = False) -> str:
    """What was found, its probabilities by value, and the use of each criterion. `brief`: the
    first lines only."""
    about = made.about().to_pylist()[0]
    text = about_text(about, language)
    if about["status"] == "infeasible":
        return text + _why(made, language)
    if brief or not made.has_lottery:
        return text
    values, quotas = made.values(language).to_pylist(), made.quotas(language).to_pylist()
    return text + parts_text(values, quotas, language)


def said(status: str, language: str) -> str:
    """A status and what it means; in English the status is the one of the tables."""
    return f"{_status(status, language)}: {word('said ' + status, language)}"


def _status(status: str, language: str) -> str:
    return status if language == "en" else word(status, language)


def about_text(about: dict[str, Any], language: str) -> str:
    """The first lines, of the row of Composition.about."""
    status = str(about["status"])
    kind = word(str(about["lottery"]), language)
    lines = [f"{kind}{word('comma', language)}{said(status, language)}"]
    counted = [("nominees", about["nominees"]), ("types", about["types"])]
    if about["panels"]:
        counted.insert(1, ("selectable", about["selectable"]))
        counted += [("panels", about["panels"]), ("levels", about["levels"])]
    comma = word("comma", language)
    lines.append(comma.join(f"{word(key, language)} {value}" for key, value in counted))
    if about["panels"]:
        lines.append(comma.join(f"{name} {value}" for name, value in _fairness(about, language)))
    if about["gap"] is not None:
        told = [] if about["bound"] is None else [f"{word('bound', language)} {about['bound']}"]
        lines.append(comma.join([*told, f"{word('gap', language)} {about['gap']}"]))
    return "\n".join(lines) + "\n"


def change_text(row: dict[str, Any], language: str) -> str:
    """One change of a criterion: what, from and to."""
    arrow = " \u2190 " if language == "ar" else " \u2192 "
    to = f"{arrow}{row['to']}" if row["to"] else ""
    return f"{row['label']}: {word(row['what'], language)} {row['from']}{to}"


def relaxations_of(made: Composition, language: str) -> list[tuple[int, list[dict[str, Any]]]]:
    """The relaxations in order: the cost of each, and its changes."""
    groups: dict[int, list[dict[str, Any]]] = {}
    rows: list[dict[str, Any]] = made.relaxations(language).to_pylist()
    for row in rows:
        groups.setdefault(row["relaxation"], []).append(row)
    return [(changes[0]["cost"], changes) for changes in groups.values()]


def _why(made: Composition, language: str) -> str:
    lines = []
    conflict = made.conflict(language).to_pylist()
    if conflict:
        lines.append(f"\n{word('conflict', language)}")
        lines += [f"  {row['label']}: {row['reason']}" for row in conflict]
    relaxations = relaxations_of(made, language)
    if relaxations:
        lines.append(f"\n{word('relaxations', language)}")
    for at, (cost, changes) in enumerate(relaxations, 1):
        lines.append(f"  {at}. {word('cost', language)} {cost}")
        lines += [f"     {change_text(row, language)}" for row in changes]
    return "\n".join(lines) + "\n" if lines else ""


def _fairness(about: dict[str, Any], language: str) -> list[tuple[str, str]]:
    return [
        (word(key, language), number(about[column], language))
        for key, column in (
            ("least probability", "least"),
            ("largest probability", "largest"),
            ("gini", "gini"),
            ("geometric mean", "geometric_mean"),
        )
    ]


def parts_text(
    values: Iterable[dict[str, Any]], quotas: Iterable[dict[str, Any]], language: str
) -> str:
    """Probabilities by value, and the use of each criterion: of the rows of Composition.values and
    Composition.quotas."""
    parts = [f"\n{word('by value', language)}\n"]
    headings = ["value", "nominees", "pool share", "expected seats", "seat share", "in panels"]
    rows = []
    for row in values:
        told = word("not_known", language) if row["label"] is None else row["label"]
        rows.append(
            (
                f"{row['attribute_label']}: {told}",
                row["nominees"],
                percent(row["pool_share"], language, 1),
                number(row["expected"], language),
                percent(row["seat_share"], language, 1),
                _between(row["lowest"], row["highest"]),
                _between(row["quota_least"], row["quota_most"]),
                _between(number(row["least"], language), number(row["most"], language)),
            )
        )
    named = [word(key, language) for key in (*headings, "quota", "probability")]
    parts.append(_columns(rows, named))
    parts.append(f"\n{word('use of criteria', language)}\n")
    keys = ("criterion", "quota", "mean", "in panels", "at least bound", "at most bound")
    parts.append(
        _columns(
            (
                (
                    row["label"],
                    _between(row["least"], row["most"]),
                    number(row["expected"], language),
                    _between(row["lowest"], row["highest"]),
                    percent(row["at_least"], language, 1),
                    percent(row["at_most"], language, 1),
                )
                for row in quotas
            ),
            [word(key, language) for key in keys],
        )
    )
    return "".join(parts)


def comparison_text(table: Table, language: str = "en") -> str:
    """The comparison of lotteries (committee.compare) as text."""
    counts = ("selectable", "panels")
    headings = ("lottery", "status", *counts)
    named = [word(key, language) for key in headings]
    named += [
        word(key, language)
        for key in ("least probability", "largest probability", "gini", "geometric mean")
    ]
    rows = []
    for about in table.to_pylist():
        fairness = [value for _, value in _fairness(about, language)]
        told = (word(str(about["lottery"]), language), _status(str(about["status"]), language))
        counted = ["" if about[key] is None else about[key] for key in counts]
        rows.append((*told, *counted, *fairness))
    return _columns(rows, named)
