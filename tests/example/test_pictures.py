# SPDX-License-Identifier: Apache-2.0
"""The building blocks of reports by themselves: markup, values, pictures, colours."""

from __future__ import annotations

import itertools
import math
import re

import pytest
from partnership import report, report_words
from partnership.report_style import STYLE_SHEET

CIRCLE = report.Style("#005f96", "circle")


# ---- markup


def test_texts_are_escaped_once() -> None:
    inner = report.element("b", "<&>\"'")
    assert inner == "<b>&lt;&amp;&gt;&quot;&#39;</b>"
    assert report.element(
        "i", inner, None, ["x", 1], title='"', class_="y", hidden=True, id=None
    ) == (f'<i title="&quot;" class="y" hidden>{inner}x1</i>')
    assert report.element("br") == "<br>"
    assert report.escape("a\x00b\x1bc") == "a\ufffdb\ufffdc"


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "//example.org",
        "founding document",
        "https://",
        "\x01https://x",
        "https://x\n",
    ],
)
def test_only_addresses_become_links(target: str) -> None:
    assert "<a" not in report.address(target)


def test_a_link_is_read_from_left_to_right() -> None:
    assert report.address("https://example.org/?a=1&b=2") == (
        '<a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer" dir="ltr" '
        'class="address">'
        "https://example.org/?a=1&amp;b=2</a>"
    )


def test_another_language_is_set_apart() -> None:
    both = {"ar": "أفكار", "en": "AFKAR"}
    assert report.said(both, "ar") == "أفكار"
    assert report.said({"ar": "أفكار"}, "en") == '<span lang="ar" dir="rtl">أفكار</span>'
    assert report.said("AFKAR", "ar") == '<span lang="en" dir="ltr">AFKAR</span>'
    # The library's own order: what is asked for, then English, French, Arabic.
    assert report.pick({"ar": "x", "fr": "y"}, "en") == ("y", "fr")


def test_every_word_is_in_three_languages() -> None:
    for key, texts in report_words._WORDS.items():
        assert len(texts) == 3, key
        assert all(texts), key
        assert re.search(r"[\u0621-\u064a،]", report.word(key, "ar")), key


# ---- values


def values(language: str) -> report.Values:
    return report.Values(
        language,
        lambda text: {"en": text, "ar": f"ع {text}"},
        lambda key: {"en": key},
        lambda period: f"<{period}>",
    )


@pytest.mark.parametrize(
    ("content", "markup"),
    [
        (None, "not known"),
        (True, "✓ yes"),
        (16, "<bdi>16</bdi>"),
        (1000000, "<bdi>1\u202f000\u202f000</bdi>"),
        (">300", "more than <bdi>300</bdi>"),
        ("2004-01", "&lt;2004-01&gt;"),
        ("2018-09-25/2018-09-26", "&lt;2018-09-25/2018-09-26&gt;"),
        ("2006-10-12T14:00", "&lt;2006-10-12&gt;, <bdi>14:00</bdi>"),
        (["a", "b"], "a, b"),
        (["a" * 29], f'<ul class="inner list"><li>{"a" * 29}</li></ul>'),
        ({"en": "x", "ar": "س"}, "x"),
        ({"ar": "س"}, '<span lang="ar" dir="rtl">س</span>'),
        ({"date": "2004", "place": None}, '<dl class="inner"><dt>date</dt><dd>2004</dd></dl>'),
        (
            {"ar": "س", "n": 1},
            '<div><span lang="ar" dir="rtl">س</span></div>'
            '<dl class="inner"><dt>n</dt><dd><bdi>1</bdi></dd></dl>',
        ),
    ],
)
def test_values_in_english(content: object, markup: str) -> None:
    assert values("en")(content) == markup


def test_values_in_arabic() -> None:
    said = values("ar")
    assert said(["a", "b"]) == "ع a، ع b"
    assert said(">300") == "أكثر من <bdi>300</bdi>"
    assert said(None) == "غير معروف"


def test_floats_are_no_values() -> None:
    with pytest.raises(TypeError):
        values("en")(0.5)


# ---- tables of a check


def test_criteria_show_the_numbers_they_are_given() -> None:
    row = {
        "criterion": "a",
        "kind": "quota",
        "label": "A < B",
        "outcome": "undetermined",
        "count": 2,
        "unknown": 3,
        "least": 4,
        "most": None,
        "reason": "R & S",
    }
    markup = report.criteria("en", "x", [row], 7)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", markup)
    assert cells[2:] == ["2", "3", "4", "no bound"]
    assert "? undetermined" in cells[0]
    assert 'A &lt; B<div class="reason">R &amp; S</div>' in markup
    assert markup.count('fill="#2f5d8a"') == 2
    assert markup.count("-hatch)") == 3
    assert markup.count('fill="#e7ebf0"') == 2


def test_who_counts_is_grouped_by_certainty_and_value() -> None:
    rows = [
        {"criterion": "c", "member": member, "value": value, "certain": certain}
        for member, value, certain in (("m", "v", True), ("n", None, False), ("o", "v", True))
    ]
    markup = report.counts(
        "en", rows, {"c": "C"}, {"m": "M", "n": "N", "o": "O"}, lambda text: text.upper()
    )
    assert "<strong>V</strong>: <bdi>M</bdi>, <bdi>O</bdi>" in markup
    assert re.search(r"possible</span> <bdi>N</bdi>", markup)


def test_unmet_sets_are_listed_whole() -> None:
    rows = [
        {"set": 1, "criterion": "a"},
        {"set": 2, "criterion": "b"},
        {"set": 2, "criterion": "c"},
    ]
    assert report.unmet("en", rows, {"b": "B<"}) == "<ol><li>a</li><li>B&lt; + c</li></ol>"
    assert "none" in report.unmet("en", [], {})


# ---- pictures


def circles(markup: str) -> list[tuple[float, float, float]]:
    return [
        tuple(map(float, found))
        for found in re.findall(r'<circle cx="(\S+)" cy="(\S+)" r="(\S+)"', markup)
    ]


def box(markup: str) -> tuple[float, float]:
    width, height = re.search(r'viewBox="0 0 (\S+) (\S+)"', markup).groups()
    return float(width), float(height)


@pytest.mark.parametrize("seats", [*range(1, 41), 99, 128, 250])
def test_a_hemicycle_seats_everybody_apart(seats: int) -> None:
    people = [(CIRCLE, str(number), "") for number in range(seats)]
    english = report.hemicycle("x", "t", "d", "en", people)
    arabic = report.hemicycle("x", "t", "d", "ar", people)
    placed, (width, height) = circles(english), box(english)
    assert len(placed) == seats
    for x, y, r in placed:
        assert r <= x <= width - r
        assert r <= y <= height - r
    for (x1, y1, r1), (x2, y2, r2) in itertools.combinations(placed, 2):
        assert math.hypot(x1 - x2, y1 - y2) >= r1 + r2
    # The first seat is where the language begins.
    for (x1, y1, r1), (x2, y2, r2) in zip(placed, circles(arabic), strict=True):
        assert (width - x2, y2, r2) == pytest.approx((x1, y1, r1), abs=0.011)
    if seats > 1:
        assert placed[0][0] < width / 2 < placed[-1][0]


def test_a_timeline_keeps_its_marks_apart_and_in_order() -> None:
    marks = [
        report.Mark(day, day + 1, str(at), "t", CIRCLE)
        for at, day in enumerate([0, 1, 2, 30, 400, 401, 800, 3000, 3000, 3000])
    ]
    ticks = [(year * 365, str(year)) for year in range(10)]
    for language in ("en", "ar"):
        markup = report.timeline("x", "t", "d", language, [], marks, ticks)
        placed, (width, height) = circles(markup), box(markup)
        assert len(placed) == len(marks)
        for (x1, y1, r1), (x2, y2, r2) in itertools.combinations(placed, 2):
            assert math.hypot(x1 - x2, y1 - y2) >= r1 + r2
        for x, y, r in placed:
            assert r <= x <= width - r
            assert r <= y <= height - r
        across = [x for x, _, _ in placed]
        assert across == sorted(across, reverse=language == "ar")


def test_bands_fade_where_an_end_is_not_known() -> None:
    band = report.Span(0, 900, "b", "t", "#9cc7e6", start_known=True, end_known=False)
    ticks = [(0, "0"), (1000, "1")]

    def ends(language: str) -> list[str]:
        opacity = re.findall(
            r'stop-opacity="(\S+)"', report.timeline("x", "t", "d", language, [band], [], ticks)
        )
        return [opacity[0], opacity[-1]]

    assert ends("en") == ["1", "0"]
    assert ends("ar") == ["0", "1"]


@pytest.mark.parametrize(
    ("certain", "possible", "least", "most", "scale"),
    [(0, 0, None, None, 0), (3, 0, 2, 5, 7), (0, 9, 1, None, 9), (12, 3, 5, 15, 15)],
)
def test_a_meter_stays_on_its_track(
    certain: int, possible: int, least: int | None, most: int | None, scale: int
) -> None:
    for language in ("en", "ar"):
        markup = report.meter("x", "t", language, certain, possible, least, most, scale)
        for x, width in re.findall(r'<rect x="(\S+)" y="8" width="(\S+)"', markup):
            assert float(x) >= 0
            assert float(x) + float(width) <= 150


def test_an_unknown_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="`star`"):
        report.mark(report.Style("#000000", "star"))


# ---- colours


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_groups_differ_in_shape_and_their_numbers_can_be_read() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert len({style.shape for style in report.SIDES.values()}) == len(report.SIDES)
    for style in report.SIDES.values():
        assert contrast(style.colour, style.text) >= 4.5
    for colour in report.PHASES:
        assert contrast(colour, "#1d2733") >= 7


def test_texts_can_be_read_on_their_grounds() -> None:
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", STYLE_SHEET))
    grounds = [colours["paper"], colours["tint"], "#fdf7ec", "#f6f4fb"]
    for name in ("ink", "soft", "lead", "met", "unmet", "open", "fact", "example", "unknown"):
        assert all(contrast(colours[name], ground) >= 4.5 for ground in grounds), name
