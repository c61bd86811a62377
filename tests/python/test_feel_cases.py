# SPDX-License-Identifier: Apache-2.0
"""FEEL over many cases: DataFrames, tables, Arrow, JSON, dictionaries."""

from __future__ import annotations

import datetime
import json
import zoneinfo
from decimal import Decimal

import partnership
import pytest
from partnership import feel

SCHEMA = {
    "day": "date",
    "votes": "number",
    "side": "string",
    "open": "boolean?",
    "members": [{"name": "string", "present": "boolean"}],
}
RULES = {
    "late": 'day > @"2026-01-31"',
    "enough": "votes >= 2.5",
    "public": 'side = "public" and open != true',
    "quorum": "count(members[present = true]) >= 2",
}
ROWS = [
    {
        "day": datetime.date(2026, 1, 1),
        "votes": 2,
        "side": "public",
        "open": None,
        "members": [{"name": "a", "present": True}, {"name": "b", "present": True}],
    },
    {
        "day": datetime.date(2026, 2, 1),
        "votes": Decimal("2.5"),
        "side": "civil society",
        "open": True,
        "members": [{"name": "a", "present": True}],
    },
    {"day": None, "votes": 3, "side": "public", "open": False, "members": []},
]
FLAT = [{name: row[name] for name in ("day", "votes", "side", "open")} for row in ROWS]


@pytest.fixture(scope="module")
def rules():
    return feel.compile(RULES, SCHEMA, strict=True)


def expected(rules, rows):
    return [tuple(rules.decide(row).values()) for row in rows]


def test_rows_are_decided_as_each_alone(rules):
    table = rules.decide_all(ROWS)
    assert table.names == rules.names
    assert list(table) == expected(rules, ROWS)
    assert table[0] == (False, False, True, True)
    assert table[2][0] is None
    assert list(rules.decide_all(ROWS, threads=3)) == list(table)


def test_json_comes_as_an_array_or_as_lines(rules):
    written = [
        json.dumps(row, default=lambda v: float(v) if isinstance(v, Decimal) else str(v))
        for row in ROWS
    ]
    want = expected(rules, ROWS)
    assert list(rules.decide_all("[" + ",".join(written) + "]")) == want
    assert list(rules.decide_all("\n".join(written).encode())) == want


def test_cases_may_be_asked_often(rules):
    cases = rules.cases(ROWS)
    assert len(cases) == 3
    assert rules.cases(cases) is cases
    assert repr(cases) == "<partnership.feel.Cases: 3>"
    answers = rules.evaluate_all("enough", cases)
    assert answers.to_pydict() == {
        "value": ["false", "true", "true"],
        "kind": ["boolean"] * 3,
        "warnings": [0, 0, 0],
    }
    late = rules.evaluate_all("late", cases).to_pydict()
    assert late["value"][2] is None
    assert late["warnings"][2] == 1


def test_a_data_frame_of_scalars(rules):
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(
        {
            "day": pd.to_datetime(["2026-01-01", "2026-02-01", None]),
            "votes": [2, 2.5, 3],
            "side": ["public", "civil society", "public"],
            "open": pd.array([None, True, False], dtype="boolean"),
        }
    )
    table = rules.decide_all(frame)
    assert table[0][:3] == (False, False, True)
    assert list(table) == expected(rules, FLAT)
    assert table.to_pandas()["enough"].tolist() == [False, True, True]


def test_a_data_frame_with_lists(rules):
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(ROWS)
    frame["day"] = pd.to_datetime(frame["day"])
    assert list(rules.decide_all(frame)) == expected(rules, ROWS)


def test_a_data_frame_of_moments():
    pd = pytest.importorskip("pandas")
    rules = feel.compile({"a": 'at >= @"2026-01-01T12:00:00"'}, {"at": "date and time"})
    frame = pd.DataFrame({"at": pd.to_datetime(["2026-01-01 11:59", "2026-01-01 12:00", None])})
    assert list(rules.decide_all(frame)) == [(False,), (True,), (None,)]


def test_a_table_and_arrow(rules):
    table = partnership.Table.from_rows([{**row, "votes": float(row["votes"])} for row in FLAT])
    assert list(rules.decide_all(table)) == expected(rules, FLAT)

    class Stream:
        def __arrow_c_stream__(self, requested_schema=None):
            return table.__arrow_c_stream__()

    assert list(rules.decide_all(Stream())) == expected(rules, FLAT)


def test_arrow_with_lists_and_structs(rules):
    pa = pytest.importorskip("pyarrow")
    member = pa.struct([("name", pa.string()), ("present", pa.bool_())])
    types = pa.schema(
        [
            ("day", pa.timestamp("ns")),
            ("votes", pa.decimal128(10, 2)),
            ("side", pa.dictionary(pa.int8(), pa.string())),
            ("open", pa.bool_()),
            ("members", pa.large_list(member)),
        ]
    )
    midnight = datetime.time()
    rows = [
        {**row, "day": row["day"] and datetime.datetime.combine(row["day"], midnight)}
        for row in ROWS
    ]
    table = pa.Table.from_pylist(rows, schema=types)
    assert list(rules.decide_all(table)) == expected(rules, ROWS)
    sliced = pa.concat_tables([table.slice(1), table.slice(0, 1)])
    assert list(rules.decide_all(sliced)) == expected(rules, [*ROWS[1:], ROWS[0]])
    assert len(rules.decide_all(table.slice(0, 0))) == 0


def test_arrow_keeps_every_kind():
    pa = pytest.importorskip("pyarrow")
    names = {"at": "date and time", "t": "time", "d": "days and time duration", "l": "Any"}
    rules = feel.compile({name: name for name in names}, names)
    beirut = zoneinfo.ZoneInfo("Asia/Beirut")
    row = {
        "at": datetime.datetime(2026, 7, 1, 10, tzinfo=beirut),
        "t": datetime.time(10, 30, 0, 5),
        "d": datetime.timedelta(days=-1, microseconds=3),
        "l": [[1, None], None, []],
    }
    types = pa.schema(
        [
            ("at", pa.timestamp("us", "Asia/Beirut")),
            ("t", pa.time64("us")),
            ("d", pa.duration("us")),
            ("l", pa.list_(pa.list_(pa.int8()))),
        ]
    )
    cases = rules.cases(pa.Table.from_pylist([row], schema=types))
    for name, want in row.items():
        text = rules.evaluate_all(name, cases).to_pydict()["value"][0]
        assert text == str(rules.evaluate(name, {name: want}))


def test_columns_that_do_not_fit_are_refused(rules):
    with pytest.raises(partnership.ArgumentError, match="vots"):
        rules.cases(partnership.Table.from_rows([{"vots": 1}]))
    with pytest.raises(partnership.ArgumentError, match="nearest is `votes`"):
        rules.cases([{"vots": 1}])
    with pytest.raises(partnership.InvalidDocumentError) as caught:
        rules.cases('[{"votes": 1}, {"vots": 1}]')
    assert caught.value.pointer == "/1/vots"
    for wrong in (1, {"votes": 1}, [1], None):
        with pytest.raises(TypeError):
            rules.cases(wrong)


def test_columns_need_a_schema():
    with pytest.raises(partnership.StateError, match="schema"):
        feel.compile({"a": "b"}).cases([{"b": 1}])


def test_no_cases(rules):
    assert len(rules.decide_all([])) == 0
    assert len(rules.decide_all("[]")) == 0
