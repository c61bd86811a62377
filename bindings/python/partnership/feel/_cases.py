# SPDX-License-Identifier: Apache-2.0
"""Cases, and the forms that many of them come in."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping
from typing import Any

from .. import _convert, _core
from ..table import Table

__all__ = ["Case", "Cases"]


class Case:
    """One case, read for one set of expressions. Made by Feel.case; immutable."""

    __slots__ = ("_handle",)
    _handle: _core.FeelCase

    def __init__(self, handle: _core.FeelCase) -> None:
        if not isinstance(handle, _core.FeelCase):
            raise TypeError("a Case is made by Feel.case")
        self._handle = handle

    def to_dict(self) -> dict[str, Any]:
        """The whole case as it was understood."""
        content: dict[str, Any] = self._handle.value().to_object()
        return content

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a case belongs to its set of expressions and cannot be pickled")

    def __repr__(self) -> str:
        return "<partnership.feel.Case>"


class Cases:
    """Many cases in columns, read for one set of expressions. Made by Feel.cases; immutable."""

    __slots__ = ("_handle",)
    _handle: _core.FeelCases

    def __init__(self, handle: _core.FeelCases) -> None:
        if not isinstance(handle, _core.FeelCases):
            raise TypeError("Cases are made by Feel.cases")
        self._handle = handle

    def __len__(self) -> int:
        return self._handle.count()

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("cases belong to their set of expressions and cannot be pickled")

    def __repr__(self) -> str:
        return f"<partnership.feel.Cases: {len(self)}>"


def _plain(cell: object) -> bool:
    """Whether a column of a Table can hold it."""
    if isinstance(cell, datetime.datetime):
        return False
    return cell is None or isinstance(cell, (str, bool, int, float, datetime.date))


def _whole_days(series: Any) -> bool:
    moments = series.dropna()
    return series.dt.tz is None and bool((moments.dt.normalize() == moments).all())


def _frame_is_flat(frame: Any) -> bool:
    """Whether every column of a DataFrame becomes a column of a Table without a loss."""
    import pandas as pd

    for position in range(frame.shape[1]):
        series = frame.iloc[:, position]
        if pd.api.types.is_datetime64_any_dtype(series.dtype):
            flat = _whole_days(series)
        elif series.dtype == object:
            flat = all(map(_plain, series[series.notna()]))
        else:
            flat = series.dtype.kind not in "mc" and not isinstance(series.dtype, pd.PeriodDtype)
        if not flat:
            return False
    return True


def _frame_rows(frame: Any) -> list[dict[str, Any]]:
    """The rows of a DataFrame; columns of whole days as dates."""
    import pandas as pd

    columns = []
    for position in range(frame.shape[1]):
        series = frame.iloc[:, position]
        days = pd.api.types.is_datetime64_any_dtype(series.dtype) and _whole_days(series)
        cells = series.astype(object).tolist()
        if days:
            cells = [None if pd.isna(cell) else cell.date() for cell in cells]
        columns.append(cells)
    names = [str(label) for label in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _list_of_mappings(rows: Iterable[Any]) -> list[Mapping[str, Any]]:
    made = list(rows)
    for row in made:
        if not isinstance(row, Mapping):
            raise TypeError(f"a case is of type {_convert.kind_of(row)}, expected a dictionary")
    return made


def rows_of(cases: Any) -> tuple[str, Any]:
    """The form of many cases ("json", "table", "arrow", "rows") and their content."""
    if isinstance(cases, (str, bytes, bytearray, memoryview, os.PathLike)):
        return "json", _convert.raw(cases, "cases")
    if isinstance(cases, Table):
        return "table", cases._handle
    if type(cases).__module__.split(".")[0] == "pandas":
        if _frame_is_flat(cases):
            return "table", Table.from_pandas(cases)._handle
        return "rows", _frame_rows(cases)
    if hasattr(cases, "__arrow_c_stream__"):
        return "arrow", cases.__arrow_c_stream__()
    if isinstance(cases, Iterable) and not isinstance(cases, Mapping):
        return "rows", _list_of_mappings(cases)
    raise TypeError(
        f"`cases` is of type {_convert.kind_of(cases)}, expected a list of dictionaries, a "
        "DataFrame, a Table, an Arrow table or JSON"
    )
