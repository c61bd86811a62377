# SPDX-License-Identifier: Apache-2.0
"""The part of the report on the norms of the founding document."""

from __future__ import annotations

from job import COLLECTED, Row
from norms import Assessed
from partnership import report
from partnership.report import Markup, element, word
from texts import Texts


class Rules(Texts):
    """What the charter makes of the programme, in one language."""

    def norms(self) -> Markup:
        found = self.answers.norms
        keys = [("norm", "wide"), ("outcome", "nowrap"), ("reason", "wide")]
        headings = [
            (self.say("norm") if key == "norm" else word(key, self.language), class_)
            for key, class_ in keys
        ]
        groups = [
            (self.case_name(one), [self.finding(row) for row in one.findings[self.language]])
            for one in found.assessed
        ]
        return report.join(
            element("p", self.say("norms_note", day=self.day(COLLECTED))),
            report.table(headings, groups=groups, class_="norms"),
            element(
                "details",
                element("summary", self.say("explained")),
                self.explained(found.explained[self.language]),
            ),
            element(
                "p", self.say("charter_hash"), ": ", element("br"), report.hash_text(found.hash)
            ),
        )

    def explained(self, text: str) -> Markup:
        """The sentences of an explanation: its heading, outcome, reason and parties. What follows
        them, conditions with every value and the sources, is for `charter.explain`."""
        sentences = text.splitlines()[:4]
        return element("div", [element("div", line) for line in sentences], class_="explained")

    def case_name(self, one: Assessed) -> object:
        """What the case is called in the register."""
        named = {
            row["id"]: self.langmap(row, column)
            for table, column in (
                ("dialogue", "name"),
                ("committee", "name"),
                ("document", "title"),
            )
            for row in self.tables[table]
        }
        if one.case.name in named:
            return self.said(named[one.case.name])
        return self.say(f"kind_{one.case.kind}")

    def finding(self, row: Row) -> list[object]:
        text = self.answers.norms.texts[row["norm"]][self.language]
        passage = element("details", element("summary", self.say("passage")), element("p", text))
        return [
            [row["label"], passage if text else None],
            report.outcome(self.language, row["outcome"]),
            row["reason"],
        ]
