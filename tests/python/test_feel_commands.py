# SPDX-License-Identifier: Apache-2.0
"""The commands `python -m partnership.feel`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CALENDAR

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests" / "data" / "feel-conformance.jsonl"
SUITE = sorted((ROOT / "tests" / "feel" / "suite").glob("*.jsonl"))
KNOWN = ROOT / "tests" / "feel" / "known_failures.txt"


def run(*arguments: object) -> tuple[int, list[str], list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", "partnership.feel", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()


def test_eval_prints_the_value():
    assert run("eval", "1 + 2") == (0, ["3"], [])
    assert run("eval", '"أ" + "b"') == (0, ['"أb"'], [])
    assert run("eval", "today()", "--today", "2026-02-03") == (0, ['@"2026-02-03"'], [])


def test_eval_reads_files(tmp_path):
    (tmp_path / "case.json").write_text('{"day": "2024-05-02", "n": 2}', encoding="utf-8")
    (tmp_path / "schema.json").write_text('{"day": "date", "n": "number"}', encoding="utf-8")
    (tmp_path / "calendar.json").write_text(json.dumps(CALENDAR), encoding="utf-8")
    case = ["--case", tmp_path / "case.json"]
    typed = [*case, "--schema", tmp_path / "schema.json", "--strict"]
    assert run("eval", "day", *case) == (0, ['"2024-05-02"'], [])
    calendar = ["--calendar", tmp_path / "calendar.json"]
    status, out, err = run("eval", "add working days(day, n)", *typed, *calendar)
    assert (status, out, err) == (0, ['@"2024-05-06"'], [])
    status, out, err = run("eval", "n > 1 and day = null", *typed, "--explain")
    assert status == 0
    assert out[0].startswith("`n > 1 and day = null` = false")
    assert any(line.endswith("<- decides") for line in out)
    assert run("eval", "n", "--case", tmp_path / "none.json")[0] == 1


def test_eval_reports_warnings_and_errors():
    status, out, err = run("eval", "1 +\n null")
    assert (status, out) == (0, ["null"])
    assert err[0].startswith("warning: line 1, column 1: `+` cannot take")
    status, out, err = run("eval", "1 +")
    assert (status, out) == (1, [])
    assert err[0].startswith("error: line 1, column 4: ")


def test_wrong_usage():
    assert run()[0] == 2
    assert run("eval", "1", "--today", "tomorrow")[0] == 2
    assert "N of M" in " ".join(run("conformance", "--help")[1])


def test_the_own_conformance_cases_pass():
    count = len(OWN.read_text(encoding="utf-8").splitlines())
    assert run("conformance", OWN) == (0, [f"{count} of {count}"], [])


def test_the_suite_is_there():
    assert len(SUITE) == 12


@pytest.mark.parametrize("file", SUITE, ids=lambda file: file.stem)
def test_the_suite_passes(file):
    count = len(file.read_text(encoding="utf-8").splitlines())
    assert run("conformance", file) == (0, [f"{count} of {count}"], [])


@pytest.mark.parametrize(
    ("change", "passes"),
    [
        ({}, True),
        ({"expect": {"t": "decimal", "v": "3"}}, False),
        ({"expect": {"t": "string", "v": "2"}}, False),
        ({"expect": {"list": [{"t": "decimal", "v": "2"}]}}, False),
        ({"expect": None}, False),
        ({"error": True}, False),
        ({"feel": "1 +", "expect": None, "error": True}, True),
        ({"feel": "null", "expect": None}, True),
        ({"feel": "{a: 1}", "expect": {"context": {"b": {"t": "decimal", "v": "1"}}}}, False),
        ({"feel": "[2]", "type": "number"}, True),
        ({"feel": "true", "expect": {"t": "decimal", "v": "1"}}, False),
        ({"feel": "2.00000001", "expect": {"t": "double", "v": "2.0000000"}}, False),
        ({"feel": "2.000000001", "expect": {"t": "double", "v": "2.0000000"}}, True),
        ({"feel": "2.000000001"}, False),
    ],
)
def test_a_case_can_fail(tmp_path, change, passes):
    case = {
        "id": "it",
        "lets": [],
        "inputs": {},
        "input_types": {},
        "feel": "1 + 1",
        "type": None,
        "expect": {"t": "decimal", "v": "2"},
        "error": False,
    }
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps({**case, **change}) + "\n", encoding="utf-8")
    status, out, err = run("conformance", file)
    assert err == []
    assert (status, out[-1]) == ((0, "1 of 1") if passes else (1, "0 of 1"))
    if not passes:
        assert out[0] == "it"
        assert out[1].startswith("  expected ")
        assert out[2].startswith("  got ")


def test_what_is_no_case_ends_the_run(tmp_path):
    file = tmp_path / "cases.jsonl"
    for text in ("{}", "[1]", "x"):
        file.write_text(text + "\n", encoding="utf-8")
        status, _, err = run("conformance", file)
        assert status == 2
        assert err[0].startswith("error: line 1 is no case")
    assert run("conformance", tmp_path / "none.jsonl")[0] == 2


def test_the_shared_cases_fail_only_where_it_is_known():
    shared = Path(os.environ.get("PSHIP_SHARED", ROOT.parent / "shared"))
    file = shared / "data" / "feel-tck.jsonl"
    if not file.exists():
        pytest.skip("feel-tck.jsonl is not there")
    known = {
        line.split(" | ")[0]
        for line in KNOWN.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }
    status, out, err = run("conformance", file)
    failures = {line for line in out[:-1] if not line.startswith("  ")}
    assert err == []
    assert failures == known
    assert out[-1] == f"{2636 - len(known)} of 2636"
    assert status == (1 if known else 0)
