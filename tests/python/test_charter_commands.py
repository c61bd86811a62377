# SPDX-License-Identifier: Apache-2.0
"""The commands `python -m partnership.charter`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from partnership import charter
from partnership.charter import __main__ as commands

PACKS = charter.packs()
SILENT = {
    "registered on": "2018-01-25",
    "answered on": None,
    "answer": "none",
    "extended": False,
    "reason for the extension": "",
    "complaint received on": None,
}


def run(*arguments: object, cwd: Path | None = None) -> tuple[int, list[str], list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", "partnership.charter", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        cwd=cwd,
        check=False,
    )
    return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(json.dumps(SILENT), encoding="utf-8")
    return path


# ---- test


@pytest.mark.parametrize("name", PACKS)
def test_the_tests_of_every_pack_pass(name, capsys):
    count = len(charter.load(name).test())
    assert commands.main(["test", name]) == 0
    assert capsys.readouterr().out.splitlines() == [f"{count} of {count}"]
    assert commands.main(["test", name, "--verbose"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == count + 1
    assert all(line.startswith("ok ") for line in lines[:-1])


def test_a_test_can_fail(tmp_path):
    document = charter.load("lebanon-28-2017").document()
    document["norms"][0]["tests"][0]["expect"] = "not met"
    path = tmp_path / "it.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    status, out, err = run("test", path)
    assert (status, err) == (1, [])
    assert out[0] == "FAILED answer: the fifteenth day, on 2018-02-09"
    assert out[1] == "  expected not met"
    assert out[2].startswith("  got      met")
    assert out[-1] == "66 of 67"


def test_charters_that_cannot_be_read(tmp_path):
    path = tmp_path / "it.json"
    path.write_text('{\n "charter": 1}', encoding="utf-8")
    status, out, err = run("test", path)
    assert (status, out) == (2, [])
    assert any(line.startswith("error: line 2, column ") for line in err)
    assert run("test", tmp_path / "none.json")[0] == 2
    status, out, err = run("test", "afkr")
    assert (status, out) == (2, [])
    assert "afkar" in err[0]
    assert run()[0] == 2
    assert "N of M" in " ".join(run("test", "--help")[1])


# ---- assess


def test_a_case_is_assessed(case):
    status, out, err = run("assess", "lebanon-28-2017", case, "--on", "2018-02-10")
    assert (status, err) == (0, [])
    assert out[0].startswith("not met")
    assert "answer: A request is answered within 15 days (2018-02-09)" in out[0]
    assert out[-1].startswith("lebanon-28-2017 ")
    assert out[-1].endswith(charter.load("lebanon-28-2017").hash)


def test_a_case_may_say_its_kind(case, tmp_path):
    path = tmp_path / "with kind.json"
    path.write_text(json.dumps({"kind": "request", "facts": SILENT}), encoding="utf-8")
    alone = run("assess", "lebanon-28-2017", case, "--on", "2018-02-10", "--kind", "request")
    assert run("assess", "lebanon-28-2017", path, "--on", "2018-02-10") == alone


def test_numbers_of_a_case_keep_their_digits(tmp_path):
    share = "0.1234567890123456789012345678901234"
    norm = {"id": "n", "citation": "1", "label": "N", "modality": "obligation", "bearer": "we"}
    document = {
        "charter": "c",
        "version": "1",
        "title": "C",
        "source": {"title": "S"},
        "parties": {"we": "We"},
        "kinds": {"k": {"label": "K", "facts": {"share": "number"}}},
        "norms": [{**norm, "about": "k", "require": f"share = {share}"}],
    }
    path, case = tmp_path / "c.json", tmp_path / "case.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    case.write_text(f'{{"kind" : "k", "facts": {{"share": {share}}} }}', encoding="utf-8")
    status, out, err = run("assess", path, case, "--on", "2020-01-01")
    assert (status, err) == (0, [])
    assert out[0].startswith("met")


@pytest.mark.parametrize(
    ("language", "label"), [("ar", "يُردّ على الطلب"), ("en", "A request"), ("fr", "Une demande")]
)
def test_one_norm_is_explained(case, language, label):
    asked = ["assess", "lebanon-28-2017", case, "--on", "2018-02-10", "--language", language]
    status, out, err = run(*asked, "--norm", "answer")
    assert (status, err) == (0, [])
    law = charter.load("lebanon-28-2017")
    why = law.explain(SILENT, "answer", "request", on="2018-02-10", language=language)
    assert "\n".join(out) == why.text.rstrip("\n")
    assert label in "\n".join(out)


def test_explanations_are_json(case):
    asked = ["assess", "lebanon-28-2017", case, "--on", "2018-02-10", "--json"]
    status, out, _ = run(*asked)
    made = json.loads("\n".join(out))
    assert status == 0
    assert made[0]["norm"]["id"] == "answer"
    assert made[0]["outcome"] == "not met"
    (one,) = json.loads("\n".join(run(*asked, "--norm", "complaint")[1]))
    assert one["norm"]["id"] == "complaint"


def test_cases_that_cannot_be_assessed(case, tmp_path):
    on = ["--on", "2018-02-10"]
    for name, text in (
        ("bad", "{"),
        ("list", "[1]"),
        ("deep", '{"a": ' + "[" * 100_000),
        ("unknown", '{"no such fact": 1}'),
        ("twice", '{"kind": "request", "facts": {}, "facts": {}}'),
    ):
        path = tmp_path / f"{name}.json"
        path.write_text(text, encoding="utf-8")
        for kind in ([], ["--kind", "request"]):
            status, out, err = run("assess", "lebanon-28-2017", path, *on, *kind)
            assert (status, out) == (1, []), name
            assert err[0].startswith("error: ")
            assert "Traceback" not in "\n".join(err)
    assert run("assess", "lebanon-28-2017", tmp_path / "none.json", *on)[0] == 1
    status, _, err = run("assess", "lebanon-28-2017", case, *on, "--norm", "anser")
    assert status == 1
    assert "`answer`" in err[0]
    assert run("assess", "lebanon-28-2017", case, *on, "--kind", "requst")[0] == 1
    assert run("assess", "lebanon-28-2017", case, "--on", "tomorrow")[0] == 2
    assert run("assess", "lebanon-28-2017", case)[0] == 2


@pytest.mark.parametrize("name", PACKS)
def test_a_test_case_of_every_pack_is_assessed(name, tmp_path, capsys):
    norm = next(one for one in charter.load(name).document()["norms"] if one.get("tests"))
    test = norm["tests"][0]
    path = tmp_path / "case.json"
    path.write_text(json.dumps({"kind": norm["about"], "facts": test["case"]}), encoding="utf-8")
    expected = test["expect"] if isinstance(test["expect"], str) else test["expect"]["outcome"]
    for language in ("ar", "en", "fr"):
        asked = ["assess", name, str(path), "--on", test["on"], "--language", language]
        assert commands.main(asked) == 0
        lines = capsys.readouterr().out.splitlines()
        if norm.get("enabled", True):
            (line,) = [line for line in lines if line[18:].startswith(f"{norm['id']}: ")]
            assert line.startswith(expected)


# ---- render


class Page(HTMLParser):
    """Whether every element is closed, what is addressed, and the ids."""

    VOID = ("meta", "br", "link", "img", "input")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.resources: list[str] = []
        self.texts: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            if name in ("src", "srcset", "action", "data") or (tag == "link" and name == "href"):
                self.resources.append(value)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


@pytest.mark.parametrize("name", PACKS)
def test_every_pack_is_a_page(name, tmp_path, capsys):
    out = tmp_path / "page.html"
    assert commands.main(["render", name, "--out", str(out)]) == 0
    assert capsys.readouterr().out.strip() == str(out)
    text = out.read_text(encoding="utf-8")
    law = charter.load(name)
    assert text == charter.page(law)  # the same bytes each time
    page = Page()
    page.feed(text)
    page.close()
    assert page.open == []
    assert len(set(page.ids)) == len(page.ids)
    assert {"ar", "en", "fr"} <= set(page.ids)
    assert page.resources == []
    assert "script" not in page.tags
    assert "url(" not in text
    assert law.hash in text
    said = "".join(page.texts)
    for language in ("ar", "en", "fr"):
        norms = law.norms(language).to_pylist()
        assert page.tags.count("article") == 3 * len(norms)
        for norm in norms:
            assert norm["label"] in said
            assert norm["citation"] in said


def test_the_page_says_what_excuses_and_what_follows():
    document = charter.load("switzerland").document()
    time = next(norm for norm in document["norms"] if norm["id"] == "time")
    time["reparation"] = "minutes"
    time["evidence"] = ["urgent"]
    page = Page()
    page.feed(charter.page(charter.Charter(document), ["en"]))
    said = "".join(page.texts)
    assert "; proved by `urgent`; unless `urgent`, for a reason: `reason told" in said
    assert "If broken" + charter.Charter(document).norms().to_pylist()[1]["label"] in said
    assert "Switzerland, Consultation Procedure Act (SR 172.061) https://droit" in said

    faca = Page()
    faca.feed(charter.page(charter.load("faca"), ["en"]))
    assert "Exception of" in "".join(faca.texts)


def test_the_page_says_in_which_language_a_text_is():
    document = charter.load("switzerland").document()
    document["title"] = document["text"] = {"ar": "ميثاق"}
    document["norms"][0]["label"] = "Time"
    document["norms"][0]["text"] = {"fr": "Trois mois"}
    document["norms"][0]["note"] = {"ar": "ملاحظة"}
    text = charter.page(charter.Charter(document))
    foreign = '<span lang="ar" dir="rtl">'
    assert text.count(f"<h1>{foreign}ميثاق</span></h1>") == 2  # in English and French
    assert text.count(f"<p>{foreign}ميثاق</span></p>") == 2
    assert text.count("<p>ميثاق</p>") == 1
    assert text.count('<h3><span lang="en" dir="ltr">Time</span>') == 2
    assert text.count('<span lang="fr" dir="ltr">Trois mois</span>') == 2
    assert text.count(f"<dd>{foreign}ملاحظة</span></dd>") == 2


def test_a_page_goes_where_it_is_told(tmp_path):
    status, out, err = run("render", "eu", cwd=tmp_path)
    assert (status, err) == (0, [])
    assert out == [str(tmp_path / "eu.html")]
    status, printed, _ = run("render", "eu", "--out", "-", cwd=tmp_path)
    assert status == 0
    assert printed == (tmp_path / "eu.html").read_text(encoding="utf-8").splitlines()
    status, out, _ = run("render", "eu", "--akoma-ntoso", "fr", cwd=tmp_path)
    assert (status, out) == (0, [str(tmp_path / "eu.xml")])
    root = ElementTree.parse(tmp_path / "eu.xml").getroot()
    assert root.tag.endswith("akomaNtoso")
    status, _, err = run("render", "afkar", "--akoma-ntoso", "fr", cwd=tmp_path)
    assert status == 1
    assert "in force" in err[0]
    dated = ["--akoma-ntoso", "fr", "--date", "2018-08-27"]
    assert run("render", "afkar", *dated, cwd=tmp_path)[0] == 0
    assert "2018-08-27" in (tmp_path / "afkar.xml").read_text(encoding="utf-8")
    assert run("render", "none")[0] == 1


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("../outside", "outside.html"),
        ("/a b", "a-b.html"),
        ("..", "charter.html"),
        ("ميثاق", "ميثاق.html"),
    ],
)
def test_the_page_stays_in_its_folder_whatever_the_id(name, file, tmp_path):
    document = charter.load("eu").document()
    document["charter"] = name
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "own.json").write_text(json.dumps(document), encoding="utf-8")
    status, out, _ = run("render", "own.json", cwd=tmp_path / "in")
    assert (status, out) == (0, [str(tmp_path / "in" / file)])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


def test_render_tells_where_it_cannot_write(tmp_path):
    assert run("render", "eu", "--out", tmp_path / "no folder" / "eu.html")[0] == 1
