# SPDX-License-Identifier: Apache-2.0
"""What charters are written as for other systems: Akoma Ntoso, iCalendar."""

from __future__ import annotations

import datetime
from typing import Any

import partnership
import pytest
from partnership import charter

LAW = charter.load("lebanon-28-2017")
DAY = datetime.date(2018, 2, 10)
PROMISE: dict[str, Any] = {
    "charter": "promise",
    "version": "1",
    "title": {"ar": "وعد"},
    "parties": {"we": "We"},
    "kinds": {"letter": {"label": "Letter", "facts": {"came": "date", "went": "date"}}},
    "norms": [
        {
            "id": "reply",
            "citation": "1",
            "label": {"ar": "جواب"},
            "modality": "obligation",
            "bearer": "we",
            "about": "letter",
            "deadline": {"after": "came", "within": "3 days", "done": "went"},
        }
    ],
}


def test_the_text_is_akoma_ntoso():
    etree = pytest.importorskip("xml.etree.ElementTree")
    for language in ("ar", "en", "fr"):
        root = etree.fromstring(LAW.akoma_ntoso(language))
        assert root.tag == "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}akomaNtoso"
        label = LAW.norms(language).to_pydict()["label"][0]
        assert label in "".join(root.itertext())
    for name in charter.packs():
        law = charter.load(name)
        root = etree.fromstring(law.akoma_ntoso("ar", date=DAY, country="lb", author="X"))
        label = law.norms("ar").to_pydict()["label"][-1]
        assert label in "".join(root.itertext())
    with pytest.raises(partnership.ArgumentError):
        LAW.akoma_ntoso(country="L")
    with pytest.raises(partnership.ArgumentError, match="in force"):
        charter.Charter(PROMISE).akoma_ntoso()


def entries(history: charter.History, on: str) -> list[tuple[str, str]]:
    """The name and the day of each entry."""
    lines = history.icalendar(on, "2018-02-10T10:00:00Z").split("\r\n")
    names = [line for line in lines if line.startswith("UID:")]
    days = [line[-8:] for line in lines if line.startswith(("DUE;", "DTSTART;"))]
    return list(zip(names, days, strict=True))


def test_calendars_say_in_which_language_their_entries_are():
    facts = {"came": "2018-02-09", "went": None}
    event = {"on": "2018-02-09", "case": "l1", "kind": "letter", "facts": facts}
    history = charter.Charter(PROMISE).history([event])
    for language in ("ar", "en", "fr"):
        lines = history.icalendar(DAY, "2018-02-10T10:00:00Z", language).split("\r\n")
        assert lines.count("SUMMARY;LANGUAGE=ar:جواب (l1)") == 2
    lines = (
        LAW.history(
            [
                {
                    "on": "2018-02-01",
                    "case": "r",
                    "kind": "request",
                    "facts": {"registered on": "2018-02-01"},
                }
            ]
        )
        .icalendar(DAY, "2018-02-10T10:00:00Z", "fr")
        .split("\r\n")
    )
    assert any(line.startswith("SUMMARY;LANGUAGE=fr:") for line in lines)


def test_entries_of_calendars_keep_their_names():
    asked = {"registered on": "2018-02-01", "answered on": None, "extended": False}
    longer = {"extended": True, "reason for the extension": "Many files."}
    law = LAW.history(
        [
            {"on": "2018-02-01", "case": "r", "kind": "request", "facts": asked},
            {"on": "2018-02-12", "case": "r", "facts": longer},
        ]
    )
    due = [entries(law, day) for day in ("2018-02-10", "2018-02-12")]
    assert [{day for _, day in each} for each in due] == [{"20180216"}, {"20180303"}]
    assert [name for name, _ in due[0]] == [name for name, _ in due[1]]

    # Each meeting of several is an entry of its own.
    met = {"established on": "2022-01-01", "meetings held on": ["2022-02-01"]}
    forum = charter.load("ogp").history(
        [
            {"on": "2022-02-01", "case": "f", "kind": "forum", "facts": met},
            {"on": "2022-05-01", "case": "f", "append": {"meetings held on": ["2022-05-01"]}},
        ]
    )
    first, second = entries(forum, "2022-02-01"), entries(forum, "2022-05-01")
    assert not {name for name, _ in first} & {name for name, _ in second}
