# SPDX-License-Identifier: Apache-2.0
"""The report's markup, read without a browser: language and direction of every text, links that
lead somewhere, nothing from outside, nothing that a register could smuggle in."""

from __future__ import annotations

import dataclasses
import re
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import EXAMPLE, Run, fairness_pictures

VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}
ARABIC = re.compile(r"[\u0621-\u064a]")
LATIN = re.compile(r"[A-Za-z]{2}")


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    parent: Element | None
    text: str = ""  # its own, without that of elements inside
    children: list[Element] = field(default_factory=list)

    def inherited(self, attribute: str) -> str | None:
        here: Element | None = self
        while here is not None and attribute not in here.attributes:
            here = here.parent
        return None if here is None else here.attributes[attribute]

    def all(self) -> list[Element]:
        found, waiting = [], [self]
        while waiting:
            found.append(one := waiting.pop())
            waiting += reversed(one.children)
        return found

    def whole_text(self) -> str:
        return "".join(one.text for one in self.all())

    def has_class(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, None)
        self.here = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        one = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(one)
        if tag not in VOID:
            self.here = one

    def handle_endtag(self, tag: str) -> None:
        assert self.here.name == tag, f"</{tag}> ends <{self.here.name}> in line {self.getpos()[0]}"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.text += data


def read(html: str) -> Element:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.name}> is left open"
    return reader.root


@pytest.fixture(scope="module")
def page(run: Run) -> Element:
    return read(run.report)


def part(page: Element, language: str) -> Element:
    return next(one for one in page.all() if one.attributes.get("id") == language)


def outside(page: Element) -> list[str]:
    """What a browser would fetch or run."""
    found = []
    for one in page.all():
        if one.name in (
            "script",
            "link",
            "img",
            "iframe",
            "object",
            "embed",
            "video",
            "audio",
            "base",
            "form",
            "use",
            "image",
            "foreignobject",
        ):
            found.append(one.name)
        for name, value in one.attributes.items():
            fetches = name in (
                "src",
                "srcset",
                "data",
                "action",
                "background",
                "poster",
                "xlink:href",
                "style",
            )
            if name.startswith("on") or fetches:
                found.append(f"{one.name} {name}")
            if "url(" in value and not re.fullmatch(r"url\(#[\w-]+\)", value):
                found.append(f"{one.name} {name}={value}")
            if name == "href" and one.name == "a" and not re.match(r"#|https?://", value):
                found.append(f"a href={value}")
        if one.name == "style" and re.search(r"@import|url\(|expression", one.text):
            found.append("style")
    return found


def test_nothing_comes_from_outside(page: Element) -> None:
    assert outside(page) == []
    policy = [
        one.attributes["content"]
        for one in page.all()
        if one.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(policy) == 1
    assert "default-src 'none'" in policy[0]


@pytest.mark.parametrize(
    "bad",
    [
        "<script>1</script>",
        '<img src="https://example.org/x.png">',
        "<p onclick=x>y</p>",
        '<a href="javascript:x">y</a>',
        "<style>@import 'x'</style>",
        '<p style="background:url(x)">y</p>',
    ],
)
def test_what_comes_from_outside_would_be_found(bad: str) -> None:
    assert len(outside(read(bad))) >= 1


def test_ids_are_unique_and_links_lead_to_them(page: Element) -> None:
    ids = [one.attributes["id"] for one in page.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    inner = [
        one.attributes["href"][1:]
        for one in page.all()
        if one.attributes.get("href", "").startswith("#")
    ]
    assert len(inner) > 200
    assert set(inner) <= set(ids)
    for one in page.all():
        for name in one.attributes.get("aria-labelledby", "").split():
            assert name in ids
        if used := re.fullmatch(r"url\(#([\w-]+)\)", one.attributes.get("fill", "")):
            assert used[1] in ids


def wrong_direction(page: Element) -> list[str]:
    """Texts whose script is not that of the language or the direction they stand in."""
    found = []
    for one in page.all():
        if "lang" in one.attributes and one.name != "svg":
            turned = one.attributes.get("dir")
            if turned != ("rtl" if one.attributes["lang"] == "ar" else "ltr"):
                found.append(f"{one.name} lang={one.attributes['lang']} dir={turned}")
        if one.name in ("style", "title"):
            continue
        if ARABIC.search(one.text) and one.inherited("lang") != "ar":
            found.append(one.text)
    return found


def test_every_arabic_text_says_so_and_runs_from_right_to_left(page: Element) -> None:
    assert wrong_direction(page) == []
    assert [one.attributes["dir"] for one in (part(page, "ar"), part(page, "en"))] == ["rtl", "ltr"]
    for one in page.all():
        if one.name == "svg" and "direction" in one.attributes:
            assert one.attributes["direction"] == (
                "rtl" if one.attributes["lang"] == "ar" else "ltr"
            )
    html = page.children[0]
    assert (html.name, html.attributes["lang"], html.attributes["dir"]) == ("html", "ar", "rtl")


@pytest.mark.parametrize(
    "bad", ['<p lang="en" dir="ltr">أفكار</p>', '<p lang="ar">أفكار</p>', "<p>أفكار</p>"]
)
def test_a_wrong_direction_would_be_found(bad: str) -> None:
    assert len(wrong_direction(read(bad))) == 1


def test_the_arabic_part_is_arabic(page: Element) -> None:
    """Nothing in it is left in English but hashes, addresses and what has no words."""
    for one in part(page, "ar").all():
        if one.attributes.get("lang") == "en" and not one.has_class("hash"):
            assert not LATIN.search(one.whole_text()), one.whole_text()
    names = {
        "AFKAR",
        "Beyond",
        "Emergence",
        "Emergences",
        "INF",
        "IQuad",
        "II",
        "III",
        "InfoPro",
        "PACCT",
        "RFC",
        "SHA",
        "Stem",
        "Transtec",
        "SEED",
        "AF",
        "PUB",
    }
    for one in part(page, "ar").all():
        if one.inherited("lang") == "ar" and one.name != "a" and one.inherited("dir") == "rtl":
            # Labels of facts, which name values of the register, stand isolated.
            text = re.sub("\u2068.*?\u2069", "", one.text)
            assert set(re.findall(r"[A-Za-z]{2,}", text)) <= names, one.text


def test_each_language_says_all_facts(page: Element, run: Run) -> None:
    counts = []
    for language in ("ar", "en"):
        tables = [
            one
            for one in part(page, language).all()
            if one.name == "table" and one.has_class("facts")
        ]
        assert len(tables) == 1
        facts = [one for one in tables[0].all() if one.name == "tr" and not one.has_class("group")][
            1:
        ]
        for fact in facts:
            cells = [child for child in fact.children if child.name in ("th", "td")]
            assert len(cells) == 3, fact.whole_text()
            assert all(cell.whole_text().strip() for cell in cells), fact.whole_text()
        counts.append(len(facts))
    assert counts == [97, 97]
    assert "claims read: 97" in run.printed


def test_fact_example_and_unknown_are_three_lists(page: Element) -> None:
    for language in ("ar", "en"):
        inside = part(page, language)
        lists = next(
            one for one in inside.all() if one.attributes.get("id") == f"{language}-lists"
        ).parent
        assert lists is not None
        badges = [
            [one.attributes["class"].split()[1] for one in section.all() if one.has_class("badge")]
            for section in lists.children
            if section.name == "section"
        ]
        assert badges == [["fact"], ["example"], ["unknown"]]
        # The criteria and the lottery stand under the example's badge.
        box = [one for one in inside.all() if one.name == "div" and one.has_class("example")]
        assert len(box) == 3
        for one in box[:2]:
            assert any(inner.has_class("badge") for inner in one.all())


def test_pictures_say_what_they_show(page: Element) -> None:
    for language in ("ar", "en"):
        pictures = [
            one
            for one in part(page, language).all()
            if one.name == "svg" and one.attributes.get("role") == "img"
        ]
        # A timeline, two hemicycles, a meter a criterion; and those of the lottery.
        assert len(pictures) == 3 + 14 + fairness_pictures()
        for one in pictures:
            inside = {
                child.name: child.whole_text()
                for child in one.children
                if child.name in ("title", "desc")
            }
            assert inside["title"]
            assert one.has_class("meter") or inside["desc"]


def test_dates_are_written_by_the_library(page: Element) -> None:
    arabic, english = part(page, "ar").whole_text(), part(page, "en").whole_text()
    for text in ("27 آب 2018", "4 كانون الأول 2019", "كانون الثاني 2004"):
        assert text in arabic
    for text in ("27 August 2018", "4 December 2019", "January 2004"):
        assert text in english
    # Dates in words everywhere, but in what a source says and in the reconstruction's own notes.
    assert not re.search(r"\d{4}-\d\d-\d\d", re.sub(r"\([^()]*\)", "", arabic))


@pytest.fixture(scope="module")
def example() -> object:
    sys.path.insert(0, str(EXAMPLE))
    try:
        import job
        import page as example_page
    finally:
        sys.path.remove(str(EXAMPLE))
    return example_page, job


def test_what_a_register_holds_stays_text(example: tuple, tmp_path: Path) -> None:
    report, job = example
    answers = job.run(tmp_path / "hostile.db")
    hostile = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>\x00&amp;"
    tables = {}
    for name, rows in answers.tables.items():
        tables[name] = [
            {
                column: hostile
                if column.endswith(("_en", "_ar")) or column in ("note", "participants")
                else cell
                for column, cell in row.items()
            }
            for row in rows
        ]
    for claim in tables["claim"]:
        claim["value"] = {"en": [hostile], hostile: hostile}
        claim["sources"] = ["javascript://x/%0aalert(1)", hostile, *claim["sources"]]
    tables["phase"] = [{**row, "note": "began " + hostile} for row in tables["phase"]]
    clean = read(report.make(answers))
    page = read(report.make(dataclasses.replace(answers, tables=tables)))
    assert outside(page) == []
    assert "alert(1)" in page.whole_text()
    # The same elements as with harmless texts, but for those that stand for values and sources.
    count = [
        sum(one.name in ("svg", "table", "section", "figure") for one in of.all())
        for of in (clean, page)
    ]
    assert count[0] == count[1]
