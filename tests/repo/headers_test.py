# SPDX-License-Identifier: Apache-2.0
"""Each public header compiles alone, in the oldest language it promises, without one warning.

usage: headers_test.py --include FOLDER (of version.h) [--include ...] [unittest arguments]
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from common import ROOT

PUBLIC = ROOT / "include" / "partnership"
STRICT = [
    "-pedantic-errors",
    "-Wall",
    "-Wextra",
    "-Werror",
    "-Wconversion",
    "-Wshadow",
    "-fsyntax-only",
]
STRICT_C = STRICT + ["-std=c99", "-Wstrict-prototypes", "-Wc++-compat"]
STRICT_CXX = STRICT + ["-std=c++17", "-Wold-style-cast"]
FOLDERS: list[str] = [str(ROOT / "include")]

C_COMPILERS = [c for c in ("gcc", "clang") if shutil.which(c)]
CXX_COMPILERS = [c for c in ("g++", "clang++") if shutil.which(c)]


def compile_text(compiler: str, flags: list[str], text: str, suffix: str) -> str:
    """What the compiler says; "" when it accepts."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"one{suffix}"
        source.write_text(text, encoding="utf-8")
        include = [argument for path in FOLDERS for argument in ("-I", path)]
        done = subprocess.run(
            [compiler, *flags, *include, str(source)], capture_output=True, text=True, check=False
        )
        return "" if done.returncode == 0 else done.stderr or "failed without a word"


def headers(suffix: str) -> list[str]:
    names = {path.name for path in PUBLIC.glob(f"*{suffix}")}
    if suffix == ".h":
        names.add("version.h")  # made by CMake
    return sorted(names)


class Headers(unittest.TestCase):
    def test_there_are_compilers_and_headers(self):
        self.assertTrue(C_COMPILERS and CXX_COMPILERS)
        self.assertIn("partnership.h", headers(".h"))

    def test_c_headers_alone_as_c99(self):
        for compiler in C_COMPILERS:
            for name in headers(".h"):
                # Twice: the guard. The last line: C99 forbids an empty translation unit.
                text = f"#include <partnership/{name}>\n#include <partnership/{name}>\nint x;\n"
                with self.subTest(compiler=compiler, header=name):
                    self.assertEqual(compile_text(compiler, STRICT_C, text, ".c"), "")

    def test_all_headers_alone_as_cxx17(self):
        for compiler in CXX_COMPILERS:
            for name in headers(".h") + headers(".hpp"):
                text = f"#include <partnership/{name}>\n#include <partnership/{name}>\n"
                with self.subTest(compiler=compiler, header=name):
                    self.assertEqual(compile_text(compiler, STRICT_CXX, text, ".cpp"), "")

    def test_the_umbrella_includes_every_c_header(self):
        text = (PUBLIC / "partnership.h").read_text(encoding="utf-8")
        for name in headers(".h"):
            if name not in ("partnership.h", "version.h"):
                self.assertIn(f'#include "partnership/{name}"', text)

    def test_it_can_fail(self):
        for text in (
            "#include <partnership/base.h>\nlong long f(void) { for (int i = 0; i < 1; ++i) { int i = 2; } return 1; }\n",
            "#include <partnership/base.h>\n#include <partnership/none.h>\n",
            "#include <partnership/base.h>\nint32_t f(int64_t x) { return x; }\n",
            "#include <partnership/base.h>\nstruct empty {};\n",
        ):
            self.assertNotEqual(compile_text(C_COMPILERS[0], STRICT_C, text, ".c"), "")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--include", action="append", default=[])
    arguments, rest = parser.parse_known_args()
    FOLDERS += arguments.include
    unittest.main(argv=[sys.argv[0], *rest])
