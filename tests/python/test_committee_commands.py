# SPDX-License-Identifier: Apache-2.0
"""The commands `python -m partnership.committee`."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from committee_files import POOLS, change, compose, run
from partnership import committee
from partnership.committee import __main__ as commands


def test_compose_draw_verify(inputs, tmp_path, capsys):
    folder = tmp_path / "out"
    assert compose(inputs, folder) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("leximin, proved")
    assert lines[-1] == str(folder)
    with (folder / "probabilities.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["id", "probability"]
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4", "5"]
    assert sum(float(row[1]) for row in rows[1:]) == pytest.approx(3)
    assert json.loads((folder / "lottery.json").read_text("utf-8"))["lottery"] == "leximin"
    assert committee.verify_certificate((folder / "certificate.json").read_bytes()).holds

    # First the panels, published; then the seed decides, and again the same.
    assert run("draw", folder, "--panels", 50) == 0
    published = capsys.readouterr().out.splitlines()
    assert not (folder / "draw.json").exists()
    assert run("draw", folder, "--seed", "12 34") == 0
    drawn = capsys.readouterr().out.splitlines()
    assert drawn[: len(published)] == published
    assert sum(line.startswith("member ") for line in drawn) == 3
    assert run("draw", folder, "--seed", "12 34") == 0
    assert capsys.readouterr().out.splitlines() == drawn
    assert run("draw", folder, "--panels", 51) == 2
    assert "already" in capsys.readouterr().err
    kept = (folder / "draw.json").read_bytes()
    assert run("draw", folder, "--seed", "56 78") == 2  # nobody tries seeds until one pleases
    assert "by the seed `12 34`" in capsys.readouterr().err
    assert (folder / "draw.json").read_bytes() == kept

    assert run("verify", folder, "--pool", inputs[1]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "proved: leximin"
    assert any("probabilities.csv: they are what the panels give" in line for line in said)
    assert any("draw.json: draw: the seed gives number" in line for line in said)
    assert any("its model is that of the criteria and the pool" in line for line in said)
    assert run("verify", folder, "--quiet") == 0
    assert capsys.readouterr().out.splitlines() == ["proved: leximin"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("certificate.json", '"bound":"', '"bound":"1'),
        ("criteria.json", '"size":', '"version2":1,"size":'),
        ("criteria.json", "categories", "dogs"),
        ("probabilities.csv", "2,", "2,0.1"),
        ("probabilities.csv", "\n5,", "\n6,"),
        ("lottery.json", '"weight":"', '"weight":"1'),
        ("lottery.json", "leximin", "leximin"),
        ("panels.json", '"deviation":"', '"deviation":"1'),
        ("draw.json", '"seed":"12 34"', '"seed":"12 35"'),
    ],
)
def test_verify_finds_what_was_changed(inputs, tmp_path, capsys, name, old, new):
    folder = tmp_path / "out"
    assert compose(inputs, folder) == 0
    # 997 panels: another seed gives another number but once in as many times.
    assert run("draw", folder, "--seed", "12 34", "--panels", 997) == 0
    if name == "criteria.json" and old == "categories":
        old = json.loads((folder / name).read_text("utf-8"))["criteria"]
    change(folder / name, old, new)
    capsys.readouterr()
    status = run("verify", folder)
    said = capsys.readouterr().out.splitlines()
    if old == new:
        assert (status, said[-1]) == (0, "proved: leximin")
        return
    assert status == 1
    assert said[-1] == "refused"
    assert any(line.startswith("fault: ") for line in said)


def test_verify_of_another_pool(inputs, tmp_path, capsys):
    folder = tmp_path / "out"
    assert compose(inputs, folder) == 0
    change(inputs[1], "public,north", "public,south")
    assert run("verify", folder, "--pool", inputs[1]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "refused"


def test_a_new_lottery_leaves_no_draw_of_an_old_one(inputs, tmp_path):
    folder = tmp_path / "out"
    assert compose(inputs, folder) == 0
    assert run("draw", folder, "--seed", "1", "--panels", 10) == 0
    assert compose(inputs, folder) == 0
    assert not (folder / "panels.json").exists()
    assert not (folder / "draw.json").exists()


def test_replace_and_draw_who_joins(inputs, tmp_path, capsys):
    folder, second = tmp_path / "out", tmp_path / "second"
    assert compose(inputs, folder) == 0
    assert run("draw", folder, "--seed", "1", "--panels", 10) == 0
    drawn = [line[7:] for line in capsys.readouterr().out.splitlines() if line.startswith("member")]
    status = run("replace", folder, inputs[1], drawn[0], "--out", second)
    said = capsys.readouterr().out.splitlines()
    able = [line.split()[1].rstrip(":") for line in said if line.startswith("candidate ")]
    assert status == (0 if able else 1)
    for candidate in able:  # each is a committee with those who stay, by the check
        assert run("check", *inputs, candidate, *drawn[1:], "--size", 3) == 0
    assert able
    assert run("draw", second, "--seed", "2", "--panels", 12) == 0
    assert run("replace", folder, inputs[0], drawn[0]) == 2  # another pool
    assert run("replace", folder, inputs[1], "nobody") == 2
    capsys.readouterr()


def test_no_committee_is_an_answer(inputs, tmp_path, capsys):
    folder = tmp_path / "out"
    assert run("compose", *inputs, "--size", 5, "--out", folder) == 1
    assert capsys.readouterr().out.startswith("leximin, infeasible")
    assert not (folder / "lottery.json").exists()
    assert run("verify", folder, "--pool", inputs[1]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "infeasible"
    assert run("explain", *inputs, "--size", 5) == 1
    told = capsys.readouterr().out
    assert "Criteria that cannot hold together" in told
    assert "The least changes that would do" in told
    assert "no committee" in (folder / "report.html").read_text("utf-8")


def test_everything_wrong_is_told_at_once(inputs, tmp_path, capsys):
    inputs[0].write_text("category,feature,min,max\nside,public,3,1\nside,civil,x,2\n")
    assert compose(inputs, tmp_path / "out") == 2
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 2
    assert errors[0] == f"error: {inputs[0]}: line 2: the min 3 is above the max 1"
    assert errors[1].startswith(f"error: {inputs[0]}: line 3: the min is not a count")
    assert not (tmp_path / "out").exists()
    # Of both files, whatever is wrong with each.
    inputs[1].write_text("id,side\n1,public\n1,civil\n,civil\n", encoding="utf-8")
    assert compose(inputs, tmp_path / "out") == 2
    errors = capsys.readouterr().err.splitlines()
    assert errors[2:] == [
        f"error: {inputs[1]}: line 3: the id `1` is repeated; it was first in line 2",
        f"error: {inputs[1]}: line 4: the id is blank",
    ]
    assert run("compose", tmp_path / "no", inputs[1], "--out", tmp_path / "out") == 2
    assert capsys.readouterr().err.startswith("error: ")
    assert run("verify", tmp_path) == 2
    assert run("draw", tmp_path, "--seed", "1") == 2
    assert "there is no `lottery.json`" in capsys.readouterr().err


def test_a_size_that_cannot_be(inputs, tmp_path, capsys):
    for command in (["explain"], ["compare"], ["compose", "--out", tmp_path / "out"]):
        assert run(*command, *inputs, "--size", 0) == 2
        assert capsys.readouterr().err.splitlines() == [
            f"error: {inputs[0]}: line {line}: the min 1 is above the size of the committee, 0"
            for line in (2, 3, 4)
        ]
    assert run("check", *inputs, "1", "--size", 0) == 2
    assert capsys.readouterr().err.count("is above the size") == 3
    for size in ("5-3", "-1", "x", "3-"):
        with pytest.raises(SystemExit) as raised:
            run("explain", *inputs, f"--size={size}")
        assert raised.value.code == 2
        assert f"argument --size: `{size}` is no size, " in capsys.readouterr().err
    assert run("explain", *inputs, "--size", 10**10) == 2
    assert capsys.readouterr().err == (
        "error: option `size` expects 0 to 1000000000, got `10000000000`\n"
    )
    assert not (tmp_path / "out").exists()
    # Together the quotas need two: that is an answer, with the conflict and what would do.
    assert run("explain", *inputs, "--size", 1) == 1
    told = capsys.readouterr().out
    assert told.startswith("leximin, infeasible")
    assert "side: public: at least 1 asked" in told
    assert "side: civil: at least 1 asked" in told


@pytest.mark.parametrize(
    ("pool", "errors"),
    [
        (b"", ["line 1, column 1: empty text, expected a record that names the columns"]),
        (b"id,side\n1,publ\xe9\n2,\xe9\n",
         ["line 2, column 7: bytes that are not UTF-8",
          "line 3, column 3: bytes that are not UTF-8"]),
        (b'id,side\n1,"public\n', ["line 2, column 3: quote that is never closed"]),
        (b'i"d,side\n1,public\n',
         ["line 1, column 2: quote inside a cell that does not begin with one"]),
        (b"id,side,side\n1,a,b\n", ["line 1, column 9: column `side` stands twice"]),
        (b"id;side\n1;a;b\n2\n",
         ["line 2, column 1: record of 3 cells, expected 2",
          "line 3, column 1: record of 1 cell, expected 2"]),
        (b'"na\nme",side\n"a\nb",x\n"a\nb",y\n',
         ["line 5: the id `a\ufffdb` is repeated; it was first in line 3"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("document", [False, True])
def test_pools_that_cannot_be_read(inputs, tmp_path, capsys, pool, errors, document):
    inputs[1].write_bytes(pool)
    criteria = inputs[0]
    if document:
        criteria = tmp_path / "criteria.json"
        criteria.write_text(committee.criteria_of_categories(inputs[0]), encoding="utf-8")
    assert run("explain", criteria, inputs[1]) == 2
    said = "".join(f"error: {inputs[1]}: {error}\n" for error in errors)
    assert capsys.readouterr().err == said


def test_files_as_spreadsheets_write_them(inputs, capsys):
    for file in inputs:
        text = file.read_text("utf-8").replace(",", ";").replace("\n", "\r\n")
        file.write_bytes(b"\xef\xbb\xbf" + text.encode() + b"\r\n\r\n")
    assert run("explain", *inputs, "--size", 3) == 0
    assert run("explain", *inputs, "--size", 3, "--id", "nam") == 2
    assert capsys.readouterr().err == (
        "error: there is no column `nam` with the ids, did you mean `name`?\n"
    )


@pytest.mark.parametrize("wrong", [["compose"], ["compose", "a", "b", "--lottery", "fair"], ["x"]])
def test_what_is_not_understood(wrong, capsys):
    with pytest.raises(SystemExit) as raised:
        commands.main(wrong)
    assert raised.value.code == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_explain_compare_check(inputs, capsys, language):
    assert run("explain", *inputs, "--size", 3, "--language", language) == 0
    told = capsys.readouterr().out
    assert "north" in told
    kinds = ("--lotteries", "leximin,legacy")
    assert run("compare", *inputs, "--size", 3, *kinds, "--language", language) == 0
    rows = capsys.readouterr().out.splitlines()
    assert len(rows) == 3
    words = {"ar": "الطريقة المعتادة  مسحوب", "en": "legacy   drawn", "fr": "méthode d'usage  tiré"}
    assert rows[2].strip().startswith(words[language])
    assert run("check", *inputs, "1", "2", "3", "--size", 3) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "met"
    assert "met               side: public" in said  # an id that says the same as its label, once
    assert run("check", *inputs, "1", "3", "4", "--size", 3) == 1
    assert run("check", *inputs, "1", "9", "--size", 3) == 2


def test_criteria_documents_and_names_of_columns(inputs, tmp_path, capsys):
    document = tmp_path / "criteria.json"
    document.write_text(
        json.dumps(
            {
                "criteria": "test",
                "version": "1",
                "title": "Test",
                "rules": [
                    {
                        "id": "civil",
                        "kind": "quota",
                        "attribute": "side",
                        "value": "civil",
                        "min": 1,
                        "share": {"max": "1/2"},
                    }
                ],
            }
        ),
        encoding="utf-8",
    )
    folder = tmp_path / "out"
    arguments = ("compose", document, inputs[1], "--size", "2-3", "--out", folder)
    assert run(*arguments, "--id", "name") == 0
    rows = (folder / "probabilities.csv").read_text("utf-8").splitlines()
    assert rows[1].startswith("Nominee one,")
    assert run("verify", folder, "--pool", inputs[1], "--id", "name") == 0
    assert run(*arguments, "--id", "nobody") == 2
    capsys.readouterr()


class Reader(HTMLParser):
    """What a browser would fetch or run, and the texts of headings by language."""

    def __init__(self) -> None:
        super().__init__()
        self.outside: list[str] = []
        self.languages: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.pictures = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = dict(attrs)
        if tag in ("script", "link", "img", "iframe", "object", "embed", "form"):
            self.outside.append(tag)
        self.pictures += tag == "svg"
        if "id" in of:
            self.ids.append(str(of["id"]))
        if tag in ("main", "section") and "lang" in of:
            self.languages.append((str(of["lang"]), str(of["dir"])))


def test_the_report_stands_alone(inputs, tmp_path, capsys):
    folder = tmp_path / "out"
    assert compose(inputs, folder, "--language", "ar") == 0
    reader = Reader()
    text = (folder / "report.html").read_text("utf-8")
    reader.feed(text)
    assert reader.outside == []
    assert reader.languages == [("ar", "rtl"), ("en", "ltr"), ("fr", "ltr")]
    assert len(reader.ids) == len(set(reader.ids))
    assert reader.pictures > 3
    assert compose(inputs, folder, "--language", "ar") == 0
    assert (folder / "report.html").read_text("utf-8") == text
    assert "Comparaison des tirages" not in text
    assert compose(inputs, folder, "--compare", "nash,legacy") == 0
    assert "Comparaison des tirages" in (folder / "report.html").read_text("utf-8")
    capsys.readouterr()


def test_as_a_program(inputs, tmp_path):
    arguments = ["compose", *map(str, inputs), "--size", "3", "--out", str(tmp_path / "out")]
    done = subprocess.run(
        [sys.executable, "-m", "partnership.committee", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == str(tmp_path / "out")
    verifier = os.environ.get("PSHIP_VERIFY") or shutil.which("partnership-verify")
    if verifier:
        done = subprocess.run(
            [verifier, "certificate", str(tmp_path / "out" / "certificate.json")],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0
        assert done.stdout.splitlines()[-1] == "proved: leximin"


SMALL = ("couples_2", "example_small_20", "ogtal_demo_8", "sf_fixture_22", "example_large_200")


@pytest.mark.parametrize("name", SMALL)
def test_pools_as_organisers_have_them(name, tmp_path, capsys):
    pool = POOLS / name
    if not pool.is_dir():
        pytest.skip("there are no pools beside the project")
    size = json.loads((pool / "about.json").read_text("utf-8"))["size"]
    folder = tmp_path / "out"
    inputs = (pool / "criteria.csv", pool / "pool.csv")
    assert run("compose", *inputs, "--size", size, "--out", folder) == 0
    with (folder / "probabilities.csv").open(encoding="utf-8", newline="") as file:
        got = sorted(float(row["probability"]) for row in csv.DictReader(file))
    with (pool / "leximin.csv").open(encoding="utf-8", newline="") as file:
        expected = [float(row["probability"]) for row in csv.DictReader(file)]
    # Where the stored vector does not sum to the size, it is that far from any lottery's.
    assert got == pytest.approx(expected, abs=max(1e-6, 1.001 * abs(sum(expected) - size)))
    assert run("verify", folder, "--pool", inputs[1]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "proved: leximin"
