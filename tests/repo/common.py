# SPDX-License-Identifier: Apache-2.0
"""What the repository-wide tests share. Standard library only: they run on a bare machine."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = 77  # the exit status that ctest takes for "skipped"


def project_files(root: Path = ROOT) -> list[str]:
    """The files of the project, as paths from its root: what git tracks or would track, and
    without git (an unpacked archive) all that is no build."""
    git = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-co", "--exclude-standard", "-z"],
        capture_output=True,
        check=False,
    )
    if git.returncode == 0 and (root / ".git").exists():
        names = [name for name in git.stdout.decode().split("\0") if name]
        return sorted(name for name in names if (root / name).is_file())
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [f for f in folders if f not in (".git", "build", "out", "__pycache__")]
        found += [str((Path(folder) / name).relative_to(root)) for name in names]
    return sorted(found)
