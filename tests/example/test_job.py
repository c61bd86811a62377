# SPDX-License-Identifier: Apache-2.0
"""The job as a user runs it: what it prints, that it repeats exactly, and that C does the same."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import partnership
import pytest
from conftest import EXAMPLE, Run, run_example

EVENTS = json.loads((EXAMPLE / "events.json").read_text(encoding="utf-8"))


def figures(printed: str) -> dict[str, str]:
    """The lines `name: value` of the summary."""
    return dict(line.strip().split(": ", 1) for line in printed.split("\n\n")[0].splitlines())


def test_the_last_line_is_the_path_of_the_report(run: Run) -> None:
    assert Path(run.printed.splitlines()[-1]) == (run.folder / "report.html").resolve()
    assert run.report.startswith("<!DOCTYPE html>")


def test_the_summary_says_what_the_events_say(run: Run) -> None:
    """Against the data file itself, read here without the library."""
    said = figures(run.printed)
    of = [event["public"] for event in EVENTS if event["kind"] == "claim.made"]
    assert said["entries"] == str(len(EVENTS))
    for standing in ("read", "reconstruction", "not_known"):
        assert said[f"claims {standing}"] == str(sum(c["standing"] == standing for c in of))
    assert said["conflicts"] == str(sum(len(c.get("conflicts_with", [])) for c in of))
    assert said["body"] == str(sum(e["kind"] == "body.registered" for e in EVENTS))
    assert said["dialogue"] == str(sum(e["kind"] == "dialogue.held" for e in EVENTS))
    assert said["step"] == str(sum(e["kind"] == "step.recorded" for e in EVENTS))
    assert said["members"] == str(sum(e["kind"] == "seat.filled" for e in EVENTS))
    assert said["register"] == "sound"
    assert said["journal"] == f"sound, {len(EVENTS)} entries"


def test_the_criteria_are_answered_as_the_facts_allow(run: Run) -> None:
    committee, platform = re.findall(
        r"^(\S+): (\S.*?), members (\d+)\n((?:  .*\n)*)", run.printed, re.M
    )
    assert committee[:3] == ("follow-up-2019", "not met", "5")
    assert platform[:3] == ("platform", "not met", "15")

    def outcomes(lines: str) -> dict[str, str]:
        return dict(re.findall(r"^  (\S+): ([^,\n]+), ", lines, re.M))

    # One public body of five; civil society has two, and two fifths of five are two. What no source
    # says about the bodies decides the rest.
    assert outcomes(committee[3]) == {
        "size": "met",
        "both-sides": "met",
        "public-share": "not met",
        "civil-society-share": "met",
        "issues": "undetermined",
        "sectors": "undetermined",
        "specialisations": "undetermined",
    }
    # Ten public bodies of fifteen are above three fifths, five of civil society below two fifths;
    # the ministries' names alone make four sectors.
    assert outcomes(platform[3]) == {
        "size": "met",
        "both-sides": "met",
        "public-share": "not met",
        "civil-society-share": "not met",
        "issues": "undetermined",
        "sectors": "met",
        "specialisations": "undetermined",
    }
    assert re.findall(r"unmet set (\d+): (\S+)", committee[3]) == [("1", "public-share")]
    assert re.findall(r"unmet set (\d+): (\S+)", platform[3]) == [
        ("1", "public-share"),
        ("2", "civil-society-share"),
    ]


def test_the_summary_is_said_in_arabic_too(run: Run) -> None:
    arabic = run.printed.split("\n\n")[3]
    assert f"قيود السجلّ: {len(EVENTS)}" in arabic
    assert "4 كانون الأول 2019" in arabic
    assert "التحقق من السجلّ: سليم" in arabic


def test_two_runs_give_the_same_bytes(run: Run, tmp_path: Path) -> None:
    again = run_example(tmp_path)
    assert again.report == run.report
    assert again.printed.splitlines()[:-1] == run.printed.splitlines()[:-1]
    # And so does a second run over the first one's register.
    assert run_example(tmp_path).report == run.report


def test_the_register_is_the_one_the_report_tells_of(run: Run) -> None:
    root = figures(run.printed)["root"]
    with partnership.open(run.folder / "afkar.db", read_only=True) as register:
        assert register.root() == root
        assert register.size == len(EVENTS)
        assert len(register.verify(root=root)) == 0
        lines = register.export()
    assert run.report.count(root) == 4  # by itself and in the command, in each language
    assert lines == (run.folder / "journal.jsonl").read_text(encoding="utf-8")
    assert partnership.verify_journal(lines, root) == (True, len(EVENTS), root)
    # The comparison can fail: one letter of one entry.
    forged = lines.replace("AFKAR I", "AFKAR J", 1)
    assert forged != lines
    assert not partnership.verify_journal(forged, root).sound


def test_the_command_in_the_report_checks_the_journal(run: Run) -> None:
    program = os.environ.get("PSHIP_VERIFY")
    if not program or not Path(program).exists():
        pytest.skip("partnership-verify was not built")
    commands = re.findall(r">partnership-verify (\S+) (\S+) ([0-9a-f]{64})<", run.report)
    assert len(set(commands)) == 1

    def status(*arguments: str) -> int:
        return subprocess.run(
            [program, *arguments], capture_output=True, cwd=run.folder, timeout=60
        ).returncode

    assert status(*commands[0]) == 0
    assert status(*commands[0][:2], "0" * 64) == 1


def test_the_c_program_prints_the_same_figures(run: Run, tmp_path: Path) -> None:
    program = os.environ.get("PSHIP_EXAMPLE_PROGRAM")
    if not program or not Path(program).exists():
        pytest.skip("the C program was not built")
    names = ("events.json", "criteria.json", "example_nominees.csv")
    files = [str(EXAMPLE / name) for name in names]
    said = run.printed.split("\n\n")
    figures_of, lottery = said[0].splitlines(), said[2].splitlines()
    assert lottery[0].startswith("lottery (example): leximin, proved, certificate proved")
    for register in ([], [str(tmp_path / "c.db")]):
        done = subprocess.run(
            [program, *files, *register], capture_output=True, encoding="utf-8", timeout=120
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines() == [*figures_of, "", *lottery]
    with partnership.open(tmp_path / "c.db", read_only=True) as register:
        assert register.root() == figures(run.printed)["root"]


def test_the_c_program_says_what_is_wrong(tmp_path: Path) -> None:
    program = os.environ.get("PSHIP_EXAMPLE_PROGRAM")
    if not program or not Path(program).exists():
        pytest.skip("the C program was not built")
    events, criteria = str(EXAMPLE / "events.json"), str(EXAMPLE / "criteria.json")
    nominees = EXAMPLE / "example_nominees.csv"

    def status(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [program, *arguments], capture_output=True, encoding="utf-8", timeout=60
        )
        return done.returncode, done.stderr

    assert status()[0] == 2
    assert status(events, criteria)[0] == 2
    assert status(str(tmp_path / "absent.json"), criteria, str(nominees))[0] == 1
    broken = tmp_path / "broken.json"
    shutil.copy(EXAMPLE / "events.json", broken)
    broken.write_text(
        broken.read_text(encoding="utf-8").replace('"body.registered"', '"body.registred"', 1),
        encoding="utf-8",
    )
    code, message = status(str(broken), criteria, str(nominees))
    assert code == 1
    assert "body.registred" in message
    few = tmp_path / "few.csv"
    lines = nominees.read_text(encoding="utf-8").splitlines(keepends=True)
    few.write_text("".join(lines[:8]), encoding="utf-8")  # seven, all of one side
    assert status(events, criteria, str(few)) == (1, "afkar: state: there is no lottery to publish\n")
    few.write_text("".join([*lines, lines[-1]]), encoding="utf-8")
    code, message = status(events, criteria, str(few))
    assert code == 1
    assert "repeated" in message
