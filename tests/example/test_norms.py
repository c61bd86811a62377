# SPDX-License-Identifier: Apache-2.0
"""What the charter `afkar` makes of the programme, in the report and beside it."""

from __future__ import annotations

import datetime
import re
import sys

import pytest
from conftest import EXAMPLE, Run
from partnership import charter
from partnership.report_html import escape

sys.path.insert(0, str(EXAMPLE))
import norms

ON = "2026-11-23"


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2018-09-25", "2018-09-25"),
        ("2018-09-25/2018-09-26", "2018-09-26"),
        ("2008-01/2009-04", "2009-04-30"),
        ("2020-02", "2020-02-29"),
        ("2004", "2004-12-31"),
        (None, None),
    ],
)
def test_a_period_gives_the_latest_day_that_is_possible(period: str, day: str) -> None:
    assert norms.last_day(period) == day


def dialogue(**facts: object) -> norms.Case:
    row = {"id": "d", "state": "held", "period": "2018-09-25", "minutes_on": None}
    row |= {"published_on": None, "participants": None}
    return norms.dialogue({**row, **facts}, set())


def test_what_the_record_does_not_say_is_left_out() -> None:
    assert dialogue().facts == {"state": "held", "held on": "2018-09-25"}
    one_side = dialogue(participants="ministry representatives, somebody")
    assert "participants" not in one_side.facts
    both = dialogue(participants="mayors, CSOs")
    assert both.facts["participants"] == [{"side": "civil_society"}, {"side": "public"}]
    published = dialogue(published_on=datetime.date(2018, 10, 1)).facts
    assert published["documented on"] == published["published on"] == datetime.date(2018, 10, 1)


def test_the_summary_counts_the_findings(run: Run) -> None:
    law = charter.load("afkar")
    block = run.printed.split("\n\n")[1]
    assert block.splitlines()[0] == f"charter: afkar, {law.hash}"
    counts = {name: int(count) for name, count in re.findall(r"^  (.+): (\d+)$", block, re.M)}
    # Nothing is said to be not met: no source says that anything was not done.
    assert set(counts) == {"met", "undetermined"}
    norms_a_dialogue, dialogues = 4, 10
    others = len(law.norms()) - norms_a_dialogue
    left_out = {"body", "request", "issue", "course completion"}
    table = law.norms().to_pylist()
    others -= sum(row["kind"] in left_out for row in table)
    assert sum(counts.values()) == norms_a_dialogue * dialogues + others


def test_the_report_shows_each_norm_in_both_languages(run: Run) -> None:
    law = charter.load("afkar")
    shown = {"platform", "committee", "secretariat", "dialogue", "charter", "training programme"}
    for language in ("ar", "en"):
        for row in law.norms(language).to_pylist():
            if row["kind"] in shown:
                assert escape(row["label"]) in run.report, row["norm"]
    assert run.report.count(law.hash) >= 2


def test_the_book_of_round_tables_decides_that_they_were_published(run: Run) -> None:
    facts = {"state": "held", "held on": "2009-04-30", "published on": "2017-09-27"}
    law = charter.load("afkar")
    assert law.assess(facts, "dialogue", on=ON)["dialogue-published"].name == "MET"
    assert law.assess(facts, "dialogue", on="2017-09-26")["dialogue-published"].name == "NOT_MET"
    explained = str(law.explain(facts, "dialogue-published", "dialogue", on=ON, language="ar"))
    assert explained.splitlines()[1].startswith("النتيجة")
