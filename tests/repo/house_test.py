# SPDX-License-Identifier: Apache-2.0
"""House rules that a machine can keep: a licence line in every source file, no path of one
machine, no source that CMake does not list, nothing but plain bytes where plain bytes are promised.
"""

import re
import shutil
import tempfile
import unittest
from pathlib import Path

from common import ROOT, project_files

LICENCE = "SPDX-License-Identifier: Apache-2.0"
SOURCE = re.compile(
    r".*\.(c|h|cpp|hpp|py|pyi|sh|cmake|sql|toml|cmake\.in|h\.in|pc\.in|map)|(.*/)?CMakeLists\.txt"
    r"|dev|\.ci/run|.*/requirements[a-z-]*\.txt|\.clang-tidy"
)
# Composed, so that this file may be read as well.
FORBIDDEN = ["/" + name + "/" for name in ("tmp", "work", "root", "home")]
DATA = "tests/data/"  # golden files hold what a program wrote
LISTED = re.compile(r"(libpartnership/.*\.(c|cpp|sql)|(tests|benchmarks)/.*\.(c|cpp))")


def text_of(path: Path) -> "str | None":
    """None for a file that is no text."""
    data = path.read_bytes()
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def check_licences(root: Path, files: list[str]) -> list[str]:
    complaints = []
    for name in files:
        if SOURCE.fullmatch(name) and not name.startswith(DATA):
            head = (root / name).read_text(encoding="utf-8").splitlines()[:3]
            if not any(LICENCE in line for line in head):
                complaints.append(f"{name}: no `{LICENCE}` in its first three lines")
    return complaints


def check_words(root: Path, files: list[str]) -> list[str]:
    complaints = []
    for name in files:
        text = text_of(root / name)
        if text is None:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            for word in FORBIDDEN:
                if word in line:
                    complaints.append(f"{name}:{number}: `{word}` is a path of one machine")
    return complaints


def check_lists(root: Path, files: list[str]) -> list[str]:
    """Sources are listed by hand: in the CMakeLists.txt of their folder or of one above it."""
    complaints = []
    for name in files:
        if not LISTED.fullmatch(name) or name.startswith("tests/support/"):
            continue
        path = root / name
        folder = path.parent
        while True:
            lists = folder / "CMakeLists.txt"
            if lists.is_file():
                entry = re.escape(path.relative_to(folder).as_posix())
                if re.search(rf"(?m)^[^#\n]*(?<![\w./-]){entry}(?![\w.])", lists.read_text("utf-8")):
                    break
            if folder == root:
                complaints.append(f"{name}: no CMakeLists.txt lists it")
                break
            folder = folder.parent
    return complaints


class House(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.files = project_files()
        self.assertGreater(len(self.files), 20)

    def test_every_source_has_its_licence_line(self):
        self.assertEqual(check_licences(ROOT, self.files), [])

    def test_no_path_of_one_machine(self):
        self.assertEqual(check_words(ROOT, self.files), [])

    def test_every_source_is_listed_in_cmake(self):
        self.assertEqual(check_lists(ROOT, self.files), [])

    def test_text_ends_with_a_newline_and_has_no_trailing_blanks(self):
        complaints = []
        for name in self.files:
            ours = SOURCE.fullmatch(name) and not name.startswith(DATA)
            text = text_of(ROOT / name) if ours else None
            if text is None:
                continue
            if text and not text.endswith("\n"):
                complaints.append(f"{name}: no newline at its end")
            if "\r" in text:
                complaints.append(f"{name}: carriage returns")
            for number, line in enumerate(text.split("\n"), 1):
                if line.rstrip() != line:
                    complaints.append(f"{name}:{number}: blanks at the end of the line")
        self.assertEqual(complaints, [])


class Planted(unittest.TestCase):
    """The tests above can fail."""

    def setUp(self):
        self.root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        self.write("libpartnership/base/CMakeLists.txt", f"# {LICENCE}\nx(\n  good.cpp\n # bad.cpp\n)\n")
        self.write("libpartnership/base/good.cpp", f"// {LICENCE}\n")

    def write(self, name: str, text: str):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def files(self) -> list[str]:
        return project_files(self.root)

    def test_a_missing_licence_line_is_found(self):
        self.assertEqual(check_licences(self.root, self.files()), [])
        self.write("libpartnership/base/CMakeLists.txt", "x()\n")
        self.write("dev", "#!/bin/sh\n")
        found = check_licences(self.root, self.files())
        self.assertEqual([line.split(":")[0] for line in found], ["dev", "libpartnership/base/CMakeLists.txt"])

    def test_a_path_of_one_machine_is_found(self):
        self.assertEqual(check_words(self.root, self.files()), [])
        self.write("README.md", "a\nrm " + FORBIDDEN[0] + "x\n")
        found = check_words(self.root, self.files())
        self.assertEqual(len(found), 1)
        self.assertTrue(found[0].startswith("README.md:2:"))

    def test_an_unlisted_source_is_found(self):
        self.assertEqual(check_lists(self.root, self.files()), [])
        self.write("libpartnership/base/bad.cpp", f"// {LICENCE}\n")
        self.write("libpartnership/base/d.cpp", f"// {LICENCE}\n")  # the end of a listed name
        found = check_lists(self.root, self.files())
        self.assertEqual(len(found), 2, found)


if __name__ == "__main__":
    unittest.main()
