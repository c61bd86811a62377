# SPDX-License-Identifier: Apache-2.0
"""The files of a lottery's folder against each other, and each by the independent verifier."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from .. import _core
from .._convert import DateLike
from ..errors import InvalidDocumentError, PartnershipError
from ..functions import canonical_json
from ._committee import Criteria, Nominees
from ._composition import DeltaLike, SizeLike, Verification, verify_certificate, verify_draw
from ._files import FilesError, Folder, kept_tables

__all__ = ["Found", "sound_draw", "verify_folder"]

_ROUNDED = Fraction(1, 10**12)  # what a probability in decimals may be off by


class Found(NamedTuple):
    """What holds, what does not, and the verdict in a line."""

    checked: list[str]
    faults: list[str]
    verdict: str


def verify_folder(
    folder: Folder,
    pools: Sequence[Nominees] = (),
    on: DateLike = None,
    size: SizeLike = None,
    delta: DeltaLike = None,
) -> Found:
    """`pools`: the nominees, read in every way; the certificate must be of one of them. `on`,
    `size`: as when it was composed, where lottery.json does not say so. `delta`: the largest that
    is accepted of the certificate."""
    found = Found([], [], "")
    criteria = _criteria_hash(folder, found)
    certificate: bytes | None = None
    said = "drawn: nothing is proved"
    if folder.has("certificate.json") or not folder.has("lottery.json"):
        certificate = folder.read("certificate.json")
        told = (_object("certificate.json", certificate, Found([], [], "")) or {}).get("pool")
        pool = next((each for each in pools if each.hash == told), next(iter(pools), None))
        verdict = verify_certificate(
            certificate,
            criteria=criteria,
            pool=None if pool is None else pool.hash,
            delta=delta,
        )
        _take("certificate.json", verdict, found)
        about = verdict.about().to_pylist()[0]
        said = verdict.verdict + (f": {about['objective']}" if about["objective"] else "")
        if pool is not None and criteria is not None:
            _model(folder, certificate, pool, {"on": on, "size": size}, found)
    _lottery(folder, certificate, found)
    _tables(folder, certificate, pools, found)
    _draw(folder, certificate, found)
    return found._replace(verdict="refused" if found.faults else said)


def sound_draw(folder: Folder, name: str) -> Verification:
    """What is gone on from: the panels or the draw of a folder, of its certificate where there is
    one. Raises FilesError with every fault where it does not hold."""
    certificate = folder.read("certificate.json") if folder.has("certificate.json") else None
    verdict = verify_draw(folder.read(name), certificate)
    wrong = FilesError()
    with wrong.noted(folder.file(name)):
        if not verdict.holds:
            raise InvalidDocumentError(f"`{name}` does not hold", verdict.faults)
    wrong.demand_none()
    return verdict


def _take(name: str, verdict: Verification, found: Found) -> None:
    found.checked.extend(f"{name}: {text}" for text in verdict.checked)
    found.faults.extend(f"{name}: {fault}" for fault in verdict.faults)


def _criteria_hash(folder: Folder, found: Found) -> str | None:
    if not folder.has("criteria.json"):
        return None
    try:
        return Criteria(folder.read("criteria.json")).hash
    except PartnershipError as error:
        found.faults.extend(f"criteria.json: {problem}" for problem in error.problems)
        return None


def _model(
    folder: Folder, certificate: bytes, pool: Nominees, asked: dict[str, Any], found: Found
) -> None:
    """That the certificate's model is that of the criteria and the nominees."""
    if folder.has("lottery.json"):
        lottery = _object("lottery.json", folder.read("lottery.json"), Found([], [], "")) or {}
        size = lottery.get("size")
        asked = {"on": lottery.get("on"), "size": tuple(size) if size else None}
    criteria = Criteria(folder.read("criteria.json"))
    try:
        rows = criteria.compare_certificate(pool, certificate, **asked).to_pylist()
        if rows and asked["size"] == criteria.document().get("size"):
            # The size that was given beside a category file went into the criteria.
            asked = {**asked, "size": None}
            rows = criteria.compare_certificate(pool, certificate, **asked).to_pylist()
    except PartnershipError as error:
        found.faults.extend(f"criteria.json: {problem}" for problem in error.problems)
        return
    found.faults.extend(f"certificate.json: {row['pointer']}: {row['message']}" for row in rows)
    if not rows:
        found.checked.append("certificate.json: its model is that of the criteria and the pool")


def _tables(
    folder: Folder, certificate: bytes | None, pools: Sequence[Nominees], found: Found
) -> None:
    """That the tables kept of the lottery are those of its panels and the nominees."""
    if not pools or found.faults or not folder.has("lottery.json"):
        return
    text = folder.read("lottery.json")
    told = (_object("lottery.json", text, found) or {}).get("hashes", {}).get("pool")
    pool = next((each for each in pools if each.hash == told), pools[0])
    try:
        made = Criteria(folder.read("criteria.json")).read_lottery(pool, text, certificate)
    except PartnershipError as error:
        found.faults.extend(f"lottery.json: {problem}" for problem in error.problems)
        return
    for name, expected in kept_tables(made).items():
        if not folder.has(name):
            continue
        if folder.read(name) == expected.encode("utf-8"):
            found.checked.append(f"{name}: it is what the panels and the pool give")
        else:
            found.faults.append(f"{name}: it is not what the panels and the pool give")


def _object(name: str, text: bytes, found: Found) -> dict[str, Any] | None:
    try:
        content = json.loads(text)
    except ValueError as error:
        found.faults.append(f"{name}: it is no JSON: {error}")
        return None
    if not isinstance(content, dict):
        found.faults.append(f"{name}: it is no JSON object")
        return None
    return content


def _lottery(folder: Folder, certificate: bytes | None, found: Found) -> None:
    """That lottery.json has the panels of the certificate, and probabilities.csv what they give."""
    if not folder.has("lottery.json"):
        tables = ("probabilities.csv", "values.csv", "quotas.csv")
        found.faults.extend(
            f"{name}: there is no `lottery.json` that it could be of"
            for name in tables
            if folder.has(name)
        )
        return
    lottery = _object("lottery.json", folder.read("lottery.json"), found)
    if lottery is None:
        return
    if certificate is not None:
        proved = _object("certificate.json", certificate, found)
        if proved is None:
            return
        parts = ("nominees", "model", "target", "denominator", "panels")
        differing = [part for part in parts if lottery.get(part) != proved.get(part)]
        if lottery.get("hashes", {}).get("certificate") != _core.sha256(
            canonical_json(certificate)
        ):
            differing.append("hashes")
        for part in differing:
            found.faults.append(f"lottery.json: `{part}` is not that of the certificate")
        if not differing:
            found.checked.append("lottery.json: its panels are those of the certificate")
    if folder.has("probabilities.csv"):
        _probabilities(folder.read("probabilities.csv"), lottery, found)


def _probabilities(text: bytes, lottery: dict[str, Any], found: Found) -> None:
    try:
        rows = list(csv.DictReader(io.StringIO(text.decode("utf-8"))))
        told = {row["id"]: Fraction(row["probability"]) for row in rows}
        sums = [0] * len(lottery["nominees"])
        for panel in lottery["panels"]:
            weight = int(panel["weight"])
            for member in panel["members"]:
                sums[member] += weight
        whole = int(lottery["denominator"])
        of = dict(zip(lottery["nominees"], (Fraction(one, whole) for one in sums), strict=True))
    except (ValueError, KeyError, TypeError, IndexError, ZeroDivisionError) as error:
        found.faults.append(f"probabilities.csv: it cannot be read: {error!r}")
        return
    if told.keys() != of.keys() or len(rows) != len(of):
        found.faults.append("probabilities.csv: its nominees are not those of the lottery")
        return
    wrong = [name for name, value in told.items() if abs(value - of[name]) > _ROUNDED]
    for name in wrong[:20]:
        found.faults.append(f"probabilities.csv: `{name}` has {float(of[name])!r} in the lottery")
    if not wrong:
        found.checked.append("probabilities.csv: they are what the panels give")


def _draw(folder: Folder, certificate: bytes | None, found: Found) -> None:
    published: str | None = None
    if folder.has("panels.json"):
        verdict = verify_draw(folder.read("panels.json"), certificate)
        _take("panels.json", verdict, found)
        published = verdict.hash
    if folder.has("draw.json"):
        verdict = verify_draw(folder.read("draw.json"), certificate)
        _take("draw.json", verdict, found)
        if published not in (None, verdict.hash):
            found.faults.append("draw.json: its panels are not those of panels.json")
