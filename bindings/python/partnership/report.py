# SPDX-License-Identifier: Apache-2.0
"""Reports: building blocks that turn the library's answers into one self-contained HTML page.

A page has a part for each language; every block takes the language it is written in, and texts in
another language say so. Blocks show what they are given: every number in a report comes from the
library's tables, none is computed here. Equal input gives equal bytes.

    rows = check.criteria("en").to_pylist()
    parts = [("en", report.section("Composition", report.criteria("en", "core", rows, 15)))]
    text = report.page({"en": "The committee"}, parts)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from partnership.report_html import (
    Markup,
    address,
    direction,
    element,
    escape,
    join,
    languages,
    pick,
    said,
)
from partnership.report_style import PHASES, SIDES, STYLE_SHEET
from partnership.report_svg import Mark, Span, Style, hemicycle, mark, meter, timeline
from partnership.report_words import word

__all__ = [
    "PHASES",
    "SIDES",
    "Mark",
    "Markup",
    "Span",
    "Style",
    "Values",
    "address",
    "badge",
    "counts",
    "criteria",
    "direction",
    "element",
    "escape",
    "figures",
    "hash_text",
    "hemicycle",
    "join",
    "mark",
    "meter",
    "outcome",
    "page",
    "pick",
    "said",
    "section",
    "sources",
    "table",
    "timeline",
    "unmet",
    "word",
]

# The sign before an outcome tells it apart without colour.
_OUTCOMES = {
    "met": ("met", "✓"),
    "not met": ("unmet", "✗"),
    "undetermined": ("open", "?"),
    "not applicable": ("none", "\u2013"),
    "pending": ("open", "\u2026"),
    "met by exception": ("met", "\u2713"),
}
_DATE = r"\d{4}-\d\d(-\d\d)?"
_PERIOD = re.compile(rf"{_DATE}(/{_DATE})?|\d{{4}}/\d{{4}}")  # a year alone is a number
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)")
_SELF = {"ar": "العربية", "en": "English", "fr": "Français"}


def page(
    title: Mapping[str, str], parts: Sequence[tuple[str, object]], description: str = ""
) -> str:
    """The whole document: `parts` are (language, content), the first one leads."""
    first = parts[0][0]
    links = [
        element("a", _SELF[language], href=f"#{language}", lang=language, dir=direction(language))
        for language, _ in parts
    ]
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element(
            "meta",
            http_equiv="Content-Security-Policy",
            content="default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        ),
        element("meta", name="description", content=description) if description else None,
        element("title", " \u2013 ".join(pick(title, language)[0] for language, _ in parts)),
        element("style", Markup(STYLE_SHEET)),
    )
    body = element(
        "body",
        element(
            "nav",
            links,
            class_="bar",
            aria_label=" / ".join(_SELF[language] for language, _ in parts),
        ),
        [
            element(
                "main" if at == 0 else "section",
                content,
                class_="part",
                id=language,
                lang=language,
                dir=direction(language),
            )
            for at, (language, content) in enumerate(parts)
        ],
    )
    html = element("html", "\n", head, "\n", body, "\n", lang=first, dir=direction(first))
    return f"<!DOCTYPE html>\n{html}\n"


def section(heading: object, *children: object, name: str | None = None) -> Markup:
    """A section under a heading of the second level."""
    return element("section", element("h2", heading, id=name), *children)


def badge(kind: str, text: object) -> Markup:
    """A word in a frame. Kinds: met, unmet, open, none; fact, example, unknown."""
    return element("span", text, class_=f"badge {kind}")


def outcome(language: str, name: str) -> Markup:
    """An outcome (met, not met, undetermined, not applicable), told apart by sign and colour."""
    kind, sign = _OUTCOMES[name]
    return badge(kind, f"{sign} {word(name, language)}")


def figures(pairs: Iterable[tuple[object, object]]) -> Markup:
    """Key figures: (what it is, the figure)."""
    return element(
        "dl",
        [element("div", element("dt", what), element("dd", figure)) for what, figure in pairs],
        class_="figures",
    )


def table(
    headings: Sequence[tuple[object, str]],
    rows: Iterable[Sequence[object]] = (),
    *,
    groups: Iterable[tuple[object, Iterable[Sequence[object]]]] = (),
    caption: object = None,
    class_: str | None = None,
) -> Markup:
    """A table; `headings` are (text, class of the column's cells), the first cell of a row is its
    heading. `groups` (heading, rows) follow the rows. It scrolls by itself where it is wider than
    the page."""

    def cells(row: Sequence[object]) -> list[Markup]:
        written = []
        for at, ((_, kind), cell) in enumerate(zip(headings, row, strict=True)):
            heading = {"scope": "row"} if at == 0 else {}
            written.append(element("th" if at == 0 else "td", cell, class_=kind or None, **heading))
        return written

    def body(listed: Iterable[Sequence[object]], heading: object = None) -> Markup:
        over = None
        if heading is not None:
            over = element(
                "tr",
                element("th", heading, colspan=len(headings), scope="rowgroup"),
                class_="group",
            )
        return element("tbody", over, [element("tr", cells(row)) for row in listed])

    listed = list(rows)
    return element(
        "div",
        element(
            "table",
            element("caption", caption) if caption is not None else None,
            element(
                "thead", element("tr", [element("th", text, scope="col") for text, _ in headings])
            ),
            body(listed) if listed else None,
            [body(group, heading) for heading, group in groups],
            class_=class_,
        ),
        class_="scroll",
        tabindex="0",
        role="group",
    )


def hash_text(text: str) -> Markup:
    """A hash or another text for machines, from left to right in every language."""
    return element("code", text, class_="hash", dir="ltr", lang="en")


def sources(
    language: str,
    addresses: Iterable[str],
    wording: Callable[[str], Mapping[str, str]] | None = None,
) -> Markup:
    """A list of sources: addresses become links, titles are said in `language` where `wording`
    knows them."""

    def one(text: str) -> Markup:
        if "://" in text:
            return address(text)
        return said(wording(text) if wording else text, language)

    return element("ul", [element("li", one(text)) for text in addresses], class_="sources")


class Values:
    """Values of JSON as people read them in one language: lists as lists, objects as terms with
    their values, dates in words. `text` and `member` say a text and the name of an object's member
    in the languages that there are; `period` writes a date or period of reduced precision."""

    def __init__(
        self,
        language: str,
        text: Callable[[str], Mapping[str, str]],
        member: Callable[[str], Mapping[str, str]],
        period: Callable[[str], str],
    ) -> None:
        self.language = language
        self._text = text
        self._member = member
        self._period = period

    def __call__(self, content: object) -> Markup:
        if content is None:
            return escape(word("not_known", self.language))
        if isinstance(content, bool):
            return escape(
                f"✓ {word('yes', self.language)}" if content else f"✗ {word('no', self.language)}"
            )
        if isinstance(content, int):
            return self._number(content)
        if isinstance(content, str):
            return self._said(content)
        if isinstance(content, list):
            return self._list(content)
        if isinstance(content, dict):
            return self._object(content)
        raise TypeError(f"no value of JSON: {type(content).__name__}")

    def _number(self, number: int) -> Markup:
        grouped = f"{number:,}".replace(",", "\u202f") if abs(number) >= 10000 else str(number)
        return element("bdi", grouped)

    def _said(self, text: str) -> Markup:
        if _PERIOD.fullmatch(text):
            return escape(self._period(text))
        if moment := _MOMENT.fullmatch(text):
            return join(
                self._period(moment[1]), word("comma", self.language), element("bdi", moment[2])
            )
        if bound := re.fullmatch(r">(\d+)", text):
            return join(word("more_than", self.language), " ", self._number(int(bound[1])))
        return said(self._text(text), self.language)

    def _list(self, items: list[object]) -> Markup:
        if all(isinstance(item, str) and len(item) <= 28 for item in items):
            separated = [
                [word("comma", self.language) if at else None, self(item)]
                for at, item in enumerate(items)
            ]
            return join(separated)
        return element("ul", [element("li", self(item)) for item in items], class_="inner list")

    def _object(self, content: dict[str, object]) -> Markup:
        spoken = [language for language in (self.language, "en", "fr", "ar") if language in content]
        rest = {
            key: one for key, one in content.items() if key not in languages and one is not None
        }
        parts = []
        if spoken:
            inside = Values(spoken[0], lambda text: {spoken[0]: text}, self._member, self._period)(
                content[spoken[0]]
            )
            if spoken[0] != self.language:
                inside = element("span", inside, lang=spoken[0], dir=direction(spoken[0]))
            parts.append(element("div", inside) if rest else inside)
        if rest:
            pairs = [
                (element("dt", said(self._member(key), self.language)), element("dd", self(one)))
                for key, one in rest.items()
            ]
            parts.append(element("dl", pairs, class_="inner"))
        return join(parts)


def criteria(language: str, name: str, rows: Sequence[Mapping[str, Any]], scale: int) -> Markup:
    """The answer of a check, a row a criterion, as Check.criteria() gives it: kind, label, outcome,
    count, unknown, least, most, reason. `name` makes ids unique on the page; `scale` is the number
    of members."""

    def bound(number: object) -> object:
        return word("no_bound", language) if number is None else number

    def picture(at: int, row: Mapping[str, Any]) -> Markup | None:
        if row["outcome"] == "not applicable" or row["count"] is None:
            return None
        certain, possible = int(row["count"]), int(row["unknown"] or 0)
        ends = [int(row[end]) for end in ("least", "most") if row[end] is not None]
        text = f"{word('counted', language)}: {certain}; {word('may_count', language)}: {possible}"
        return meter(
            f"{name}-meter-{at}",
            text,
            language,
            certain,
            possible,
            row["least"],
            row["most"],
            max([scale if row["kind"] in ("size", "quota") else 1, certain + possible, *ends]),
        )

    keys = [
        ("criterion", "wide"),
        ("outcome", "nowrap"),
        ("picture", ""),
        ("counted", "count"),
        ("may_count", "count"),
        ("least", "count"),
        ("most", "count"),
    ]
    return table(
        [(word(key, language), class_) for key, class_ in keys],
        [
            [
                [row["label"], element("div", row["reason"], class_="reason")],
                outcome(language, str(row["outcome"])),
                picture(at, row),
                row["count"],
                row["unknown"],
                bound(row["least"]),
                bound(row["most"]),
            ]
            for at, row in enumerate(rows)
        ],
        class_="criteria",
    )


def counts(
    language: str,
    rows: Iterable[Mapping[str, Any]],
    labels: Mapping[str, object],
    members: Mapping[str, object],
    values: Callable[[str], object],
) -> Markup:
    """Who counts where, as Check.counts() gives it: for each criterion and value its members, first
    those who count, then, marked, those who may once facts are known."""
    grouped: dict[str, dict[tuple[bool, str], list[object]]] = {}
    for row in rows:
        told = "" if row["value"] is None else str(row["value"])
        of = grouped.setdefault(str(row["criterion"]), {}).setdefault(
            (not row["certain"], told), []
        )
        of.append(members.get(str(row["member"]), row["member"]))

    def line(doubtful: bool, told: str, names: list[object]) -> Markup:
        lead = [element("strong", values(told)), ": "] if told else None
        doubt = [badge("open", f"? {word('possible', language)}"), " "] if doubtful else None
        listed = [
            [word("comma", language) if at else None, element("bdi", name)]
            for at, name in enumerate(names)
        ]
        return element("div", doubt, lead, listed)

    return table(
        [(word("criterion", language), "wide"), (word("member", language), "")],
        [
            [labels.get(criterion, criterion), [line(*key, lines[key]) for key in sorted(lines)]]
            for criterion, lines in grouped.items()
        ],
        class_="counts",
    )


def unmet(language: str, rows: Iterable[Mapping[str, Any]], labels: Mapping[str, object]) -> Markup:
    """Minimal unmet sets, as Check.unmet() gives them."""
    sets: dict[int, list[object]] = {}
    for row in rows:
        sets.setdefault(int(row["set"]), []).append(
            labels.get(str(row["criterion"]), row["criterion"])
        )
    if not sets:
        return element("p", word("nothing", language))
    return element(
        "ol",
        [
            element("li", join(*[[" + " if at else None, label] for at, label in enumerate(group)]))
            for group in sets.values()
        ],
    )
