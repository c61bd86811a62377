# SPDX-License-Identifier: Apache-2.0
"""A charter as one self-contained HTML page: its norms by article, their versions and tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .. import report
from ..functions import render_date
from ..report_html import Markup, address, direction, element, escape, join, languages, said
from ..report_words import word
from ._charter import Charter

__all__ = ["page"]

Row = Mapping[str, Any]


def page(charter: Charter, order: Sequence[str] = languages) -> str:
    """The page: one part a language, in this order; Arabic runs from right to left. Tests are run
    and their outcome is shown beside what was expected."""
    titles = {name: str(charter.about(name).to_pydict()["title"][0]) for name in order}
    tests = charter.test().to_pylist()
    parts = [(name, _part(charter, name, tests)) for name in order]
    return report.page(titles, parts, titles[order[0]])


def _part(charter: Charter, language: str, tests: Sequence[Row]) -> Markup:
    about = charter.about(language).to_pylist()[0]
    document = charter.document()
    norms = charter.norms(language).to_pylist()
    for norm, written in zip(norms, document["norms"], strict=True):
        norm["texts"] = written  # in which languages they are
    labels = {str(norm["norm"]): str(norm["label"]) for norm in norms}
    passed = sum(bool(test["passed"]) for test in tests)
    return element(
        "div",
        element("h1", said(document["title"], language)),
        _head(about, language),
        element("p", said(document["text"], language)) if "text" in document else None,
        report.figures(
            [
                (word("norms", language), about["norms"]),
                (word("versions", language), len(norms)),
                (word("tests", language), f"{passed} / {len(tests)}"),
            ]
        ),
        element("p", word("charter hash", language), " ", report.hash_text(str(about["hash"]))),
        [
            report.section(
                _heading(article, language), [_norm(norm, language, labels, tests) for norm in of]
            )
            for article, of in _by_article(norms)
        ],
        report.section(word("facts", language), _facts(charter, language)),
    )


def _head(about: Row, language: str) -> Markup:
    source = about["source"] or ""
    link = about["address"]
    return element(
        "p",
        f"{word('version', language)} {about['version']}",
        [". ", _span(about["in_force_from"], about["in_force_to"], language)],
        [". ", source, " ", address(link) if link else None] if source or link else None,
        class_="lead",
    )


def _heading(article: str | None, language: str) -> str:
    return f"{word('article', language)} {article}" if article else word("norms", language)


def _by_article(norms: Sequence[Row]) -> list[tuple[str | None, list[Row]]]:
    groups: dict[str | None, list[Row]] = {}
    for norm in norms:
        groups.setdefault(norm["article"], []).append(norm)
    return list(groups.items())


def _span(start: Any, end: Any, language: str) -> str:
    """When something is in force; the end is the first day on which it is not."""
    if start is None and end is None:
        return word("always in force", language)
    pieces = []
    if start is not None:
        pieces.append(f"{word('in force from', language)} {render_date(start, language)}")
    if end is not None:
        pieces.append(f"{word('in force until', language)} {render_date(end, language)}")
    return " ".join(pieces)


def _labels(ids: str | None, labels: Mapping[str, str]) -> str | None:
    """Of norms that are named by their ids, joined by `;`."""
    return "; ".join(labels.get(each, each) for each in ids.split(";")) if ids else None


def _source(norm: Row) -> Markup | None:
    link = address(norm["address"]) if norm["address"] else None
    pieces = [piece for piece in (norm["source"], link) if piece]
    return join(pieces[0], [[" ", piece] for piece in pieces[1:]]) if pieces else None


def _norm(norm: Row, language: str, labels: Mapping[str, str], tests: Sequence[Row]) -> Markup:
    who = [norm["bearer"]]
    if norm["counterparty"]:
        who.append(norm["counterparty"])
    arrow = " ← " if direction(language) == "rtl" else " → "
    facts = [
        (word("bearer", language), arrow.join(who)),
        (word("modality", language), word(norm["modality"], language)),
        (word("citation", language), norm["citation"]),
        (word("in force", language), _span(norm["in_force_from"], norm["in_force_to"], language)),
        (word("applies", language), _code(norm["applies"])),
        (word("condition", language), _code(norm["condition"])),
        (word("exception of", language), _labels(norm["exception_of"], labels)),
        (word("reparation", language), _labels(norm["reparation"], labels)),
        (word("principle", language), norm["principle"]),
        (word("source", language), _source(norm)),
        (word("note", language), said(norm["texts"].get("note"), language)),
    ]
    own = [
        test
        for test in tests
        if test["norm"] == norm["norm"] and test["version_from"] == norm["in_force_from"]
    ]
    return element(
        "article",
        element("h3", said(norm["texts"]["label"], language), " ", _badges(norm, language)),
        element("p", said(norm["texts"]["text"], language)) if norm["text"] else None,
        element(
            "dl",
            [
                element("div", element("dt", name), element("dd", content))
                for name, content in facts
                if content
            ],
            class_="norm",
        ),
        _tests(own, language) if own else None,
        id=f"{language}-{norm['norm']}-{norm['in_force_from'] or 'always'}",
    )


def _badges(norm: Row, language: str) -> list[Markup]:
    badges = []
    if not norm["enabled"]:
        badges.append(report.badge("none", word("not enabled", language)))
    if norm["standing"]:
        badges.append(report.badge("fact", word(norm["standing"], language)))
    return badges


def _code(text: str | None) -> Markup | None:
    return element("code", text, dir="auto") if text else None


def _tests(tests: Sequence[Row], language: str) -> Markup:
    headings = [
        (word("test", language), ""),
        (word("date", language), "nowrap"),
        (word("expected", language), ""),
        (word("got", language), ""),
    ]
    rows = [
        (
            test["test"] or word("case", language),
            render_date(test["on"], language),
            _outcome(language, str(test["expected"])),
            _outcome(language, str(test["got"])),
        )
        for test in tests
    ]
    return element(
        "details", element("summary", word("tests", language)), report.table(headings, rows)
    )


def _outcome(language: str, text: str) -> Markup:
    """An outcome, and whatever else the test asked for behind it."""
    name, mark, more = text.partition(";")
    try:
        return element("span", report.outcome(language, name.strip()), f"{mark}{more}")
    except KeyError:
        return escape(text)


def _facts(charter: Charter, language: str) -> Markup:
    rows = charter.kinds(language).to_pylist()
    groups: dict[str, list[tuple[object, ...]]] = {}
    for row in rows:
        name = element("code", row["fact"], dir="auto")
        cells = (name, row["label"] or "", element("code", row["type"], dir="ltr"))
        groups.setdefault(str(row["kind_label"] or row["kind"]), []).append(cells)
    headings = [
        (word("fact", language), ""),
        (word("name", language), ""),
        (word("type", language), ""),
    ]
    return report.table(headings, groups=groups.items())
