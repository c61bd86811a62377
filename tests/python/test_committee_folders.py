# SPDX-License-Identifier: Apache-2.0
"""The commands that go on from a folder that `compose` wrote: explain and alternates; and relaxed
criteria."""

from __future__ import annotations

import json
import shutil

import pytest
from committee_files import POOL, POOLS, change, compose, run
from partnership import LotteryStatus, Outcome, committee
from partnership.committee._files import read_criteria, read_nominees


def test_alternates_of_the_committee_drawn(inputs, tmp_path, capsys):
    folder = tmp_path / "out"
    assert compose(inputs, folder) == 0
    assert run("alternates", folder, inputs[1]) == 2  # nothing is drawn
    assert run("draw", folder, "--seed", "1", "--panels", 10) == 0
    drawn = [line[7:] for line in capsys.readouterr().out.splitlines() if line.startswith("member")]
    assert run("alternates", folder, inputs[1], "--count", 2) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("proved, ")
    alternates = [line.split()[1].rstrip(":") for line in said if line.startswith("alternate ")]
    assert 1 <= len(alternates) <= 2
    covers = dict(line[7:].split(": ") for line in said if line.startswith("member "))
    assert list(covers) == drawn
    covered = 0
    for member, by in covers.items():
        stay = [one for one in drawn if one != member]
        able = [] if by.startswith("nobody") else by.split(", ")
        covered += bool(able)
        for alternate in alternates:  # each is a committee with those who stay just where it says
            met = run("check", *inputs, alternate, *stay, "--size", 3) == 0
            assert met == (alternate in able)
    assert f"covered {covered} of 3" in said[0]
    capsys.readouterr()
    assert run("alternates", folder, inputs[1], "--weight", f"{drawn[0]}=9", "--count", 5) == 0
    assert " of 11, " in capsys.readouterr().out.splitlines()[0]
    others = [one for one in "12345" if one not in drawn]
    assert run("alternates", folder, inputs[1], "--unavailable", *others) == 1
    assert "nobody, and nobody could" in capsys.readouterr().out
    assert run("alternates", folder, inputs[1], "--members", "1", "2", "3") == 0
    assert run("alternates", folder, inputs[1], "--weight", "9=3") == 2
    assert run("alternates", folder, inputs[1], "--count", 0) == 2
    change(inputs[1], "public,north", "public,south")
    assert run("alternates", folder, inputs[1]) == 2
    assert "is not the pool of this lottery" in capsys.readouterr().err
    (folder / "lottery.json").write_text("[]", encoding="utf-8")
    assert run("alternates", folder, inputs[1]) == 2
    assert run("replace", folder, inputs[1], drawn[0]) == 2
    assert "is no lottery's document" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run("alternates", folder, inputs[1], "--weight", "1=x")
    capsys.readouterr()


def test_a_larger_delta_is_verified_where_the_caller_accepts_it(inputs, tmp_path, capsys):
    folder = tmp_path / "out"
    assert run("compose", *inputs, "--size", 3, "--delta", "1/1000", "--out", folder) == 0
    for command in ("verify", "explain"):
        assert run(command, folder) == 1
        assert "delta" in capsys.readouterr().out
        assert run(command, folder, "--delta", "1/1000") == 0
        capsys.readouterr()
        assert run(command, folder, "--delta", "much") == 2
        assert "delta" in capsys.readouterr().err


LABELLED = {
    "criteria": "test",
    "version": "1",
    "title": "Test",
    "attributes": {
        "side": {
            "label": {"ar": "الطرف", "en": "Side", "fr": "Côté"},
            "values": {"public": {"ar": "عام", "en": "Public"}, "civil": "Civil"},
        },
        "region": {},
    },
    "rules": [
        {"id": "sides", "kind": "each", "attribute": "side", "min": 1, "label": {"fr": "Côtés"}},
        {"id": "north", "kind": "quota", "attribute": "region", "value": "north", "max": 2},
        {"id": "later", "kind": "quota", "attribute": "side", "value": "civil", "max": 1,
         "from": "2030-01-01"},
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", ["leximin", "maximin", "nash", "legacy"])
@pytest.mark.parametrize("labelled", [False, True])
def test_explain_of_a_folder_tells_the_same(inputs, tmp_path, capsys, kind, labelled):
    criteria, pool = inputs
    size = ("--size", 3)
    if labelled:
        criteria = tmp_path / "labelled.json"
        criteria.write_text(json.dumps(LABELLED), encoding="utf-8")
        size = ("--size", "2-3", "--on", "2025-01-01")
        pool.write_text(POOL + "6,Nominee six,,south\n", encoding="utf-8")
    folder = tmp_path / "out"
    kinds = ("--lottery", kind)
    assert run("compose", criteria, pool, *size, *kinds, "--out", folder) == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    verdict = "drawn: nothing is proved" if kind == "legacy" else f"proved: {kind}"
    for language in ("ar", "en", "fr"):
        capsys.readouterr()
        assert run("explain", criteria, pool, *size, *kinds, "--language", language) == 0
        told = capsys.readouterr().out
        assert run("explain", folder, "--language", language) == 0
        kept = capsys.readouterr().out
        assert kept.startswith(told)
        assert f": {verdict}\n" in kept[len(told) :]
        assert "not checked without the pool" in kept[len(told) :]
        for given in ((pool,), ("--pool", pool)):
            assert run("explain", folder, *given, "--language", language) == 0
            with_pool = capsys.readouterr().out
            assert with_pool.startswith(told)
            assert "values.csv: it is what the panels and the pool give" in with_pool
            assert "not checked" not in with_pool
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_explain_of_a_folder_does_not_compose(inputs, tmp_path, capsys, monkeypatch):
    folder = tmp_path / "out"
    assert compose(inputs, folder) == 0

    def refuse(*_arguments, **_options):
        raise AssertionError("it composes")

    monkeypatch.setattr(committee.Criteria, "compose", refuse)
    assert run("explain", folder) == 0
    assert run("explain", folder, inputs[1]) == 0
    capsys.readouterr()


def test_explain_of_a_folder_tells_nothing_that_does_not_hold(inputs, tmp_path, capsys):
    folder = tmp_path / "out"
    assert compose(inputs, folder) == 0
    capsys.readouterr()
    values = (folder / "values.csv").read_text("utf-8")
    change(folder / "values.csv", "public", "publik")
    assert run("explain", folder, "--pool", inputs[1]) == 1
    told = capsys.readouterr().out
    assert told.startswith("fault: values.csv: it is not what the panels and the pool give")
    assert "refused" in told
    assert run("verify", folder, "--pool", inputs[1]) == 1
    (folder / "values.csv").write_text(values, encoding="utf-8")
    assert run("verify", folder, "--pool", inputs[1]) == 0
    assert "quotas.csv: it is what the panels and the pool give" in capsys.readouterr().out
    change(inputs[1], "public,north", "public,south")  # another pool
    assert run("explain", folder, "--pool", inputs[1]) == 1
    assert "fault: " in capsys.readouterr().out
    change(folder / "certificate.json", '"bound":"', '"bound":"1')
    assert run("explain", folder) == 1
    told = capsys.readouterr().out
    assert "refused" in told
    assert "Least probability" not in told
    assert compose(inputs, folder) == 0
    change(folder / "values.csv", ",2,", ",two,")
    assert run("explain", folder) == 2
    assert "is not as `compose` wrote it" in capsys.readouterr().err
    (folder / "values.csv").unlink()
    assert run("explain", folder) == 2
    assert "there is no `values.csv`" in capsys.readouterr().err
    assert run("explain", tmp_path) == 2
    assert run("explain", inputs[0]) == 2
    assert "needs the pool" in capsys.readouterr().err


def test_explain_of_a_folder_without_a_committee(inputs, tmp_path, capsys):
    folder = tmp_path / "out"
    assert run("compose", *inputs, "--size", 5, "--out", folder) == 1
    assert run("explain", *inputs, "--size", 5) == 1
    told = capsys.readouterr().out.split("\n", 2)[2]
    told = told[told.index("leximin, infeasible") :]
    for size in ((), ("--size", 5)):
        assert run("explain", folder, "--pool", inputs[1], *size) == 1
        assert capsys.readouterr().out.startswith(told)
        assert run("verify", folder, "--pool", inputs[1], *size) == 0
        capsys.readouterr()
    assert run("verify", folder, "--pool", inputs[1], "--size", 4) == 1
    capsys.readouterr()
    assert run("explain", folder) == 1
    kept = capsys.readouterr().out
    assert kept.startswith("infeasible: ")
    assert "Criteria that cannot hold together" in kept
    conflict = [line.split(":")[0] for line in told.split("\n\n")[1].splitlines()[1:]]
    assert conflict
    for line in conflict:  # the same criteria, without the sentences
        assert line in kept


@pytest.mark.parametrize("name", ["sf_fixture_infeasible_22", "sf_fixture_infeasible_noflex_22"])
def test_relaxed_criteria_of_pools_as_organisers_have_them(name):
    pool = POOLS / name
    if not pool.is_dir():
        pytest.skip("there are no pools beside the project")
    size = json.loads((pool / "about.json").read_text("utf-8"))["size"]
    criteria = read_criteria(pool / "criteria.csv", size)
    nominees = read_nominees(pool / "pool.csv", respondents=True)
    none = criteria.compose(nominees)
    assert none.status is LotteryStatus.INFEASIBLE
    numbers = sorted(set(none.relaxations().to_pydict()["relaxation"]))
    assert numbers
    shown: dict[int, list[str]] = {number: [] for number in numbers}
    for row in none.relaxed_committees().to_pylist():
        shown[row["relaxation"]].append(row["member"])
    for number, members in shown.items():
        eased = committee.Criteria(none.relaxed(number))
        assert eased.hash != criteria.hash
        assert eased.check(nominees, members).outcome is Outcome.MET
        assert eased.select(nominees).found
        assert criteria.check(nominees, members).outcome is not Outcome.MET


@pytest.mark.parametrize(
    ("name", "old", "new", "error"),
    [
        ("draw.json", '"number":', '"number":1', "draw.json: line 1, column "),
        ("draw.json", '"draw":"result"', '"draw":"panels"', "draw.json: line 1, column "),
        ("criteria.json", '"min":1', '"min":0', "has not the criteria of this lottery"),
    ],
)
def test_departures_go_on_from_nothing_that_does_not_hold(
    inputs, tmp_path, capsys, name, old, new, error
):
    folder = tmp_path / "out"
    assert compose(inputs, folder) == 0
    assert run("draw", folder, "--seed", "1", "--panels", 10) == 0
    drawn = [line[7:] for line in capsys.readouterr().out.splitlines() if line.startswith("member")]
    change(folder / name, old, new)
    for command in (("alternates", folder, inputs[1]), ("replace", folder, inputs[1], drawn[0])):
        assert run(*command) == 2
        said = capsys.readouterr()
        assert error in said.err
        assert said.out == ""


def test_departures_want_a_draw_with_its_result(inputs, tmp_path, capsys):
    folder = tmp_path / "out"
    assert compose(inputs, folder) == 0
    assert run("draw", folder) == 0
    shutil.copy(folder / "panels.json", folder / "draw.json")
    assert run("alternates", folder, inputs[1]) == 2
    assert "says nothing of members drawn" in capsys.readouterr().err


def test_draw_from_nothing_that_does_not_hold(inputs, tmp_path, capsys):
    folder = tmp_path / "out"
    assert compose(inputs, folder) == 0
    assert run("draw", folder, "--panels", 10) == 0
    change(folder / "panels.json", '"deviation":"', '"deviation":"1')
    capsys.readouterr()
    for more in ((), ("--seed", "1")):
        assert run("draw", folder, *more) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert f"{folder / 'panels.json'}: line 1, column " in said.err
    assert not (folder / "draw.json").exists()


def test_a_folder_without_its_lottery(inputs, tmp_path, capsys):
    folder = tmp_path / "out"
    assert compose(inputs, folder) == 0
    (folder / "lottery.json").unlink()
    capsys.readouterr()
    for command in (("verify", folder), ("explain", folder), ("explain", folder, inputs[1])):
        assert run(*command) == 1
        assert "fault: values.csv: there is no `lottery.json`" in capsys.readouterr().out
    for name in ("probabilities.csv", "values.csv", "quotas.csv"):
        (folder / name).unlink()
    assert run("verify", folder) == 0  # the certificate alone
    for command in (("explain", folder), ("alternates", folder, inputs[1])):
        capsys.readouterr()
        assert run(*command) == 2
        assert "there is no `lottery.json`" in capsys.readouterr().err


def test_what_is_wrong_with_a_pool_names_its_file(inputs, tmp_path, capsys):
    folder = tmp_path / "out"
    assert compose(inputs, folder) == 0
    inputs[1].write_text(POOL + "1,Again,public,north\n", encoding="utf-8")
    for command in (
        ("verify", folder, "--pool", inputs[1]),
        ("explain", folder, inputs[1]),
        ("alternates", folder, inputs[1]),
        ("replace", folder, inputs[1], "1"),
    ):
        capsys.readouterr()
        assert run(*command) == 2
        assert f"error: {inputs[1]}: line 7: the id `1` is repeated" in capsys.readouterr().err


def test_explain_of_what_is_not_there_or_twice(inputs, tmp_path, capsys):
    assert run("explain", tmp_path / "absent") == 2
    assert "there is no file or folder" in capsys.readouterr().err
    assert run("explain", *inputs, "--pool", inputs[1]) == 2
    assert "two pools" in capsys.readouterr().err
