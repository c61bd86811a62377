# SPDX-License-Identifier: Apache-2.0
"""What a folder of a lottery says, in words: from its files alone, or with the pool."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from .._convert import DateLike
from ..errors import ArgumentError
from ..report_html import pick
from ..report_words import word
from ._committee import Criteria, Nominees
from ._composition import Composition, DeltaLike, SizeLike
from ._files import Folder
from ._text import about_text, composition_text, parts_text, said
from ._verify import verify_folder

__all__ = ["explain_folder"]

Row = dict[str, Any]

_COUNTS = ("nominees", "lowest", "highest", "quota_least", "quota_most")
_QUOTA_COUNTS = ("least", "most", "lowest", "highest")
_TEXTS = ("attribute", "attribute_label", "value", "label", "exact", "criterion", "kind")


def explain_folder(
    folder: Folder,
    pools: Sequence[Nominees],
    language: str,
    compose: Callable[[Criteria, Nominees], Composition],
    on: DateLike = None,
    size: SizeLike = None,
    delta: DeltaLike = None,
) -> tuple[str, int]:
    """The text, and the exit status: 0 where there is a lottery and all holds, else 1.

    `pools`: the nominees, read in every way; none: what the folder keeps of them is told. Where
    there is no committee, `compose` composes again to say why. What does not hold is not told: then
    the text is every fault. `on`, `size`, `delta`: as of verify_folder.
    """
    found = verify_folder(folder, pools, on, size, delta)
    verdict = f"\n{word('verdict', language)}: {found.verdict}\n"
    if found.faults:
        return "".join(f"fault: {fault}\n" for fault in found.faults) + verdict, 1
    verdict += "".join(f"  {text}\n" for text in found.checked)
    if not folder.has("lottery.json"):
        return _nobody(folder, pools, language, compose) + verdict, 1
    criteria = Criteria(folder.read("criteria.json"))
    lottery: Row = json.loads(folder.read("lottery.json"))
    certificate = folder.read("certificate.json") if folder.has("certificate.json") else None
    if pools:
        made = criteria.read_lottery(_pool(pools, lottery["hashes"]["pool"]), lottery, certificate)
        return composition_text(made, language) + verdict, 0
    try:
        text = about_text(_about(lottery, json.loads(certificate or b"null")), language)
        values, quotas = _values(folder, criteria, language), _quotas(folder, criteria, language)
        text += parts_text(values, quotas, language)
    except (ValueError, KeyError, TypeError, IndexError, ZeroDivisionError) as error:
        raise ArgumentError(f"`{folder.path}` is not as `compose` wrote it: {error!r}") from None
    kept = "  not checked without the pool (--pool): values.csv, quotas.csv\n"
    return text + verdict + kept, 0


def _pool(pools: Sequence[Nominees], told: str) -> Nominees:
    """The one with this hash; the verification has seen that there is one."""
    return next(pool for pool in pools if pool.hash == told)


# ---- where there is no committee


def _nobody(
    folder: Folder,
    pools: Sequence[Nominees],
    language: str,
    compose: Callable[[Criteria, Nominees], Composition],
) -> str:
    certificate: Row = json.loads(folder.read("certificate.json"))
    if certificate["certificate"] != "infeasible":
        folder.read("lottery.json")  # which is missing
    if pools:
        pool = _pool(pools, certificate["pool"])
        return composition_text(compose(Criteria(folder.read("criteria.json")), pool), language)
    model = certificate["model"]
    criteria: Sequence[Row] = Criteria(folder.read("criteria.json")).table().to_pylist()
    labels = {row["criterion"]: row[f"label_{language}"] for row in criteria}
    named = dict.fromkeys(str(model["rows"][row]["criterion"]) for row in certificate["rows"])
    lines = [
        said("infeasible", language),
        word("comma", language).join(
            f"{word(key, language)} {len(of)}"
            for key, of in (("nominees", certificate["nominees"]), ("types", model["types"]))
        ),
        f"\n{word('conflict', language)}",
        *(f"  {labels.get(criterion) or criterion}" for criterion in named),
    ]
    return "\n".join(lines) + "\n"


# ---- what the files of a lottery say without its pool


def _about(lottery: Row, certificate: Row | None) -> Row:
    """The row of Composition.about, as far as it is told."""
    whole = int(lottery["denominator"])
    weights = [0] * len(lottery["nominees"])
    for panel in lottery["panels"]:
        for member in panel["members"]:
            weights[member] += int(panel["weight"])
    weights.sort()
    total, count = sum(weights), len(weights)
    ranked = sum((2 * at - count + 1) * weight for at, weight in enumerate(weights))
    able = [weight for weight in weights if weight > 0]
    logarithms = [math.log(Fraction(weight, whole)) for weight in able]
    about: Row = {
        "lottery": lottery["lottery"],
        "status": lottery["status"],
        "nominees": count,
        "selectable": len(able),
        "types": len(lottery["model"]["types"]),
        "panels": _panels(lottery),
        "levels": 0 if certificate is None else len(certificate["levels"]),
        "least": float(Fraction(weights[0], whole)) if weights else 0.0,
        "largest": float(Fraction(weights[-1], whole)) if weights else 0.0,
        "gini": float(Fraction(ranked, total * count)) if total else 0.0,
        "geometric_mean": math.exp(math.fsum(logarithms) / len(able)) if able else 0.0,
        "bound": None,
        "gap": None,
    }
    if certificate is not None and isinstance(certificate["status"], dict):
        about.update(certificate["status"])
    elif certificate is not None and lottery["lottery"] == "nash":
        about["gap"] = certificate["levels"][-1]["gap"]
    return about


def _panels(lottery: Row) -> int:
    """How many there are but for who sits of a type."""
    type_of = {
        nominee: at for at, type_ in enumerate(lottery["model"]["types"]) for nominee in type_
    }
    kinds = set()
    for panel in lottery["panels"]:
        seats = tuple(sorted(type_of[member] for member in panel["members"]))
        kinds.add((seats, json.dumps(panel.get("auxiliary"))))
    return len(kinds)


def _rows(folder: Folder, name: str, counts: Sequence[str]) -> list[Row]:
    """The rows of a table that the folder keeps; an empty cell is null."""

    def cell(column: str, text: str) -> object:
        if not text:
            return None
        if column in _TEXTS:
            return text
        return int(text) if column in counts else float(text)

    reader = csv.DictReader(io.StringIO(folder.read(name).decode("utf-8"), newline=""))
    return [{column: cell(column, text) for column, text in row.items()} for row in reader]


def _values(folder: Folder, criteria: Criteria, language: str) -> list[Row]:
    """The rows of Composition.values, of which English ones are kept."""
    attributes: Row = criteria.document().get("attributes") or {}
    rows = _rows(folder, "values.csv", _COUNTS)
    for row in rows:
        attribute = attributes.get(row["attribute"]) or {}
        label = (attribute.get("values") or {}).get(row["value"])
        row["attribute_label"] = _said(attribute.get("label"), language, row["attribute_label"])
        row["label"] = _said(label, language, row["label"])
    return rows


def _quotas(folder: Folder, criteria: Criteria, language: str) -> list[Row]:
    """The rows of Composition.quotas, likewise."""
    known = {row["criterion"]: row for row in criteria.table().to_pylist()}
    rows = _rows(folder, "quotas.csv", _QUOTA_COUNTS)
    for row in rows:
        told = known.get(row["criterion"]) or {}
        row["label"] = told.get(f"label_{language}") or row["label"]
    return rows


def _said(names: Any, language: str, kept: str | None) -> str | None:
    return pick(names, language)[0] or kept
