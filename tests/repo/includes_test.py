# SPDX-License-Identifier: Apache-2.0
"""Rooms may use only what stands left of them, and each third-party library lives in one place.

Reads every #include of libpartnership, of the public headers and of the Python module. What it will
not do: see through a macro (an #include of a macro is refused) or judge tests and benchmarks.
"""

import re
import shutil
import tempfile
import unittest
from pathlib import Path

from common import ROOT

# A room may include itself and every room of an earlier row; rooms of one row do not know each other.
ROWS = [
    ["base"],
    ["feel", "solver", "verify"],
    ["charter", "committee"],
    ["platform"],
    ["exchange"],
    ["capi"],
]
LEVEL = {room: level for level, row in enumerate(ROWS) for room in row}
PACKS = "packs"  # data that any room may name, and that itself needs nothing but base

# Header (prefix) of a third-party library -> the files (pattern from libpartnership/) that may use it.
THIRD_PARTY = [
    ("boost/date_time", r"base/calendar\.[ch]pp"),
    ("boost/multiprecision/", r"base/rational\.[ch]pp"),
    ("boost/", r"(?!)"),
    ("unicode/", r"base/.*|feel/.*"),
    ("bid_", r"feel/number_big\.cpp"),
    ("simdjson", r"base/json\.cpp"),
    ("nettle/", r"base/hash\.cpp"),
    ("sodium", r"base/random\.cpp"),
    ("SQLiteCpp/", r"platform/.*"),
    ("sqlite3", r"platform/.*"),
    ("coin/", r"solver/coin_backend\.cpp"),
    ("Clp", r"solver/coin_backend\.cpp"),
    ("Coin", r"solver/coin_backend\.cpp"),
    ("Cbc", r"solver/coin_backend\.cpp"),
    ("Osi", r"solver/coin_backend\.cpp"),
]
# The operating system, for files and their durability.
SYSTEM = {"dirent.h", "fcntl.h", "unistd.h", "sys/stat.h", "sys/types.h", "sys/file.h"}
SYSTEM_ROOMS = {"base", "platform"}
# The structs of Arrow's C interfaces stand in a public header, because C needs them there.
ARROW = ("base/arrow.hpp", "partnership/table.h")

INCLUDE = re.compile(r"^[ \t]*#[ \t]*include\b[ \t]*(.*?)[ \t]*(?://.*|/\*.*)?$", re.MULTILINE)
NAME = re.compile(r'^(?:"([^"]+)"|<([^>]+)>)$')
SOURCES = {".cpp", ".hpp", ".c", ".h", ".inc", ".ipp"}


def includes(path: Path):
    """Yields (line number, name or None for a macro, True for <...>)."""
    text = path.read_text(encoding="utf-8")
    for match in INCLUDE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        name = NAME.match(match.group(1))
        if name is None:
            yield line, None, False
        else:
            yield line, name.group(1) or name.group(2), name.group(2) is not None


def third_party(name: str, place: str) -> "str | None":
    """A complaint, "" when it is a third-party header in its place, None when it is none at all."""
    for prefix, allowed in THIRD_PARTY:
        if name.startswith(prefix):
            return "" if re.fullmatch(allowed, place) else f"<{name}> is only for {allowed}"
    return None


def check_inside(name: str, angled: bool, place: str) -> str:
    room = place.split("/", 1)[0]
    if angled:
        complaint = third_party(name, place)
        if complaint is not None:
            return complaint
        if name in SYSTEM:
            return "" if room in SYSTEM_ROOMS else f"<{name}> is only for {sorted(SYSTEM_ROOMS)}"
        if re.fullmatch(r"[a-z_]+", name):  # the C++ standard library
            return ""
        return f"<{name}> is neither of the C++ standard library nor in the table of this test"
    if name.startswith("partnership/"):
        allowed = room == "capi" or (place, name) == ARROW
        return "" if allowed else f'"{name}": the C API is above all rooms but capi'
    target = name.split("/", 1)[0]
    if "/" not in name or ".." in name:
        return f'"{name}": write the path from libpartnership/'
    if target == room:
        return ""
    if target == PACKS:
        return ""
    if target not in LEVEL:
        return f'"{name}": there is no room `{target}`'
    if room == PACKS:
        return "" if target == "base" else f'"{name}": packs may use base only'
    if LEVEL[target] < LEVEL[room]:
        return ""
    return f'"{name}": {room} may not use {target}'


def check_public(name: str, angled: bool, place: str) -> str:
    if not angled:
        return "" if name.startswith("partnership/") else f'"{name}" is not installed'
    if place.endswith(".h"):
        return "" if name in ("stddef.h", "stdint.h") else f"<{name}> in a C header"
    return "" if re.fullmatch(r"[a-z_]+", name) else f"<{name}> is not of the standard library"


def check_python(name: str, angled: bool, place: str) -> str:
    if name.startswith(("partnership/", "pybind11/")):
        return ""
    if angled and (re.fullmatch(r"[a-z_]+|Python\.h|datetime\.h", name) or name in SYSTEM):
        return ""
    if not angled and "/" not in name:  # a file of the module itself
        return ""
    return f"`{name}`: Python reaches the library only through its public headers"


def check(root: Path) -> list[str]:
    """Every include that may not be, as `file:line: why`."""
    complaints = []
    for folder, judge in (
        ("libpartnership", check_inside),
        ("include/partnership", check_public),
        ("bindings/python", check_python),
    ):
        base = root / folder
        for path in sorted(base.rglob("*")):
            if path.suffix not in SOURCES or not path.is_file():
                continue
            place = path.relative_to(base).as_posix()
            if judge is check_inside:
                room = place.split("/", 1)[0]
                if room not in LEVEL and room != PACKS:
                    complaints.append(f"{folder}/{place}: there is no room `{room}`")
                    continue
            for line, name, angled in includes(path):
                why = "an include of a macro" if name is None else judge(name, angled, place)
                if why:
                    complaints.append(f"{folder}/{place}:{line}: {why}")
    return complaints


class Includes(unittest.TestCase):
    maxDiff = None

    def test_the_project_keeps_to_its_rooms(self):
        self.assertEqual(check(ROOT), [])

    def test_it_sees_the_project(self):
        seen = list((ROOT / "libpartnership").rglob("*.[ch]pp"))
        self.assertGreater(len(seen), 10)


class Planted(unittest.TestCase):
    """The test can fail: each of these lines, put into the real tree, is found."""

    LINES = [
        ("libpartnership/base/error.cpp", '#include "platform/register.hpp"', "base may not use"),
        ("libpartnership/base/error.cpp", '#  include "capi/guard.hpp" // why', "base may not use"),
        ("libpartnership/verify/x.cpp", '#include "committee/x.hpp"', "verify may not use committee"),
        ("libpartnership/committee/x.cpp", '#include "platform/x.hpp"', "committee may not use"),
        ("libpartnership/committee/x.cpp", '#include "charter/x.hpp"', "committee may not use"),
        ("libpartnership/platform/x.hpp", '#include "capi/guard.hpp"', "platform may not use capi"),
        ("libpartnership/packs/x.cpp", '#include "platform/x.hpp"', "packs may use base only"),
        ("libpartnership/platform/x.cpp", '#include "../base/error.hpp"', "write the path"),
        ("libpartnership/platform/x.cpp", '#include "x.hpp"', "write the path"),
        ("libpartnership/platform/x.cpp", '#include "attic/x.hpp"', "no room `attic`"),
        ("libpartnership/attic/x.cpp", "#include <vector>", "no room `attic`"),
        ("libpartnership/platform/x.cpp", "#include WHAT", "macro"),
        ("libpartnership/platform/x.cpp", '#include "partnership/base.h"', "above all rooms"),
        ("libpartnership/base/date.cpp", "#include <boost/date_time.hpp>", "is only for"),
        ("libpartnership/base/date.cpp", "#include <boost/multiprecision/cpp_int.hpp>", "is only for"),
        ("libpartnership/base/calendar.cpp", "#include <boost/regex.hpp>", "is only for"),
        ("libpartnership/committee/x.cpp", "#include <ClpSimplex.hpp>", "is only for"),
        ("libpartnership/solver/x.cpp", "#include <CoinError.hpp>", "is only for"),
        ("libpartnership/platform/x.cpp", "#include <unicode/ustring.h>", "is only for"),
        ("libpartnership/feel/number.cpp", "#include <bid_functions.h>", "is only for"),
        ("libpartnership/base/csv.cpp", "#include <simdjson.h>", "is only for"),
        ("libpartnership/platform/x.cpp", "#include <sodium.h>", "is only for"),
        ("libpartnership/base/merkle.cpp", "#include <nettle/sha2.h>", "is only for"),
        ("libpartnership/base/x.cpp", "#include <SQLiteCpp/Database.h>", "is only for"),
        ("libpartnership/verify/x.cpp", "#include <sqlite3.h>", "is only for"),
        ("libpartnership/verify/x.cpp", "#include <nlohmann/json.hpp>", "neither of the C++"),
        ("libpartnership/committee/x.cpp", "#include <unistd.h>", "is only for"),
        ("libpartnership/packs/x.cpp", "#include <dirent.h>", "is only for"),
        ("libpartnership/exchange/x.cpp", '#include "capi/guard.hpp"', "exchange may not use"),
        ("libpartnership/platform/x.cpp", '#include "exchange/icalendar.hpp"', "platform may not"),
        ("include/partnership/base.h", "#include <stdio.h>", "in a C header"),
        ("include/partnership/x.hpp", '#include "base/error.hpp"', "is not installed"),
        ("bindings/python/x.cpp", '#include "base/error.hpp"', "public headers"),
    ]
    GOOD = [
        ("libpartnership/capi/x.cpp", '#include "platform/x.hpp"'),
        ("libpartnership/capi/x.cpp", '#include "partnership/base.h"'),
        ("libpartnership/platform/x.cpp", '#include "verify/x.hpp"'),
        ("libpartnership/platform/x.cpp", "#include <SQLiteCpp/Database.h>"),
        ("libpartnership/platform/x.cpp", "/* see */ int x;  // #include <sodium.h>"),
        ("libpartnership/base/calendar.cpp", "#include <boost/date_time.hpp>"),
        ("bindings/python/x.cpp", "#include <partnership/partnership.hpp>"),
    ]

    def plant(self, place: str, line: str) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for part in ("libpartnership", "include"):
                shutil.copytree(ROOT / part, root / part)
            before = check(root)
            path = root / place
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write("\n" + line + "\n")
            return [complaint for complaint in check(root) if complaint not in before]

    def test_each_planted_line_is_found(self):
        for place, line, why in self.LINES:
            with self.subTest(place=place, line=line):
                complaints = self.plant(place, line)
                self.assertEqual(len(complaints), 1, complaints)
                self.assertTrue(complaints[0].startswith(place), complaints)
                self.assertIn(why, complaints[0])

    def test_what_is_allowed_is_not(self):
        for place, line in self.GOOD:
            with self.subTest(place=place, line=line):
                self.assertEqual(self.plant(place, line), [])


if __name__ == "__main__":
    unittest.main()
