# SPDX-License-Identifier: Apache-2.0
"""The report's lists: facts, examples of ours, what is not known, and the sources."""

from __future__ import annotations

from job import COLLECTED, Row, listed, standings
from partnership import report
from partnership.report import Markup, element, word
from texts import Texts

# Facts are grouped by how their ids begin.
_GROUPS = (
    "name",
    "phase.1",
    "phase.2",
    "phase.3",
    "phase.all",
    "dialogue",
    "event",
    "platform",
    "charter",
    "citizen_charter",
    "capacity",
    "strategy",
)
# Facts whose value is the beginning and the end of something.
_PERIODS = ("dialogue.afkar2.period", "platform.origin")


class Lists(Texts):
    """The parts of the report that are lists."""

    def lists(self) -> Markup:
        return report.join(self.fact_list(), self.example_list(), self.unknown_list())

    def fact_list(self) -> Markup:
        keys = [
            (self.say("fact_column"), "wide"),
            (self.say("value_column"), "wide"),
            (word("sources", self.language), ""),
        ]
        groups: dict[str, list[list[object]]] = {group: [] for group in _GROUPS}
        for claim in self.tables["claim"]:
            if claim["standing"] != "read":
                continue
            group = next(group for group in _GROUPS if claim["id"].startswith(f"{group}."))
            note = (
                element("div", self.text(claim["note"]), class_="note") if claim["note"] else None
            )
            value = claim["value"]
            if claim["id"] in _PERIODS:
                value = "/".join(value)
            groups[group].append(
                [
                    self.said(self.langmap(claim, "property")),
                    [self.value(value), note],
                    self.references(claim["sources"]),
                ]
            )
        return element(
            "section",
            element(
                "h3",
                report.badge("fact", self.say("fact")),
                " ",
                self.say("facts_list"),
                " (",
                standings(self.answers)["read"],
                ")",
            ),
            report.table(
                keys,
                groups=[(self.say(f"group.{group}"), facts) for group, facts in groups.items()],
                class_="facts",
            ),
        )

    def example_list(self) -> Markup:
        labels = {
            row["criterion"]: row[f"label_{self.language}"]
            for row in listed(self.answers.criteria.table())
        }
        rules = [element("li", label) for label in labels.values()]
        return element(
            "section",
            element(
                "h3", report.badge("example", self.say("example")), " ", self.say("example_list")
            ),
            element(
                "div",
                element(
                    "ul",
                    [
                        element("li", self.say("example_criteria"), element("ul", rules)),
                        element("li", self.say("example_wording")),
                        element("li", self.say("example_names")),
                        element("li", self.say("example_days", day=self.day(COLLECTED))),
                    ],
                ),
                class_="box example",
            ),
        )

    def unknown_list(self) -> Markup:
        tables = self.tables
        items = [
            element(
                "li",
                element("strong", self.said(self.langmap(claim, "property"))),
                ": ",
                self.text(claim["note"]),
                " ",
                self.references(claim["sources"]),
            )
            for claim in tables["claim"]
            if claim["standing"] == "not_known"
        ]

        def missing(key: str, rows: list[Row], column: str) -> None:
            count = sum(row[column] is None for row in rows)
            items.append(element("li", self.say(key, count=count, total=len(rows))))

        missing("unknown_members", tables["members"], "person")
        for column in ("sectors", "issues", "specialisations"):
            missing(f"unknown_{column}", tables["nominees"], column)
        missing("unknown_phases", tables["phase"], "period")
        items.append(element("li", self.say("unknown_criteria", count=len(tables["criteria"]))))
        return element(
            "section",
            element(
                "h3", report.badge("unknown", self.say("unknown")), " ", self.say("unknown_list")
            ),
            element("div", element("ul", items), class_="box unknown"),
        )

    def sources(self) -> Markup:
        def one(source: str, number: int) -> Markup:
            shown = report.address(source) if "://" in source else self.text(source)
            return element("li", shown, id=self.source_id(source), value=number)

        return element(
            "ol",
            [one(source, number) for source, number in self.numbers.items()],
            class_="source-list",
        )
