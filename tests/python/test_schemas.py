# SPDX-License-Identifier: Apache-2.0
"""The JSON Schemas that ship, against the readers of the same documents: what a schema refuses the
reader refuses, and what it accepts the reader refuses only for rules that no schema can say."""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import partnership
import pytest
from conftest import CALENDAR, CRITERIA

ROOT = Path(__file__).resolve().parents[2]
PACKS = ROOT / "libpartnership" / "packs"


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


SCHEMAS = {
    name: load(PACKS / f"schemas/{name}.schema.json")
    for name in ("criteria", "calendar", "charter")
}
READERS: dict[str, Callable[[Any], object]] = {
    "criteria": partnership.Criteria,
    "calendar": partnership.Calendar,
    "charter": partnership.charter.Charter,
}
DOCUMENTS = {
    "criteria": {
        "test": CRITERIA,
        "shipped": load(PACKS / "criteria/example.json"),
        "afkar": load(ROOT / "examples/afkar/criteria.json"),
    },
    "calendar": {
        "test": CALENDAR,
        "lebanon": load(PACKS / "calendars/lebanon.json"),
        "with sources": {
            **CALENDAR,
            "weekend": [],
            "holidays": [
                {"date": "2024-05-01", "name": "Labour Day", "source": "decree", "verified": False},
                {"date": "2024-05-01", "name": {"ar": "عيد"}},
            ],
        },
        "with rules": {
            **CALENDAR,
            "note": {"fr": "note"},
            "weekend": [
                {"days": ["sunday"], "source": "law", "verified": True},
                {"days": ["saturday", "sunday"], "from": "2024-02-01"},
            ],
            "holidays": [{"date": "2024-08-15", "name": "Moved", "moved from": "2024-08-14"}],
            "rules": [
                {"name": "Moved", "on": "08-14", "moves": "next working day", "source": "decree"},
                {"name": "Friday", "on": {"easter": "orthodox", "offset": -2}, "verified": True},
                {
                    "name": {"ar": "عيد"},
                    "on": {"weekday": "monday", "nth": -1, "month": 5},
                    "valid": {"from": "2024-01-01", "to": "2025-01-01"},
                    "moves": {"when": ["monday"], "to": "nearest weekday"},
                },
            ],
            "working": [{"date": "2024-06-01", "name": "Made up", "source": "x", "verified": True}],
        },
    },
    "charter": {
        "whole": load(ROOT / "tests/fuzz/corpus/fuzz_charter/whole.json"),
        **{path.stem: load(path) for path in sorted((PACKS / "charters").glob("*.json"))},
    },
}

# What takes the place of each value in turn.
VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 2, 1.5, 1000.0, 10**9, 10**9 + 1, 10**20),
    *("", " ", "\u00a0", "x", "2/5", "7/5", "0.4", "-1/2", "1/0", "quota", "agreed", "overlap"),
    *("2019-01-01", "2019-02-30", "0000-01-01", "2019-1-1", "exactly one", "monday"),
    *([], ["x"], ["x", "x"], ["x", " x"], [1], {}, {"x": 1}, {"en": "x"}, {"en": ""}, {"de": "x"}),
    *({"min": 1}, {"max": 0}, {"min": "1/3"}, {"min": "2/3", "max": "1/3"}),
    *({"attribute": "side", "value": "public"}, {"attribute": "side"}),
    *("02-30", "12-31", "next monday", "western", ["monday"], {"easter": "western", "offset": 1}),
    *({"weekday": "friday", "nth": 5, "month": 1}, {"when": ["friday"], "to": "next monday"}),
    *("5 days", "0 weeks", "03-31 of the next year", "met", "every row", "refusal", "urgent"),
    *({"feel": "1"}, {"breach of": "answer"}, [["plan", "inform"]], {"type": "date"}),
)
MEMBERS = ("min", "max", "share", "value", "values", "within", "counting", "from", "to", "members")

# The rules that each schema's description leaves to the reader, as the reader words them.
BEYOND = {
    "criteria": {
        "undeclared attribute": r"the attribute `.*` is not among those declared",
        "undeclared value": r"`.*` is not among the values of `.*`",
        "nothing to list": r"this needs values: the attribute `.*` declares none",
        "out of order": r"min \d+ is above max \d+|the least share `.*` is above the most",
        "above one": r"expected a share from 0 to 1",
        "more than there are": r"min \d+ is above the \d+ values that there are",
        "ends first": r"this ends on or before the day on which it begins",
        "criteria of one name": r"two criteria are `.*`",
        "twice when trimmed": r"`.*` is listed twice",
        "too many": r"this needs \d+ members, but the committee has at most \d+",
        "a fraction's form": r"expected a count from 0 to 1000000000",
        "the wrong way": r"the flexible (min \d+ is above the min|max \d+ is below the max), \d+",
        "an expression": r"/rules/\d+/expression: ",
    },
    "calendar": {
        "out of order": r"expected `from` before `to`",
        "outside": r"expected a day from `.*` to before `.*`, which is the calendar's range",
        "of one name": r"there are two holidays of this name on `.*`",
        "a weekend too early": r"expected weekends in the order of their days",
        "a weekend too late": r"the weekend before `.*` is not said",
        "moved from nowhere": r"no rule makes a holiday of this name on `.*`",
        "given twice": r"`.*` is given twice",
        "worked anyway": r"`.*` is a working day anyway",
        "worked holiday": r"`.*` is one of the days of `working`",
    },
    # By the place, too, where other readers say what is wrong: of types, of FEEL, of cases.
    "charter": {
        "another calendar": r"there is no calendar `.*`",
        "a calendar's own": r"/calendar/",
        "a type": r"/kinds/\w+/facts/",
        "an expression": r"/(kinds/dialogue/dated by|norms/\d+/(applies|require(/that|/by)?"
        r"|unless/(when|reason)|deadline/(after|within/feel|done|extension/(when|reason|told))"
        r"|notice/(before|done)|duration/(from|to|at least/feel)|recurrence/(of|from|to)"
        r"|coverage/(of|by))): ",
        "a case": r"/norms/\d+/tests/\d+/case",
        "nobody": r"there is no (party|principle|kind of case|norm|window|row|column) `.*`",
        "no such fact": r"the fact `.*` is not declared",
        "no such member": r"the contexts have no member `.*`",
        "white space around it": r"expected an id without white space around it",
        "too short": r"expected a period of at least 1, not `.*`",
        "no day off": r"(working days|days off) need the charter's `calendar`",
        "no day of every year": r"`.*` is no day of any year|expected a day that every year has",
        "ends first": r"this ends on or before the day on which it begins",
        "together": r"two versions of `.*` are in force together",
        "of another kind": r"another version of `.*` \(line \d+\)|the norm `.*` is about",
        "in a circle": r"a cycle of ",
        "clash": r"`.*` and `.*` \(line \d+\) (require|oblige)",
        "given twice": r"the value `.*` is given twice|this (cell )?is (given|named) twice"
        r"|this grows already",
    },
}


def paths(document: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    if isinstance(document, dict | list):
        keys = document if isinstance(document, dict) else range(len(document))
        for key in keys:
            yield from paths(document[key], (*path, key))


def mutants(document: Any) -> Iterator[Any]:
    """The document with one thing in it missing, replaced, renamed, given twice or too many."""

    def changed(path: tuple[str | int, ...], change: Callable[[Any, Any], object]) -> Any:
        mutant = copy.deepcopy(document)
        parent = mutant
        for key in path[:-1]:
            parent = parent[key]
        change(parent, path[-1])
        return mutant

    for path in paths(document):
        if not path:
            continue
        yield changed(path, lambda parent, key: parent.pop(key))
        if isinstance(path[-1], str):
            yield changed(path, lambda parent, key: parent.update({key + "s": parent.pop(key)}))
        else:
            yield changed(path, lambda parent, key: parent.append(copy.deepcopy(parent[key])))
        for value in VALUES:
            yield changed(path, lambda parent, key, value=value: parent.__setitem__(key, value))
    objects = [path for path in paths(document) if isinstance(follow(document, path), dict)]
    for path in objects:
        for name in MEMBERS:
            for value in (1, "2019-06-01", ["x"], {"min": "1/3"}):
                yield changed(
                    (*path, name), lambda parent, key, value=value: parent.setdefault(key, value)
                )


def follow(document: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        document = document[key]
    return document


def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(
        SCHEMAS[name], format_checker=jsonschema.FormatChecker(["date"])
    )


def test_the_schemas_are_schemas():
    for schema in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    assert json.loads(partnership.criteria_schema()) == SCHEMAS["criteria"]
    assert json.loads(partnership.charter.charter_schema()) == SCHEMAS["charter"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_schema_and_reader_accept_what_ships(name):
    for document in DOCUMENTS[name].values():
        validator(name).validate(document)
        READERS[name](document)


@pytest.mark.parametrize(
    ("name", "document", "every"),
    [
        ("criteria", "shipped", 13),
        ("calendar", "with sources", 1),
        ("calendar", "with rules", 5),
        ("charter", "whole", 41),
    ],
)
def test_schema_and_reader_agree_on_changed_documents(name, document, every):
    check = validator(name)
    counts: Counter[str] = Counter()
    for number, mutant in enumerate(mutants(DOCUMENTS[name][document])):
        if number % every:  # jsonschema takes a while
            continue
        try:
            READERS[name](mutant)
            complaints = []
        except partnership.InvalidDocumentError as error:
            complaints = [(problem.message, problem.pointer) for problem in error.problems]
        if not check.is_valid(mutant):
            assert complaints, (next(iter(check.iter_errors(mutant))).message, json.dumps(mutant))
            counts["refused by both"] += 1
            continue
        if not complaints:
            counts["accepted by both"] += 1
        for message, pointer in complaints:
            rules = [
                rule
                for rule, text in BEYOND[name].items()
                if re.match(text, f"{pointer}: {message}" if text.startswith("/") else message)
            ]
            assert rules, (message, pointer, json.dumps(mutant))
            counts.update(rules)
    assert counts["refused by both"] > 200
    assert counts["accepted by both"] > 50
