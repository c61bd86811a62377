# SPDX-License-Identifier: Apache-2.0
"""An example of ours: a coordination committee composed by a fair lottery, drawn by a public seed.

Nothing here is a fact about AFKAR. The nominees and their bodies are invented (and called so), the
criteria's numbers are ours, and so are the days and the seed. What is recorded goes into a register
of its own, apart from the facts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import partnership
from partnership import committee

HERE = Path(__file__).resolve().parent
SIZE = 12
PANELS = 1000
COMMITTEE = "example-coordination-committee"
CRITERIA = "example-criteria"
DRAW = "example-draw"
# What would be the numbers of a public lottery, drawn after the panels were published.
SEED = "example seed 04 11 23 35 36 41"
SEED_SOURCE = "example: the numbers of a public lottery that is drawn on 2026-11-09"
PUBLISHED = "2026-11-02"
DRAWN = "2026-11-09"
SEATED = "2026-11-16"

Row = dict[str, Any]


@dataclass(frozen=True)
class Lottery:
    """What the library answered."""

    composition: partnership.Composition
    others: list[partnership.Composition]  # the same by other methods, to compare with
    verdict: partnership.Verification  # of the certificate
    panels: str
    draw: partnership.Verification
    number: int
    members: list[Row]  # drawn, as the nominees' table has them
    outcome: partnership.Outcome  # of the check of those members
    seats: list[Row]  # as the register has them
    entries: int
    root: str
    findings: int

    @property
    def sound(self) -> bool:
        met = self.outcome is partnership.Outcome.MET
        return self.verdict.holds and self.draw.holds and met and self.findings == 0


def event(kind: str, day: str, **public: object) -> Row:
    return {
        "kind": kind,
        "effective": day,
        "recorded": f"{SEATED}T00:00:00Z",
        "actor": "example",
        "public": public,
    }


def events(members: list[Row], composed: Row) -> Iterator[Row]:
    """The record: the committee and its criteria, the draw, and a seat and a mandate for each who
    was drawn."""
    bodies = {member["body"]: member["side"] for member in members}
    for body, side in bodies.items():
        yield event("body.registered", PUBLISHED, id=body, name={"en": body}, side=side)
    name = {"en": "Coordination committee (example)", "ar": "اللجنة التنسيقية (مثال)"}
    yield event("committee.formed", PUBLISHED, id=COMMITTEE, name=name, form="coordination")
    document = json.loads((HERE / "criteria.json").read_text(encoding="utf-8"))
    version = document["version"]
    yield event(
        "criteria.proposed",
        PUBLISHED,
        id=CRITERIA,
        committee=COMMITTEE,
        version=version,
        document=document,
    )
    yield event(
        "draw.announced",
        PUBLISHED,
        id=DRAW,
        committee=COMMITTEE,
        criteria=CRITERIA,
        lottery=composed["lottery"],
        panels=composed["panels"],
        panel_count=PANELS,
        seed_source=SEED_SOURCE,
    )
    yield event("draw.held", DRAWN, id=DRAW, seed=SEED, number=composed["number"])
    for place, member in enumerate(members, 1):
        seat, person, mandate = f"seat-{place}", member["id"], f"mandate-{place}"
        side, body = member["side"], member["body"]
        yield event("seat.created", SEATED, id=seat, committee=COMMITTEE, side=side, role="member")
        yield event("person.registered", SEATED, id=person, title={"en": person})
        yield event(
            "mandate.began",
            SEATED,
            id=mandate,
            body=body,
            person=person,
            tenure="substantive",
            capacity="representative",
            instrument=f"example: drawn as a member, {DRAW}",
        )
        yield event("seat.filled", SEATED, id=seat, body=body, mandate=mandate)


def run(folder: Path, criteria: partnership.Criteria) -> Lottery:
    """Composes, draws, verifies, records; writes the documents and the register into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    text = (HERE / "example_nominees.csv").read_bytes()
    nominees = partnership.Nominees(partnership.Table.from_csv(text))
    made = criteria.compose(nominees, "leximin", size=SIZE)
    others = [criteria.compose(nominees, kind, size=SIZE) for kind in ("nash", "legacy")]
    certificate = made.certificate()
    panels = committee.numbered_panels(made, PANELS)
    result = committee.draw(panels, SEED)
    for name, content in (
        ("lottery.json", made.document()),
        ("certificate.json", certificate),
        ("panels.json", panels),
        ("draw.json", result),
    ):
        (folder / name).write_bytes(content.encode("utf-8"))

    # What follows is read from the verifiers' answers, not from the documents just written.
    verdict = committee.verify_certificate(certificate, criteria=criteria.hash, pool=nominees.hash)
    drawn = committee.verify_draw(result, certificate)
    about = drawn.about().to_pylist()[0]
    number = about["number"]
    chosen = set(drawn.members)
    members = [dict(row) for row in nominees.table.to_pylist() if row["id"] in chosen]

    database = folder / "register.db"
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{database}{suffix}").unlink(missing_ok=True)
    with partnership.open(database) as register:
        composed = {"lottery": verdict.hash, "panels": drawn.hash, "number": number}
        register.record(list(events(members, composed)))
        root = register.root()
        (folder / "journal.jsonl").write_bytes(register.export().encode("utf-8"))
        return Lottery(
            composition=made,
            others=others,
            verdict=verdict,
            panels=panels,
            draw=drawn,
            number=number,
            members=members,
            outcome=criteria.check(nominees, drawn.members).outcome,
            seats=[dict(row) for row in register.query("seat", on=SEATED).to_pylist()],
            entries=register.size,
            root=root,
            findings=len(register.verify(root=root)),
        )
