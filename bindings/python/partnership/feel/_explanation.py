# SPDX-License-Identifier: Apache-2.0
"""Why a value came out."""

from __future__ import annotations

import html
from typing import Any

from ..table import Table

__all__ = ["Explanation"]

_INDENT = 'style="margin-inline-start:1.5em"'


class Explanation:
    """An expression as a tree with the value of every part that ran. Made by Feel.explain.

    `str(explanation)` is a line a part; a notebook shows a tree that folds. In a false or null
    result the comparisons that decided it are marked.
    """

    __slots__ = ("_json", "_table", "_text")
    _table: Table
    _text: str
    _json: str

    def __init__(self, table: Table, text: str, json: str) -> None:
        self._table = table
        self._text = text
        self._json = json

    @property
    def text(self) -> str:
        """A line a part, indented: its source and its value."""
        return self._text

    @property
    def table(self) -> Table:
        """A row a part: part, parent, round, decisive, value, kind, offset, length, source."""
        return self._table

    def to_json(self) -> str:
        """The tree as JSON text, with values as JSON."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The tree: source, value (as an expression), kind, decisive, round, offset, length and
        parts, a list of the same."""
        nodes: list[dict[str, Any]] = []
        for row in self._table.to_pylist():
            node: dict[str, Any] = {
                name: row[name]
                for name in ("source", "value", "kind", "decisive", "round", "offset", "length")
            }
            node["parts"] = []
            if row["parent"] is not None:
                nodes[int(str(row["parent"]))]["parts"].append(node)
            nodes.append(node)
        return nodes[0] if nodes else {}

    def decisive(self) -> list[dict[str, Any]]:
        """The parts that decided a false or null result."""
        return [row for row in self._table.to_pylist() if row["decisive"]]

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        parts = len(self._table)
        return f"<partnership.feel.Explanation: {parts} part{'' if parts == 1 else 's'}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Explanation):
            return NotImplemented
        return self._table == other._table

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return (Explanation, (self._table, self._text, self._json))

    def _repr_html_(self) -> str:
        """The tree as HTML, for notebooks."""
        pieces: list[str] = []
        open_: list[dict[str, Any] | None] = [self.to_dict()]
        while open_:
            node = open_.pop()
            if node is None:
                pieces.append("</div></details>")
                continue
            if not node:
                continue
            line = _html_line(node)
            if node["parts"]:
                pieces.append(f"<details open><summary>{line}</summary><div {_INDENT}>")
                open_ += [None, *reversed(node["parts"])]
            else:
                pieces.append(f"<div>{line}</div>")
        return f'<div class="feel-explanation">{"".join(pieces)}</div>'


def _html_line(node: dict[str, Any]) -> str:
    source = html.escape(" ".join(str(node["source"]).split()))
    value = html.escape(node["value"])
    line = f'<code dir="auto">{source}</code> = <code dir="auto">{value}</code>'
    return f"<strong>{line} (decides)</strong>" if node["decisive"] else line
