#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The binary interface against what the project says it is.

names: the dynamic symbols that the shared library defines are exactly those of
exported_symbols.txt, which are exactly the functions that the public headers declare.
types: a C stub of the headers, described by abidw, differs in nothing from abi.xml. (The stub, not
the library: abidw would describe the C++ inside as well.) Within an ABI number functions are only
added, so a difference of types is an error, and an added function wants --update.

Exit status: 0, 1 when something differs, 77 when types were asked for and abidw is absent.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from common import ROOT, SKIPPED

HERE = Path(__file__).resolve().parent
NAMES = HERE / "exported_symbols.txt"
TYPES = HERE / "abi.xml"
COMPILER = "gcc"


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def exported(library: Path) -> list[str]:
    """Names that the library defines, without the version node a script may add."""
    lines = run("nm", "-D", "--defined-only", str(library)).splitlines()
    return sorted(line.split()[-1] for line in lines)


def declarations(text: str) -> dict[str, str]:
    """Function name -> declaration, from preprocessed headers: the statements at depth 0 that are
    no typedef and in which a pship_ name is followed by a parenthesis."""
    found = {}
    statement, depth = "", 0
    for char in text:
        depth += {"{": 1, "}": -1}.get(char, 0)
        if char == ";" and depth == 0:
            name = re.search(r"\b(pship_\w+)\s*\(", statement)
            if name and not statement.lstrip().startswith("typedef"):
                found[name.group(1)] = " ".join(statement.split())
            statement = ""
        else:
            statement += char
    return found


def declared(includes: list[str]) -> dict[str, str]:
    folders = [argument for path in includes for argument in ("-I", path)]
    header = str(ROOT / "include" / "partnership" / "partnership.h")
    return declarations(run(COMPILER, "-std=c99", "-E", "-P", *folders, header))


def stub(functions: dict[str, str]) -> str:
    """C source that defines every function; none of them is ever called."""
    text = "#include <partnership/partnership.h>\n"
    for _, declaration in sorted(functions.items()):
        text += f"{declaration} {{ __builtin_trap(); }}\n"
    return text


def describe(text: str, includes: list[str], out: Path) -> None:
    """Writes abidw's description of a stub. It names no path, compiler or machine."""
    folders = [argument for path in includes for argument in ("-I", path)]
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder) / "stub.c", Path(folder) / "stub.so"
        source.write_text(text, encoding="utf-8")
        subprocess.run(
            [COMPILER, "-std=c99", "-g", "-O0", "-w", "-fPIC", "-shared", *folders]
            + [f"-ffile-prefix-map={folder}=.", f"-ffile-prefix-map={ROOT}=."]
            + ["-Wl,-soname,libpartnership.so", "-o", str(library), str(source)],
            check=True,
        )
        options = ["--type-id-style", "hash", "--no-show-locs", "--no-comp-dir-path"]
        options += ["--no-corpus-path", "--no-architecture"]
        out.write_text(run("abidw", *options, str(library)), encoding="utf-8")


def differ(what: str, left: list[str], right: list[str], names: tuple[str, str]) -> list[str]:
    lines = [f"{what}: `{name}` is in {names[0]}, not in {names[1]}" for name in left if name not in right]
    lines += [f"{what}: `{name}` is in {names[1]}, not in {names[0]}" for name in right if name not in left]
    return lines


def check_names(library: Path, functions: dict[str, str]) -> list[str]:
    actual = exported(library)
    listed = NAMES.read_text(encoding="utf-8").split()
    lines = [f"names: `{name}` is exported and no pship_ name" for name in actual if not name.startswith("pship_")]
    lines += differ("names", actual, listed, ("the library", NAMES.name))
    lines += differ("names", sorted(functions), listed, ("the headers", NAMES.name))
    if len(actual) < 10:
        lines.append(f"names: the library exports only {len(actual)} names")
    return lines


def compare(old: Path, new: Path) -> str:
    done = subprocess.run(
        ["abidiff", "--no-added-syms", str(old), str(new)], capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def check_types(functions: dict[str, str], includes: list[str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder) / "new.xml"
        describe(stub(functions), includes, new)
        difference = compare(TYPES, new)
        if difference:
            return ["types: " + line for line in difference.splitlines() if line]
        # The comparison can fail: with one type widened, and with one function gone.
        widened = "#include <stdint.h>\n#define int32_t int64_t\n" + stub(functions)
        fewer = stub({n: d for n, d in functions.items() if n != min(functions)})
        for text in (widened, fewer):
            describe(text, includes, new)
            if not compare(TYPES, new):
                return ["types: a planted change went unnoticed, this test cannot fail"]
    return []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--build", type=Path, required=True, help="the build folder")
    parser.add_argument("--library", type=Path, help="the shared library, if not the build's")
    parser.add_argument("--only", choices=("names", "types"))
    parser.add_argument("--update", action="store_true", help="rewrite the two files")
    arguments = parser.parse_args()
    library = arguments.library or arguments.build / "libpartnership" / "libpartnership.so"
    generated = arguments.build / "libpartnership" / "generated" / "include"
    includes = [str(ROOT / "include"), str(generated)]
    functions = declared(includes)

    if arguments.update:
        NAMES.write_text("".join(name + "\n" for name in sorted(functions)), encoding="utf-8")
        describe(stub(functions), includes, TYPES)

    complaints: list[str] = []
    if arguments.only != "types":
        complaints += check_names(library, functions)
    if arguments.only != "names":
        if shutil.which("abidw") is None:
            print("types: skipped, abidw (abigail-tools) is absent")
            if arguments.only == "types":
                return SKIPPED
        else:
            complaints += check_types(functions, includes)
    print("\n".join(complaints) or f"{len(functions)} functions: nothing differs")
    if complaints:
        print("if that is meant: ./dev abi --update (and a new PSHIP_ABI for anything but an addition)")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
