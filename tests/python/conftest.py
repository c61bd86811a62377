# SPDX-License-Identifier: Apache-2.0
"""Small documents and events that several tests use."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import partnership
import pytest
from committee_files import write_inputs

CALENDAR: dict[str, Any] = {
    "calendar": "test",
    "title": {"en": "Test"},
    "valid": {"from": "2024-01-01", "to": "2025-01-01"},
    "weekend": ["saturday", "sunday"],
    "holidays": [
        {"date": "2024-05-01", "name": {"en": "Labour Day", "ar": "عيد العمل"}, "verified": True}
    ],
}

CRITERIA: dict[str, Any] = {
    "criteria": "test",
    "version": "1",
    "title": {"en": "Test"},
    "size": 2,
    "rules": [
        {
            "id": "civil",
            "kind": "quota",
            "attribute": "side",
            "value": "civil society",
            "min": 1,
            "from": "2020-01-01",
        }
    ],
}

NOMINEES: list[dict[str, Any]] = [
    {"id": "a", "side": "public"},
    {"id": "b", "side": "civil society"},
    {"id": "c", "side": "public"},
    {"id": "d", "side": None},
]


def body(name: str, **more: Any) -> dict[str, Any]:
    """An event that registers a body."""
    return {
        "kind": "body.registered",
        "effective": datetime.date(2004, 1, 15),
        "recorded": datetime.datetime(2026, 11, 23, 10, tzinfo=datetime.UTC),
        "actor": "secretariat",
        "public": {"id": name, "name": {"en": name.upper()}, "side": "public", **more},
    }


@pytest.fixture
def platform() -> Iterator[partnership.Platform]:
    with partnership.open(":memory:") as opened:
        yield opened


@pytest.fixture
def typed() -> partnership.Table:
    """A table with every type of column, with and without nulls."""
    day = datetime.date(2018, 8, 27)
    return partnership.Table.from_rows(
        [
            {"b": True, "i": 1, "r": 0.5, "d": day, "t": "x", "bn": True, "in": 1, "rn": 1.5},
            {"b": False, "i": 2, "r": 1.5, "d": day, "t": "أ", "bn": None, "in": None, "rn": None},
            {"b": True, "i": -3, "r": 2.5, "d": None, "t": None, "bn": False, "in": 7, "rn": -1.0},
        ]
    )


@pytest.fixture
def inputs(tmp_path: Path) -> tuple[Path, Path]:
    """A category file and a pool, of which a committee of three is composed."""
    return write_inputs(tmp_path)
