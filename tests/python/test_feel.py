# SPDX-License-Identifier: Apache-2.0
"""FEEL: compiling, evaluating, values both ways, explanations."""

from __future__ import annotations

import datetime
import html
import json
import math
import pickle
import re
import threading
import zoneinfo
from decimal import Decimal

import numpy as np
import partnership
import pytest
from conftest import CALENDAR
from partnership import feel

RULES = {"notice": 'meeting - invitation >= duration("P10D")', "open": "closed != true"}
SCHEMA = {"meeting": "date", "invitation": "date", "closed": "boolean?"}
LATE = {"meeting": "2026-03-05", "invitation": "2026-03-01", "closed": False}
EARLY = {"meeting": datetime.date(2026, 3, 20), "invitation": datetime.date(2026, 3, 1)}


def value(expression, case=None, **more):
    return feel.evaluate(expression, case, **more).value


# ---- compiling


def test_a_set_has_names_and_a_table():
    rules = feel.compile(RULES, SCHEMA, strict=True)
    assert rules.names == ("notice", "open")
    assert len(rules) == 2
    assert "notice" in rules
    assert list(rules) == ["notice", "open"]
    table = rules.table.to_pydict()
    assert table["feel"] == list(RULES.values())
    assert table["type"] == ["boolean", "boolean"]
    assert table["columns"] == [True, True]
    assert min(table["memory"]) > 0


def test_everything_that_is_wrong_is_reported_with_its_place():
    with pytest.raises(partnership.InvalidDocumentError) as caught:
        feel.compile({"a": "1 +", "b/c": {"feel": "\n meting"}}, {"meeting": "date"}, strict=True)
    first, second = caught.value.problems
    assert (first.pointer, first.offset, first.line, first.column) == ("/a", 3, 1, 4)
    assert (second.pointer, second.offset, second.line, second.column) == ("/b~1c/feel", 2, 2, 2)
    assert caught.value.details["nearest"] == "meeting"


def test_what_is_wrong_with_a_schema_says_so():
    with pytest.raises(partnership.InvalidDocumentError) as caught:
        feel.compile({"a": "1"}, {"x": "nmber"})
    assert caught.value.pointer == "/x"
    assert caught.value.details["document"] == "schema"
    with pytest.raises(partnership.ArgumentError, match="schema"):
        feel.compile({"a": "1"}, strict=True)
    assert feel.compile({"a": "x"}, {"x": "tUndefined"}, unknown_types=True).names == ("a",)


@pytest.mark.parametrize(
    "expressions",
    ["[]", '{"a": 1}', '{"a": {}}', '{"a": {"feel": 1}}', '{"a": {"feel": "1", "x": 2}}'],
)
def test_documents_that_are_no_expressions(expressions):
    with pytest.raises(partnership.InvalidDocumentError):
        feel.compile(expressions)


def test_no_json_is_malformed():
    with pytest.raises(partnership.MalformedError):
        feel.compile("{")


def test_diagnoses_are_a_table():
    found = feel.diagnose({"good": "1", "bad": "1 + foo bar"}, {"foo": "number"}, strict=True)
    assert found["expression"].tolist() == ["bad"]
    row = found.to_pylist()[0]
    assert row["severity"] == "error"
    assert row["line"] == 1
    assert len(feel.diagnose({"good": "1"})) == 0


def test_the_functions_are_listed():
    functions = feel.functions().to_pydict()
    assert "working days between" in functions["function"]
    assert any(s.startswith("substring(") for s in functions["signature"])


def test_unary_tests_and_declared_types():
    rules = feel.compile(
        {
            "test": {"feel": "[1..3], > 10", "unary tests": True},
            "typed": {"feel": '"x"', "type": "number"},
        }
    )
    assert rules.evaluate("test", {"?": 2}).value is True
    assert rules.evaluate("test", {"?": 5}).value is False
    answer = rules.evaluate("typed")
    assert answer.value is None
    assert answer.warnings[0].kind == "not conforming"


# ---- answers


def test_decide_gives_true_false_or_none():
    rules = feel.compile(RULES, SCHEMA, strict=True)
    assert rules.decide(LATE) == {"notice": False, "open": True}
    assert rules.decide(EARLY) == {"notice": True, "open": True}
    assert rules.decide({"closed": True}) == {"notice": None, "open": False}
    assert rules.decide('{"meeting": "2026-03-20", "invitation": "2026-03-01"}')["notice"] is True


def test_a_prepared_case_may_be_asked_often():
    rules = feel.compile(RULES, SCHEMA)
    case = rules.case(LATE)
    assert rules.case(case) is case
    assert rules.decide(case) == rules.decide(case)
    assert case.to_dict()["meeting"] == datetime.date(2026, 3, 5)
    with pytest.raises(partnership.ArgumentError, match="another set"):
        feel.compile(RULES, SCHEMA).decide(case)


def test_without_a_schema_a_case_is_a_plain_value():
    plain = feel.compile({"a": "b + 1", "c": "d"})
    assert plain.decide({"b": 1, "d": True}) == {"a": None, "c": True}
    assert plain.evaluate("a", {"b": Decimal("1.5")}).value == Decimal("2.5")
    assert plain.case('{"b": "2026-01-01"}').to_dict() == {"b": "2026-01-01"}
    with pytest.raises(partnership.InvalidDocumentError):
        plain.case("[1]")


def test_the_names_of_a_case_are_known_to_one_expression():
    case = {"a-b": 5, "a": 3, "b": 1, "date": 7, "f": value("function(x) x + 1")}
    assert value("[a-b, a - b, (a)-b, date, f(1)]", case) == [5, 5, 2, 7, 2]
    assert value("a-b + date", json.dumps({"a-b": 5, "date": 7})) == 12


def test_warnings_say_why():
    answer = feel.evaluate("a.b + 1", {"a": {"c": 1}})
    assert answer.value is None
    assert answer.kind == "null"
    assert [w.kind for w in answer.warnings] == ["unknown member", "null operand"]
    assert answer.warnings[0].offset == 0
    assert answer.warnings[0].length == 3
    assert str(answer.warnings[0]).startswith("(line 1, column 1): ")
    assert "2 warnings" in repr(answer)


def test_the_day_and_the_instant_are_those_of_the_call():
    assert value("today()") is None
    assert value("now()") is None
    day = datetime.date(2026, 2, 3)
    assert value("today()", today=day) == day
    assert value("today()", today="2026-02-03") == day
    assert value("now()", today=day) is None
    at = datetime.datetime(2026, 2, 3, 1, 30, tzinfo=zoneinfo.ZoneInfo("Asia/Beirut"))
    assert value("now()", now=at) == at
    assert value("today()", now=at) == datetime.date(2026, 2, 2)  # in UTC
    assert value("[today(), now()]", now=at, today=day) == [day, at]
    assert value("now()", now="2026-02-03T01:30:00Z").hour == 1
    with pytest.raises(partnership.ArgumentError, match="time zone"):
        value("now()", now=datetime.datetime(2026, 2, 3))
    with pytest.raises(partnership.ArgumentError, match="instant"):
        value("now()", now="2026-02-03")


def test_working_days_go_by_the_calendar():
    calendar = partnership.Calendar(CALENDAR)
    expression = 'working days between(@"2024-04-29", @"2024-05-06")'
    assert value(expression, calendar=calendar) == 4
    assert value(expression) is None
    with pytest.raises(TypeError):
        value(expression, calendar="lb")


def test_budgets_end_in_null():
    answer = feel.evaluate("sum(for i in 1..100000 return i)", max_steps=1000)
    assert answer.value is None
    assert answer.warnings[-1].kind == "budget"
    with pytest.raises(partnership.ArgumentError, match=r"`max_stepps`.*`max_steps`"):
        feel.evaluate("1", max_stepps=1000)


def test_a_value_of_no_practical_size_is_an_error():
    doubling = ", ".join(f"v{i}: [v{i - 1}, v{i - 1}]" for i in range(1, 60))
    with pytest.raises(partnership.LimitError):
        feel.evaluate("{v0: [1], " + doubling + "}.v59", max_memory=1 << 20)
    rules = feel.compile({"a": "{v0: [1], " + doubling + "}.v59"}, {"x": "number"})
    assert rules.decide({}) == {"a": None}


def test_names_that_there_are_not():
    rules = feel.compile(RULES, SCHEMA)
    with pytest.raises(partnership.NotFoundError, match="notice"):
        rules.evaluate("notise", LATE)
    with pytest.raises(partnership.ArgumentError, match="nearest is `meeting`"):
        rules.case({"meting": "2026-01-01"})


# ---- values


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("null", None),
        ("true", True),
        ("1 + 2", 3),
        ("1.50", Decimal("1.5")),
        ("10 ** 30", 10**30),
        ("10 ** 40", Decimal("1e40")),
        ('"أ" + "b"', "أb"),
        ('@"2026-01-05"', datetime.date(2026, 1, 5)),
        ('@"12:30:00.25"', datetime.time(12, 30, 0, 250_000)),
        ('@"12:30:00Z"', datetime.time(12, 30, tzinfo=datetime.UTC)),
        ('@"2026-01-05T10:00:00"', datetime.datetime(2026, 1, 5, 10)),
        ('@"P1DT2H"', datetime.timedelta(days=1, hours=2)),
        ('-@"PT0.5S"', -datetime.timedelta(seconds=0.5)),
        ('@"P1Y2M"', feel.YearsMonths(years=1, months=2)),
        ("[1, [null]]", [1, [None]]),
        ('{a: 1, "b c": {}}', {"a": 1, "b c": {}}),
        ("[1..3)", feel.Range(1, 3, True, False)),
        ("(< 10)", feel.Range(None, 10, False, False, "test")),
    ],
)
def test_values_are_python_objects_and_back(expression, expected):
    got = value(expression)
    assert got == expected
    assert type(got) is type(expected)
    again = feel.evaluate("x", {"x": got})
    assert again.value == expected
    assert type(again.value) is type(expected)
    assert feel.equal(got, expected) is True
    assert again.feel == feel.evaluate(expression).feel
    assert pickle.loads(pickle.dumps(got)) == got


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("-99999-12-31", feel.FeelDate),
        ("12:30:00.000000001", feel.FeelTime),
        ("99999-01-01T00:00:00Z", feel.FeelDateTime),
        ("2026-01-05T10:00:00.000000001", feel.FeelDateTime),
        ("P9999999999D", feel.FeelDuration),
        ("PT0.000000001S", feel.FeelDuration),
    ],
)
def test_what_python_cannot_hold_keeps_its_text(text, kind):
    got = feel.temporal(text)
    assert type(got) is kind
    assert str(got) == text
    assert value("x", {"x": got}) == got
    assert feel.kind(got) == kind.kind
    assert pickle.loads(pickle.dumps(got)) == got
    assert hash(got) == hash(kind(text))
    assert got != feel.FeelDate("x")
    with pytest.raises(AttributeError):
        got.text = "x"


def test_zones_are_kept():
    beirut = zoneinfo.ZoneInfo("Asia/Beirut")
    at = datetime.datetime(2026, 7, 1, 10, tzinfo=beirut)
    got = value('@"2026-07-01T10:00:00@Asia/Beirut"')
    assert got == at
    assert got.tzinfo.key == "Asia/Beirut"
    assert feel.evaluate("x", {"x": at}).feel == '@"2026-07-01T10:00:00@Asia/Beirut"'
    offset = datetime.timezone(-datetime.timedelta(hours=3, minutes=30, seconds=15))
    late = datetime.time(23, 0, tzinfo=offset)
    assert feel.evaluate("x", {"x": late}).feel == '@"23:00:00-03:30:15"'
    # The second of two equal hours has a name only by its offset.
    second = datetime.datetime(2026, 10, 24, 23, 30, tzinfo=beirut, fold=1)
    assert feel.evaluate("x", {"x": second}).feel.endswith(':30:00+02:00"')


def test_numbers_of_all_kinds_come_in():
    case = {
        "int": 10**25,
        "float": 0.1,
        "numpy": np.float64(2.5),
        "numpy int": np.int32(7),
        "nan": math.nan,
        "array": np.array([1, 2]),
        "tuple": (1, "x"),
        "exact": Decimal("1e3"),
    }
    plain = feel.compile({"all": "[int, float, numpy, numpy int, nan, array, tuple, exact]"})
    assert plain.evaluate("all", case).value == [
        10**25,
        Decimal("0.1"),
        Decimal("2.5"),
        7,
        None,
        [1, 2],
        [1, "x"],
        1000,
    ]


@pytest.mark.parametrize("bad", [object(), {1: 2}, {"a": {1, 2}}, b"x", [[1j]]])
def test_other_objects_are_refused(bad):
    with pytest.raises(TypeError):
        value("x", {"x": bad})


def test_values_that_no_number_or_text_can_be():
    with pytest.raises(partnership.MalformedError):
        value("x", {"x": math.inf})
    with pytest.raises(partnership.MalformedError):
        value("x", {"x": Decimal("NaN")})
    with pytest.raises(partnership.MalformedError):
        feel.temporal("no time")
    with pytest.raises(partnership.ArgumentError):
        feel.YearsMonths("P1D")
    with pytest.raises(partnership.StateError):
        value("x", {"x": feel.Range(None, None)})
    with pytest.raises(UnicodeEncodeError):
        value("x", {"x": "\ud800"})
    endless: list = []
    endless.append(endless)
    with pytest.raises(partnership.LimitError):
        value("x", {"x": endless})


def test_functions_are_handed_on_but_not_called():
    made = value("{n: 3, f: function(x: number) if x < 1 then n else x * f(x - 1)}.f")
    assert isinstance(made, feel.Function)
    assert repr(made) == "<FEEL function>"
    assert value("g(4)", {"g": made}) == 72
    nested = value("[g, abs]", {"g": made})
    del made
    assert value("fs[1](2) + fs[2](-1)", {"fs": nested}) == 7
    with pytest.raises(TypeError):
        pickle.dumps(nested)


def test_years_and_months():
    assert str(feel.YearsMonths(years=-1, months=-2)) == "-P1Y2M"
    assert str(feel.YearsMonths()) == "P0M"
    assert feel.YearsMonths("P1Y").total_months == 12
    assert feel.YearsMonths("-P14M").total_months == -14


def test_equality_is_that_of_the_language():
    assert feel.equal(1, Decimal("1.0")) is True
    assert feel.equal(1, 2) is False
    assert feel.equal(1, "1") is None
    assert feel.equal(None, None) is True
    assert feel.kind([1]) == "list"
    assert feel.kind(datetime.datetime(2026, 1, 1)) == "date and time"


# ---- explanations


def test_an_explanation_has_every_part():
    rules = feel.compile(RULES, SCHEMA)
    explanation = rules.explain("notice", LATE)
    assert explanation.text == str(explanation)
    assert explanation.text.splitlines()[0].endswith("decides")
    tree = explanation.to_dict()
    assert tree["source"] == RULES["notice"]
    assert tree["value"] == "false"
    assert tree["decisive"] is True
    assert tree["parts"][0]["source"] == "meeting - invitation"
    assert [row["part"] for row in explanation.decisive()] == [0]
    assert pickle.loads(pickle.dumps(explanation)) == explanation
    assert '"decisive":true' in explanation.to_json()
    assert len(explanation.table) == len(re.findall("\n", explanation.text))


def test_a_notebook_shows_a_tree():
    explanation = feel.compile({"a": 'x < 5 and "<b>" = y'}).explain("a", {"x": 1, "y": "<i>"})
    shown = explanation._repr_html_()
    assert shown.count("<div") == shown.count("</div>")
    assert shown.count("<details") == shown.count("</details>") >= 1
    assert "<b>" not in shown
    assert "<i>" not in shown
    assert html.escape('"<b>" = y') in shown
    assert shown.count("(decides)") == 1


def test_deep_expressions_are_explained_without_recursion():
    deep = feel.compile({"a": " + ".join(["x"] * 900)}).explain("a", {"x": 1})
    node, depth = deep.to_dict(), 0
    while node["parts"]:
        node, depth = node["parts"][0], depth + 1
    assert depth > 800
    assert deep._repr_html_().count("<details") > 800


# ---- what Python asks of objects


def test_sets_are_pickled_by_what_they_are_made_of():
    rules = feel.compile(RULES, SCHEMA, strict=True)
    again = pickle.loads(pickle.dumps(rules))
    assert again.names == rules.names
    assert again.decide(LATE) == rules.decide(LATE)
    assert "2 expressions" in repr(rules)
    with pytest.raises(TypeError):
        pickle.dumps(rules.case(LATE))


@pytest.mark.parametrize("kind", ["Case", "Cases", "Answer", "Function"])
def test_handles_are_not_made_by_hand(kind):
    with pytest.raises(TypeError):
        getattr(feel, kind)(*[None] * (2 if kind == "Answer" else 1))


def test_threads_share_a_set():
    rules = feel.compile({**RULES, "n": "sum(for i in 1..200 return i)"}, SCHEMA)
    cases = [rules.case(LATE), rules.case(EARLY)]
    wrong = []

    def work(which):
        for _ in range(200):
            if rules.decide(cases[which])["notice"] is not (which == 1):
                wrong.append(which)
            if rules.evaluate("n", cases[which]).value != 20100:
                wrong.append(which)
            if rules.explain("notice", cases[which]).to_dict()["value"] != ["false", "true"][which]:
                wrong.append(which)

    threads = [threading.Thread(target=work, args=(i % 2,)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_everything_public_has_a_docstring():
    for name in feel.__all__:
        thing = getattr(feel, name)
        assert thing.__doc__, name
        for member, content in vars(thing).items() if isinstance(thing, type) else ():
            if not member.startswith("_") and (callable(content) or isinstance(content, property)):
                assert content.__doc__, f"{name}.{member}"
