# SPDX-License-Identifier: Apache-2.0
"""What Python callers may pass, made into what the compiled module takes."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from . import _core
from .enums import Language
from .errors import ArgumentError, MalformedError

Document: TypeAlias = str | bytes | bytearray | memoryview | os.PathLike[str] | Mapping[str, Any]
"""A JSON document: its text, the path of its file, or its content as a dictionary."""
DateLike: TypeAlias = datetime.date | str | None
"""A day, its ISO text, or None for an open end."""
LanguageLike: TypeAlias = Language | str
"""A language, or "ar", "en", "fr"."""
HashLike: TypeAlias = str | bytes
"""A hash: 64 hex digits, or 32 bytes."""
OptionValue: TypeAlias = bool | int | float | str | datetime.date | None
"""The value of an option; None leaves its default."""


def kind_of(value: object) -> str:
    return type(value).__name__


def utf8(text: str, argument: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise MalformedError(
            f"`{argument}` is not UTF-8: a lone surrogate at character {error.start}"
        ) from None


def text(value: object, argument: str) -> str:
    """Checks that `value` is a text without lone surrogates."""
    if not isinstance(value, str):
        raise TypeError(f"`{argument}` is of type {kind_of(value)}, expected str")
    utf8(value, argument)
    return value


def integer(value: object, argument: str, bits: int = 64) -> int:
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"`{argument}` is of type {kind_of(value)}, expected int")
    number = int(value.__index__())
    if not -(1 << (bits - 1)) <= number < 1 << (bits - 1):
        raise ArgumentError(f"`{argument}` is an integer beyond {bits} bits")
    return number


def _json_default(value: object) -> object:
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            raise TypeError(
                "a datetime without a time zone has no instant, expected one with tzinfo"
            )
        return value.astimezone(datetime.UTC).replace(tzinfo=None).isoformat() + "Z"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if hasattr(value, "item"):  # a NumPy scalar
        return value.item()
    raise TypeError(f"a {kind_of(value)} cannot stand in a JSON document")


def to_json(value: object, argument: str) -> bytes:
    """Python objects as JSON: dates as ISO texts, datetimes as instants in UTC."""
    try:
        written = json.dumps(value, ensure_ascii=False, allow_nan=False, default=_json_default)
    except (ValueError, RecursionError) as error:
        raise ArgumentError(f"`{argument}` cannot be written as JSON: {error}") from None
    return utf8(written, argument)


def path(value: object, argument: str) -> str:
    """The path of a file or folder, which must be UTF-8."""
    if not isinstance(value, (str, os.PathLike)):
        raise TypeError(f"`{argument}` is of type {kind_of(value)}, expected str or os.PathLike")
    name = os.fspath(value)
    if not isinstance(name, str):
        raise TypeError(f"`{argument}` gives bytes, expected str")
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raise ArgumentError(f"the name in `{argument}` is not UTF-8") from None
    return name


def raw(value: object, argument: str) -> bytes:
    """The bytes of a text, of bytes, or of the file at a path."""
    if isinstance(value, str):
        return utf8(value, argument)
    if isinstance(value, bytes):
        return value
    if isinstance(value, (bytearray, memoryview)):
        return bytes(value)
    if isinstance(value, os.PathLike):
        return Path(value).read_bytes()
    raise TypeError(
        f"`{argument}` is of type {kind_of(value)}, expected a text, bytes or the path of a file"
    )


def document(value: object, argument: str) -> bytes:
    """The bytes of a JSON document; a str is always its text, never a path."""
    if isinstance(value, (Mapping, list, tuple)):
        return to_json(dict(value) if isinstance(value, Mapping) else value, argument)
    return raw(value, argument)


def events(value: object) -> bytes:
    """One event or several as JSON."""
    if isinstance(value, Iterable) and not isinstance(
        value, (str, bytes, bytearray, memoryview, Mapping, os.PathLike)
    ):
        return to_json([dict(e) if isinstance(e, Mapping) else e for e in value], "events")
    return document(value, "events")


def date(value: object, argument: str) -> datetime.date | None:
    if value is None:
        return None
    if isinstance(value, str):
        return _core.parse_date(text(value, argument))
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    raise TypeError(
        f"`{argument}` is of type {kind_of(value)}, expected datetime.date or text YYYY-MM-DD"
    )


def day(value: object, argument: str) -> datetime.date:
    """As date(), but a day there must be."""
    found = date(value, argument)
    if found is None:
        raise TypeError(f"`{argument}` is None, expected datetime.date or text YYYY-MM-DD")
    return found


def language(value: object) -> int:
    if isinstance(value, str):
        try:
            return Language[value.upper()]
        except KeyError:
            raise ArgumentError(f"`{value}` is no language, expected ar, en or fr") from None
    if isinstance(value, int) and not isinstance(value, bool):
        try:
            return Language(value)
        except ValueError:
            raise ArgumentError(f"`{value}` is no language, expected ar, en or fr") from None
    raise TypeError(f"`language` is of type {kind_of(value)}, expected Language or str")


def hash_text(value: object, argument: str) -> str:
    if isinstance(value, str):
        return text(value, argument)
    if isinstance(value, (bytes, bytearray)):
        if len(value) != 32:
            raise ArgumentError(f"`{argument}` has {len(value)} bytes, expected 32")
        return value.hex()
    raise TypeError(f"`{argument}` is of type {kind_of(value)}, expected 64 hex digits or 32 bytes")


def hash_texts(value: object, argument: str) -> list[str]:
    if isinstance(value, (str, bytes, bytearray)) or not isinstance(value, Iterable):
        raise TypeError(f"`{argument}` is of type {kind_of(value)}, expected a list of hashes")
    return [hash_text(entry, argument) for entry in value]


def options(values: Mapping[str, object]) -> dict[str, OptionValue]:
    """The options as the compiled module takes them; the library checks names, types and ranges."""
    taken: dict[str, OptionValue] = {}
    for name, value in values.items():
        if isinstance(value, Language):
            taken[name] = value.name.lower()
        elif isinstance(value, str):
            taken[name] = text(value, name)
        elif (
            value is None
            or isinstance(value, (bool, float))
            or (isinstance(value, datetime.date) and not isinstance(value, datetime.datetime))
        ):
            taken[name] = value
        elif hasattr(value, "__index__"):
            taken[name] = integer(value, name)
        else:
            raise TypeError(
                f"option `{name}` is of type {kind_of(value)}, "
                "expected bool, int, float, str or datetime.date"
            )
    return taken
