# SPDX-License-Identifier: Apache-2.0
"""The platform's register: one door in (record), one door out (query), and proofs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, NoReturn

from . import _convert, _core
from ._convert import DateLike, Document, HashLike, OptionValue
from .errors import ArgumentError
from .table import Table

__all__ = ["Platform", "open"]


def open(path: str | os.PathLike[str], **options: OptionValue) -> Platform:
    """Opens the register in a file, or a private one in memory for ":memory:".

    Options: `create` (True: make the file when it is absent), `read_only`, `durability` ("full",
    "normal"), `busy_timeout_ms`; `describe_options()` tells more.
    Raises IoError, BusyError; CorruptError: the file is no register; StateError: it is of a newer
    schema; ArgumentError: an option that there is not, with the nearest.
    """
    return Platform(path, **options)


class Platform:
    """A register; see `open`. A context manager that closes itself.

    Threads may share one: their calls take turns. Ctrl-C in the main thread ends the call that
    runs; what it had begun is undone, unless it ended at that very moment (`len()` tells). After
    `close` every call raises StateError; so does every call in a forked child, which must open the
    register itself.
    """

    __slots__ = ("__weakref__", "_handle", "_path")
    _handle: _core.Register
    _path: str

    def __init__(self, path: str | os.PathLike[str], **options: OptionValue) -> None:
        name = _convert.path(path, "path")
        self._path = name
        self._handle = _core.Register(name, _convert.options(options))

    # ---- its life

    def close(self) -> None:
        """Closes the register, after the call that runs in another thread, if any. May be called
        again."""
        self._handle.close()

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._handle.closed()

    def cancel(self) -> None:
        """Makes the call that runs in another thread, if any, raise CancelledError."""
        self._handle.cancel()

    def __enter__(self) -> Platform:
        self._handle.size()  # StateError when closed
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    # ---- in and out

    def record(self, events: Document | Iterable[Mapping[str, Any]]) -> Table:
        """Records one event, or several: all or none, in order.

        An event is {"kind", "version" (None: the newest), "effective": date, "recorded": instant,
        "actor", "public": {...}, "personal": {"salt", "payload"} (may be absent)}: a dictionary,
        JSON text, or the path of a JSON file. datetime.date is taken for dates, a datetime with a
        time zone for instants. `new_salt()` makes a salt.

        Returns a row an event: position (from 0), leaf (its hash, 64 hex digits). Raises
        MalformedError, InvalidDocumentError: what is wrong with the form of any event;
        RefusedError: every reason for which the first refused event cannot be.
        """
        return Table(self._handle.record(_convert.events(events)))

    def query(
        self,
        name: str,
        *,
        on: DateLike = None,
        known_at: int | None = None,
        **options: OptionValue,
    ) -> Table:
        """Answers a named question; `queries()` lists them with their options and columns.

        `on`: the effective day asked about (None: every day); `known_at`: the number of entries
        that were known (None: all). Raises NotFoundError: no such query, with the nearest.
        """
        asked = dict(options, on=_convert.date(on, "on"), known_at=known_at)
        return Table(self._handle.query(_convert.text(name, "name"), _convert.options(asked)))

    # ---- the journal and its proofs

    @property
    def size(self) -> int:
        """The number of entries."""
        return self._handle.size()

    def __len__(self) -> int:
        return self._handle.size()

    def __bool__(self) -> bool:
        """True, also for a register without entries."""
        return True

    def root(self, size: int | None = None) -> str:
        """The Merkle root (RFC 9162) over the first `size` entries (None: all), 64 hex digits.

        Raises ArgumentError when there are not so many.
        """
        if size is None:
            return self._handle.root(-1)
        return self._handle.root(_count(size, "size"))

    def entry(self, position: int) -> str:
        """The entry at a position (from 0) as the canonical JSON that its leaf hashes."""
        return self._handle.entry(_convert.integer(position, "position"))

    def prove_inclusion(self, position: int, size: int | None = None) -> list[str]:
        """The proof that the entry at `position` is in the tree of the first `size` entries (None:
        all), for `verify_inclusion`: hashes of 64 hex digits."""
        return self._handle.prove_inclusion(
            _convert.integer(position, "position"),
            self.size if size is None else _count(size, "size"),
        )

    def prove_consistency(self, first: int, second: int | None = None) -> list[str]:
        """The proof that the tree of the first `first` entries is the beginning of the tree of
        `second` (None: all), for `verify_consistency`: hashes of 64 hex digits."""
        return self._handle.prove_consistency(
            _count(first, "first"),
            self.size if second is None else _count(second, "second"),
        )

    def verify(self, *, root: HashLike | None = None, tables: bool | None = None) -> Table:
        """Reads the whole register: the file's structure, every entry's form and hash, the tree,
        every commitment that can be opened, and (unless `tables` is False) every table row against
        a replay of the journal. `root`: a root kept outside, which the journal must have had.

        Returns a row a fault (place, message); no rows when all is well.
        """
        kept = None if root is None else _convert.hash_text(root, "root")
        return Table(self._handle.verify(_convert.options({"root": kept, "tables": tables})))

    def rebuild(self) -> None:
        """Drops the tables and makes them anew from the journal, in one transaction."""
        self._handle.rebuild()

    def dump(self) -> str:
        """All tables as text, row by row: equal registers give equal texts."""
        return self._handle.dump()

    def export(self) -> str:
        """The journal as it may be published, a line an entry, without personal payloads. Check it
        with `verify_journal`, which needs no register."""
        return self._handle.export()

    # ---- what Python asks of a value

    def __reduce__(self) -> NoReturn:
        raise TypeError("a register cannot be pickled: open it by its path where it is needed")

    def __repr__(self) -> str:
        return f"<partnership.Platform: {self._path!r}{', closed' if self.closed else ''}>"


def _count(value: object, argument: str) -> int:
    number = _convert.integer(value, argument)
    if number < 0:  # -1 means all of them in C
        raise ArgumentError(f"`{argument}` is {number}, expected 0 or more")
    return number
