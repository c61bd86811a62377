# SPDX-License-Identifier: Apache-2.0
"""The installed package, as a user meets it: installed to one prefix, moved to another, found by
CMake and by pkg-config, used from C and from C++; and the source tree carried inside another project.

usage: install_test.py --build FOLDER [--cmake CMAKE] [unittest arguments]
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CONSUMER = HERE / "consumer"
EXPECTED = "2018-08-27\n"
settings = argparse.Namespace(build=None, cmake="cmake")


def run(*command, **environment: str) -> str:
    """Standard output of a command; fails the test with all that it said."""
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    if done.returncode != 0:
        raise AssertionError(f"{command} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="partnership-install-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        first, cls.prefix = cls.folder / "first", cls.folder / "moved here"
        run(settings.cmake, "--install", settings.build, "--prefix", first)
        first.rename(cls.prefix)

    def configure_and_build(self, source: Path, name: str | Path, *arguments: str) -> Path:
        build = self.folder / name  # or where it says, when that is absolute
        run(settings.cmake, "-G", "Ninja", "-S", source, "-B", build, *arguments)
        run(settings.cmake, "--build", build)
        return build

    def test_what_is_installed(self):
        files = {
            path.relative_to(self.prefix).as_posix()
            for path in self.prefix.rglob("*")
            if not path.is_dir()
        }
        headers = {name.rsplit("/", 1)[1] for name in files if name.startswith("include/partnership/")}
        wanted = {p.name for p in (ROOT / "include/partnership").iterdir() if p.suffix in (".h", ".hpp")}
        self.assertEqual(headers, wanted | {"version.h"})
        self.assertFalse([name for name in files if name.endswith(".a")], "the inside is not installed")
        packs = ROOT / "libpartnership" / "packs"
        data = {path.relative_to(packs).as_posix() for path in packs.rglob("*.json")}
        installed = {name for name in files if name.startswith("share/partnership/")}
        self.assertEqual(installed, {f"share/partnership/{name}" for name in data})

    def test_nothing_installed_names_where_it_was_built(self):
        for path in self.prefix.rglob("*"):
            if path.is_file() and path.suffix in (".cmake", ".pc", ".h", ".hpp"):
                text = path.read_text(encoding="utf-8")
                for place in (str(ROOT), str(settings.build), str(self.folder)):
                    self.assertNotIn(place, text, path)

    def test_cmake_package(self):
        build = self.configure_and_build(
            CONSUMER, "cmake", f"-Dpartnership_DIR={next(self.prefix.rglob('cmake/partnership'))}"
        )
        for program in ("consumer_c", "consumer_cpp"):
            self.assertEqual(run(build / program), EXPECTED)

    def test_cmake_package_refuses_another_version(self):
        text = (CONSUMER / "CMakeLists.txt").read_text(encoding="utf-8")
        source = self.folder / "version"
        source.mkdir()
        newer = text.replace("find_package(partnership 0.1", "find_package(partnership 99.0")
        self.assertNotEqual(newer, text)
        (source / "CMakeLists.txt").write_text(newer, encoding="utf-8")
        with self.assertRaises(AssertionError):
            self.configure_and_build(source, "version-build", f"-DCMAKE_PREFIX_PATH={self.prefix}")

    @unittest.skipUnless(shutil.which("pkg-config"), "pkg-config is absent")
    def test_pkg_config(self):
        folder = next(self.prefix.rglob("partnership.pc")).parent

        def ask(*what: str) -> list[str]:
            # pkg-config writes the blanks of a path with a backslash, as a shell wants it.
            text = run("pkg-config", *what, "partnership", PKG_CONFIG_PATH=str(folder))
            return text.strip().replace("\\ ", "\0").split(" ")

        flags = [flag.replace("\0", " ") for flag in ask("--cflags", "--libs") if flag]
        library = next(self.prefix.rglob("libpartnership.so")).parent
        for compiler, source in (("gcc -std=c99", "main.c"), ("g++ -std=c++17", "main.cpp")):
            program = self.folder / f"pc_{source.replace('.', '_')}"
            run(*compiler.split(), "-o", program, CONSUMER / source, *flags)
            self.assertEqual(run(program, LD_LIBRARY_PATH=str(library)), EXPECTED)

    def test_the_verifier_runs_where_it_was_moved_to(self):
        journal = ROOT / "tests" / "data" / "journal-1.jsonl"
        root = journal.with_suffix(".root").read_text(encoding="utf-8").strip()
        verify = self.prefix / "bin" / "partnership-verify"
        self.assertIn("sound", run(verify, "journal", journal, root))
        with self.assertRaises(AssertionError):
            run(verify, "journal", journal, root[::-1])

    @unittest.skipUnless(shutil.which("readelf"), "readelf is absent")
    def test_the_verifier_needs_neither_solver_nor_database(self):
        verify = run("readelf", "-d", self.prefix / "bin" / "partnership-verify")
        library = run("readelf", "-d", next(self.prefix.rglob("libpartnership.so")))
        for name in ("libClp", "libCoinUtils", "libsqlite3"):
            self.assertNotIn(name, verify)
            self.assertIn(name, library)

    def test_carried_inside_another_project(self):
        build = self.configure_and_build(
            HERE / "subdirectory",
            # Beside the build, as deep below the sources: a compiler cache knows the objects already.
            settings.build.with_name(f"{settings.build.name}-carrier"),
            f"-DPARTNERSHIP_SOURCE={ROOT}",
            f"-DCONSUMER={CONSUMER}",
            # As the release preset says it, for the same reason.
            "-DCMAKE_BUILD_TYPE=Release",
            "-DCMAKE_C_COMPILER=gcc",
            "-DCMAKE_CXX_COMPILER=g++",
        )
        for program in ("consumer_c", "consumer_cpp"):
            self.assertEqual(run(build / program), EXPECTED)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--cmake", default="cmake")
    settings, rest = parser.parse_known_args()
    unittest.main(argv=[sys.argv[0], *rest])
