# SPDX-License-Identifier: Apache-2.0
"""Tables to and from pandas and Arrow."""

from __future__ import annotations

import datetime
import gc
import pickle

import numpy as np
import partnership
import pytest
from partnership import ColumnType, Table

pd = pytest.importorskip("pandas")
DAY = datetime.date(2018, 8, 27)


# ---- pandas


def test_to_pandas_keeps_types_and_nulls(typed):
    frame = typed.to_pandas()
    assert list(frame.columns) == list(typed.names)
    assert [str(frame[name].dtype) for name in ("b", "i", "r")] == ["bool", "int64", "float64"]
    assert [str(frame[name].dtype) for name in ("bn", "in", "rn")] == [
        "boolean",
        "Int64",
        "Float64",
    ]
    assert frame["in"].isna().tolist() == [False, True, False]
    assert frame["in"][0] == 1
    assert frame["in"][1] is pd.NA
    assert frame["t"].isna().tolist() == [False, False, True]
    assert frame["t"][1] == "أ"
    assert np.issubdtype(frame["d"].dtype, np.datetime64)
    assert frame["d"][0] == pd.Timestamp(DAY)
    assert frame["d"][2] is pd.NaT


def test_to_pandas_dates_as_periods(typed):
    column = typed.to_pandas(dates="period")["d"]
    assert str(column.dtype) == "period[D]"
    assert column[0] == pd.Period("2018-08-27", freq="D")
    assert column[2] is pd.NaT
    with pytest.raises(partnership.ArgumentError, match="weeks"):
        typed.to_pandas(dates="weeks")


def test_to_pandas_of_the_ends_of_the_calendar():
    ends = [datetime.date(1, 1, 1), datetime.date(9999, 12, 31), None]
    table = Table.from_rows([{"d": day} for day in ends])
    periods = table.to_pandas(dates="period")["d"]
    assert periods[0].year == 1
    assert periods[1].year == 9999
    if int(pd.__version__.split(".")[0]) >= 2:
        column = table.to_pandas()["d"]
        assert column.dt.year.tolist()[:2] == [1, 9999]
        assert column[2] is pd.NaT


def test_a_frame_does_not_write_into_the_table(typed):
    frame = typed.to_pandas()
    frame.loc[0, "i"] = 99
    frame.loc[0, "in"] = 99
    assert typed["i"].tolist() == [1, 2, -3]
    assert typed["in"].tolist() == [1, None, 7]


def test_empty_frames():
    table = Table.from_csv("a,b\n")
    frame = table.to_pandas()
    assert list(frame.columns) == ["a", "b"]
    assert len(frame) == 0
    assert Table.from_pandas(frame) == table
    assert Table.from_rows([]).to_pandas().shape == (0, 0)


@pytest.mark.parametrize("dates", ["datetime"])
def test_pandas_round_trip(typed, dates):
    assert Table.from_pandas(typed.to_pandas(dates=dates)) == typed


def test_from_pandas_of_every_kind_of_column():
    frame = pd.DataFrame(
        {
            "object": ["a", None, "c"],
            "string": pd.array(["a", pd.NA, "c"], dtype="string"),
            "category": pd.Categorical(["x", None, "x"]),
            "nan": [1.0, float("nan"), 3.0],
            "f4": np.array([0.5, 1.5, 2.5], dtype=np.float32),
            "i4": np.array([1, 2, 3], dtype=np.int32),
            "u4": np.array([1, 2, 1 << 31], dtype=np.uint32),
            "u1": np.array([1, 2, 255], dtype=np.uint8),
            "Int64": pd.array([1, None, 3], dtype="Int64"),
            "Int8": pd.array([1, None, 3], dtype="Int8"),
            "bool": [True, False, True],
            "boolean": pd.array([True, None, False], dtype="boolean"),
            "when": pd.to_datetime(["2018-08-27", None, "1970-01-02"]),
            "zone": pd.to_datetime(["2018-08-27", None, "1970-01-02"]).tz_localize("Asia/Beirut"),
            "days": [DAY, None, DAY],
            "mixed": [1, "x", None],
            "none": [None, None, None],
        }
    )
    table = Table.from_pandas(frame)
    assert table.to_pydict() == {
        "object": ["a", None, "c"],
        "string": ["a", None, "c"],
        "category": ["x", None, "x"],
        "nan": [1.0, None, 3.0],
        "f4": [0.5, 1.5, 2.5],
        "i4": [1, 2, 3],
        "u4": [1, 2, 1 << 31],
        "u1": [1, 2, 255],
        "Int64": [1, None, 3],
        "Int8": [1, None, 3],
        "bool": [True, False, True],
        "boolean": [True, None, False],
        "when": [DAY, None, datetime.date(1970, 1, 2)],
        "zone": [DAY, None, datetime.date(1970, 1, 2)],
        "days": [DAY, None, DAY],
        "mixed": ["1", "x", None],
        "none": [None, None, None],
    }
    assert table.types["i4"] is ColumnType.INT32
    assert table.types["u4"] is ColumnType.INT64
    assert table.types["Int8"] is ColumnType.INT32


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (pd.to_datetime(["2018-08-27 10:00"]), "times of day"),
        (np.array([1 << 63], dtype=np.uint64), "int64"),
        (pd.PeriodIndex(["2018-08"], freq="M"), "periods"),
    ],
)
def test_from_pandas_refuses_what_would_be_lost(column, message):
    with pytest.raises(partnership.ArgumentError, match=message) as caught:
        Table.from_pandas(pd.DataFrame({"c": column}))
    assert "`c`" in str(caught.value)


def test_from_pandas_wants_a_frame():
    for bad in (None, [1], pd.Series([1])):
        with pytest.raises(TypeError):
            Table.from_pandas(bad)


def test_nominees_take_a_frame():
    frame = pd.DataFrame({"id": ["a", "b"], "side": ["public", None]})
    assert len(partnership.Nominees(frame)) == 2


# ---- Arrow


@pytest.fixture(scope="module")
def pa():
    return pytest.importorskip("pyarrow")


def test_arrow_round_trip(pa, typed):
    arrow = pa.table(typed)
    assert arrow.schema.names == list(typed.names)
    assert arrow.schema.field("d").type == pa.date32()
    assert arrow.to_pylist() == typed.to_pylist()
    assert Table.from_arrow(arrow) == typed
    assert Table.from_arrow(typed) == typed
    assert Table.from_arrow(arrow.to_reader()) == typed


def test_arrow_shares_the_memory_and_keeps_it(pa):
    table = Table.from_rows([{"n": n, "t": f"text {n}"} for n in range(5000)])
    address = table["n"].__array_interface__["data"][0]
    arrow = pa.table(table)
    assert arrow["n"].chunk(0).buffers()[1].address == address
    column = arrow["t"]
    del table, arrow
    gc.collect()
    assert column[4999].as_py() == "text 4999"


def test_an_unused_stream_is_released(typed):
    for _ in range(100):
        typed.__arrow_c_stream__()
    capsule = typed.__arrow_c_stream__()
    assert partnership._core.Table.from_arrow(capsule) is not None
    with pytest.raises(partnership.ArgumentError):  # a stream can be read once
        partnership._core.Table.from_arrow(capsule)
    with pytest.raises(TypeError):
        partnership._core.Table.from_arrow(object())


def test_arrow_batches_slices_and_dictionaries(pa):
    source = pa.table(
        {
            "n": pa.chunked_array([[1, None], [3], [], [4, 5]], type=pa.int16()),
            "s": pa.chunked_array([["a", "b"], [None], [], ["d", "e"]]),
            "c": pa.chunked_array([["x", "x"], ["y"], [], [None, "x"]]).dictionary_encode(),
            "b": pa.chunked_array([[True, False], [None], [], [True, True]]),
        }
    )
    assert Table.from_arrow(source).to_pylist() == source.to_pylist()
    assert Table.from_arrow(source.slice(1, 3)).to_pylist() == source.slice(1, 3).to_pylist()
    batch = source.combine_chunks().to_batches()[0].slice(2)
    assert Table.from_arrow(batch).to_pylist() == batch.to_pylist()


def test_arrow_types_that_do_not_fit_are_named(pa):
    source = pa.table({"when": pa.array([0], type=pa.timestamp("ms"))})
    with pytest.raises(partnership.ArgumentError, match="when"):
        Table.from_arrow(source)
    with pytest.raises(partnership.ArgumentError, match="nested"):
        Table.from_arrow(pa.table({"nested": [[1, 2]]}))
    for bad in (None, [1], object()):
        with pytest.raises(TypeError, match="__arrow_c_stream__"):
            Table.from_arrow(bad)


def test_a_failing_reader_raises(pa):
    def batches():
        yield pa.record_batch({"n": [1]})
        raise ValueError("the source broke")

    reader = pa.RecordBatchReader.from_batches(pa.schema({"n": pa.int64()}), batches())
    with pytest.raises(partnership.PartnershipError, match="the source broke"):
        Table.from_arrow(reader)


def test_pandas_through_arrow(pa, typed):
    if not hasattr(pd.DataFrame, "__arrow_c_stream__"):
        pytest.skip("pandas is older than 2.2")
    frame = pd.DataFrame({"n": pd.array([1, None], dtype="Int64"), "t": ["a", None]})
    assert Table.from_arrow(frame).to_pylist() == [{"n": 1, "t": "a"}, {"n": None, "t": None}]
    if hasattr(pd.DataFrame, "from_arrow"):
        assert pd.DataFrame.from_arrow(typed)["i"].tolist() == [1, 2, -3]


def test_arrow_and_pickle_agree(pa, typed):
    assert pa.table(pickle.loads(pickle.dumps(typed))).equals(pa.table(typed))
