# SPDX-License-Identifier: Apache-2.0
"""Packs: what ships, and a folder of one's own before it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import partnership
import pytest
from partnership import Calendar, packs

SCHEMA = "schemas/calendar.schema.json"
SHIPPED = Path(__file__).resolve().parents[2] / "libpartnership" / "packs"


def test_what_ships():
    expected = sorted(path.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob("*.json"))
    assert packs.names() == expected
    for name in expected:
        assert packs.text(name) == (SHIPPED / name).read_text(encoding="utf-8")
    assert set(packs.table()["kind"].tolist()) <= set(packs.KINDS)
    assert set(packs.table()["origin"].tolist()) == {"library"}
    assert partnership.calendar_schema() == packs.text(SCHEMA)
    assert packs.text("schemas/criteria.schema.json") == partnership.criteria_schema()


def test_every_calendar_is_one():
    for name in packs.names("calendars"):
        calendar = Calendar(packs.text(name))
        assert name == f"calendars/{json.loads(packs.text(name))['calendar']}.json"
        rows = calendar.holidays().to_pylist()
        assert rows
        assert all(row["source"] for row in rows if row["verified"])


def test_every_charter_fits_the_schema():
    schema = json.loads(packs.text("schemas/charter.schema.json"))
    check = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.FormatChecker(["date"])
    )
    for name in packs.names("charters"):
        document = json.loads(packs.text(name))
        check.validate(document)
        assert name == f"charters/{document['charter']}.json"


def test_a_folder_comes_first(tmp_path):
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars" / "mine.json").write_text("مرحبا", encoding="utf-8")
    (tmp_path / "schemas").mkdir()
    (tmp_path / SCHEMA).write_text("{}")
    for folder in (tmp_path, str(tmp_path)):
        assert packs.text("calendars/mine.json", folder) == "مرحبا"
        assert packs.text(SCHEMA, folder) == "{}"
        assert packs.names("calendars", folder) == sorted(
            [*packs.names("calendars"), "calendars/mine.json"]
        )
    rows = {row["name"]: row["origin"] for row in packs.table(tmp_path).to_pylist()}
    assert rows[SCHEMA] == "folder"
    assert rows["schemas/criteria.schema.json"] == "library"


def test_what_there_is_not(tmp_path):
    with pytest.raises(partnership.NotFoundError) as caught:
        packs.text("schemas/calender.schema.json")
    assert caught.value.details["nearest"] == SCHEMA
    with pytest.raises(partnership.NotFoundError):
        packs.table(tmp_path / "none")
    for name in ("", "../x.json", "calendars/../x.json", "/etc/passwd", "x.json", "a/b.json"):
        with pytest.raises(partnership.ArgumentError):
            packs.text(name, tmp_path)
    (tmp_path / "calendars").mkdir()
    os.symlink("/etc/passwd", tmp_path / "calendars" / "x.json")
    with pytest.raises(partnership.IoError):
        packs.text("calendars/x.json", tmp_path)
    assert packs.names(folder=tmp_path) == packs.names()


def test_arguments():
    for bad in (5, None, b"schemas/calendar.schema.json"):
        with pytest.raises(TypeError):
            packs.text(bad)
    for bad in (5, b"folder", ["folder"]):
        with pytest.raises(TypeError):
            packs.table(bad)
    with pytest.raises(partnership.ArgumentError):
        packs.names("calendar")
    for bad in ("", "a\0b", "\ud800"):
        with pytest.raises(partnership.ArgumentError):
            packs.table(bad)
