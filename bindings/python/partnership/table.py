# SPDX-License-Identifier: Apache-2.0
"""Tables: every answer of more than one value.

A table's memory is the library's own. NumPy columns look at it without a copy, the Arrow stream
hands it out without a copy (booleans are packed into bits), and it lives as long as anything that
looks at it.
"""

from __future__ import annotations

import datetime
import html
import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, overload

import numpy as np
import numpy.typing as npt

from . import _convert, _core
from .enums import ColumnType
from .errors import ArgumentError, NotFoundError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Cell", "Table"]

Cell: TypeAlias = bool | int | float | datetime.date | str | None
"""What a cell may hold; None is null."""

_CHUNK = 1024  # rows that iteration makes at a time
_HTML_ROWS = 20
_NONE_DAY = -(1 << 31)  # PSHIP_DATE_NONE: an open end
_EPOCH = datetime.date(1970, 1, 1).toordinal()


class Table:
    """An immutable table of named, typed columns.

    `len(table)` is the number of rows and iterating gives them as tuples; `table["name"]` is a
    column, `table[0]` a row. Tables are equal when names, types and cells are. They may be shared
    between threads and pickled.

    Tables come from the library; to make one, use `from_rows`, `from_pandas`, `from_arrow`,
    `from_json` or `from_csv`.
    """

    __slots__ = ("__weakref__", "_handle")
    _handle: _core.Table

    def __init__(self, core: _core.Table) -> None:
        if not isinstance(core, _core.Table):
            raise TypeError("a Table is made by from_rows, from_pandas, from_arrow, ...")
        self._handle = core

    # ---- making

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> Table:
        """A table of a list of dictionaries: a column a key, in order of first appearance.

        Booleans, integers, floats, texts and datetime.date keep their type; None and absent keys
        are null. A column that mixes types, or holds lists or dictionaries, is text (JSON; a list
        of texts is joined by ";"). Raises ArgumentError for values that JSON cannot hold.
        """
        listed = [dict(row) for row in rows]
        dated = _date_columns(listed)
        table = cls.from_json(_convert.to_json(listed, "rows"))
        return table._with_dates(dated) if dated else table

    @classmethod
    def from_json(cls, text: str | bytes) -> Table:
        """A table of a JSON array of objects. Dates stay text. Raises MalformedError."""
        return cls(_core.Table.read_json(_convert.raw(text, "text")))

    @classmethod
    def from_csv(cls, text: str | bytes, *, delimiter: str | None = None) -> Table:
        """A table of CSV (RFC 4180), whose first record names the columns; all are text.

        An empty cell is null, a quoted empty cell is an empty text. Raises MalformedError with
        every wrong row, up to 100.
        """
        options = _convert.options({"delimiter": delimiter})
        return cls(_core.Table.read_csv(_convert.raw(text, "text"), options))

    @classmethod
    def from_arrow(cls, data: Any) -> Table:
        """A table of anything with `__arrow_c_stream__`: pyarrow, polars, duckdb, pandas >= 2.2.

        Booleans, integers, floats, texts, days and dictionaries of texts are understood;
        ArgumentError names the column and the format of anything else.
        """
        if not hasattr(data, "__arrow_c_stream__"):
            raise TypeError(
                f"`data` is of type {_convert.kind_of(data)}, which has no __arrow_c_stream__"
            )
        return cls(_core.Table.from_arrow(data.__arrow_c_stream__()))

    @classmethod
    def from_pandas(cls, frame: pd.DataFrame) -> Table:
        """A table of a pandas DataFrame without its index; NaN, NaT and NA are null.

        Columns of datetime64 become dates; raises ArgumentError where one holds a time of day.
        """
        import pandas as pd

        if not isinstance(frame, pd.DataFrame):
            raise TypeError(
                f"`frame` is of type {_convert.kind_of(frame)}, expected pandas.DataFrame"
            )
        columns = []
        for position, label in enumerate(frame.columns):
            columns.append(_pandas_column(pd, str(label), frame.iloc[:, position]))
        return cls(_core.Table.from_state(tuple(columns)))

    # ---- shape

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return self._handle.names()

    @property
    def types(self) -> dict[str, ColumnType]:
        """The type of each column, in order."""
        return dict(zip(self.names, map(ColumnType, self._handle.types()), strict=True))

    def __len__(self) -> int:
        return self._handle.rows()

    def __bool__(self) -> bool:
        """Whether there are any rows."""
        return self._handle.rows() > 0

    # ---- columns

    def _index(self, name: str) -> int:
        try:
            return self._handle.names().index(name)
        except ValueError:
            known = ", ".join(f"`{n}`" for n in self._handle.names()) or "none"
            raise NotFoundError(f"there is no column `{name}`, the table has {known}") from None

    @overload
    def __getitem__(self, key: str) -> npt.NDArray[Any]: ...
    @overload
    def __getitem__(self, key: int) -> tuple[Cell, ...]: ...
    def __getitem__(self, key: str | int) -> npt.NDArray[Any] | tuple[Cell, ...]:
        """A column by name as `column()` gives it, or a row by number (negative: from the end)."""
        if isinstance(key, str):
            return self.column(key)
        row = _convert.integer(key, "key")
        size = len(self)
        if not -size <= row < size:
            raise IndexError(f"row {row} is outside the table's {size}")
        row %= size
        return self._handle.slice(row, row + 1)[0]

    def column(self, name: str) -> npt.NDArray[Any]:
        """A column as a read-only NumPy array, of one value a row.

        - bool, int32, int64, double: a view of the table's memory, without a copy. When it has
          nulls, a masked array over that view, so that no null is taken for 0.
        - date: datetime64[D], NaT for null. NumPy's days have 64 bits, the table's 32: a copy;
          `days()` is the view.
        - text: an array of str and None: a copy.

        The array keeps the table's memory alive. Raises NotFoundError.
        """
        index = self._index(name)
        kind = self._handle.types()[index]
        if kind == ColumnType.TEXT:
            texts = np.empty(len(self), dtype=object)
            texts[:] = self._handle.cells(index, 0, len(self))
            texts.flags.writeable = False
            return texts
        values = self._handle.values(index)
        if kind == ColumnType.DATE:
            days = values.astype("datetime64[D]")
            days[self._handle.mask(index) | (values == _NONE_DAY)] = np.datetime64("NaT")
            days.flags.writeable = False
            return days
        if self._handle.nulls(index) > 0:
            return np.ma.MaskedArray(values, mask=self._handle.mask(index), copy=False)
        return values

    def days(self, name: str) -> npt.NDArray[np.int32]:
        """A date column as days since 1970-01-01: a read-only view, 0 where `nulls()` is true.

        Raises ArgumentError for a column that holds no dates.
        """
        index = self._index(name)
        if self._handle.types()[index] != ColumnType.DATE:
            raise ArgumentError(f"column `{name}` holds no dates")
        return self._handle.values(index)

    def nulls(self, name: str) -> npt.NDArray[np.bool_]:
        """Where a column is null: one boolean a row."""
        return self._handle.mask(self._index(name))

    # ---- rows

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        """The rows as tuples of bool, int, float, datetime.date, str and None."""
        size = len(self)
        for start in range(0, size, _CHUNK):
            yield from self._handle.slice(start, min(start + _CHUNK, size))

    def to_pydict(self) -> dict[str, list[Cell]]:
        """A list of cells a column."""
        return {
            name: self._handle.cells(index, 0, len(self)) for index, name in enumerate(self.names)
        }

    def to_pylist(self) -> list[dict[str, Cell]]:
        """A dictionary a row."""
        names = self.names
        return [dict(zip(names, row, strict=True)) for row in self]

    # ---- other forms

    def to_json(self) -> str:
        """A JSON array of objects; dates as ISO texts."""
        return self._handle.write_json()

    def to_csv(self, *, delimiter: str | None = None) -> str:
        """CSV as in RFC 4180; null is an empty cell, an empty text is `""`."""
        return self._handle.write_csv(_convert.options({"delimiter": delimiter}))

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The Arrow PyCapsule interface: the table's memory, shared. `requested_schema` is ignored,
        as the interface allows."""
        return self._handle.to_arrow()

    def to_pandas(self, *, dates: str = "datetime") -> pd.DataFrame:
        """A pandas DataFrame. Nulls are NA (columns with nulls get pandas' nullable types), in
        dates NaT.

        `dates` is "datetime" (datetime64; pandas 1 knows only the years 1678 to 2261 and raises
        ValueError beyond them) or "period" (days as pandas periods).
        """
        import pandas as pd

        if dates not in ("datetime", "period"):
            raise ArgumentError(f"`dates` is `{dates}`, expected datetime or period")
        columns = [
            self._pandas_values(pd, index, name, dates) for index, name in enumerate(self.names)
        ]
        frame = pd.DataFrame(dict(enumerate(columns)), index=pd.RangeIndex(len(self)))
        frame.columns = pd.Index(self.names, dtype=object)
        return frame

    def _pandas_values(self, pd: Any, index: int, name: str, dates: str) -> Any:
        kind = self._handle.types()[index]
        if kind == ColumnType.TEXT:
            return pd.array(self._handle.cells(index, 0, len(self)), dtype="string")
        if kind == ColumnType.DATE:
            days = self.column(name)
            if dates == "period":
                return pd.PeriodIndex.from_ordinals(days.astype(np.int64), freq="D").array
            old = int(pd.__version__.split(".")[0]) < 2
            return pd.Series(pd.to_datetime(days) if old else days.astype("datetime64[s]"))
        values = self._handle.values(index)
        if self._handle.nulls(index) == 0:
            return values.copy()  # pandas may write into what it is given
        nullable = {
            ColumnType.BOOL: pd.arrays.BooleanArray,
            ColumnType.INT32: pd.arrays.IntegerArray,
            ColumnType.INT64: pd.arrays.IntegerArray,
            ColumnType.DOUBLE: pd.arrays.FloatingArray,
        }
        return nullable[ColumnType(kind)](values.copy(), self._handle.mask(index))

    def _with_dates(self, names: Sequence[str]) -> Table:
        """This table with the ISO texts of some columns made into dates."""
        made = []
        for index, state in enumerate(self._handle.state()):
            if state[0] in names:
                cells = self._handle.cells(index, 0, len(self))
                made.append(_date_state(state[0], [_iso(cell) for cell in cells]))
            else:
                made.append(state)
        return Table(_core.Table.from_state(tuple(made)))

    # ---- what Python asks of a value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self._handle.equals(other._handle)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restore, (1, self._handle.state()))

    def __repr__(self) -> str:
        columns = ", ".join(f"{name} {kind.name.lower()}" for name, kind in self.types.items())
        rows = len(self)
        return (
            f"<partnership.Table: {rows} row{'' if rows == 1 else 's'}; {columns or 'no columns'}>"
        )

    def _repr_html_(self) -> str:
        """The first rows as an HTML table, for notebooks."""
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.names)
        body = []
        for row in self._handle.slice(0, min(_HTML_ROWS, len(self))):
            cells = "".join(f'<td dir="auto">{_html_cell(cell)}</td>' for cell in row)
            body.append(f"<tr>{cells}</tr>")
        more = len(self) - _HTML_ROWS
        rest = f"<p>and {more} more row{'' if more == 1 else 's'}</p>" if more > 0 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>{rest}"


def as_table(data: Any, argument: str) -> Table:
    """A Table of what a caller may pass for one."""
    if isinstance(data, Table):
        return data
    if type(data).__module__.split(".")[0] == "pandas":
        return Table.from_pandas(data)
    if hasattr(data, "__arrow_c_stream__"):
        return Table.from_arrow(data)
    if isinstance(data, Iterable) and not isinstance(data, (str, bytes, Mapping)):
        return Table.from_rows(data)
    raise TypeError(
        f"`{argument}` is of type {_convert.kind_of(data)}, expected a Table, a DataFrame, "
        "an Arrow table or a list of dictionaries"
    )


def _restore(version: int, state: tuple[Any, ...]) -> Table:
    if version != 1:
        raise ArgumentError(f"a table pickled in form {version}, this version knows form 1")
    return Table(_core.Table.from_state(state))


def _html_cell(cell: Cell) -> str:
    return "" if cell is None else html.escape(str(cell))


def _is_day(value: object) -> bool:
    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)


def _date_columns(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The keys under which there are dates and nothing else."""
    dated: dict[str, bool] = {}
    for row in rows:
        for name, value in row.items():
            if value is not None:
                dated[name] = dated.get(name, True) and _is_day(value)
    return [name for name, only in dated.items() if only]


def _iso(cell: Cell) -> datetime.date | None:
    return None if cell is None else datetime.date.fromisoformat(str(cell))


def _state(name: str, kind: ColumnType, values: bytes, nulls: npt.NDArray[np.bool_] | None) -> Any:
    masked = None if nulls is None or not nulls.any() else nulls.tobytes()
    return (name, int(kind), values, masked)


def _date_state(name: str, days: Sequence[datetime.date | None]) -> Any:
    numbers = np.array([0 if d is None else d.toordinal() - _EPOCH for d in days], dtype=np.int32)
    nulls = np.array([d is None for d in days], dtype=np.bool_)
    return _state(name, ColumnType.DATE, numbers.tobytes(), nulls)


def _text_state(name: str, texts: Sequence[str | None]) -> Any:
    encoded = [b"" if t is None else _convert.utf8(t, name) for t in texts]
    offsets = array("q", [0])
    for piece in encoded:
        offsets.append(offsets[-1] + len(piece))
    nulls = np.array([t is None for t in texts], dtype=np.bool_)
    plain = _state(name, ColumnType.TEXT, b"".join(encoded), nulls)
    return (*plain, offsets.tobytes())


def _pandas_column(pd: Any, name: str, series: pd.Series[Any]) -> Any:
    """The state of a column made of a pandas Series, by the kind of its type."""
    nulls = series.isna().to_numpy(dtype=np.bool_)
    kinds = pd.api.types
    if kinds.is_datetime64_any_dtype(series.dtype):
        moments = series.dt.tz_localize(None) if series.dt.tz is not None else series
        if not (moments.dt.normalize() == moments)[~nulls].all():
            raise ArgumentError(f"column `{name}` holds times of day, expected days")
        days = moments.to_numpy().astype("datetime64[D]").astype(np.int64)
        return _state(
            name, ColumnType.DATE, np.where(nulls, 0, days).astype(np.int32).tobytes(), nulls
        )
    if isinstance(series.dtype, pd.PeriodDtype):
        raise ArgumentError(
            f"column `{name}` holds periods, expected days: convert it to datetime64"
        )
    if kinds.is_bool_dtype(series.dtype) and not isinstance(series.dtype, pd.CategoricalDtype):
        values = series.fillna(False).to_numpy(dtype=np.bool_)
        return _state(name, ColumnType.BOOL, values.tobytes(), nulls)
    if kinds.is_integer_dtype(series.dtype):
        wide = series.fillna(0).to_numpy()
        if wide.dtype.kind == "u" and len(wide) and int(wide.max()) > np.iinfo(np.int64).max:
            raise ArgumentError(f"column `{name}` holds integers beyond int64")
        small = wide.dtype.itemsize < 8 and wide.dtype != np.uint32
        if small:
            return _state(name, ColumnType.INT32, wide.astype(np.int32).tobytes(), nulls)
        return _state(name, ColumnType.INT64, wide.astype(np.int64).tobytes(), nulls)
    if kinds.is_float_dtype(series.dtype):
        reals = series.astype("float64").fillna(0.0).to_numpy(dtype=np.float64)
        return _state(name, ColumnType.DOUBLE, reals.tobytes(), nulls)
    return _object_column(
        name, [None if null else cell for cell, null in zip(series, nulls, strict=True)]
    )


def _object_column(name: str, cells: Sequence[Any]) -> Any:
    """A column of Python objects: of texts, else as from_rows would take it."""
    present = [cell for cell in cells if cell is not None]
    if all(isinstance(cell, str) for cell in present):
        return _text_state(name, cells)
    if present and all(_is_day(cell) for cell in present):
        return _date_state(name, cells)
    finite = [None if isinstance(c, float) and math.isnan(c) else c for c in cells]
    return Table.from_rows({name: cell} for cell in finite)._handle.state()[0]
