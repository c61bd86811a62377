# SPDX-License-Identifier: Apache-2.0
"""Documents that ship with the library: calendars, charters, criteria and JSON Schemas.

    from partnership import Calendar, packs

    packs.names("calendars")  # ["calendars/lebanon.json", ...]
    lebanon = Calendar(packs.text("calendars/lebanon.json"))

Every function takes a `folder` of your own, which has a folder a kind; a file there comes before
the one that ships. Nothing outside it is read, and links in it are not followed.
"""

from __future__ import annotations

import os

from . import _convert, _core
from .errors import ArgumentError
from .table import Table

__all__ = ["KINDS", "names", "table", "text"]

KINDS = ("calendars", "charters", "criteria", "schemas")
"""The first part of every name."""

Folder = str | os.PathLike[str] | None


def _folder(folder: Folder) -> str:
    if folder is None:
        return ""
    name = _convert.path(folder, "folder")
    if not name:
        raise ArgumentError("`folder` is empty, expected a path or None")
    return name


def table(folder: Folder = None) -> Table:
    """Every pack: columns name, kind, origin ("folder" or "library")."""
    return Table(_core.packs_list(_folder(folder)))


def names(kind: str | None = None, folder: Folder = None) -> list[str]:
    """The names of all packs, or of those of one kind."""
    if kind is not None and kind not in KINDS:
        raise ArgumentError(
            f"there is no kind of pack `{kind}`, expected one of {', '.join(KINDS)}"
        )
    return [str(row["name"]) for row in table(folder).to_pylist() if kind in (None, row["kind"])]


def text(name: str, folder: Folder = None) -> str:
    """The text of a pack. Raises NotFoundError, ArgumentError for what is no name of one."""
    return _core.packs_text(_folder(folder), _convert.text(name, "name"))
