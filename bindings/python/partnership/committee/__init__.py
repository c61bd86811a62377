# SPDX-License-Identifier: Apache-2.0
"""Committees: the criteria that both sides agreed, the nominees, the check of a committee, and
fair lotteries over the committees that the criteria allow.

    from partnership import committee

    criteria = committee.Criteria(Path("criteria.json"))
    nominees = committee.Nominees(frame)             # a DataFrame, a row a nominee
    criteria.check(nominees, ["a", "b"]).outcome
    made = criteria.compose(nominees, "leximin")     # who sits, with which probability
    made.probabilities().to_pandas()
    made.verify().verdict                            # "proved", by the independent verifier
    panels = committee.numbered_panels(made)         # publish them, then the seed decides
    committee.draw(panels, "a public seed")

Commands (`--help` tells more):

    python -m partnership.committee compose CRITERIA POOL --lottery leximin --out DIR
    python -m partnership.committee draw DIR --seed SEED
    python -m partnership.committee verify DIR
    python -m partnership.committee explain DIR
    python -m partnership.committee replace DIR POOL MEMBER
    python -m partnership.committee alternates DIR POOL --count N
"""

from __future__ import annotations

from ._choice import Alternates, Replacement, Selection
from ._committee import Check, Criteria, Nominees, criteria_of_categories, criteria_schema
from ._composition import (
    Composition,
    Verification,
    compare,
    draw,
    numbered_panels,
    verify_certificate,
    verify_draw,
)
from ._page import fairness, page

__all__ = [
    "Alternates",
    "Check",
    "Composition",
    "Criteria",
    "Nominees",
    "Replacement",
    "Selection",
    "Verification",
    "compare",
    "criteria_of_categories",
    "criteria_schema",
    "draw",
    "fairness",
    "numbered_panels",
    "page",
    "verify_certificate",
    "verify_draw",
]
