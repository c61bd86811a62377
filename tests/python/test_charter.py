# SPDX-License-Identifier: Apache-2.0
"""Charters: documents, findings of one case and of many, explanations, histories, comparisons."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
from typing import Any

import numpy as np
import partnership
import pytest
from conftest import CALENDAR
from partnership import ObligationState, Outcome, charter

LAW = charter.load("lebanon-28-2017")
SILENT: dict[str, Any] = {
    "registered on": datetime.date(2018, 1, 25),
    "answered on": None,
    "answer": "none",
    "extended": False,
    "reason for the extension": "",
    "complaint received on": None,
    "complaint decided on": None,
}
ANSWERED = {**SILENT, "answered on": datetime.date(2018, 2, 9), "answer": "given"}
DAY = datetime.date(2018, 2, 10)
DUE = datetime.date(2018, 2, 9)
EVENTS: list[dict[str, Any]] = [
    {
        "on": "2018-01-25",
        "case": "r1",
        "kind": "request",
        "facts": {"registered on": "2018-01-25", "extended": False},
    },
    {
        "on": "2018-02-05",
        "case": "r2",
        "kind": "request",
        "facts": {"registered on": "2018-02-05", "extended": False},
    },
    {"on": "2018-02-09", "case": "r1", "facts": {"answered on": "2018-02-09"}},
]
SMALL: dict[str, Any] = {
    "charter": "small",
    "version": "1",
    "title": "Small",
    "source": {"title": "S"},
    "calendar": "test",
    "parties": {"we": "We"},
    "kinds": {"letter": {"label": "Letter", "facts": {"came": "date", "went": "date"}}},
    "norms": [
        {
            "id": "reply",
            "citation": "1",
            "label": "A reply",
            "modality": "obligation",
            "bearer": "we",
            "about": "letter",
            "deadline": {"after": "came", "within": "3 working days", "done": "went"},
        }
    ],
}


def small() -> charter.Charter:
    return charter.Charter(SMALL, calendars=[partnership.Calendar(CALENDAR)])


def amended() -> charter.Charter:
    document = LAW.document()
    document["norms"][0]["deadline"]["within"] = "10 days"
    return charter.Charter(document)


def as_json(case: dict[str, Any]) -> str:
    return json.dumps(case, default=str)


# ---- the document


def test_every_pack_is_read_and_its_tests_pass():
    names = charter.packs()
    assert len(names) == 20
    for name in names:
        law = charter.load(name)
        assert law.id == name
        about = law.about("fr").to_pylist()[0]
        assert about["title"]
        assert about["hash"] == law.hash
        assert about["norms"] == len({norm["id"] for norm in law.document()["norms"]})
        assert len(law.norms()) == len(law.document()["norms"])
        tests = law.test().to_pydict()
        assert len(tests["passed"]) > 0
        assert all(tests["passed"]), name


def test_a_charter_tells_of_itself(tmp_path):
    assert LAW.id == "lebanon-28-2017"
    assert len(LAW.hash) == 64
    assert LAW.version == LAW.document()["version"]
    assert repr(LAW).startswith("<partnership.charter.Charter: lebanon-28-2017, 12 norms, hash ")
    norms = LAW.norms("ar").to_pylist()
    assert [norm["norm"] for norm in norms][:2] == ["answer", "complaint"]
    assert norms[0]["bearer"] == "الإدارة"
    assert norms[0]["bearer_id"] == "administration"
    assert {row["kind"] for row in LAW.kinds().to_pylist()} == set(LAW.document()["kinds"])
    assert "<table" in LAW._repr_html_()
    schema = json.loads(charter.charter_schema())
    assert schema["$schema"].endswith("2020-12/schema")
    path = tmp_path / "it.json"
    path.write_text(json.dumps(LAW.document()), encoding="utf-8")
    for way in (path, str(path)):
        assert charter.load(way).hash == LAW.hash
    assert charter.Charter(json.dumps(LAW.document())).hash == LAW.hash


def test_packs_lie_in_folders_too(tmp_path):
    (tmp_path / "charters").mkdir()
    document = {**LAW.document(), "charter": "mine"}
    (tmp_path / "charters" / "mine.json").write_text(json.dumps(document), encoding="utf-8")
    assert "mine" in charter.packs(tmp_path)
    assert "mine" not in charter.packs()
    assert charter.load("mine", tmp_path).id == "mine"
    with pytest.raises(partnership.NotFoundError) as caught:
        charter.load("afkr")
    assert "afkar" in str(caught.value)


def test_everything_that_is_wrong_is_reported_with_its_place():
    document = copy.deepcopy(LAW.document())
    document["norms"][0]["deadline"]["done"] = "answred on"
    document["norms"][1]["bearer"] = "nobody"
    with pytest.raises(partnership.InvalidDocumentError) as caught:
        charter.Charter(json.dumps(document, indent=1))
    pointers = {problem.pointer for problem in caught.value.problems}
    assert pointers == {"/norms/0/deadline/done", "/norms/1/bearer"}
    assert all(problem.line > 1 for problem in caught.value.problems)
    with pytest.raises(partnership.MalformedError):
        charter.Charter("{")
    with pytest.raises(TypeError):
        charter.Charter(1)  # type: ignore[arg-type]


def test_calendars_are_given():
    law = small()
    findings = law.assess({"came": "2024-05-02", "went": None}, on="2024-05-03")
    assert findings.due("reply") == datetime.date(2024, 5, 7)
    with pytest.raises(partnership.InvalidDocumentError):
        charter.Charter(SMALL)
    with pytest.raises(TypeError, match="Calendar"):
        charter.Charter(SMALL, calendars=[CALENDAR])  # type: ignore[list-item]


# ---- findings


def test_one_case_is_assessed():
    findings = LAW.assess(SILENT, "request", on=DAY)
    assert len(findings) == 1
    assert findings.norms == ("answer", "complaint", "complaint-after-refusal", "form-of-request")
    assert findings["answer"] is Outcome.NOT_MET
    assert findings.state("answer") is ObligationState.DEEMED
    assert findings.due("answer") == DUE
    assert findings.due("form-of-request") is None
    assert findings["form-of-request"] is Outcome.NOT_APPLICABLE
    assert LAW.assess(ANSWERED, "request", on="2018-02-10")["answer"] is Outcome.MET
    assert LAW.assess(as_json(ANSWERED), "request", on=DAY)["answer"] is Outcome.MET
    pending = LAW.assess(SILENT, "request", on="2018-02-09")
    assert pending["answer"] is Outcome.PENDING
    assert pending.state("answer") is ObligationState.PENDING
    with pytest.raises(TypeError):
        bool(findings)


def test_what_is_not_known_leaves_a_norm_undetermined():
    facts = {"registered on": "2018-01-25"}
    assert LAW.assess(facts, "request", on=DAY)["answer"] is Outcome.UNDETERMINED
    row = LAW.assess(facts, "request", on=DAY).table(norm="answer").to_pylist()[0]
    assert row["reason"] == "facts that decide it are not known"
    assert row["due"] == DUE


def test_norms_that_are_not_enabled_are_taken_where_it_is_asked():
    assert "complaint-decision" not in LAW.assess(SILENT, "request", on=DAY).norms
    findings = LAW.assess(SILENT, "request", on=DAY, disabled=True)
    assert findings["complaint-decision"] is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("way", ["list", "frame", "table", "arrow", "array", "lines", "prepared"])
def test_many_cases_are_assessed(way):
    rows = [SILENT, ANSWERED] * 100
    if way == "list":
        cases: Any = rows
    elif way == "frame":
        pd = pytest.importorskip("pandas")
        cases = pd.DataFrame(rows)
        for name in cases.columns:
            if name.endswith(" on"):
                cases[name] = pd.to_datetime(cases[name])
    elif way == "table":
        cases = partnership.Table.from_rows(rows)
    elif way == "arrow":
        pa = pytest.importorskip("pyarrow")
        kinds = {True: pa.date32(), False: pa.string()}
        types = [(name, kinds[name.endswith(" on")]) for name in SILENT if name != "extended"]
        cases = pa.Table.from_pylist(rows, schema=pa.schema([*types, ("extended", pa.bool_())]))
    elif way == "array":
        cases = "[" + ",".join(map(as_json, rows)) + "]"
    elif way == "lines":
        cases = "\n".join(map(as_json, rows))
    else:
        cases = LAW.facts("request").cases(rows)
    findings = LAW.assess_all(cases, "request", on=DAY, threads=2)
    assert len(findings) == 200
    outcomes = findings.outcomes("answer")
    assert outcomes.dtype == np.uint8
    assert outcomes.tolist() == [Outcome.NOT_MET, Outcome.MET] * 100
    assert findings.states("answer").tolist()[:2] == [
        ObligationState.DEEMED,
        ObligationState.FULFILLED,
    ]
    dues = findings.dues("answer")
    assert dues.dtype == np.dtype("datetime64[D]")
    assert dues[0] == np.datetime64(DUE)
    assert np.isnat(findings.dues("form-of-request")).all()


def test_columns_are_views_that_keep_their_findings():
    outcomes = LAW.assess_all([SILENT], "request", on=DAY).outcomes("answer")
    assert not outcomes.flags.writeable
    assert not outcomes.flags.owndata
    assert outcomes.tolist() == [Outcome.NOT_MET]


def test_findings_of_many_have_columns_only():
    findings = LAW.assess_all([SILENT, ANSWERED], "request", on=DAY)
    for ask in (findings.__getitem__, findings.state, findings.due):
        with pytest.raises(partnership.ArgumentError, match="2 cases"):
            ask("answer")
    with pytest.raises(partnership.NotFoundError, match="`answer`"):
        findings.outcomes("anser")
    assert len(LAW.assess_all([], "request", on=DAY)) == 0


def test_findings_are_a_table():
    findings = LAW.assess_all([SILENT, ANSWERED], "request", on=DAY)
    table = findings.table("en")
    assert table.names == (
        *("case", "norm", "article", "citation", "label", "outcome", "state", "due"),
        *("bearer_id", "bearer", "counterparty_id", "counterparty", "version_from", "reason"),
        "charter_hash",
    )
    assert len(table) == 8
    first = table.to_pylist()[0]
    assert (first["case"], first["outcome"], first["state"]) == (0, "not met", "deemed")
    assert first["charter_hash"] == LAW.hash
    assert first["due"] == DUE
    one = LAW.assess(SILENT, "request", on=DAY).table("en").to_pylist()
    assert one == table.to_pylist()[:4]  # one alone and one of many say the same
    assert findings.table(norm="answer").to_pydict()["case"] == [0, 1]
    assert findings.table(outcome="met").to_pydict()["norm"] == ["answer"]
    assert findings.table("fr").to_pylist()[0]["bearer"] == "Administration"
    with pytest.raises(partnership.NotFoundError) as caught:
        findings.table(norm="anser")
    assert caught.value.details["nearest"] == "answer"
    with pytest.raises(partnership.ArgumentError):
        findings.table(outcome="good")
    assert repr(findings) == "<partnership.charter.Findings: 2 cases, 4 norms>"
    assert "<table" in findings._repr_html_()


def test_what_is_asked_wrongly_is_refused():
    with pytest.raises(partnership.ArgumentError, match="which kind of case"):
        LAW.assess(SILENT, on=DAY)
    with pytest.raises(partnership.NotFoundError) as caught:
        LAW.assess(SILENT, "requst", on=DAY)
    assert caught.value.details["nearest"] == "request"
    with pytest.raises(partnership.ArgumentError, match="nearest is `answered on`"):
        LAW.assess({"answred on": None}, "request", on=DAY)
    with pytest.raises(partnership.ArgumentError, match="another"):
        LAW.assess(charter.load("lebanon-28-2017").facts("request").case(SILENT), "request", on=DAY)
    with pytest.raises(partnership.ArgumentError, match=r"`max_stepps`.*`max_steps`"):
        LAW.assess(SILENT, "request", on=DAY, max_stepps=1)
    for day in (None, "tomorrow"):
        with pytest.raises((partnership.PartnershipError, TypeError)):
            LAW.assess(SILENT, "request", on=day)
    with pytest.raises(TypeError):
        LAW.assess(SILENT, "request")  # type: ignore[call-arg]


def test_the_kind_may_be_left_out_or_found():
    assert small().assess({"came": "2024-05-02"}, on="2024-05-03")["reply"] is Outcome.PENDING
    assert LAW.kind_of({"published on": None}) == "document"
    with pytest.raises(partnership.ArgumentError, match="`request`"):
        LAW.kind_of({"nothing": 1})
    with pytest.raises(partnership.ArgumentError, match="`request`"):
        LAW.kind_of({})


# ---- why


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("ar", "يُردّ على الطلب خلال 15 يومًا"),
        ("en", "A request is answered within 15 days"),
        ("fr", "Une demande reçoit réponse dans les 15 jours"),
    ],
)
def test_findings_are_explained(language, label):
    why = LAW.explain(SILENT, "answer", "request", on=DAY, language=language)
    assert label in why.text
    assert str(why) == why.text
    content = why.to_dict()
    assert content == json.loads(why.to_json())
    assert content["outcome"] == "not met"
    assert content["charter"]["hash"] == LAW.hash
    assert content["due"] == "2018-02-09"
    assert content["reason"][language] in why.text
    assert content["consulted"]
    assert repr(why).startswith("<partnership.charter.Explanation: ")
    assert pickle.loads(pickle.dumps(why)).text == why.text


def test_missing_facts_are_named():
    why = LAW.explain({"registered on": "2018-01-25"}, "answer", "request", on=DAY).to_dict()
    assert "answered on" in [missing["path"] for missing in why["missing"]]
    with pytest.raises(partnership.NotFoundError) as caught:
        LAW.explain(SILENT, "anser", "request", on=DAY)
    assert caught.value.details["nearest"] == "answer"
    with pytest.raises(partnership.NotFoundError):
        LAW.explain(SILENT, "officer", "request", on=DAY)


def test_suppositions_show_what_differs():
    table = LAW.what_if(
        as_json(SILENT), {"answered on": "2018-02-09", "answer": "given"}, "request", on=DAY
    )
    row = table.to_pylist()[0]
    assert row["norm"] == "answer"
    assert (row["outcome_before"], row["outcome_after"]) == ("not met", "met")
    assert (row["state_before"], row["state_after"]) == ("deemed", "fulfilled")
    assert row["reason_before"] != row["reason_after"]
    # Dictionaries may hold dates.
    again = LAW.what_if(SILENT, {"answered on": DUE, "answer": "given"}, "request", on=DAY)
    assert again.to_pylist() == table.to_pylist()
    assert len(LAW.what_if(SILENT, {}, "request", on=DAY)) == 0
    withdrawn = LAW.what_if(SILENT, {"withdraw": ["answered on"]}, "request", on=DAY)
    assert withdrawn.to_pylist()[0]["outcome_after"] == "undetermined"
    with pytest.raises(partnership.InvalidDocumentError) as caught:
        LAW.what_if(SILENT, {"answred on": None}, "request", on=DAY)
    assert caught.value.pointer == "/answred on"


# ---- histories


def test_histories_are_folded_to_a_day():
    history = LAW.history({"complete": True, "events": EVENTS})
    rows = history.assess(DAY).to_pylist()
    found = {(row["case"], row["norm"]): row["outcome"] for row in rows}
    assert found["r1", "answer"] == "met"
    assert found["r2", "answer"] == "pending"
    assert {row["kind"] for row in rows} == {"request"}
    before = history.assess("2018-02-01").to_pylist()
    assert {row["case"] for row in before} == {"r1"}
    assert before[0]["outcome"] == "pending"
    # Not complete: what is not recorded is not known.
    open_ended = LAW.history(EVENTS[:1]).assess("2018-03-01").to_pylist()
    assert open_ended[0]["outcome"] == "undetermined"
    lines = "\n".join(json.dumps(event) for event in EVENTS)
    assert LAW.history(lines).assess(DAY).to_pylist()[0]["outcome"] == "met"
    assert repr(history) == "<partnership.charter.History of lebanon-28-2017>"
    again = pickle.loads(pickle.dumps(history))
    assert again.assess(DAY).to_pylist() == rows


def test_wrong_histories_are_refused():
    with pytest.raises(partnership.InvalidDocumentError) as caught:
        LAW.history([{"on": "2018-13-01", "case": "a", "kind": "request"}, {"case": "b"}])
    assert "/events/0/on" in {problem.pointer for problem in caught.value.problems}
    with pytest.raises(partnership.MalformedError):
        LAW.history("{")
    with pytest.raises(TypeError):
        LAW.history(1)


def test_obligations_are_listed():
    history = LAW.history({"complete": True, "events": EVENTS})
    (row,) = history.obligations(DAY).to_pylist()
    assert (row["case"], row["norm"], row["state"]) == ("r2", "answer", "pending")
    assert row["due"] == datetime.date(2018, 2, 20)
    assert row["days_left"] == 10
    assert row["bearer_id"] == "administration"
    assert row["next_step"]
    assert history.obligations(DAY, "ar").to_pylist()[0]["bearer"] == "الإدارة"
    assert len(history.obligations(DAY, bearer="requester")) == 0
    assert len(history.obligations(DAY, due_from="2018-02-20")) == 1
    assert len(history.obligations(DAY, due_to=datetime.date(2018, 2, 20))) == 0


def test_obligations_are_written_for_calendars():
    history = LAW.history({"complete": True, "events": EVENTS})
    at = datetime.datetime(2018, 2, 10, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    written = history.icalendar(DAY, at, "fr", link="https://register.example/")
    lines = written.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines.count("BEGIN:VTODO") == 1
    assert lines.count("BEGIN:VEVENT") == 1
    assert "DTSTAMP:20180210T100000Z" in lines
    assert any(line.startswith("DUE") and "20180220" in line for line in lines)
    assert "https://register.example/" in written.replace("\r\n ", "")
    assert history.icalendar(
        DAY, "2018-02-10T10:00:00Z", "fr", link="https://register.example/"
    ) == (written)
    assert "VTODO" not in history.icalendar(DAY, at, bearer="requester")
    with pytest.raises(partnership.ArgumentError):
        history.icalendar(DAY, "yesterday")
    with pytest.raises(partnership.ArgumentError):
        history.icalendar(DAY, None)  # type: ignore[arg-type]


# ---- comparisons


def test_two_charters_are_compared():
    (row,) = LAW.compare(amended()).to_pylist()
    assert (row["norm"], row["what"], row["change"]) == ("answer", "within", "changed")
    assert (row["before"], row["after"]) == ("15 days", "10 days")
    assert row["bearer"] == "Administration"
    assert len(LAW.compare(LAW)) == 0
    with pytest.raises(TypeError, match="Charter"):
        LAW.compare("afkar")  # type: ignore[arg-type]


@pytest.mark.parametrize("way", ["list", "array", "lines"])
def test_cases_are_compared(way):
    rows = [SILENT, ANSWERED]
    cases: Any = rows
    if way == "array":
        cases = "[" + ",".join(map(as_json, rows)) + "]"
    elif way == "lines":
        cases = "\n".join(map(as_json, rows))
    found = LAW.compare_cases(amended(), cases, "request", on="2018-02-10").to_pylist()
    answers = {row["case"]: row for row in found if row["norm"] == "answer"}
    assert answers[0]["due_before"] == DUE
    assert answers[0]["due_after"] == datetime.date(2018, 2, 4)
    assert (answers[1]["outcome_before"], answers[1]["outcome_after"]) == ("met", "not met")
    assert len(LAW.compare_cases(LAW, cases, "request", on=DAY)) == 0
    with pytest.raises(partnership.NotFoundError):
        LAW.compare_cases(amended(), cases, "letter", on=DAY)


# ---- what Python asks of objects


def test_charters_are_pickled_by_their_documents():
    again = pickle.loads(pickle.dumps(LAW))
    assert again.hash == LAW.hash
    assert again.assess(SILENT, "request", on=DAY)["answer"] is Outcome.NOT_MET
    other = pickle.loads(pickle.dumps(small()))
    assert other.assess({"came": "2024-05-02"}, on="2024-05-03").due("reply") == datetime.date(
        2024, 5, 7
    )
    facts = LAW.facts("request")
    assert LAW.facts("request") is facts
    assert pickle.loads(pickle.dumps(facts)).names == facts.names
    with pytest.raises(TypeError, match="pickled"):
        pickle.dumps(LAW.assess(SILENT, "request", on=DAY))


def test_handles_are_not_made_by_hand():
    with pytest.raises(TypeError):
        charter.Findings(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        charter.History(None, b"")  # type: ignore[arg-type]


def test_everything_public_has_a_docstring():
    for name in charter.__all__:
        thing = getattr(charter, name)
        assert thing.__doc__, name
        for member, content in vars(thing).items() if isinstance(thing, type) else ():
            if not member.startswith("_") and (callable(content) or isinstance(content, property)):
                assert content.__doc__, f"{name}.{member}"
