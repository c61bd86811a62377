# SPDX-License-Identifier: Apache-2.0
"""The part of the report on the example lottery."""

from __future__ import annotations

import lottery
from partnership import committee, report
from partnership.report import Markup, element, word
from texts import Texts


class Fairness(Texts):
    """The fairness picture, the certificate's verdict and the draw, in one language."""

    def lottery(self) -> Markup:
        made = self.answers.lottery
        parts = committee.fairness(
            made.composition, self.language, made.verdict, name="example", others=made.others
        )
        return report.join(
            element(
                "div",
                report.badge("example", self.say("example")),
                element("p", self.say("lottery_example")),
                class_="box example",
            ),
            element("p", self.say("lottery_note", size=lottery.SIZE)),
            [
                element("section", element("h3", heading), content) if heading else content
                for heading, content in parts
            ],
            element("section", element("h3", self.say("draw")), self.draw()),
        )

    def draw(self) -> Markup:
        made = self.answers.lottery
        sound = word("sound" if made.sound else "refused", self.language)
        headings = [
            (self.say("seat_number"), "count"),
            (word("nominee", self.language), "nowrap"),
            (self.say("side"), ""),
            (self.say("of_body"), "nowrap"),
        ]
        seated = [
            [
                at,
                element("bdi", member["id"], dir="auto"),
                word(member["side"], self.language),
                element("bdi", member["body"], dir="auto"),
            ]
            for at, member in enumerate(made.members, 1)
        ]
        return report.join(
            element("p", self.say("draw_note", panels=lottery.PANELS)),
            report.figures(
                [
                    (self.say("draw_number"), made.number),
                    (self.say("draw_check"), report.badge("met" if made.sound else "unmet", sound)),
                    (self.say("draw_entries"), made.entries),
                ]
            ),
            element(
                "p",
                self.say("draw_seed"),
                ": ",
                element("br"),
                report.hash_text(lottery.SEED),
            ),
            element(
                "p",
                self.say("draw_panels"),
                ": ",
                element("br"),
                report.hash_text(made.draw.hash),
            ),
            report.table(headings, seated),
            element(
                "p",
                self.say("yourself"),
                ": ",
                element("br"),
                report.hash_text("partnership-verify draw draw.json certificate.json"),
            ),
        )
