# SPDX-License-Identifier: Apache-2.0
"""The files of the commands: criteria and pools as people have them, and the folder of a lottery.

A folder holds criteria.json (the criteria document), probabilities.csv (id, probability),
values.csv, quotas.csv, lottery.json (from which panels are drawn), certificate.json and
report.html; a draw adds panels.json (published first) and draw.json.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import NotFoundError, PartnershipError
from ..table import Table
from ._committee import Criteria, Nominees, criteria_of_categories
from ._composition import Composition

__all__ = [
    "FilesError",
    "Folder",
    "is_document",
    "kept_tables",
    "read_criteria",
    "read_nominees",
    "read_pools",
]

# Columns that name a nominee, in this order; else the first column does.
_ID_COLUMNS = ("id", "nationbuilder_id", "nominee_id", "nominee", "member_id", "member")
_DELIMITERS = ",;\t"


def is_document(path: Path) -> bool:
    """Whether a file of criteria is the document (JSON), not a category file."""
    with path.open("rb") as file:
        return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))


def read_criteria(path: Path, size: int | None = None, one_per: Iterable[str] = ()) -> Criteria:
    """A criteria document, or a category file with the size beside it."""
    if is_document(path):
        return Criteria(path)
    name = path.resolve().parent.name or path.stem
    return Criteria(criteria_of_categories(path, size=size, name=name, one_per=one_per))


def read_nominees(
    path: Path, respondents: bool, id_column: str | None = None, separator: str | None = None
) -> Nominees:
    """A pool: CSV with a row a nominee. Without `id_column`, the column `id` or `nationbuilder_id`
    names them, else the first one. `respondents`: a blank cell has no value (it goes with a
    category file), else it is not known."""
    text = path.read_bytes()
    return Nominees.of_respondents(
        text,
        id_column=id_column or _id_column(text),
        separator=separator,
        blank="none" if respondents else "unknown",
    )


def read_pools(
    path: Path | None, id_column: str | None = None, separator: str | None = None
) -> list[Nominees]:
    """A pool, if there is one, in both ways of reading it; its hash tells which is meant. Raises
    FilesError."""
    pools: list[Nominees] = []
    if path is not None:
        wrong = FilesError()
        with wrong.noted(path):
            pools += (
                read_nominees(path, respondents, id_column, separator)
                for respondents in (False, True)
            )
        wrong.demand_none()
    return pools


def _id_column(text: bytes) -> str | None:
    """None where nothing names columns: the library says what is wrong."""
    names = _names(text)
    plain = {name.strip().casefold(): name for name in reversed(names)}
    for known in _ID_COLUMNS:
        if known in plain:
            return plain[known]
    return next(iter(names), None)


def _names(text: bytes) -> list[str]:
    """Of the columns, as the library splits them: by the delimiter that the first line has most
    often outside quotes, the comma where it has none."""
    said = text.decode("utf-8-sig", "replace")
    head = "".join(said.split('"')[::2]).partition("\n")[0]
    rows = csv.reader(io.StringIO(said, newline=""), delimiter=max(_DELIMITERS, key=head.count))
    try:
        return next(rows, [])
    except csv.Error:
        return []


def _csv(table: Table, columns: tuple[str, ...]) -> str:
    """Some columns of a table; doubles with all their digits."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    held = table.to_pydict()
    writer.writerows(zip(*(held[name] for name in columns), strict=True))
    return out.getvalue()


def kept_tables(made: Composition) -> dict[str, str]:
    """The tables that a folder keeps of its lottery, by the names of their files."""
    tables = {"values.csv": made.values(), "quotas.csv": made.quotas()}
    return {name: _csv(table, table.names) for name, table in tables.items()}


class FilesError(Exception):
    """What is wrong in the files that a command reads, all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[Path, PartnershipError]] = []

    @contextlib.contextmanager
    def noted(self, path: Path) -> Iterator[None]:
        """Keeps an error of reading `path` for later."""
        try:
            yield
        except PartnershipError as error:
            self.found.append((path, error))

    def demand_none(self) -> None:
        if self.found:
            raise self


class Folder:
    """The folder of a lottery."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def file(self, name: str) -> Path:
        return self.path / name

    def has(self, name: str) -> bool:
        return self.file(name).is_file()

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises NotFoundError where it is not there."""
        try:
            return self.file(name).read_bytes()
        except FileNotFoundError:
            raise NotFoundError(f"there is no `{name}` in `{self.path}`") from None

    def write(self, name: str, text: str) -> None:
        """Writes a file whole or not at all."""
        self.path.mkdir(parents=True, exist_ok=True)
        fresh = self.file(name + ".new")
        fresh.write_bytes(text.encode("utf-8"))
        os.replace(fresh, self.file(name))

    def remove(self, *names: str) -> None:
        """Removes what an earlier lottery left here."""
        for name in names:
            self.file(name).unlink(missing_ok=True)

    def write_composition(self, made: Composition, criteria: Criteria) -> None:
        self.remove(
            "probabilities.csv", "values.csv", "quotas.csv", "lottery.json", "certificate.json",
            "panels.json", "draw.json", "report.html",
        )  # fmt: skip
        self.write("criteria.json", criteria.to_json())
        if made.has_lottery:
            self.write("probabilities.csv", _csv(made.probabilities(), ("id", "probability")))
            for name, text in kept_tables(made).items():
                self.write(name, text)
            self.write("lottery.json", made.document())
        if made.has_certificate:
            self.write("certificate.json", made.certificate())
