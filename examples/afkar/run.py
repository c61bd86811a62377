# SPDX-License-Identifier: Apache-2.0
"""Records the AFKAR facts in a register, checks two compositions against example criteria, composes
and draws a committee of invented nominees by a fair lottery, assesses the programme by what its
founding document says, verifies the record, and writes one self-contained report in Arabic and
English.

usage: run.py [--out FOLDER]   (default: out/afkar under the current folder)

Writes into FOLDER afkar.db, the register, made anew each time; journal.jsonl, its journal as it
may be published; lottery/, the documents and the register of the example lottery; and
report.html, the same bytes each time. Prints a summary in both languages; the
last line is the path of the report.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import job
import page


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=Path("out") / "afkar", metavar="FOLDER")
    folder = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)

    answers = job.run(folder / "afkar.db")
    (folder / "journal.jsonl").write_bytes(answers.journal_lines.encode("utf-8"))
    report = folder / "report.html"
    report.write_bytes(page.make(answers).encode("utf-8"))

    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    said = (
        job.summary(answers),
        job.summary_norms(answers),
        job.summary_lottery(answers),
        job.summary_ar(answers),
    )
    print("\n\n".join("\n".join(lines) for lines in said) + "\n")
    print(report.resolve())
    return 0 if answers.sound else 1


if __name__ == "__main__":
    sys.exit(main())
