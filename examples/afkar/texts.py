# SPDX-License-Identifier: Apache-2.0
"""The record's texts in one language, and how they are said in the report."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import partnership
from job import Answers, Row
from partnership import report
from partnership.report import Markup, element
from words import say


class Texts:
    """What the report's parts share: the answers, and one language's words for them."""

    def __init__(self, answers: Answers, language: str) -> None:
        self.answers = answers
        self.tables = answers.tables
        self.language = language
        wording = answers.wording
        self.arabic: dict[str, str] = {
            **{text: text for text in wording["same"]},
            **wording["ours"],
            **wording["founding_document"],
        }
        self.names = {row["id"]: self.langmap(row, "name") for row in self.tables["body"]}
        members = wording["members"]
        self.value = report.Values(
            language, self.wording, lambda key: members.get(key, {"en": key}), self.period
        )
        # Every source has one number, in order of first appearance among the claims.
        self.numbers: dict[str, int] = {}
        for claim in self.tables["claim"]:
            for source in claim["sources"]:
                self.numbers.setdefault(source, len(self.numbers) + 1)

    def say(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)

    def wording(self, text: str) -> Mapping[str, str]:
        """A text of the register, which is English unless it has been said otherwise."""
        known = {"en": text}
        if text in self.arabic:
            known["ar"] = self.arabic[text]
        return known

    def langmap(self, row: Row, column: str) -> Mapping[str, str]:
        """The language map of a column, with our Arabic where the register has none."""
        names = {
            language: row[f"{column}_{language}"]
            for language in ("ar", "en", "fr")
            if row[f"{column}_{language}"]
        }
        if "ar" not in names and names.get("en") in self.arabic:
            names["ar"] = self.arabic[names["en"]]
        return names

    def said(self, names: Mapping[str, str] | str | None) -> Markup:
        return report.said(names, self.language)

    def text(self, text: str | None) -> Markup | None:
        return None if text is None else self.said(self.wording(text))

    def body(self, name: str) -> Markup:
        return self.said(self.names.get(name, name))

    def day(self, day: datetime.date | str) -> str:
        return partnership.render_date(day, self.language)

    def period(self, period: str) -> str:
        return partnership.render_period(period, self.language)

    def references(self, sources: list[str]) -> Markup:
        """Numbers of sources that lead to the list at the end of the part."""
        links = [
            element(
                "a", f"[{self.numbers[source]}]", href=f"#{self.source_id(source)}", title=source
            )
            for source in sources
            if source in self.numbers
        ]
        return element(
            "span", [[" " if at else None, link] for at, link in enumerate(links)], class_="refs"
        )

    def source_id(self, source: str) -> str:
        return f"{self.language}-source-{self.numbers[source]}"

    def section(self, key: str, *children: object) -> Markup:
        return report.section(self.say(key), *children, name=f"{self.language}-{key}")
