# SPDX-License-Identifier: Apache-2.0
"""The example's job, run once for all tests of a file, in a folder of its own."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "afkar"


def fairness_pictures() -> int:
    """How many pictures the example lottery has, counted from its files without the library: one
    over all nominees, one a value that they have, one a criterion."""
    criteria = json.loads((EXAMPLE / "criteria.json").read_text(encoding="utf-8"))
    with (EXAMPLE / "example_nominees.csv").open(encoding="utf-8", newline="") as file:
        nominees = list(csv.DictReader(file))
    values = {
        (attribute, value)
        for attribute in criteria["attributes"]
        for nominee in nominees
        for value in nominee[attribute].split(";")
        if value
    }
    return 1 + len(values) + 1 + len(criteria["rules"])  # the size is a criterion, too


class Run(NamedTuple):
    folder: Path
    printed: str

    @property
    def report(self) -> str:
        return (self.folder / "report.html").read_text(encoding="utf-8")


def run_example(folder: Path) -> Run:
    done = subprocess.run(
        [sys.executable, "-B", str(EXAMPLE / "run.py"), "--out", str(folder)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        cwd=folder,
        # Neither the locale nor the clock's zone may show in what it writes.
        env={**os.environ, "LC_ALL": "C", "TZ": "Pacific/Kiritimati"},
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return Run(folder, done.stdout)


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run_example(tmp_path_factory.mktemp("afkar"))
