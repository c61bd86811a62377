# SPDX-License-Identifier: Apache-2.0
"""Pages as a browser shows them: a headless Chromium, where there is one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--virtual-time-budget=60000",
)

needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no chromium (./dev deps installs it)"
)


def dump(page: Path, profile: Path, *flags: str) -> str:
    """The page's document after its scripts ran."""
    done = subprocess.run(
        [
            str(CHROMIUM),
            *FLAGS,
            *flags,
            f"--user-data-dir={profile}",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        encoding="utf-8",
        timeout=150,
        check=True,
    )
    return done.stdout
