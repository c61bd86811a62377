# SPDX-License-Identifier: Apache-2.0
"""Charters by name: those that ship, those in a folder, documents."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from .. import packs as _all
from ..calendar import Calendar
from ._charter import Charter

__all__ = ["load", "packs"]

Folder = str | os.PathLike[str] | None


def packs(folder: Folder = None) -> list[str]:
    """The names of the charters that ship, and of those in the folder `charters` of a folder."""
    return [Path(name).stem for name in _all.names("charters", folder)]


def load(
    name: str | os.PathLike[str], folder: Folder = None, *, calendars: Iterable[Calendar] = ()
) -> Charter:
    """A charter by its name ("afkar", see packs()), or by the path of its document (a Path, or a
    text that ends in ".json"). Raises NotFoundError with the nearest name."""
    if isinstance(name, str) and not name.endswith(".json"):
        return Charter(_all.text(f"charters/{name}.json", folder), calendars=calendars)
    return Charter(Path(name), calendars=calendars)
