# SPDX-License-Identifier: Apache-2.0
"""Pictures of numbers for reports: probabilities in ascending order, and how seats lie between
bounds. They draw what they are given, mirrored where a language runs from right to left."""

from __future__ import annotations

from collections.abc import Sequence

from partnership.report_html import Markup, element
from partnership.report_svg import _meter, _number, _svg

__all__ = ["range_bar", "staircase"]


def _runs(values: Sequence[float]) -> list[tuple[float, int]]:
    """Equal values that follow each other, and how many."""
    runs: list[tuple[float, int]] = []
    for value in values:
        if runs and runs[-1][0] == value:
            runs[-1] = (value, runs[-1][1] + 1)
        else:
            runs.append((value, 1))
    return runs


def _top(values: Sequence[float]) -> float:
    """The end of the scale: a round number above all values, at most 1."""
    highest = max(values, default=0.0)
    for top in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5):
        if highest <= top:
            return top
    return 1.0


def staircase(
    name: str,
    title: str,
    description: str,
    language: str,
    values: Sequence[float],
    labels: Sequence[str],
    even: tuple[float, str] | None = None,
) -> Markup:
    """Probabilities, ascending, as a staircase over their owners: a step a value, as wide as those
    who share it. `labels` stand at the scale's bottom, middle and top and at the two ends of the
    line below; `even` is a height with its label, drawn as a dashed line."""
    low, middle, high, first, last = labels
    width, height, left, bottom, head = 680.0, 250.0, 62.0, 34.0, 14.0
    top = _top([*values, even[0] if even else 0.0])
    wide, tall = width - left - 12, height - bottom - head

    def x_of(place: float) -> float:
        x = left + wide * place / max(len(values), 1)
        return width - x if language == "ar" else x

    def y_of(value: float) -> float:
        return head + tall * (1 - min(value / top, 1.0))

    points, at = [(x_of(0), y_of(0))], 0
    for value, count in _runs(values):
        points += [(x_of(at), y_of(value)), (x_of(at + count), y_of(value))]
        at += count
    points.append((x_of(at), y_of(0)))
    path = "M" + " L".join(f"{_number(x)} {_number(y)}" for x, y in points) + " Z"
    start, end = x_of(0), x_of(len(values))
    anchor_out, anchor_in = "end", "start"  # of text; `end` is on the left in Arabic

    def line(value: float, label: str, **attributes: object) -> list[Markup]:
        y = y_of(value)
        out = start + 8 if language == "ar" else start - 8
        return [
            element(
                "line",
                x1=_number(start),
                x2=_number(end),
                y1=_number(y),
                y2=_number(y),
                **{"stroke": "#c3ccd6", "stroke_width": "1", **attributes},
            ),
            element(
                "text",
                label,
                x=_number(out),
                y=_number(y + 5),
                text_anchor=anchor_out,
                font_size="14",
                fill="#46505c",
            ),
        ]

    drawn = [line(0, low), line(top / 2, middle), line(top, high)]
    shape = element("path", d=path, fill="#9cc7e6", stroke="#005f96", stroke_width="1.5")
    dashed = None
    if even is not None:
        y = y_of(even[0])
        inside = start - 8 if language == "ar" else start + 8
        dashed = [
            element(
                "line",
                x1=_number(start),
                x2=_number(end),
                y1=_number(y),
                y2=_number(y),
                stroke="#b34a00",
                stroke_width="1.5",
                stroke_dasharray="6 4",
            ),
            element(
                "text",
                even[1],
                x=_number(inside),
                y=_number(y - 6),
                text_anchor=anchor_in,
                font_size="14",
                fill="#8a3900",
            ),
        ]
    ends = [
        element(
            "text",
            text,
            x=_number(x),
            y=_number(height - 10),
            text_anchor=anchor,
            font_size="14",
            fill="#46505c",
        )
        for text, x, anchor in ((first, start, anchor_in), (last, end, anchor_out))
    ]
    return _svg(
        name,
        title,
        description,
        width,
        height,
        language,
        drawn,
        shape,
        dashed,
        ends,
        class_="timeline",
    )


def range_bar(
    name: str,
    title: str,
    language: str,
    lowest: int,
    highest: int,
    expected: float,
    least: int | None,
    most: int | None,
    scale: float,
) -> Markup:
    """Seats on a track of `scale`: the band from the lowest to the highest number of them, a dot
    where the mean is, ticks at the bounds."""
    width = 150.0
    step = (width - 12) / max(scale, 1e-9)

    def x_of(seats: float) -> float:
        x = 6 + step * min(seats, scale)
        return width - x if language == "ar" else x

    left, right = sorted((x_of(lowest), x_of(highest)))
    ticks = [
        element(
            "line",
            x1=_number(x_of(bound)),
            x2=_number(x_of(bound)),
            y1="2",
            y2="24",
            stroke="#1d2733",
            stroke_width="2",
        )
        for bound in (least, most)
        if bound is not None and 0 <= bound <= scale
    ]
    return _meter(
        name,
        title,
        element("rect", x="6", y="9", width="138", height="8", rx="3", fill="#e7ebf0"),
        element(
            "rect",
            x=_number(left - 1.5),
            y="7",
            width=_number(right - left + 3),
            height="12",
            rx="3",
            fill="#9cc7e6",
        ),
        ticks,
        element("circle", cx=_number(x_of(expected)), cy="13", r="4.5", fill="#005f96"),
    )
