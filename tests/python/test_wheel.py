# SPDX-License-Identifier: Apache-2.0
"""`pip install .` gives a package that works: built once, installed into a fresh environment, and
used from another folder. Needs no network: NumPy is taken from this environment."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import partnership
import pytest

ROOT = Path(__file__).parents[2]
BUILD = os.environ.get("PSHIP_WHEEL_BUILD")

SMOKE = """
import partnership, sys
assert "site-packages" in partnership.__file__, partnership.__file__
with partnership.open(":memory:") as platform:
    platform.record({
        "kind": "body.registered", "effective": "2004-01-15", "recorded": "2026-11-23T10:00:00Z",
        "actor": "secretariat", "public": {"id": "a", "name": {"en": "A"}, "side": "public"}})
    assert partnership.verify_journal(platform.export(), platform.root()).sound
    print(partnership.__version__, platform.query("nominees")["id"].tolist())
"""


def run(*command: str, **more: object) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    for needed in ("scikit_build_core", "build"):
        if importlib.util.find_spec(needed) is None:
            pytest.skip(f"{needed} is not installed")
    out = tmp_path_factory.mktemp("dist")
    where = BUILD or str(tmp_path_factory.mktemp("wheel"))
    run(
        *(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)),
        *("-Cbuild-dir=" + where, "-Ccmake.build-type=Release"),
        str(ROOT),
    )
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_the_package_and_the_library_once(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    inside = {
        name.removeprefix("partnership/") for name in names if name.startswith("partnership/")
    }
    sources = {path.name for path in (ROOT / "bindings" / "python" / "partnership").glob("*.p*")}
    assert sources - {"__pycache__"} <= inside
    libraries = [name for name in names if ".so" in name]
    assert len(libraries) == 2, libraries
    assert all(name.startswith("partnership/") for name in libraries)
    assert not [name for name in names if name.endswith((".h", ".hpp", ".cpp", ".cmake", ".pc"))]
    metadata = next(name for name in names if name.endswith("METADATA"))
    text = zipfile.ZipFile(wheel).read(metadata).decode()
    assert f"Version: {partnership.__version__}\n" in text
    assert any(name.endswith("LICENSE") for name in names)


def test_a_fresh_environment_can_use_it(wheel, tmp_path):
    fresh = tmp_path / "fresh"
    run(sys.executable, "-m", "venv", "--without-pip", str(fresh))
    python = str(fresh / "bin" / "python")
    run(
        *(sys.executable, "-m", "pip", "--python", python, "install", "--no-index", "--no-deps"),
        *("--quiet", str(wheel)),
    )
    # Only NumPy, and not the environment that this test runs in.
    numpy = importlib.util.find_spec("numpy")
    assert numpy is not None
    assert numpy.origin is not None
    packages = next((fresh / "lib").glob("python*/site-packages"))
    for source in Path(numpy.origin).parents[1].glob("numpy*"):
        (packages / source.name).symlink_to(source)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    out = run(python, "-W", "error", "-c", SMOKE, cwd=elsewhere, env=clean)
    assert out.strip() == f"{partnership.__version__} ['a']"
