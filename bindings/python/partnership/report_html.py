# SPDX-License-Identifier: Apache-2.0
"""Markup for reports: elements, escaping, and texts whose language and direction are always said.

Everything that is not a Markup is escaped, so nothing that a register holds can become markup. What
it will not do: fetch, run or store anything; a report is one text without scripts or outside
resources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

__all__ = [
    "Markup",
    "address",
    "direction",
    "element",
    "escape",
    "join",
    "languages",
    "pick",
    "said",
]

languages = ("ar", "en", "fr")

# Elements of HTML that have no end tag.
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})
# What may be a link; anything else (javascript:, data:, ...) is shown as text.
_ADDRESS = re.compile(r"(https?://|mailto:)[^\x00-\x20\x7f]+", re.IGNORECASE)
# Characters that neither XML nor HTML may hold.
_FORBIDDEN = {code: "\ufffd" for code in range(0x20) if chr(code) not in "\t\n\r"}
_FORBIDDEN |= {0x7F: "\ufffd", 0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}


class Markup(str):
    """A piece of finished markup."""

    __slots__ = ()


def escape(text: object) -> Markup:
    """Text as markup, fit for content and for quoted attributes. A Markup stays what it is."""
    if isinstance(text, Markup):
        return text
    plain = str(text).translate(_FORBIDDEN)
    for character, entity in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ('"', "&quot;"),
        ("'", "&#39;"),
    ):
        plain = plain.replace(character, entity)
    return Markup(plain)


def join(*children: object) -> Markup:
    """The children one after another: texts are escaped, None is nothing, lists are opened."""
    parts: list[str] = []
    for child in children:
        if child is None:
            continue
        if not isinstance(child, (str, bytes)) and isinstance(child, Iterable):
            parts.append(join(*child))
        else:
            parts.append(escape(child))
    return Markup("".join(parts))


def element(name: str, /, *children: object, **attributes: object) -> Markup:
    """One element. In attribute names a trailing `_` goes and others become `-` (`class_`,
    `aria_label`); None and False leave an attribute out, True writes it without a value."""
    written = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        key = key.rstrip("_").replace("_", "-")
        written.append(f" {key}" if value is True else f' {key}="{escape(value)}"')
    start = f"<{name}{''.join(written)}>"
    if name in _VOID:
        return Markup(start)
    return Markup(f"{start}{join(*children)}</{name}>")


def direction(language: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if language == "ar" else "ltr"


def pick(names: Mapping[str, str] | str | None, language: str) -> tuple[str, str]:
    """The text of a language map and the language it is in: the one asked for, else en, fr, ar (as
    the library chooses). A plain text counts as English."""
    if names is None:
        return "", language
    if isinstance(names, str):
        return names, "en"
    for candidate in (language, "en", "fr", "ar"):
        if names.get(candidate):
            return names[candidate], candidate
    return "", language


def said(names: Mapping[str, str] | str | None, language: str) -> Markup:
    """A text inside a passage in `language`, set apart where it is in another one."""
    text, spoken = pick(names, language)
    if spoken == language:
        return escape(text)
    return element("span", text, lang=spoken, dir=direction(spoken))


def address(target: str, text: object = None) -> Markup:
    """A link, if `target` is an address that may be one; else the text alone. Addresses are read
    from left to right in every language."""
    shown = target if text is None else text
    if not _ADDRESS.fullmatch(target):
        return escape(shown)
    attributes: dict[str, object] = {"href": target, "rel": "noopener noreferrer"}
    if text is None:
        attributes |= {"dir": "ltr", "class_": "address"}
    return element("a", shown, **attributes)
