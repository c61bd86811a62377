# SPDX-License-Identifier: Apache-2.0
"""Pictures for reports, as inline SVG: a hemicycle of seats, a timeline, a meter for a criterion.

Each has a title and a description for those who do not see it, tells groups apart by shape as well
as by colour, and runs from right to left in Arabic. Texts inside pictures are short; names stand
in lists beside them, under the numbers that the marks bear. What it will not do: count. All numbers
are the caller's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from partnership.report_html import Markup, direction, element, join

__all__ = ["Mark", "Span", "Style", "hemicycle", "mark", "meter", "timeline"]


@dataclass(frozen=True)
class Style:
    """How the members of a group are drawn. Shapes: circle, square, diamond, triangle."""

    colour: str
    shape: str
    text: str = "#ffffff"


@dataclass(frozen=True)
class Mark:
    """One thing on a timeline: a day or a period (half-open days), the number it bears, and what
    is read aloud or shown on pointing at it."""

    start: int
    end: int
    label: str
    title: str
    style: Style


@dataclass(frozen=True)
class Span:
    """A band of a timeline. An end that is not known fades out."""

    start: int
    end: int
    label: str
    title: str
    colour: str
    start_known: bool = True
    end_known: bool = True


def _number(value: float) -> str:
    """Coordinates with at most two decimals, so that the bytes do not depend on the machine."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _svg(
    name: str,
    title: str,
    description: str,
    width: float,
    height: float,
    language: str,
    *children: object,
    class_: str,
) -> Markup:
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        class_=class_,
        lang=language,
        direction=direction(language),
        viewBox=f"0 0 {_number(width)} {_number(height)}",
        width=_number(width),
        height=_number(height),
        aria_labelledby=f"{name}-title {name}-desc",
    )


def _shape(style: Style, x: float, y: float, size: float) -> Markup:
    """The shape of a group around (x, y); all have about the area of a circle of radius `size`."""
    common = {"fill": style.colour, "stroke": "#ffffff", "stroke_width": _number(size / 10)}
    if style.shape == "circle":
        return element("circle", cx=_number(x), cy=_number(y), r=_number(size), **common)
    if style.shape == "square":
        half = size * 0.9
        return element(
            "rect",
            x=_number(x - half),
            y=_number(y - half),
            width=_number(2 * half),
            height=_number(2 * half),
            rx=_number(size / 5),
            **common,
        )
    half = size * 1.22
    corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
    if style.shape == "triangle":
        corners = [(x, y - half), (x + half, y + half * 0.8), (x - half, y + half * 0.8)]
    elif style.shape != "diamond":
        raise ValueError(
            f"no shape `{style.shape}`; there are circle, square, diamond and triangle"
        )
    points = " ".join(f"{_number(px)},{_number(py)}" for px, py in corners)
    return element("polygon", points=points, stroke_linejoin="round", **common)


def _drawn(style: Style, label: str, title: str, x: float, y: float, size: float) -> Markup:
    lowered = size * (0.3 if style.shape == "triangle" else 0)
    return element(
        "g",
        element("title", title) if title else None,
        _shape(style, x, y, size),
        element(
            "text",
            label,
            x=_number(x),
            y=_number(y + lowered + size * 0.36),
            text_anchor="middle",
            font_size=_number(size),
            font_weight="700",
            fill=style.text,
        )
        if label
        else None,
    )


def mark(style: Style, label: str = "") -> Markup:
    """The mark of a group alone, for legends and lists; said by the text beside it."""
    return element(
        "svg",
        _drawn(style, label, "", 14, 14, 10),
        xmlns="http://www.w3.org/2000/svg",
        class_="mark",
        viewBox="0 0 28 28",
        width="28",
        height="28",
        aria_hidden="true",
        focusable="false",
    )


def _rows(count: int) -> list[int]:
    """How many seats each row of a hemicycle takes, innermost first, as even as its length."""
    rows = 1
    while count > sum(_room(row) for row in range(rows)):
        rows += 1
    room = [_room(row) for row in range(rows)]
    seats = [count * one // sum(room) for one in room]
    rest = sorted(range(rows), key=lambda row: (-(count * room[row] % sum(room)), -row))
    for row in rest[: count - sum(seats)]:
        seats[row] += 1
    return seats


def _room(row: int) -> int:
    """Seats in a row of a hemicycle whose innermost radius is 2.2 seats."""
    return 1 + int(math.pi * (2.2 + row))


def hemicycle(
    name: str,
    title: str,
    description: str,
    language: str,
    seats: Sequence[tuple[Style, str, str]],
    middle: tuple[str, str] = ("", ""),
) -> Markup:
    """Seats (style, number, title) around a half circle in the order given: from the left, and from
    the right in Arabic. `name` is the picture's id, unique on the page; `middle` is a large and a
    small text inside."""
    counts = _rows(len(seats))
    size, gap = 17.0, 44.0
    inner = 2.2 * gap
    outer = inner + (len(counts) - 1) * gap
    places: list[tuple[float, float]] = []
    for row, count in enumerate(counts):
        for seat in range(count):
            places.append((math.pi * (seat + 0.5) / count, inner + row * gap))
    # One side after another: by angle, and from the outside at the same angle.
    places.sort(key=lambda place: (round(place[0], 9), -place[1]))
    centre, base = outer + gap * 0.7, outer + gap * 0.7
    drawn = []
    for (turn, radius), (style, label, seat_title) in zip(places, seats, strict=True):
        across = radius * math.cos(turn) * (-1 if language == "ar" else 1)
        drawn.append(
            _drawn(style, label, seat_title, centre - across, base - radius * math.sin(turn), size)
        )
    large, small = middle
    inside = [
        element(
            "text",
            large,
            x=_number(centre),
            y=_number(base - 20),
            text_anchor="middle",
            font_size="40",
            font_weight="700",
            fill="#12395b",
        )
        if large
        else None,
        element(
            "text",
            small,
            x=_number(centre),
            y=_number(base + 2),
            text_anchor="middle",
            font_size="15",
            fill="#46505c",
        )
        if small
        else None,
    ]
    return _svg(
        name, title, description, 2 * centre, base + 20, language, drawn, inside, class_="hemicycle"
    )


def _lanes(things: Sequence[Mark | Span], x_of: Callable[[int], float], size: float) -> list[int]:
    """Stacks what would cover each other: for each the lowest lane in which there is room."""
    ends: list[float] = []
    lanes = []
    for one in things:
        left, right = x_of(one.start) - size, max(x_of(one.end), x_of(one.start) + size)
        lane = next((at for at, end in enumerate(ends) if end <= left), len(ends))
        ends[lane : lane + 1] = [right + 2]
        lanes.append(lane)
    return lanes


def timeline(
    name: str,
    title: str,
    description: str,
    language: str,
    bands: Sequence[Span],
    marks: Sequence[Mark],
    ticks: Sequence[tuple[int, str]],
) -> Markup:
    """Bands over numbered marks over an axis. Days are counted from 1970-01-01; the picture spans
    the ticks (day, text), of which there are at least two; all are in order of start."""
    width, margin, size = 960.0, 34.0, 12.0
    first, last = ticks[0][0], ticks[-1][0]
    mirrored = language == "ar"

    def along(day: int) -> float:
        return margin + (width - 2 * margin) * (day - first) / (last - first)

    def across(x: float) -> float:
        return width - x if mirrored else x

    lanes = _lanes(marks, along, size)
    band_height, band_gap, lane_height = 30.0, 8.0, 2 * size + 4
    band_lanes = _lanes(bands, along, 0)
    bands_end = 6 + (max(band_lanes, default=-1) + 1) * (band_height + band_gap)
    axis = bands_end + 12 + (max(lanes, default=0) + 1) * lane_height + 6
    parts: list[Markup] = []
    for day, text in ticks:
        x = _number(across(along(day)))
        parts.append(
            element(
                "line", x1=x, x2=x, y1="4", y2=_number(axis), stroke="#d9dee5", stroke_width="1"
            )
        )
        parts.append(
            element(
                "text",
                text,
                x=x,
                y=_number(axis + 20),
                text_anchor="middle",
                font_size="13",
                fill="#46505c",
            )
        )
    parts.append(
        element(
            "line",
            x1=_number(margin),
            x2=_number(width - margin),
            y1=_number(axis),
            y2=_number(axis),
            stroke="#46505c",
            stroke_width="1.5",
        )
    )
    gradients = []
    for at, (band, lane) in enumerate(zip(bands, band_lanes, strict=True)):
        fade = f"{name}-fade-{at}"
        left, right = sorted((across(along(band.start)), across(along(band.end))))
        left_known, right_known = band.start_known, band.end_known
        if mirrored:
            left_known, right_known = right_known, left_known
        stops = [
            (0.0, 1.0 if left_known else 0.0),
            (0.22, 1.0),
            (0.78, 1.0),
            (1.0, 1.0 if right_known else 0.0),
        ]
        gradients.append(
            element(
                "linearGradient",
                [
                    element(
                        "stop", offset=_number(o), stop_color=band.colour, stop_opacity=_number(a)
                    )
                    for o, a in stops
                ],
                id=fade,
            )
        )
        y = 6 + lane * (band_height + band_gap)
        parts.append(
            element(
                "g",
                element("title", band.title),
                element(
                    "rect",
                    x=_number(left),
                    y=_number(y),
                    width=_number(right - left),
                    height=_number(band_height),
                    rx="4",
                    fill=f"url(#{fade})",
                ),
                element(
                    "text",
                    band.label,
                    x=_number((left + right) / 2),
                    y=_number(y + band_height / 2 + 5),
                    text_anchor="middle",
                    font_size="15",
                    font_weight="700",
                    fill="#1d2733",
                ),
            )
        )
    for one, lane in zip(marks, lanes, strict=True):
        y = axis - 8 - size - lane * lane_height
        start, end = across(along(one.start)), across(along(one.end))
        if abs(end - start) > 2 * size:
            left, right = sorted((start, end))
            parts.append(
                element(
                    "rect",
                    x=_number(left),
                    y=_number(y - 4),
                    width=_number(right - left),
                    height="8",
                    rx="4",
                    fill=one.style.colour,
                    opacity="0.45",
                )
            )
            parts.append(_drawn(one.style, one.label, one.title, (left + right) / 2, y, size))
        else:
            parts.append(_drawn(one.style, one.label, one.title, start, y, size))
    return _svg(
        name,
        title,
        description,
        width,
        axis + 30,
        language,
        element("defs", gradients),
        join(parts),
        class_="timeline",
    )


def _meter(name: str, title: str, *parts: object) -> Markup:
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        class_="meter",
        viewBox="0 0 150 26",
        width="150",
        height="26",
        aria_labelledby=f"{name}-title",
    )


def meter(
    name: str,
    title: str,
    language: str,
    certain: int,
    possible: int,
    least: int | None,
    most: int | None,
    scale: int,
) -> Markup:
    """How far a criterion is filled: `certain` in full, `possible` more hatched, with ticks at
    `least` and `most`, on a track of `scale` cells (at least 1)."""
    width = 150.0
    cell = (width - 4) / max(scale, 1)

    def x_of(cells: float) -> float:
        x = 2 + cell * cells
        return width - x if language == "ar" else x

    def block(start: int, end: int, **attributes: object) -> Markup:
        left, right = sorted((x_of(start), x_of(end)))
        return element(
            "rect",
            x=_number(left + 0.75),
            y="8",
            width=_number(max(right - left - 1.5, 0.5)),
            height="12",
            rx="2",
            **attributes,
        )

    cells = []
    for at in range(max(scale, 1)):
        if at < certain:
            cells.append(block(at, at + 1, fill="#2f5d8a"))
        elif at < certain + possible:
            cells.append(
                block(at, at + 1, fill=f"url(#{name}-hatch)", stroke="#8a8f98", stroke_width="0.75")
            )
        else:
            cells.append(block(at, at + 1, fill="#e7ebf0"))
    ticks = []
    for bound in (least, most):
        if bound is not None and 0 <= bound <= scale:
            x = _number(x_of(bound))
            ticks.append(
                element("line", x1=x, x2=x, y1="2", y2="25", stroke="#1d2733", stroke_width="2")
            )
    hatch = element(
        "pattern",
        element("rect", width="5", height="5", fill="#ffffff"),
        element("line", x1="0", x2="0", y1="0", y2="5", stroke="#8a8f98", stroke_width="3"),
        id=f"{name}-hatch",
        width="5",
        height="5",
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    return _meter(name, title, element("defs", hatch), cells, ticks)
