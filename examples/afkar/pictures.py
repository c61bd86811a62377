# SPDX-License-Identifier: Apache-2.0
"""The report's pictures: the timeline, and who sits at the table."""

from __future__ import annotations

import datetime

from job import ROUND_TABLE, Composition
from partnership import report
from partnership.report import Markup, element, word
from texts import Texts

_EPOCH = datetime.date(1970, 1, 1).toordinal()
_MARKS = {
    "dialogue": report.SIDES["public"],
    "document": report.SIDES["civil_society"],
    "committee": report.Style("#00684b", "diamond"),
}
_SIDE_ORDER = ("public", "other", "civil_society")


def period_days(period: str) -> tuple[int, int]:
    """The half-open days of a period ("2004", "2004-01", "2004-01-24" or two joined by "/"),
    counted from 1970-01-01, to place it in a picture."""
    first, _, last = period.partition("/")

    def bounds(text: str) -> tuple[datetime.date, datetime.date]:
        numbers = [int(piece) for piece in text.split("-")]
        year, month = numbers[0], numbers[1] if len(numbers) > 1 else 1
        if len(numbers) == 3:
            day = datetime.date(*numbers)
            return day, day + datetime.timedelta(days=1)
        if len(numbers) == 2:
            return datetime.date(year, month, 1), datetime.date(
                year + month // 12, month % 12 + 1, 1
            )
        return datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)

    start, end = bounds(first)[0], bounds(last or first)[1]
    return start.toordinal() - _EPOCH, end.toordinal() - _EPOCH


class Pictures(Texts):
    """The parts of the report that are drawn."""

    def timeline(self) -> Markup:
        dated = [row for row in self.tables["timeline"] if row["what"] in _MARKS]
        dated.sort(key=lambda row: (period_days(row["period"]), row["what"], row["id"]))
        marks, listed = [], []
        for number, row in enumerate(dated, 1):
            start, end = period_days(row["period"])
            name, style, when = (
                self.langmap(row, "name"),
                _MARKS[row["what"]],
                self.period(row["period"]),
            )
            title = f"{when}: {report.pick(name, self.language)[0]}"
            marks.append(report.Mark(start, end, str(number), title, style))
            kind = row["form"] if row["what"] == "dialogue" else None
            told = (
                word("other_dialogue" if kind == "other" else kind, self.language) if kind else None
            )
            listed.append(
                element(
                    "li",
                    report.mark(style, str(number)),
                    element(
                        "span",
                        element("span", when, [" · ", told] if told else None, class_="when"),
                        element("br"),
                        self.said(name),
                    ),
                )
            )
        first = min(period_days(str(row["from_day"]))[0] for row in self.tables["phase"])
        years = range(_date(first).year, _date(max(mark.end for mark in marks)).year + 2)
        ticks = [(period_days(str(year))[0], self.period(str(year))) for year in years]
        picture = report.timeline(
            f"{self.language}-timeline-picture",
            self.say("timeline"),
            self.say("timeline_desc"),
            self.language,
            self.bands(),
            marks,
            ticks,
        )
        legend = [
            element("li", report.mark(style), " ", self.say(what)) for what, style in _MARKS.items()
        ]
        return report.join(
            element(
                "figure",
                element("div", picture, class_="scroll", tabindex="0", role="group"),
                element("ul", legend, class_="legend"),
                element("figcaption", self.say("timeline_note")),
            ),
            element("ol", listed, class_="marked"),
        )

    def bands(self) -> list[report.Span]:
        """A band a phase: from its first day in the register to its last dated meeting, or a year
        and a half where none is dated."""
        bands = []
        for at, phase in enumerate(self.tables["phase"]):
            start = period_days(str(phase["from_day"]))[0]
            ends = [
                period_days(row["period"])[1]
                for row in self.tables["dialogue"]
                if row["phase"] == phase["id"]
            ]
            name = report.pick(self.langmap(phase, "name"), self.language)[0]
            note = report.pick(self.wording(phase["note"]), self.language)[0]
            bands.append(
                report.Span(
                    start,
                    max([start + 548, *ends]),
                    name,
                    f"{name}: {note}",
                    report.PHASES[at % len(report.PHASES)],
                    start_known=phase["note"].startswith("began"),
                    end_known=False,
                )
            )
        return bands

    def composition(self) -> Markup:
        answers = self.answers
        round_table = next(row for row in self.tables["dialogue"] if row["id"] == ROUND_TABLE)
        day = self.period(round_table["period"])
        return report.join(
            self.seating(
                answers.committee,
                self.say("followup", day=self.day(answers.committee.day)),
                self.say("followup_note"),
            ),
            self.seating(
                answers.platform, self.say("platform"), self.say("platform_note", day=day)
            ),
        )

    def seating(self, composition: Composition, heading: str, note: str) -> Markup:
        members = sorted(composition.members, key=lambda row: _SIDE_ORDER.index(row["side"]))
        seats, listed = [], []
        for number, row in enumerate(members, 1):
            style = report.SIDES[row["side"]]
            name = report.pick(self.names[row["id"]], self.language)[0]
            seats.append((style, str(number), f"{name} ({word(row['side'], self.language)})"))
            listed.append(
                element(
                    "li", report.mark(style, str(number)), element("span", self.body(row["id"]))
                )
            )
        sides = [side for side in _SIDE_ORDER if any(row["side"] == side for row in members)]
        legend = [
            element(
                "li",
                report.mark(report.SIDES[side]),
                " ",
                word(side, self.language),
                ": ",
                sum(row["side"] == side for row in members),
            )
            for side in sides
        ]
        picture = report.hemicycle(
            f"{self.language}-{composition.name}-picture",
            heading,
            self.say("arc_desc"),
            self.language,
            seats,
            (str(len(members)), word("members", self.language)),
        )
        return element(
            "section",
            element("h3", heading),
            element(
                "div",
                element("figure", picture, element("ul", legend, class_="legend")),
                element("ol", listed, class_="marked"),
                class_="seating",
            ),
            element("p", note, class_="note"),
        )


def _date(day: int) -> datetime.date:
    return datetime.date.fromordinal(day + _EPOCH)
