# SPDX-License-Identifier: Apache-2.0
"""From the register's tables to cases of the charter `afkar`, and the charter's findings.

The pack `afkar` says what the founding document itself says. A fact that the register does not
have is left out of a case, so that nothing is guessed: a norm whose facts nobody knows comes out
undetermined. Three readings are ours. Of a period that is known to the month, its last day is
given, the latest that is possible, since the norms ask only whether something has happened. What
was published was documented by then. And of those who took part, sides are given only where both
are named, because more names would not change that.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from partnership import charter

Row = dict[str, Any]
SIDES = {"public", "civil_society"}
# How the sources name participants, and the side that these are of.
NAMED = {
    "AFKAR NGOs": "civil_society",
    "CSOs": "civil_society",
    "mayors": "public",
    "ministers' and deputies' representatives": "public",
    "ministry representatives": "public",
}
MANUAL, COURSE = "doc.manual-dialogue", "doc.elearning"


@dataclass(frozen=True)
class Case:
    """One thing that the norms speak of."""

    kind: str  # of case, as the charter names it
    name: str  # its id in the register; of what the register has no id for, the kind
    facts: dict[str, Any]


@dataclass(frozen=True)
class Assessed:
    """The findings of a case, as of a day."""

    case: Case
    findings: dict[str, list[Row]]  # a language's rows of Findings.table


@dataclass(frozen=True)
class Norms:
    """The charter and what it makes of the programme."""

    about: dict[str, Row]
    hash: str
    assessed: list[Assessed]
    texts: dict[str, Row]  # of a norm's id: its language map of texts
    explained: dict[str, str]  # one finding, whole, in each language
    explained_case: str


def last_day(period: str | None) -> str | None:
    """The last day of a date or period ("2018-09-25/2018-09-26", "2009-04")."""
    parts = [int(part) for part in (period or "").rpartition("/")[2].split("-") if part]
    if not parts:
        return None
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return datetime.date(year, month, day).isoformat()


def dialogue(row: Mapping[str, Any], present: set[str]) -> Case:
    """A dialogue of the register; `present`: the sides of the bodies recorded as present."""
    documented = row["minutes_on"] or row["published_on"]
    known = {
        "state": row["state"],
        "held on": last_day(row["period"]),
        "documented on": documented,
        "published on": row["published_on"],
    }
    facts: dict[str, Any] = {name: fact for name, fact in known.items() if fact is not None}
    named = {NAMED[name] for name in (row["participants"] or "").split(", ") if name in NAMED}
    if present | named >= SIDES:
        facts["participants"] = [{"side": side} for side in sorted(SIDES)]
    return Case("dialogue", row["id"], facts)


def training(documents: Mapping[str, Mapping[str, Any]]) -> Case:
    """The programme of the training manual and its course."""
    manual, course = documents[MANUAL], documents[COURSE]
    facts = {
        "manual published on": last_day(manual["issued"]),
        "e-learning opened on": course["from_day"],
    }
    return Case("training programme", MANUAL, facts)


def committee(row: Mapping[str, Any], members: Sequence[Mapping[str, Any]], since: str) -> Case:
    """A committee: how many members of each side it has had since a day. Who agreed on its criteria
    and when, and what share the sides were promised, is in no source."""
    count = {side: sum(member["side"] == side for member in members) for side in SIDES}
    composition = {
        "since": since,
        "public": count["public"],
        "civil society": count["civil_society"],
    }
    return Case("committee", row["id"], {"compositions": [composition]})


def cases(tables: Mapping[str, list[Row]], committee_id: str, since: str) -> list[Case]:
    """What the register knows of that the norms speak of, in the charter's order of kinds."""
    side = {row["id"]: row["side"] for row in tables["nominees"]}
    present: dict[str, set[str]] = {}
    for row in tables["attendance"]:
        present.setdefault(row["dialogue"], set()).add(side[row["body"]])
    found = [Case("platform", "platform", {})]
    found += [
        committee(row, tables["members"], since)
        for row in tables["committee"]
        if row["id"] == committee_id
    ]
    found.append(Case("secretariat", "secretariat", {}))
    dialogues = sorted(tables["dialogue"], key=lambda row: (last_day(row["period"]), row["id"]))
    found += [dialogue(row, present.get(row["id"], set())) for row in dialogues]
    found.append(Case("charter", "charter", {}))
    found.append(training({row["id"]: row for row in tables["document"]}))
    return found


def assess(
    tables: Mapping[str, list[Row]],
    committee_id: str,
    since: str,
    on: str,
    languages: Sequence[str],
) -> Norms:
    """The findings of all cases as of a day."""
    law = charter.load("afkar")
    assessed = []
    for case in cases(tables, committee_id, since):
        findings = law.assess(case.facts, case.kind, on=on)
        told = {
            language: [dict(row) for row in findings.table(language).to_pylist()]
            for language in languages
        }
        for at, norm in enumerate(findings.norms):
            # The explanation of a single finding also names the facts that are missing.
            why = law.explain(case.facts, norm, case.kind, on=on).to_dict()["reason"]
            for language in languages:
                told[language][at]["reason"] = why[language]
        assessed.append(Assessed(case, told))
    texts: dict[str, Row] = {}
    for language in languages:
        for row in law.norms(language).to_pylist():
            texts.setdefault(str(row["norm"]), {})[language] = row["text"]
    # The dialogue whose record was published has the most to show.
    shown = next(one for one in assessed if "published on" in one.case.facts)
    explained = {
        language: str(
            law.explain(
                shown.case.facts, "dialogue-published", "dialogue", on=on, language=language
            )
        )
        for language in languages
    }
    about = {language: dict(law.about(language).to_pylist()[0]) for language in languages}
    return Norms(about, law.hash, assessed, texts, explained, shown.case.name)


def counted(norms: Norms) -> dict[str, int]:
    """How many findings there are of each outcome."""
    counts: dict[str, int] = {}
    for one in norms.assessed:
        for row in one.findings["en"]:
            counts[str(row["outcome"])] = counts.get(str(row["outcome"]), 0) + 1
    return counts
