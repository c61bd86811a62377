# SPDX-License-Identifier: Apache-2.0
"""The README's programs compile and run.

A fenced block of c, cpp or python below the line `<!-- run -->` is a whole program: it is compiled
without warnings and must exit with 0. A block below `<!-- output -->` is exactly what the program
before it prints. Without --python, programs in Python are passed over. Programs run in a folder of their own in which the project's files can be read
under their usual names; what they write is thrown away.

usage: readme_test.py --build FOLDER [--python PYTHON] [README]
Exit status: 0, 1, or 77 when there is no README.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from common import ROOT, SKIPPED

BLOCK = re.compile(
    r"^<!--[ ]*(run|output)[ ]*-->[ \t]*\n+```([a-z+]*)[ \t]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL
)
MARK = re.compile(r"^<!--[ ]*(run|output)[ ]*-->", re.MULTILINE)
COMMON = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


class Block(NamedTuple):
    line: int
    kind: str  # run or output
    language: str
    text: str


def blocks(readme: str) -> list[Block]:
    return [
        Block(readme.count("\n", 0, m.start()) + 1, m.group(1), m.group(2), m.group(3))
        for m in BLOCK.finditer(readme)
    ]


class Runner:
    def __init__(self, build: Path, python: "str | None"):
        self.library = build / "libpartnership"
        self.module = build / "bindings" / "python"
        self.python = python
        self.includes = ["-I", str(ROOT / "include"), "-I", str(self.library / "generated" / "include")]

    def command(self, block: Block, folder: Path) -> list[str]:
        """Compiles where need be; the command that runs the program."""
        if block.language == "python":
            (folder / "readme.py").write_text(block.text, encoding="utf-8")
            return [self.python, "-B", "readme.py"]
        compiler, suffix = {
            "c": (["gcc", "-std=c99"], ".c"),
            "cpp": (["g++", "-std=c++17"], ".cpp"),
        }[block.language]
        (folder / f"readme{suffix}").write_text(block.text, encoding="utf-8")
        link = ["-L", str(self.library), "-lpartnership", f"-Wl,-rpath,{self.library}"]
        subprocess.run(
            [*compiler, *COMMON, *self.includes, f"readme{suffix}", "-o", "readme", *link],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        )
        return ["./readme"]

    def run(self, block: Block) -> str:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for entry in ROOT.iterdir():
                if entry.name not in (".git", "build", "out"):
                    (folder / entry.name).symlink_to(entry)
            return subprocess.run(
                self.command(block, folder),
                cwd=folder,
                check=True,
                capture_output=True,
                text=True,
                timeout=120,
                env={**os.environ, "PYTHONPATH": str(self.module)},
            ).stdout


def check(readme: str, runner: Runner) -> list[str]:
    found = blocks(readme)
    complaints = []
    if len(found) != len(MARK.findall(readme)):
        complaints.append("a `<!-- run -->` or `<!-- output -->` is not followed by a fenced block")
    output = None
    for block in found:
        try:
            if block.kind == "run":
                output = None
                if block.language != "python" or runner.python is not None:
                    output = runner.run(block)
            elif output is not None and output != block.text:
                complaints.append(f"line {block.line}: the program prints\n{output}")
        except KeyError:
            complaints.append(f"line {block.line}: cannot run a block of `{block.language}`")
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            complaints.append(f"line {block.line}: {error}\n{error.stderr or ''}")
    return complaints


def self_test(runner: Runner) -> None:
    """The test can fail."""
    good = "<!-- run -->\n```c\n#include <stdio.h>\nint main(void) { puts(\"1\"); return 0; }\n```\n"
    assert check(good + "\n<!-- output -->\n```text\n1\n```\n", runner) == []
    for bad in (
        good.replace("return 0", "return 1"),
        good.replace("int main", "int unused; static int main"),
        good + "\n<!-- output -->\n```text\n2\n```\n",
        good + "<!-- run -->\nno block\n",
        "<!-- run -->\n```ruby\nputs 1\n```\n",
    ):
        assert len(check(bad, runner)) == 1, bad


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--python", help="an interpreter for which the module was built")
    parser.add_argument("readme", nargs="?", type=Path, default=ROOT / "README.md")
    arguments = parser.parse_args()
    runner = Runner(arguments.build.resolve(), arguments.python)
    self_test(runner)
    if not arguments.readme.exists():
        print("skipped: there is no README")
        return SKIPPED
    text = arguments.readme.read_text(encoding="utf-8")
    complaints = check(text, runner)
    programs = sum(block.kind == "run" for block in blocks(text))
    print("\n".join(complaints) or f"{programs} programs run")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
