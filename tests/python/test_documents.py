# SPDX-License-Identifier: Apache-2.0
"""Calendars, criteria, nominees, checks: answers, wrong arguments, pickles."""

from __future__ import annotations

import copy
import datetime
import hashlib
import json
import pickle
import threading

import jsonschema
import partnership
import pytest
from conftest import CALENDAR, CRITERIA, NOMINEES
from partnership import Calendar, Criteria, Nominees, Outcome

# ---- what counts as a document


@pytest.mark.parametrize("kind", ["dict", "str", "bytes", "bytearray", "memoryview", "path"])
def test_documents_come_in_many_forms(kind, tmp_path):
    text = json.dumps(CALENDAR, ensure_ascii=False)
    path = tmp_path / "calendar.json"
    path.write_text(text, encoding="utf-8")
    forms = {
        "dict": CALENDAR,
        "str": text,
        "bytes": text.encode(),
        "bytearray": bytearray(text.encode()),
        "memoryview": memoryview(text.encode()),
        "path": path,
    }
    assert Calendar(forms[kind]).holidays().to_pylist() == Calendar(CALENDAR).holidays().to_pylist()


def test_wrong_documents(tmp_path):
    for bad in (None, 5, 0.5, {1, 2}, object):
        with pytest.raises(TypeError):
            Calendar(bad)
    with pytest.raises(partnership.MalformedError):
        Calendar("")
    with pytest.raises(partnership.MalformedError):
        Calendar(b'{"\xff": 1}')
    with pytest.raises(partnership.MalformedError):
        Calendar('"\ud800"')
    with pytest.raises(partnership.InvalidDocumentError):
        Calendar([])
    with pytest.raises(partnership.ArgumentError):
        Calendar({"n": float("nan")})
    with pytest.raises(FileNotFoundError):
        Calendar(tmp_path / "none.json")


# ---- calendars


@pytest.fixture
def calendar():
    return Calendar(CALENDAR)


def naive_working_day(day):
    return day.weekday() < 5 and day != datetime.date(2024, 5, 1)


def test_calendar_agrees_with_a_naive_count(calendar):
    start = datetime.date(2024, 1, 1)
    days = [start + datetime.timedelta(n) for n in range(366)]
    working = [naive_working_day(day) for day in days]
    assert [calendar.is_working_day(day) for day in days] == working
    for a in range(0, 366, 29):
        for b in range(a, 366, 31):
            assert calendar.working_days_between(days[a], days[b]) == sum(working[a:b])
            assert calendar.working_days_between(days[b], days[a]) == -sum(working[a:b])
    later = [day for day in days[100:] if naive_working_day(day) and day > days[100]]
    for n in range(1, 40):
        assert calendar.add_working_days(days[100], n) == later[n - 1]
    assert calendar.add_working_days("2024-05-01", 0) == datetime.date(2024, 5, 1)
    assert calendar.add_working_days("2024-05-02", -1) == datetime.date(2024, 4, 30)


def test_calendar_arguments(calendar):
    with pytest.raises(partnership.ArgumentError):
        calendar.is_working_day(datetime.date(2030, 1, 1))
    with pytest.raises(partnership.MalformedError):
        calendar.is_working_day("2024-02-30")
    for bad in (None, 5, datetime.datetime(2024, 1, 1), b"2024-01-01"):
        with pytest.raises(TypeError):
            calendar.is_working_day(bad)
        with pytest.raises(TypeError):
            calendar.working_days_between("2024-01-01", bad)
    for bad in (0.5, "1", None, True):
        with pytest.raises(TypeError):
            calendar.add_working_days("2024-01-01", bad)
    for n in (1 << 40, 1 << 80, 400):
        with pytest.raises(partnership.ArgumentError):
            calendar.add_working_days("2024-01-01", n)


def test_calendar_holidays(calendar):
    assert calendar.holidays().to_pylist() == [
        {
            "date": datetime.date(2024, 5, 1),
            "name_ar": "عيد العمل",
            "name_en": "Labour Day",
            "name_fr": None,
            "source": "",
            "verified": True,
            "moved_from": None,
        }
    ]
    assert repr(calendar) == "<partnership.Calendar: 1 holiday>"


# ---- committees


@pytest.fixture
def criteria():
    return Criteria(CRITERIA)


@pytest.fixture
def nominees():
    return Nominees(NOMINEES)


def test_schema_accepts_the_document(criteria):
    schema = json.loads(partnership.criteria_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(CRITERIA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate({})


def test_criteria_table_and_hash(criteria):
    assert [row["criterion"] for row in criteria.table().to_pylist()] == ["size", "civil"]
    canonical = partnership.canonical_json(CRITERIA).encode()
    assert criteria.hash == hashlib.sha256(canonical).hexdigest()
    assert repr(criteria).startswith("<partnership.Criteria: 2 criteria, hash ")


def test_criteria_report_every_problem():
    wrong = json.dumps({**CRITERIA, "size": -1, "extra": 1}, indent=1)
    with pytest.raises(partnership.InvalidDocumentError) as caught:
        Criteria(wrong)
    assert {"/size", "/extra"} <= {problem.pointer for problem in caught.value.problems}
    assert all(problem.line for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("members", "outcome"),
    [
        (["a", "b"], Outcome.MET),
        (["a", "c"], Outcome.NOT_MET),
        (["a", "d"], Outcome.UNDETERMINED),
        ([], Outcome.NOT_MET),
        (None, Outcome.NOT_MET),
        (iter(["a", "b"]), Outcome.MET),
    ],
)
def test_outcomes(criteria, nominees, members, outcome):
    check = criteria.check(nominees, members)
    assert check.outcome is outcome
    assert outcome.name.lower().replace("_", " ") in repr(check)


def test_a_check_tells_why(criteria, nominees):
    check = criteria.check(nominees, ["a", "c"])
    rows = {row["criterion"]: row for row in check.criteria().to_pylist()}
    assert rows["size"]["outcome"] == "met"
    assert rows["civil"]["outcome"] == "not met"
    assert (rows["civil"]["count"], rows["civil"]["least"]) == (0, 1)
    assert check.unmet().to_pylist() == [{"set": 1, "criterion": "civil"}]
    labels = {
        language: str(check.criteria(language)["reason"][1]) for language in ("ar", "en", "fr")
    }
    assert len(set(labels.values())) == 3
    assert check.criteria(partnership.Language.FR) == check.criteria("fr") == check.criteria("FR")
    counts = criteria.check(nominees, ["a", "b"]).counts().to_pylist()
    assert {
        "criterion": "civil",
        "member": "b",
        "value": "civil society",
        "certain": True,
    } in counts
    assert "civil" in check._repr_html_()


def test_a_check_on_a_day(criteria, nominees):
    before = criteria.check(nominees, ["a", "c"], on=datetime.date(2019, 12, 31))
    assert before.outcome is Outcome.MET
    assert criteria.check(nominees, ["a", "c"], on="2020-01-01").outcome is Outcome.NOT_MET
    outcomes = before.criteria()["outcome"].tolist()
    assert outcomes == ["met", "not applicable"]


def test_a_check_is_neither_true_nor_false(criteria, nominees):
    with pytest.raises(TypeError, match="outcome"):
        bool(criteria.check(nominees, ["a", "b"]))


def test_check_arguments(criteria, nominees):
    with pytest.raises(partnership.NotFoundError) as caught:
        criteria.check(nominees, ["a", "x"])
    assert "`x`" in str(caught.value)
    with pytest.raises(partnership.ArgumentError):
        criteria.check(nominees, ["a", "a"])
    with pytest.raises(partnership.ArgumentError):
        criteria.check(nominees, ["a\0"])
    with pytest.raises(partnership.MalformedError):
        criteria.check(nominees, ["\ud800"])
    for bad in ("ab", b"ab", [1], 5):
        with pytest.raises(TypeError):
            criteria.check(nominees, bad)
    for bad in (None, NOMINEES, criteria):
        with pytest.raises(TypeError):
            criteria.check(bad)
    with pytest.raises(TypeError):
        criteria.check(nominees, on=5)
    check = criteria.check(nominees)
    for bad in ("de", 3, -1):
        with pytest.raises(partnership.ArgumentError):
            check.criteria(bad)
    for bad in (None, 0.5, True):
        with pytest.raises(TypeError):
            check.criteria(bad)
    with pytest.raises(TypeError):
        partnership.Check(None, ())


def test_nominees():
    assert len(Nominees(NOMINEES)) == 4
    assert repr(Nominees(NOMINEES)) == "<partnership.Nominees: 4>"
    assert Nominees(NOMINEES).table.names == ("id", "side")
    named = Nominees([{"name": "a", "issues": "x|y"}], id_column="name", separator="|")
    assert len(named) == 1
    csv = partnership.Table.from_csv("id,side\na,public\n")
    assert len(Nominees(csv)) == 1
    with pytest.raises(partnership.InvalidDocumentError) as caught:
        Nominees([{"id": "a"}, {"id": "a"}, {"id": ""}, {"id": None}])
    assert len(caught.value.problems) == 3
    with pytest.raises(partnership.PartnershipError):
        Nominees([{"name": "a"}])
    for bad in (None, 5, "id\na\n", {"id": "a"}):
        with pytest.raises(TypeError):
            Nominees(bad)
    with pytest.raises(partnership.ArgumentError):
        Nominees(NOMINEES, id_column=5)


# ---- what all of them share


@pytest.mark.parametrize(
    "again", [lambda d: pickle.loads(pickle.dumps(d)), copy.copy, copy.deepcopy]
)
def test_they_survive_pickling(calendar, criteria, nominees, again):
    assert again(calendar).holidays() == calendar.holidays()
    assert again(criteria).hash == criteria.hash
    assert again(nominees).table == nominees.table
    named = again(Nominees([{"name": "a"}], id_column="name"))
    assert len(named) == 1
    check = criteria.check(nominees, ["a", "c"], on="2021-01-01")
    back = again(check)
    assert back.outcome is check.outcome
    assert back.criteria("ar") == check.criteria("ar")


def test_threads_share_them(criteria, nominees, calendar):
    failures = []

    def use():
        for _ in range(50):
            if criteria.check(nominees, ["a", "b"]).outcome is not Outcome.MET:
                failures.append("check")
            if not calendar.is_working_day("2024-05-02"):
                failures.append("calendar")

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
