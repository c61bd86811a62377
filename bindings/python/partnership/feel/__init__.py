# SPDX-License-Identifier: Apache-2.0
"""FEEL, the expression language of DMN 1.5: compile, evaluate, explain.

    from partnership import feel

    rules = feel.compile(
        {"notice": 'meeting - invitation >= duration("P10D")'},
        schema={"meeting": "date", "invitation": "date"},
        strict=True,
    )
    rules.decide({"meeting": "2026-03-20", "invitation": "2026-03-01"})  # {"notice": True}
    print(rules.explain("notice", {"meeting": "2026-03-05", "invitation": "2026-03-01"}))
    feel.evaluate("sum([1, 2, 3])").value  # 6

Many cases go in as a DataFrame, Arrow, JSON or a list of dictionaries (`Feel.decide_all`). A value
that is null because something went wrong comes with warnings that say why. Commands:

    python -m partnership.feel eval "EXPRESSION" --case FILE [--explain] [--today DATE]
    python -m partnership.feel conformance FILE.jsonl
"""

from __future__ import annotations

from ._cases import Case, Cases
from ._explanation import Explanation
from ._feel import (
    Answer,
    Feel,
    FeelWarning,
    compile,
    diagnose,
    equal,
    evaluate,
    functions,
    kind,
    temporal,
)
from ._values import (
    FeelDate,
    FeelDateTime,
    FeelDuration,
    FeelTime,
    FeelValue,
    Function,
    Range,
    YearsMonths,
)

__all__ = [
    "Answer",
    "Case",
    "Cases",
    "Explanation",
    "Feel",
    "FeelDate",
    "FeelDateTime",
    "FeelDuration",
    "FeelTime",
    "FeelValue",
    "FeelWarning",
    "Function",
    "Range",
    "YearsMonths",
    "compile",
    "diagnose",
    "equal",
    "evaluate",
    "functions",
    "kind",
    "temporal",
]
