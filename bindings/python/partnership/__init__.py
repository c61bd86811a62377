# SPDX-License-Identifier: Apache-2.0
"""Partnership programmes between public bodies and civil society.

Check a committee against the criteria that both sides agreed (`Criteria`, `Nominees`), compose one
by a fair lottery and prove that it is one (`committee`), keep a register of what happened and prove
that nothing in it was changed (`open`), count working days (`Calendar`), evaluate rules over cases
and explain the answers (`feel`), assess cases against a charter's norms (`charter`), read the
documents that ship (`packs`). Answers come as `Table`: NumPy columns without a copy, pandas,
Arrow.

    import partnership

    with partnership.open("register.db") as platform:
        platform.record({"kind": "body.registered", ...})
        members = platform.query("committee_members", on="2026-11-23").to_pandas()

Documents are dictionaries, JSON texts or paths; days are datetime.date or ISO texts, None for an
open end; hashes and salts are 64 hex digits. Everything but a Platform is immutable and may be
pickled and shared between threads.
"""

from __future__ import annotations

from . import charter, committee, feel, packs
from ._core import __version__
from .calendar import Calendar, calendar_schema
from .committee import Check, Composition, Criteria, Nominees, Verification, criteria_schema
from .enums import (
    ColumnType,
    Language,
    LotteryPhase,
    LotteryStatus,
    ObligationState,
    Outcome,
    Status,
)
from .errors import (
    ArgumentError,
    BusyError,
    CancelledError,
    CorruptError,
    InternalError,
    InvalidDocumentError,
    IoError,
    LimitError,
    MalformedError,
    NoMemoryError,
    NotFoundError,
    PartnershipError,
    Problem,
    RefusedError,
    StateError,
)
from .functions import (
    JournalVerdict,
    canonical_json,
    commitment,
    describe_options,
    kinds,
    leaf_hash,
    new_salt,
    queries,
    render_date,
    render_period,
    search_key,
    verify_consistency,
    verify_inclusion,
    verify_journal,
)
from .platform import Platform, open
from .table import Table

__all__ = [
    "ArgumentError",
    "BusyError",
    "Calendar",
    "CancelledError",
    "Check",
    "ColumnType",
    "Composition",
    "CorruptError",
    "Criteria",
    "InternalError",
    "InvalidDocumentError",
    "IoError",
    "JournalVerdict",
    "Language",
    "LimitError",
    "LotteryPhase",
    "LotteryStatus",
    "MalformedError",
    "NoMemoryError",
    "Nominees",
    "NotFoundError",
    "ObligationState",
    "Outcome",
    "PartnershipError",
    "Platform",
    "Problem",
    "RefusedError",
    "StateError",
    "Status",
    "Table",
    "Verification",
    "__version__",
    "calendar_schema",
    "canonical_json",
    "charter",
    "commitment",
    "committee",
    "criteria_schema",
    "describe_options",
    "feel",
    "kinds",
    "leaf_hash",
    "new_salt",
    "open",
    "packs",
    "queries",
    "render_date",
    "render_period",
    "search_key",
    "verify_consistency",
    "verify_inclusion",
    "verify_journal",
]
