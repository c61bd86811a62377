# SPDX-License-Identifier: Apache-2.0
"""Every collected fact is in the register as a claim, as it was collected: value, sources and
standing.

The collected facts lie beside the project (PSHIP_SHARED or ../shared); without them these tests
skip.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLE, ROOT

SHARED = Path(os.environ.get("PSHIP_SHARED", ROOT.parent / "shared"))
FACTS = SHARED / "data" / "afkar_facts.json"
DOCUMENT = SHARED / "data" / "founding-document.ar.txt"

pytestmark = pytest.mark.skipif(not FACTS.exists(), reason="the collected facts are not here")


@pytest.fixture(scope="module")
def facts() -> list[dict[str, Any]]:
    return json.loads(FACTS.read_text(encoding="utf-8"))["facts"]


@pytest.fixture(scope="module")
def events() -> list[dict[str, Any]]:
    return json.loads((EXAMPLE / "events.json").read_text(encoding="utf-8"))


def differences(facts: list[dict[str, Any]], events: list[dict[str, Any]]) -> list[str]:
    """What the claims say otherwise than the facts."""
    claims = {
        event["public"]["id"]: event["public"] for event in events if event["kind"] == "claim.made"
    }
    found = [f"{name}: no such fact" for name in claims.keys() - {fact["id"] for fact in facts}]
    for fact in facts:
        claim = claims.get(fact["id"])
        if claim is None:
            found.append(f"{fact['id']}: no claim")
            continue
        value = fact["value"] if "ar" not in fact else {"en": fact["value"], "ar": fact["ar"]}
        status = fact.get("status")
        standing = (
            "read"
            if status is None
            else "reconstruction"
            if status == "reconstruction"
            else "not_known"
        )
        expected = {"value": value, "sources": fact["sources"], "standing": standing}
        if "conflict_with" in fact:
            expected["conflicts_with"] = [fact["conflict_with"]]
        if "note" in fact:
            expected["note"] = fact["note"]
        found += [
            f"{fact['id']}: {key} is {claim.get(key)!r}, not {told!r}"
            for key, told in expected.items()
            if claim.get(key) != told
        ]
    return found


def test_every_fact_is_a_claim(facts: list[dict[str, Any]], events: list[dict[str, Any]]) -> None:
    assert len(facts) == 100
    assert differences(facts, events) == []


def test_a_changed_value_would_be_found(
    facts: list[dict[str, Any]], events: list[dict[str, Any]]
) -> None:
    changed = json.loads(json.dumps(events))
    claim = next(
        event["public"] for event in changed if event["public"].get("id") == "phase.1.projects"
    )
    claim["value"] += 1
    del changed[-1]
    assert len(differences(facts, changed)) == 2


def test_no_event_names_a_source_that_no_fact_names(
    facts: list[dict[str, Any]], events: list[dict[str, Any]]
) -> None:
    known = {source for fact in facts for source in fact["sources"]}
    for event in events:
        assert set(event["public"]["sources"]) <= known, event
        address = event["public"].get("address")
        assert address is None or address in known, event


def test_no_event_names_a_day_that_no_fact_names(
    facts: list[dict[str, Any]], events: list[dict[str, Any]]
) -> None:
    """Days of events are days of facts, the first of a month or series that a fact names, or the
    day of the collection."""
    text = json.dumps(facts)
    for event in events:
        day = event["effective"]
        month, first = day[:7], day[8:] == "01"
        assert day in text or (first and month in text) or day == "2026-11-23", event


def test_arabic_names_are_the_founding_documents_or_say_that_they_are_not(
    facts: list[dict[str, Any]], events: list[dict[str, Any]]
) -> None:
    def plain(text: str) -> str:
        return re.sub(r"[\W\u0640]+", "", text).translate(str.maketrans("أإآى", "اااي"))

    given = plain(DOCUMENT.read_text(encoding="utf-8")) + plain(
        json.dumps(facts, ensure_ascii=False)
    )
    for event in events:
        public = event["public"]
        for key in ("name", "title", "place"):
            arabic = public.get(key, {}).get("ar")
            if arabic is not None and plain(arabic) not in given:
                assert public["note"].startswith(
                    "Arabic name: official name, not from the source"
                ), public["id"]


def test_words_said_to_be_the_founding_documents_are_its_words() -> None:
    """But for endings that the sentence around them asks for."""

    def words(text: str) -> list[str]:
        bare = re.sub(r"[\u064b-\u0652\u0640]", "", text).translate(str.maketrans("أإآى", "اااي"))
        return [re.sub("^(وال|بال|ال|لل|و|ل|ب)", "", word) for word in re.findall(r"\w+", bare)]

    document = " ".join(words(DOCUMENT.read_text(encoding="utf-8")))
    wording = json.loads((EXAMPLE / "wording.json").read_text(encoding="utf-8"))
    assert len(wording["founding_document"]) > 40
    for english, arabic in wording["founding_document"].items():
        strange = [word for word in words(arabic) if word not in document]
        assert len(strange) <= len(words(arabic)) // 10, (english, arabic, strange)
