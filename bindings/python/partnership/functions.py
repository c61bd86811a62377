# SPDX-License-Identifier: Apache-2.0
"""Texts, dates, hashes, what the library knows, and verification that needs no register."""

from __future__ import annotations

import datetime
import os
import secrets
from collections.abc import Iterable
from typing import Any, NamedTuple

from . import _convert, _core
from ._convert import Document, HashLike, LanguageLike
from .enums import Language
from .table import Table

__all__ = [
    "JournalVerdict",
    "canonical_json",
    "commitment",
    "describe_options",
    "kinds",
    "leaf_hash",
    "new_salt",
    "queries",
    "render_date",
    "render_period",
    "search_key",
    "verify_consistency",
    "verify_inclusion",
    "verify_journal",
]


def search_key(text: str) -> str:
    """The key under which spellings of one name find each other; for finding and for warnings of
    duplicates, never for merging."""
    return _core.search_key(_convert.text(text, "text"))


def canonical_json(document: Any) -> str:
    """The RFC 8785 canonical form of a JSON document (text, path, dictionary or list).

    Raises MalformedError with the place.
    """
    return _core.canonical_json(_convert.document(document, "document"))


def render_date(date: datetime.date | str, language: LanguageLike = Language.EN) -> str:
    """A day as people read it: "27 August 2018"; Arabic as in Lebanon, with Latin digits."""
    return _core.render_date(_convert.day(date, "date"), _convert.language(language))


def render_period(period: str, language: LanguageLike = Language.EN) -> str:
    """A date or period of reduced precision as people read it: "2004", "2004-01",
    "2018-09-25/2018-09-26". Raises MalformedError."""
    return _core.render_period(_convert.text(period, "period"), _convert.language(language))


def describe_options() -> Table:
    """Every option of the library: scope, name, type, default, least, most, choices, sentence."""
    return Table(_core.describe_options())


def queries() -> Table:
    """The questions that Platform.query answers: query, options and columns (joined by ";"),
    sentence."""
    return Table(_core.queries())


def kinds() -> Table:
    """The kinds of events, a row a field: kind, version, table, effect, field, type, required,
    personal, choices, sentence. A kind's own sentence is in the row whose field is null."""
    return Table(_core.kinds())


def new_salt() -> str:
    """A new salt for a personal payload: 64 hex digits from the system's random source.

    The only thing here that differs from run to run; the library itself draws no randomness.
    """
    return secrets.token_hex(32)


def commitment(payload: Document, salt: HashLike) -> str:
    """The commitment to a personal payload, 64 hex digits: SHA-256 of 0x02, the salt (32 bytes)
    and the payload's canonical JSON. Raises MalformedError."""
    return _core.commitment(_convert.document(payload, "payload"), _convert.hash_text(salt, "salt"))


def leaf_hash(entry: str | bytes) -> str:
    """The Merkle leaf of a journal entry, 64 hex digits: SHA-256 of 0x00 and the line of the
    published journal without its line end."""
    return _core.leaf_hash(_convert.raw(entry, "entry"))


class JournalVerdict(NamedTuple):
    """What verify_journal found."""

    sound: bool
    """The computed root is the expected one, or none was expected."""
    entries: int
    root: str
    """Computed from the lines; 64 hex digits."""


def verify_journal(
    lines: str | bytes | os.PathLike[str], root: HashLike | None = None
) -> JournalVerdict:
    """Verifies a published journal (its text, or the path of its file): checks each entry's form
    and canonical spelling, and computes the root. Raises CorruptError for an entry that is none."""
    expected = None if root is None else _convert.hash_text(root, "root")
    return JournalVerdict(*_core.verify_journal(_convert.raw(lines, "lines"), expected))


def verify_inclusion(
    leaf: HashLike, position: int, size: int, proof: Iterable[HashLike], root: HashLike
) -> bool:
    """Whether `proof` shows that the entry with this leaf is at `position` (from 0) in the tree of
    `size` entries with this root (RFC 9162 section 2.1.3.2)."""
    return _core.verify_inclusion(
        _convert.hash_text(leaf, "leaf"),
        _convert.integer(position, "position"),
        _convert.integer(size, "size"),
        _convert.hash_texts(proof, "proof"),
        _convert.hash_text(root, "root"),
    )


def verify_consistency(
    first: int,
    first_root: HashLike,
    second: int,
    second_root: HashLike,
    proof: Iterable[HashLike],
) -> bool:
    """Whether `proof` shows that the tree of `first` entries is the beginning of the tree of
    `second` entries (RFC 9162 section 2.1.4.2)."""
    return _core.verify_consistency(
        _convert.integer(first, "first"),
        _convert.hash_text(first_root, "first_root"),
        _convert.integer(second, "second"),
        _convert.hash_text(second_root, "second_root"),
        _convert.hash_texts(proof, "proof"),
    )
