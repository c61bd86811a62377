# SPDX-License-Identifier: Apache-2.0
"""The example's job: record the AFKAR facts, check two compositions, assess the programme by what
its founding document says, verify the record.

All that it finds out comes from the library's answers; what it returns is those answers as lists of
dictionaries. It writes the register and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lottery
import norms
import partnership
from partnership.report import word

HERE = Path(__file__).resolve().parent
COMMITTEE = "follow-up-2019"
COMMITTEE_DAY = "2019-12-04"
ROUND_TABLE = "dialogue.2018-07-12"
# The day on which the facts were collected: what the register knows on it is what the report shows.
COLLECTED = "2026-11-23"
LANGUAGES = ("ar", "en")

Row = dict[str, Any]


@dataclass(frozen=True)
class Composition:
    """A set of bodies and its check against the criteria."""

    name: str
    day: str
    members: list[Row]  # id, name, side and what the criteria ask about; in order
    check: partnership.Check


@dataclass(frozen=True)
class Answers:
    """What the library answered, by the name of the query."""

    entries: int
    root: str
    findings: int
    journal_lines: str
    journal: partnership.JournalVerdict
    criteria: partnership.Criteria
    criteria_document: Row
    committee: Composition
    platform: Composition
    tables: dict[str, list[Row]]
    norms: norms.Norms
    lottery: lottery.Lottery
    wording: Row

    @property
    def sound(self) -> bool:
        return self.findings == 0 and self.journal.sound and self.lottery.sound


# Columns of projected tables whose cells are JSON.
_JSON = frozenset(
    {
        "sources",
        "value",
        "topics",
        "issues",
        "sectors",
        "specialisations",
        "languages",
        "conflicts_with",
        "other_value",
        "other_sources",
    }
)


def listed(table: partnership.Table) -> list[Row]:
    """A table as dictionaries."""
    return [dict(row) for row in table.to_pylist()]


def rows(table: partnership.Table) -> list[Row]:
    """A projected table as dictionaries, with lists and values as Python has them."""
    return [
        {
            name: json.loads(cell) if name in _JSON and cell is not None else cell
            for name, cell in row.items()
        }
        for row in listed(table)
    ]


def check_composition(
    criteria: partnership.Criteria,
    name: str,
    day: str,
    table: partnership.Table,
    members: Sequence[str],
) -> Composition:
    """Checks those of the table's bodies whose ids are `members`, on a day."""
    chosen = [row for row in listed(table) if row["id"] in set(members)]
    check = criteria.check(partnership.Nominees(table), members, on=day)
    return Composition(name, day, chosen, check)


def run(database: Path) -> Answers:
    """Makes the register anew in the file `database` and asks it; what belongs to the example
    lottery goes into the folder `lottery` beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{database}{suffix}").unlink(missing_ok=True)
    criteria_path = HERE / "criteria.json"
    criteria = partnership.Criteria(criteria_path)
    with partnership.open(database) as register:
        register.record(HERE / "events.json")

        seated = register.query("members", committee=COMMITTEE, on=COMMITTEE_DAY)
        committee = check_composition(
            criteria, COMMITTEE, COMMITTEE_DAY, seated, [row["id"] for row in listed(seated)]
        )
        # The platform as far as the sources show it: the public bodies that were present at the
        # round table, and the civil society organisations that they name.
        bodies = register.query("nominees", on=COMMITTEE_DAY)
        side = {row["id"]: row["side"] for row in listed(bodies)}
        present = [
            row["body"]
            for row in listed(register.query("attendance", dialogue=ROUND_TABLE))
            if side[row["body"]] == "public"
        ]
        civil = [body for body, its in side.items() if its == "civil_society"]
        platform = check_composition(criteria, "platform", COMMITTEE_DAY, bodies, present + civil)

        names = (
            "body",
            "phase",
            "document",
            "dialogue",
            "attendance",
            "committee",
            "seat",
            "step",
            "claim",
            "criteria",
        )
        tables = {name: rows(register.query(name, on=COLLECTED)) for name in names}
        tables["conflicts"] = rows(register.query("conflicts"))
        tables["timeline"] = listed(register.query("timeline"))
        tables["members"] = listed(seated)
        tables["nominees"] = listed(register.query("nominees", on=COLLECTED))

        root = register.root()
        lines = register.export()
        return Answers(
            entries=register.size,
            root=root,
            findings=len(register.verify(root=root)),
            journal_lines=lines,
            journal=partnership.verify_journal(lines, root),
            criteria=criteria,
            criteria_document=json.loads(criteria_path.read_text(encoding="utf-8")),
            committee=committee,
            platform=platform,
            tables=tables,
            lottery=lottery.run(database.parent / "lottery", criteria),
            norms=norms.assess(tables, COMMITTEE, COMMITTEE_DAY, COLLECTED, LANGUAGES),
            wording=json.loads((HERE / "wording.json").read_text(encoding="utf-8")),
        )


def standings(answers: Answers) -> dict[str, int]:
    """How many claims there are of each standing."""
    counted = {"read": 0, "reconstruction": 0, "not_known": 0}
    for claim in answers.tables["claim"]:
        counted[claim["standing"]] += 1
    return counted


def summary(answers: Answers) -> list[str]:
    """The figures, one a line, as the C program prints them."""
    lines = [f"entries: {answers.entries}", f"root: {answers.root}"]
    lines += [f"claims {name}: {count}" for name, count in standings(answers).items()]
    for name in ("conflicts", "body", "dialogue", "step", "members"):
        lines.append(f"{name}: {len(answers.tables[name])}")
    for composition in (answers.committee, answers.platform):
        outcome = composition.check.outcome.name.lower().replace("_", " ")
        lines.append(f"{composition.name}: {outcome}, members {len(composition.members)}")
        for row in listed(composition.check.criteria("en")):
            lines.append(
                f"  {row['criterion']}: {row['outcome']}, {row['count']} counted, "
                f"{row['unknown']} may count"
            )
        for row in listed(composition.check.unmet()):
            lines.append(f"  unmet set {row['set']}: {row['criterion']}")
    lines.append(f"register: {'sound' if answers.findings == 0 else 'not sound'}")
    lines.append(
        f"journal: {'sound' if answers.journal.sound else 'not sound'}, "
        f"{answers.journal.entries} entries"
    )
    return lines


def summary_norms(answers: Answers) -> list[str]:
    """The charter, and how many findings there are of each outcome."""
    found = answers.norms
    lines = [f"charter: {found.about['en']['charter']}, {found.hash}"]
    return lines + [f"  {outcome}: {count}" for outcome, count in norms.counted(found).items()]


def summary_lottery(answers: Answers) -> list[str]:
    """The example lottery."""
    made = answers.lottery
    about = made.composition.about().to_pylist()[0]
    lines = [
        f"lottery (example): {about['lottery']}, {about['status']}, certificate "
        f"{made.verdict.verdict}",
        f"  nominees: {about['nominees']}, least probability {about['least']:.4f}, largest "
        f"{about['largest']:.4f}",
        f"  drawn: number {made.number} of {lottery.PANELS}, {len(made.members)} members, "
        f"{'sound' if made.sound else 'not sound'}",
    ]
    return lines + [f"  member: {member['id']}" for member in made.members]


def summary_ar(answers: Answers) -> list[str]:
    """The same in Arabic, for people."""
    known = {
        partnership.Outcome.MET: "مستوفاة",
        partnership.Outcome.NOT_MET: "غير مستوفاة",
        partnership.Outcome.UNDETERMINED: "غير محسومة",
    }
    claims = standings(answers)
    lines = [
        f"قيود السجلّ: {answers.entries}",
        f"وقائع مقروءة في مصادرها: {claims['read']}، إعادة بناء: {claims['reconstruction']}، "
        f"غير معروفة: {claims['not_known']}",
        f"تعارضات بين المصادر: {len(answers.tables['conflicts'])}",
        f"جهات: {len(answers.tables['body'])}، حوارات ولقاءات: {len(answers.tables['dialogue'])}",
    ]
    for composition, title in (
        (answers.committee, "لجنة المتابعة"),
        (answers.platform, "منصة الشراكة"),
    ):
        day = partnership.render_date(composition.day, "ar")
        lines.append(
            f"{title}، {day}: الأعضاء {len(composition.members)}، "
            f"المعايير {known[composition.check.outcome]} (أرقامها مثال)"
        )
        lines += [
            f"  {row['label']}: {word(row['outcome'], 'ar')}"
            for row in listed(composition.check.criteria("ar"))
        ]
    lines.append("قواعد النص المؤسِّس:")
    lines += [
        f"  {word(outcome, 'ar')}: {count}"
        for outcome, count in norms.counted(answers.norms).items()
    ]
    made = answers.lottery
    lines.append(
        f"قرعة المثال: {word(made.verdict.verdict, 'ar')}، رقم اللجنة المسحوبة {made.number}، "
        f"الأعضاء {len(made.members)}"
    )
    lines.append(f"التحقق من السجلّ: {'سليم' if answers.sound else 'غير سليم'}")
    return lines
