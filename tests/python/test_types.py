# SPDX-License-Identifier: Apache-2.0
"""The stubs and inline types agree with what is there; style."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import partnership
import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "bindings" / "python" / "partnership"

# The metaclass of pybind11's classes has no stub (these entries name the classes themselves, not
# their members), and a class that Python cannot make has an __init__ that only raises.
ALLOWED = r"""
partnership\._core\.(Alternates|Calendar|Charter|Check|Composition|Criteria|Feel|FeelCase|FeelCases)
partnership\._core\.(Findings|History|Nominees|Register|Replacement|Selection|Table|Value|Verification)
partnership\._core\.(Alternates|Check|Composition|Feel|FeelCases|Findings|History|Replacement|Selection)\.__init__
partnership\._core\.(Table|Value|Verification)\.__init__
"""


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "MYPY_CACHE_DIR": str(cwd / "mypy-cache")}
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment,
        check=False,
    )


def test_stubs_agree_with_the_module(tmp_path):
    pytest.importorskip("mypy")
    allowed = tmp_path / "allowed.txt"
    allowed.write_text(ALLOWED, encoding="utf-8")
    config = str(ROOT / "pyproject.toml")
    done = run(
        "mypy.stubtest",
        "partnership",
        "--allowlist",
        str(allowed),
        "--mypy-config-file",
        config,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_python_files_are_strictly_typed(tmp_path):
    pytest.importorskip("mypy")
    done = run("mypy", "--config-file", str(ROOT / "pyproject.toml"), str(PACKAGE), cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("command", [("check",), ("format", "--check")])
def test_style(command, tmp_path):
    pytest.importorskip("ruff")
    done = run(
        "ruff", *command, "--no-cache", str(PACKAGE), str(Path(__file__).parent), cwd=tmp_path
    )
    assert done.returncode == 0, done.stdout + done.stderr


def argument_names(docstring: str) -> list[str]:
    """Of a signature such as pybind11 writes: `name(self: T, a: list[int], b: str = 'x') -> T`."""
    inner = docstring.split("\n")[0].split("(", 1)[1].rsplit(") ->", 1)[0]
    while re.search(r"\[[^\[\]]*\]", inner):
        inner = re.sub(r"\[[^\[\]]*\]", "", inner)
    names = [piece.split(":")[0].strip() for piece in inner.split(",") if piece.strip()]
    return [name for name in names if name != "self"]


def stub_functions() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    scope = ""
    text = (PACKAGE / "_core.pyi").read_text(encoding="utf-8")
    joined = re.sub(r"\(\s*\n\s*", "(", re.sub(r",?\s*\n\s*\)", ")", re.sub(r",\n\s*", ", ", text)))
    for line in joined.split("\n"):
        if line.startswith("class "):
            scope = line.split()[1].rstrip(":") + "."
        match = re.match(r"(\s*)def (\w+)\((.*)\) -> ", line)
        if match:
            arguments = re.sub(r"\[[^\[\]]*\]", "", re.sub(r"\[[^\[\]]*\]", "", match[3]))
            names = [piece.split(":")[0].strip() for piece in arguments.split(",")]
            key = (scope if match[1] else "") + match[2]
            found[key] = [name for name in names if name and name != "self"]
    return found


def test_stubs_name_the_arguments_as_the_module_does():
    stubs = stub_functions()
    assert len(stubs) > 50
    for name, names in stubs.items():
        thing = partnership._core
        for part in name.split("."):
            thing = getattr(thing, part)
        assert argument_names(thing.__doc__) == names, name


def test_everything_public_has_a_docstring():
    for name in partnership.__all__:
        thing = getattr(partnership, name)
        if not (inspect.isclass(thing) or inspect.isfunction(thing)):
            continue
        assert inspect.getdoc(thing), name
        if inspect.isclass(thing) and thing.__module__.startswith("partnership"):
            for member, value in vars(thing).items():
                if not member.startswith("_") and (
                    inspect.isfunction(value) or isinstance(value, property)
                ):
                    assert inspect.getdoc(value), f"{name}.{member}"


def test_no_handle_of_the_core_is_public():
    for name in partnership.__all__:
        assert not getattr(getattr(partnership, name), "__module__", "").endswith("._core"), name
