# SPDX-License-Identifier: Apache-2.0
"""The files of a small lottery, and the commands over them, for the tests that need both."""

from __future__ import annotations

import os
from pathlib import Path

from partnership.committee import __main__ as commands

CATEGORIES = "category,feature,min,max\nside,public,1,2\nside,civil,1,2\nregion,north,1,2\n"
POOL = """nationbuilder_id,name,side,region
1,Nominee one,public,north
2,Nominee two,civil,north
3,Nominee three,public,south
4,Nominee four,public,south
5,Nominee five,civil,south
"""
POOLS = Path(os.environ.get("PSHIP_SHARED", "../shared")) / "data" / "pools"


def write_inputs(folder: Path) -> tuple[Path, Path]:
    """A category file and a pool."""
    (folder / "criteria.csv").write_text(CATEGORIES + "region,south,0,2\n", encoding="utf-8")
    (folder / "pool.csv").write_text(POOL, encoding="utf-8")
    return folder / "criteria.csv", folder / "pool.csv"


def run(*arguments: object) -> int:
    return commands.main([str(one) for one in arguments])


def compose(inputs, folder, *more):
    return run("compose", *inputs, "--size", 3, "--lottery", "leximin", "--out", folder, *more)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
