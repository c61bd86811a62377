# SPDX-License-Identifier: Apache-2.0
"""The report of the AFKAR example: one page, Arabic first, then English.

It arranges the job's answers with the building blocks of partnership.report; it asks the library
nothing but how dates are written.
"""

from __future__ import annotations

import re

from fairness import Fairness
from job import LANGUAGES, Answers, Composition, Row, listed, standings
from lists import Lists
from partnership import report
from partnership.report import Markup, element, word
from pictures import Pictures, period_days
from rules import Rules
from words import WORDS, say


def make(answers: Answers) -> str:
    """The page as HTML; the same bytes for the same answers."""
    parts = [(language, _Part(answers, language).content()) for language in LANGUAGES]
    return report.page(WORDS["title"], parts, say("description", "en"))


class _Part(Pictures, Lists, Rules, Fairness):
    """The report in one language."""

    def content(self) -> Markup:
        sections = {
            "timeline": self.timeline(),
            "composition": self.composition(),
            "criteria": self.criteria(),
            "lottery": self.lottery(),
            "norms": self.norms(),
            "dialogues_heading": self.dialogues(),
            "path": self.path(),
            "conflicts": self.conflicts(),
            "record": self.record(),
            "lists": self.lists(),
            "source_list": self.sources(),
        }
        contents = [
            element("li", element("a", self.say(key), href=f"#{self.language}-{key}"))
            for key in sections
        ]
        return report.join(
            element(
                "header",
                element("h1", self.say("title")),
                element("p", self.say("lead"), class_="lead"),
                self.key_figures(),
                element("ul", contents, class_="contents"),
            ),
            report.section(
                self.say("kinds"),
                element(
                    "div",
                    [
                        element(
                            "div",
                            report.badge(kind, self.say(kind)),
                            element("p", self.say(f"{kind}_is")),
                        )
                        for kind in ("fact", "example", "unknown")
                    ],
                    class_="kinds",
                ),
            ),
            [self.section(key, content) for key, content in sections.items()],
        )

    def key_figures(self) -> Markup:
        tables = self.tables
        return report.figures(
            [
                (self.say("facts_read"), standings(self.answers)["read"]),
                (self.say("source_count"), len(self.numbers)),
                (self.say("bodies"), len(tables["body"])),
                (self.say("dialogues"), len(tables["dialogue"])),
                (self.say("conflict_count"), len(tables["conflicts"])),
                (self.say("entries"), self.answers.entries),
                (self.say("verdict"), self.say("sound" if self.answers.sound else "unsound")),
            ]
        )

    def criteria(self) -> Markup:
        answers = self.answers
        titles = {
            answers.committee.name: self.say("followup", day=self.day(answers.committee.day)),
            answers.platform.name: self.say("platform"),
        }
        return report.join(
            element(
                "div",
                report.badge("example", self.say("example")),
                element("p", self.say("criteria_example")),
                class_="box example",
            ),
            [
                self.checked(composition, titles[composition.name])
                for composition in (answers.committee, answers.platform)
            ],
            element("p", self.say("meter_note"), class_="note"),
        )

    def checked(self, composition: Composition, title: str) -> Markup:
        check = composition.check
        rows = listed(check.criteria(self.language))
        labels = {row["criterion"]: row["label"] for row in rows}
        values = {
            text: label
            for attribute in self.answers.criteria_document["attributes"].values()
            for text, label in attribute.get("values", {}).items()
        }
        members = {row["id"]: self.body(row["id"]) for row in composition.members}
        for row in rows:
            row["reason"] = self.reason(row, composition)
        overall = check.outcome.name.lower().replace("_", " ")
        return element(
            "section",
            element("h3", title),
            element("p", self.say("answer"), ": ", report.outcome(self.language, overall)),
            report.criteria(
                self.language, f"{self.language}-{composition.name}", rows, len(composition.members)
            ),
            element("h4", self.say("unmet_sets")),
            report.unmet(self.language, listed(check.unmet()), labels),
            element("p", self.say("unmet_note"), class_="note"),
            element(
                "details",
                element("summary", self.say("who_counts")),
                report.counts(
                    self.language,
                    listed(check.counts()),
                    labels,
                    members,
                    lambda text: self.said(values.get(text, text)),
                ),
                open=True,
            ),
        )

    def reason(self, row: Row, composition: Composition) -> str:
        """A criterion's reason without its label, which stands beside it, and with the names of
        bodies, of which the check knows the ids only."""
        text = str(row["reason"]).removeprefix(row["label"]).lstrip(" \u00a0:")
        ids = sorted((member["id"] for member in composition.members), key=len, reverse=True)
        known = "|".join(re.escape(name) for name in ids)
        return re.sub(
            rf"(?<![\w.-])(?:{known})(?![\w.-])",
            lambda found: report.pick(self.names[found[0]], self.language)[0],
            text,
        )

    def dialogues(self) -> Markup:
        present: dict[str, list[Markup]] = {}
        for row in self.tables["attendance"]:
            present.setdefault(row["dialogue"], []).append(element("bdi", self.body(row["body"])))
        keys = [("date", "nowrap"), ("name", "wide"), ("participants", "wide"), ("sources", "")]
        told, comma = [], word("comma", self.language)
        for row in sorted(self.tables["dialogue"], key=lambda row: period_days(row["period"])):
            kind = "other_dialogue" if row["form"] == "other" else row["form"]
            place = self.langmap(row, "place")
            bodies = present.get(row["id"])
            told.append(
                [
                    self.period(row["period"]),
                    [
                        element(
                            "span", self.said(self.langmap(row, "name")), class_="dialogue-name"
                        ),
                        word(kind, self.language),
                        [" · ", self.said(place)] if place else None,
                    ],
                    [
                        self.value(row["participants"]) if row["participants"] else None,
                        element(
                            "div",
                            f"{word('present', self.language)} ({len(bodies)}): ",
                            [[comma if at else None, body] for at, body in enumerate(bodies)],
                            class_="note",
                        )
                        if bodies
                        else None,
                    ],
                    self.references(row["sources"]),
                ]
            )
        return report.join(
            report.table([(word(key, self.language), class_) for key, class_ in keys], told),
            element("p", self.say("dialogues_note"), class_="note"),
        )

    def path(self) -> Markup:
        def step(row: Row) -> Markup:
            when = self.period(row["period"]) if row["period"] else self.say("no_date")
            return element(
                "li",
                element("span", when, class_="when"),
                element("span", self.said(self.langmap(row, "name")), class_="what"),
                " ",
                self.references(row["sources"]),
            )

        steps = sorted(self.tables["step"], key=lambda row: row["number"])
        dated = [step(row) for row in steps if row["standing"] == "read"]
        plan = [step(row) for row in steps if row["standing"] == "reconstruction"]
        return element(
            "div",
            element(
                "section", element("h3", self.say("path_read")), element("ol", dated, class_="path")
            ),
            element(
                "section",
                element("h3", self.say("path_plan")),
                element(
                    "div",
                    report.badge("unknown", self.say("unknown")),
                    element("p", self.say("path_plan_note")),
                    class_="box unknown",
                ),
                element("ol", plan, class_="path reconstruction"),
            ),
            class_="two",
        )

    def conflicts(self) -> Markup:
        claims = {row["id"]: row for row in self.tables["claim"]}

        def card(name: str, sources: list[str]) -> Markup:
            claim = claims[name]
            return element(
                "div",
                element("h4", self.said(self.langmap(claim, "property"))),
                element("div", self.value(claim["value"]), class_="said"),
                report.sources(self.language, sources, self.wording),
            )

        return report.join(
            element("p", self.say("conflicts_note")),
            [
                element(
                    "div",
                    element(
                        "div",
                        card(row["other"], row["other_sources"]),
                        card(row["claim"], row["sources"]),
                        class_="claims",
                    ),
                    element("p", self.text(row["note"]), class_="note") if row["note"] else None,
                    class_="conflict",
                )
                for row in self.tables["conflicts"]
            ],
        )

    def record(self) -> Markup:
        answers = self.answers
        verdict = self.say("sound" if answers.findings == 0 else "unsound")
        journal = self.say("sound" if answers.journal.sound else "unsound")
        return report.join(
            element("p", self.say("record_note")),
            report.figures(
                [
                    (self.say("entries"), answers.entries),
                    (
                        self.say("verify_register"),
                        [
                            verdict,
                            element(
                                "div", self.say("findings", count=answers.findings), class_="note"
                            ),
                        ],
                    ),
                    (
                        self.say("verify_export"),
                        [
                            journal,
                            element(
                                "div",
                                self.say("export_entries", count=answers.journal.entries),
                                class_="note",
                            ),
                        ],
                    ),
                ]
            ),
            element("p", self.say("root"), ": ", element("br"), report.hash_text(answers.root)),
            element(
                "p",
                self.say("criteria_hash"),
                ": ",
                element("br"),
                report.hash_text(answers.criteria.hash),
            ),
            element(
                "p",
                self.say("yourself"),
                ": ",
                element("br"),
                report.hash_text(f"partnership-verify journal journal.jsonl {answers.root}"),
            ),
        )
