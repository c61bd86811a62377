# SPDX-License-Identifier: Apache-2.0
"""Tables: columns, rows, lifetimes, pickles, text forms."""

from __future__ import annotations

import copy
import datetime
import gc
import json
import pickle
import random
import threading
import weakref

import numpy as np
import partnership
import pytest
from partnership import ColumnType, Table

DAY = datetime.date(2018, 8, 27)


def test_shape(typed):
    assert len(typed) == 3
    assert typed.names == ("b", "i", "r", "d", "t", "bn", "in", "rn")
    assert typed.types["b"] is ColumnType.BOOL
    assert typed.types["i"] is ColumnType.INT64
    assert typed.types["rn"] is ColumnType.DOUBLE
    assert typed.types["d"] is ColumnType.DATE
    assert typed.types["t"] is ColumnType.TEXT
    assert typed
    assert not Table.from_rows([])


def test_rows_are_tuples_of_python_values(typed):
    assert list(typed) == [
        (True, 1, 0.5, DAY, "x", True, 1, 1.5),
        (False, 2, 1.5, DAY, "أ", None, None, None),
        (True, -3, 2.5, None, None, False, 7, -1.0),
    ]
    assert [type(cell) for cell in typed[0][:5]] == [bool, int, float, datetime.date, str]
    assert typed[-1] == typed[2]
    for bad in (3, -4, 1 << 40):
        with pytest.raises(IndexError):
            typed[bad]
    for bad in (0.5, None, (0, 1), True):
        with pytest.raises(TypeError):
            typed[bad]
    with pytest.raises(partnership.ArgumentError):
        typed[1 << 80]


def test_iteration_over_more_rows_than_a_chunk():
    rows = [{"n": n, "t": str(n)} for n in range(5000)]
    table = Table.from_rows(rows)
    assert [row[0] for row in table] == list(range(5000))
    assert table.to_pylist() == rows


def test_columns_without_nulls_are_read_only_views(typed):
    for name, dtype in (("b", np.bool_), ("i", np.int64), ("r", np.float64)):
        column = typed[name]
        assert type(column) is np.ndarray
        assert column.dtype == dtype
        assert not column.flags.writeable
        assert not column.flags.owndata
        assert np.shares_memory(column, typed[name])
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 0
        with pytest.raises(ValueError, match="WRITEABLE"):
            column.flags.writeable = True
    assert typed["i"].tolist() == [1, 2, -3]


def test_columns_with_nulls_are_masked_views(typed):
    column = typed["in"]
    assert isinstance(column, np.ma.MaskedArray)
    assert column.tolist() == [1, None, 7]
    assert column.sum() == 8
    assert np.shares_memory(column.data, typed["in"].data)
    with pytest.raises(ValueError, match="read-only"):
        column[0] = 5
    assert typed.nulls("in").tolist() == [False, True, False]
    assert typed.nulls("i").tolist() == [False] * 3
    assert typed["bn"].tolist() == [True, None, False]
    assert typed["rn"].tolist() == [1.5, None, -1.0]


def test_date_columns_are_days_with_nat(typed):
    column = typed["d"]
    assert column.dtype == np.dtype("datetime64[D]")
    assert column.tolist() == [DAY, DAY, None]
    assert np.isnat(column[2])
    assert not column.flags.writeable
    days = typed.days("d")
    assert days.dtype == np.int32
    assert days.tolist() == [17770, 17770, 0]
    assert not days.flags.owndata
    with pytest.raises(partnership.ArgumentError, match="no dates"):
        typed.days("i")


def test_text_columns_are_objects(typed):
    column = typed["t"]
    assert column.tolist() == ["x", "أ", None]
    assert not column.flags.writeable


def test_unknown_columns_are_named(typed):
    for call in (typed.column, typed.days, typed.nulls, typed.__getitem__):
        with pytest.raises(partnership.NotFoundError) as caught:
            call("x")
        assert "`x`" in str(caught.value)
        assert "`rn`" in str(caught.value)
        assert isinstance(caught.value, KeyError)
    with pytest.raises(partnership.NotFoundError, match="none"):
        Table.from_rows([])["x"]


def test_a_column_keeps_the_memory_alive():
    table = Table.from_rows([{"n": n, "d": DAY} for n in range(10000)])
    seen = weakref.ref(table)
    column, days = table["n"], table.days("d")
    rows = iter(table)
    first = next(rows)
    part = column[5:10]
    del table, rows
    gc.collect()
    assert seen() is None
    churn = [np.full(10000, 255, dtype=np.int64) for _ in range(50)]
    assert column.tolist() == list(range(10000))
    del column
    gc.collect()
    assert part.tolist() == [5, 6, 7, 8, 9]
    assert days[9999] == 17770
    assert first == (0, DAY)
    del churn


def test_iteration_outlives_the_name():
    rows = iter(Table.from_rows([{"n": n} for n in range(3000)]))
    gc.collect()
    assert sum(row[0] for row in rows) == 3000 * 2999 // 2


def test_empty_columns():
    table = Table.from_csv("a,b\n")
    assert len(table) == 0
    assert table.names == ("a", "b")
    assert table["a"].tolist() == []
    assert list(table) == []
    assert table == pickle.loads(pickle.dumps(table))
    empty = table._with_dates(["a"])
    assert empty["a"].dtype == np.dtype("datetime64[D]")
    assert empty.days("a").tolist() == []
    assert len(Table.from_rows([])) == 0


def test_from_rows_takes_what_python_has():
    table = Table.from_rows(
        [
            {"mixed": 1, "list": ["a", "b"], "nested": {"z": 1, "a": 2}, "np": np.int32(5)},
            {"mixed": "x", "late": 1.0, "list": None, "np": np.int64(6)},
        ]
    )
    assert table.names == ("mixed", "list", "nested", "np", "late")
    assert list(table) == [
        ("1", "a;b", '{"a":2,"z":1}', 5, None),
        ("x", None, None, 6, 1.0),
    ]
    # A column of dates and something else is text, as JSON has it.
    assert list(Table.from_rows([{"d": DAY}, {"d": "soon"}])) == [("2018-08-27",), ("soon",)]
    stamped = Table.from_rows([{"t": datetime.datetime(2020, 1, 1, 12, tzinfo=datetime.UTC)}])
    assert stamped[0] == ("2020-01-01T12:00:00Z",)


def test_dates_reach_the_ends_of_the_calendar():
    ends = [datetime.date.min, datetime.date.max, datetime.date(1969, 12, 31)]
    table = Table.from_rows([{"d": day} for day in ends])
    assert [row[0] for row in table] == ends
    assert table["d"].tolist() == ends
    assert table == pickle.loads(pickle.dumps(table))


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ([{"n": float("nan")}], partnership.ArgumentError),
        ([{"n": float("inf")}], partnership.ArgumentError),
        ([{"n": object()}], TypeError),
        ([{"n": datetime.datetime(2020, 1, 1)}], TypeError),
        ([{"n": "\ud800"}], partnership.MalformedError),
        ([1], TypeError),
        (5, TypeError),
        ([{"n": b"x"}], TypeError),
    ],
)
def test_from_rows_refuses(rows, error):
    with pytest.raises(error):
        Table.from_rows(rows)


def test_a_loop_is_no_document():
    row: dict[str, object] = {}
    row["n"] = row
    with pytest.raises(partnership.ArgumentError, match="JSON"):
        Table.from_rows([row])
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(partnership.ArgumentError, match="JSON"):
        Table.from_rows([{"n": deep}])


def test_json_and_csv():
    table = Table.from_json('[{"n": 1, "t": "a,b"}, {"n": null, "t": ""}]')
    assert table["n"].tolist() == [1, None]
    assert json.loads(table.to_json()) == table.to_pylist()
    assert table.to_csv() == 'n,t\r\n1,"a,b"\r\n,""\r\n'
    assert table.to_csv(delimiter=";") == 'n;t\r\n1;a,b\r\n;""\r\n'
    back = Table.from_csv(table.to_csv(delimiter=";"), delimiter=";")
    assert back.to_pydict() == {"n": ["1", None], "t": ["a,b", ""]}
    assert Table.from_json(b"[]").names == ()
    assert Table.from_csv(b"a\n1\n")[0] == ("1",)
    for bad in (",,", "", '"'):
        with pytest.raises(partnership.ArgumentError):
            Table.from_csv("a", delimiter=bad)
    with pytest.raises(partnership.MalformedError) as caught:
        Table.from_csv("a,b\n1\n2,3\n4\n")
    assert [problem.line for problem in caught.value.problems] == [2, 4]
    with pytest.raises(partnership.MalformedError):
        Table.from_json("[{]")
    for wrong in (None, 5, [1]):
        with pytest.raises(TypeError):
            Table.from_json(wrong)
        with pytest.raises(TypeError):
            Table.from_csv(wrong)


def test_equality_is_by_value(typed):
    assert typed == pickle.loads(pickle.dumps(typed))
    assert typed != Table.from_rows([])
    assert typed != 5
    assert (typed == 5) is False
    assert Table.from_rows([{"a": 1}]) != Table.from_rows([{"a": 1.0}])
    assert Table.from_rows([{"a": 1}]) != Table.from_rows([{"b": 1}])
    with pytest.raises(TypeError, match="unhashable"):
        hash(typed)


@pytest.mark.parametrize(
    "again", [lambda t: pickle.loads(pickle.dumps(t)), copy.copy, copy.deepcopy]
)
def test_copies_are_equal(typed, again):
    back = again(typed)
    assert back == typed
    assert back.types == typed.types
    assert list(back) == list(typed)


def test_pickles_of_random_tables():
    draw = random.Random(7)
    makers = [
        lambda: draw.random() < 0.5,
        lambda: draw.randrange(-(1 << 52), 1 << 52),
        lambda: draw.uniform(-1e300, 1e300),
        lambda: datetime.date.fromordinal(draw.randrange(1, 3652060)),
        lambda: "".join(draw.choice("aé漢\U0001f600;,") for _ in range(draw.randrange(5))),
    ]
    for _ in range(50):
        columns = [
            (f"c{i}", draw.choice(makers), draw.random()) for i in range(1 + draw.randrange(6))
        ]
        rows = [
            {name: None if draw.random() < absent else make() for name, make, absent in columns}
            for _ in range(draw.randrange(20))
        ]
        table = Table.from_rows(rows)
        back = pickle.loads(pickle.dumps(table))
        assert back == table
        assert back.types == table.types
        assert table.to_pylist() == rows


def test_a_broken_pickle_is_an_error_not_a_crash(typed):
    restore, (version, state) = typed.__reduce__()
    assert restore(version, state) == typed
    with pytest.raises(partnership.ArgumentError, match="form 2"):
        restore(2, state)
    text = next(column for column in state if column[1] == ColumnType.TEXT)
    number = next(column for column in state if column[1] == ColumnType.INT64)
    offsets = np.frombuffer(text[4], dtype=np.int64).copy()
    offsets[1] = 1 << 40
    broken = [
        (number[0], number[1], number[2][:-1], None),
        (number[0], number[1], number[2][:-8], None),
        (number[0], 99, number[2], None),
        (number[0], number[1], number[2], b"\0"),
        number[:3],
        text[:4],
        (*text[:4], b""),
        (*text[:4], offsets.tobytes()),
        (*text[:2], b"\xff\xff\xff", *text[3:]),
        ("a\0b", *number[1:]),
    ]
    for column in broken:
        others = tuple(c for c in state if c is not number)
        with pytest.raises(partnership.PartnershipError):
            restore(1, (*others, column))
    for column in ((1, 2, 3, 4), "text", None):
        with pytest.raises((TypeError, RuntimeError, partnership.PartnershipError)):
            restore(1, (column,))


def test_repr_is_one_line(typed):
    assert repr(typed).startswith("<partnership.Table: 3 rows; b bool, i int64, r double, d date,")
    assert "\n" not in repr(typed)
    assert repr(Table.from_rows([])) == "<partnership.Table: 0 rows; no columns>"
    assert repr(Table.from_rows([{"a": 1}])) == "<partnership.Table: 1 row; a int64>"


def test_html_shows_the_first_rows_and_escapes():
    table = Table.from_rows([{"<n>": n, "t": "<script>&"} for n in range(25)])
    shown = table._repr_html_()
    assert shown.count("<tr>") == 21
    assert "<script>" not in shown
    assert "&lt;script&gt;&amp;" in shown
    assert "&lt;n&gt;" in shown
    assert "and 5 more rows" in shown


def test_a_table_is_not_made_of_nothing():
    for bad in (None, 5, {}):
        with pytest.raises(TypeError):
            Table(bad)
    with pytest.raises(TypeError):
        partnership._core.Table()


def test_threads_share_a_table(typed):
    table = Table.from_rows([{"n": n, "t": f"t{n}"} for n in range(2000)])
    failures = []

    def read():
        for _ in range(5):
            if sum(row[0] for row in table) != 1999000 or int(table["n"].sum()) != 1999000:
                failures.append("sum")
            if pickle.loads(pickle.dumps(table)) != table or not table.to_json():
                failures.append("pickle")

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
