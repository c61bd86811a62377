# SPDX-License-Identifier: Apache-2.0
"""Charters: norms that both sides signed, what they make of cases as of a day, and why.

    from partnership import charter

    law = charter.load("lebanon-28-2017")  # a pack that ships, or the path of a document
    request = {"registered on": "2026-03-02", "answered on": None, "extended": False}
    found = law.assess(request, "request", on="2026-03-20")
    found["answer"]                        # Outcome.NOT_MET
    print(law.explain(request, "answer", "request", on="2026-03-20", language="ar"))

A norm whose facts are not all known is undetermined, never met and never not met: None says of a
date that it has not happened, of anything else that it is not known. Commands:

    python -m partnership.charter test PACK
    python -m partnership.charter assess PACK CASE.json --on DATE
    python -m partnership.charter render PACK
"""

from __future__ import annotations

from ._charter import Charter, Explanation, Facts, Findings, History, charter_schema
from ._packs import load, packs
from ._page import page

__all__ = [
    "Charter",
    "Explanation",
    "Facts",
    "Findings",
    "History",
    "charter_schema",
    "load",
    "packs",
    "page",
]
