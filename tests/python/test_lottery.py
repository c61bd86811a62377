# SPDX-License-Identifier: Apache-2.0
"""Lotteries, draws and verdicts from Python."""

from __future__ import annotations

import json
import pickle
import threading
from fractions import Fraction

import partnership
import pytest
from partnership import LotteryPhase, LotteryStatus, committee

DOCUMENT = {
    "criteria": "test",
    "version": "1",
    "title": {"en": "Test", "ar": "اختبار"},
    "size": 2,
    "attributes": {
        "side": {
            "label": {"en": "Side", "ar": "الطرف"},
            "values": {"public": {"en": "Public", "ar": "عام"}, "civil": {"en": "Civil"}},
        }
    },
    "rules": [
        {"id": "civil", "kind": "quota", "attribute": "side", "value": "civil", "min": 1, "max": 1}
    ],
}
PEOPLE = [
    {"id": "a", "side": "public"},
    {"id": "b", "side": "civil"},
    {"id": "c", "side": "public"},
    {"id": "d", "side": "public"},
]


@pytest.fixture(scope="module")
def criteria():
    return committee.Criteria(DOCUMENT)


@pytest.fixture(scope="module")
def nominees():
    return committee.Nominees(PEOPLE)


@pytest.fixture(scope="module")
def made(criteria, nominees):
    return criteria.compose(nominees)


def test_probabilities_are_exact_and_fair(made):
    assert made.status is LotteryStatus.PROVED
    assert made.lottery == "leximin"
    assert made.has_lottery
    rows = {row["id"]: row for row in made.probabilities().to_pylist()}
    assert {name: row["target"] for name, row in rows.items()} == {
        "a": "1/3",
        "b": "1",
        "c": "1/3",
        "d": "1/3",
    }
    for row in rows.values():
        assert float(Fraction(row["exact"])) == row["probability"]
        assert abs(Fraction(row["exact"]) - Fraction(row["target"])) <= Fraction(1, 10**9)


def test_panels_make_the_probabilities(made):
    sums = dict.fromkeys("abcd", Fraction(0))
    panels = {}
    for row in made.panels().to_pylist():
        sums[row["member"]] += Fraction(row["exact"])
        panels.setdefault(row["panel"], []).append(row["member"])
    assert sums == {row["id"]: Fraction(row["exact"]) for row in made.probabilities().to_pylist()}
    assert all(len(members) == 2 and "b" in members for members in panels.values())


def test_tables_by_value_and_criterion(made):
    values = {row["value"]: row for row in made.values("ar").to_pylist()}
    assert values["public"]["label"] == "عام"
    assert values["public"]["attribute_label"] == "الطرف"
    assert values["public"]["nominees"] == 3
    assert values["public"]["pool_share"] == 0.75
    assert values["public"]["seat_share"] == 0.5
    assert (values["civil"]["quota_least"], values["civil"]["quota_most"]) == (1, 1)
    quotas = {row["criterion"]: row for row in made.quotas().to_pylist()}
    assert quotas["civil"]["expected"] == 1
    assert quotas["civil"]["at_least"] == quotas["civil"]["at_most"] == 1
    assert all(row["met"] == 1 for row in quotas.values())
    assert made.levels().to_pydict()["value"] == ["1/3", "1"]


def test_other_forms(made):
    pd = pytest.importorskip("pandas")
    frame = made.to_pandas()
    assert list(frame["id"]) == ["a", "b", "c", "d"]
    assert isinstance(frame, pd.DataFrame)
    assert partnership.Table.from_arrow(made) == made.probabilities()
    assert "leximin, proved, 4 nominees" in repr(made)
    assert "<table>" in made._repr_html_()
    assert len(made) == 4
    with pytest.raises(TypeError):
        bool(made)
    with pytest.raises(TypeError):
        pickle.dumps(made)


def test_nominees_from_a_frame(criteria, made):
    pd = pytest.importorskip("pandas")
    from_frame = criteria.compose(committee.Nominees(pd.DataFrame(PEOPLE)))
    assert from_frame.probabilities() == made.probabilities()
    assert from_frame.certificate() == made.certificate()


def test_kinds_are_compared(criteria, nominees, made):
    others = [criteria.compose(nominees, kind) for kind in ("maximin", "nash", "legacy")]
    rows = committee.compare(made, *others).to_pylist()
    assert [row["lottery"] for row in rows] == ["leximin", "maximin", "nash", "legacy"]
    assert rows[0]["gini"] == pytest.approx(0.25)
    assert rows[0]["least"] == pytest.approx(1 / 3)
    # Of the four numbers 1/3, 1/3, 1/3, 1: (1/27)^(1/4).
    assert rows[0]["geometric_mean"] == pytest.approx(27 ** (-1 / 4))
    assert rows[3]["status"] == "drawn"
    assert others[2].status is LotteryStatus.DRAWN
    with pytest.raises(partnership.StateError):
        others[2].certificate()


def test_there_may_be_no_committee(criteria, nominees):
    none = criteria.compose(nominees, size=5)
    assert none.status is LotteryStatus.INFEASIBLE
    assert not none.has_lottery
    assert none.verify().verdict == "infeasible"
    with pytest.raises(partnership.StateError):
        none.document()
    assert len(none.values()) == 0


def test_why_there_is_no_committee(nominees):
    document = json.loads(json.dumps(DOCUMENT))
    document["rules"][0].update(min=2, max=2)
    none = committee.Criteria(document).compose(nominees)
    conflict = none.conflict().to_pylist()
    assert [row["criterion"] for row in conflict] == ["civil"]
    assert (conflict[0]["asked_least"], conflict[0]["nominees"]) == (2, 1)
    assert conflict[0]["reason"]
    verification = none.verify()
    assert verification.holds
    assert verification.about().to_pydict()["minimal"] == [True]
    relaxed = none.relaxations().to_pylist()
    assert relaxed[0]["cost"] == 1
    assert (relaxed[0]["what"], relaxed[0]["from"], relaxed[0]["to"]) == ("min", "2", "1")
    # As the relaxation says, so it is; and a committee shows it.
    eased = committee.Criteria(none.relaxed(1))
    document["rules"][0]["min"] = 1
    assert eased.document() == document
    assert eased.compose(nominees).status is LotteryStatus.PROVED
    shown = none.relaxed_committees().to_pylist()
    assert {row["relaxation"] for row in shown} == {row["relaxation"] for row in relaxed}
    members = [row["member"] for row in shown if row["relaxation"] == 1]
    assert eased.check(nominees, members).outcome is partnership.Outcome.MET
    for number in (0, len({row["relaxation"] for row in relaxed}) + 1):
        with pytest.raises(partnership.NotFoundError):
            none.relaxed(number)
    with pytest.raises(TypeError):
        none.relaxed("1")


def tables(made):
    return [
        made.about(),
        made.probabilities(),
        made.values("ar"),
        made.quotas("fr"),
        made.panels(),
        made.levels(),
    ]


@pytest.mark.parametrize("kind", ["leximin", "maximin", "nash", "legacy"])
def test_a_lottery_is_read_back(criteria, nominees, kind):
    made = criteria.compose(nominees, kind, size=(2, None), samples=20)
    certificate = made.certificate() if made.has_certificate else None
    read = criteria.read_lottery(nominees, made.document(), certificate)
    assert read.status is made.status
    assert tables(read) == tables(made)
    assert read.document() == made.document()
    if certificate is not None:
        assert read.certificate() == certificate


def test_nothing_that_was_changed_is_read_back():
    criteria, nominees = hard(60)
    made = criteria.compose(nominees)
    certificate = made.certificate()
    read = criteria.read_lottery(nominees, made.document(), certificate)
    assert tables(read) == tables(made)
    with pytest.raises(partnership.InvalidDocumentError):
        criteria.read_lottery(nominees, made.document())
    changed = json.loads(made.document())
    for part in (changed["panels"][0], changed):  # so that the weights still sum up
        name = "weight" if "weight" in part else "denominator"
        part[name] = str(int(part[name]) + 1)
    with pytest.raises(partnership.InvalidDocumentError) as raised:
        criteria.read_lottery(nominees, changed, certificate)
    assert any("`panels`" in problem.message for problem in raised.value.problems)
    with pytest.raises(TypeError):
        criteria.read_lottery([], made.document(), certificate)


def test_that_there_is_none_is_certified_even_where_why_is_not(criteria, nominees):
    """With so few nodes no conflict is proved; that there is no committee was, before."""
    for nodes in (1, 2, 3, 1000):
        none = criteria.compose(nominees, size=5, nodes=nodes)
        assert none.status is LotteryStatus.INFEASIBLE
        assert none.has_certificate
        assert none.verify().verdict == "infeasible", none.verify().faults


def test_one_committee(criteria, nominees):
    best = criteria.select(nominees, [3, 1, 5, 2])
    assert (best.status, best.members, best.sum) == ("optimal", ["b", "c"], 6)
    assert criteria.select(nominees, [3, 1, 5, 2], worst=True).members == ["b", "d"]
    assert criteria.select(nominees).found
    assert criteria.select(nominees, size=3).status == "infeasible"
    assert best.bound is None
    assert "optimal, 2 members" in repr(best)
    assert best.table().to_pydict()["weight"] == [1, 5]
    with pytest.raises(partnership.ArgumentError):
        criteria.select(nominees, [1, 2])
    with pytest.raises(TypeError):
        criteria.select(nominees, [1.5, 2, 3, 4])


def test_the_best_committee_is_bounded_where_the_search_ends_early():
    quotas = {
        attribute: {value: (3, 5) for value in values}
        for attribute, values in (("a", "xyz"), ("b", "uvw"), ("c", "rst"))
    }
    hard = committee.Criteria(
        {
            "criteria": "hard",
            "version": "1",
            "title": "Hard",
            "size": 12,
            "rules": [
                {
                    "id": f"{attribute}{value}",
                    "kind": "quota",
                    "attribute": attribute,
                    "value": value,
                    "min": least,
                    "max": most,
                }
                for attribute, values in quotas.items()
                for value, (least, most) in values.items()
            ],
        }
    )
    people = committee.Nominees(
        [
            {
                "id": str(i),
                "a": "xxxyz"[i % 5],
                "b": "uuvuw"[i * 7 % 11 % 5],
                "c": "rst"[i % 17 % 3],
            }
            for i in range(60)
        ]
    )
    weights = [i * 37 % 101 for i in range(60)]
    best = hard.select(people, weights).sum
    early = [hard.select(people, weights, nodes=nodes) for nodes in range(30)]
    bounds = [one.bound for one in early if one.status == "limit" and one.bound is not None]
    assert bounds
    assert all(bound >= best for bound in bounds)
    assert all(one.bound is None for one in early if one.status == "optimal")


def test_who_may_join(criteria, nominees):
    found = criteria.replace(nominees, ["a", "b"], ["a"])
    assert found.status == "proved"
    assert not found.complete
    rows = found.candidates().to_pylist()
    assert [(row["id"], row["exact"]) for row in rows] == [("c", "1/2"), ("d", "1/2")]
    panels = committee.numbered_panels(found.document(), 10)
    result = committee.draw(panels, "another seed")
    assert committee.verify_draw(result).members[0] in ("c", "d")
    assert len(criteria.replace(nominees, ["a", "b"], ["a"], unavailable=["c"]).candidates()) == 1
    nobody = criteria.replace(nominees, ["a", "b"], ["b"])
    assert nobody.status == "infeasible"
    assert len(nobody.candidates()) == 0
    with pytest.raises(partnership.StateError):
        nobody.document()
    with pytest.raises(partnership.NotFoundError):
        criteria.replace(nominees, ["a", "x"], ["a"])
    with pytest.raises(TypeError):
        criteria.replace(nominees, "ab", ["a"])


def test_alternates(criteria):
    people = [*PEOPLE, {"id": "e", "side": "civil"}]
    nominees = committee.Nominees(people)
    chosen = criteria.alternates(nominees, ["a", "b"], 2)
    assert chosen.status == "proved"
    assert chosen.ids[1] == "e"
    assert chosen.ids[0] in ("c", "d")
    rows = chosen.covers().to_pylist()
    assert [(row["member"], row["alternate"]) for row in rows] == [
        ("a", chosen.ids[0]),
        ("b", "e"),
    ]
    for row in rows:  # as it says, so it is
        stay = [member for member in ("a", "b") if member != row["member"]]
        check = criteria.check(nominees, [row["alternate"], *stay])
        assert check.outcome is partnership.Outcome.MET
    about = chosen.about().to_pylist()[0]
    assert (about["covered"], about["weight"], about["possible"]) == (2, 2, 2)
    assert "proved, 2 alternates of 2 members" in repr(chosen)
    assert "<table>" in chosen._repr_html_()
    # Whose departure counts more is covered first; weights go with the members as they are named.
    assert criteria.alternates(nominees, ["b", "a"], weights=[3, 1]).ids == ["e"]
    assert criteria.alternates(nominees, ["a", "b"], weights=[3, 1]).ids[0] in ("c", "d")
    off = criteria.alternates(nominees, ["a", "b"], 5, unavailable=["e", "c"])
    assert off.ids == ["d"]
    assert [row["possible"] for row in off.covers().to_pylist()] == [True, False]
    seeds = [
        criteria.alternates(nominees, ["a", "b"], weights=[3, 1], seed=str(seed)).ids[0]
        for seed in range(20)
    ]
    assert set(seeds) == {"c", "d"}
    assert criteria.alternates(nominees, ["a", "b"], size=3).ids == []
    with pytest.raises(partnership.NotFoundError):
        criteria.alternates(nominees, ["a", "x"])
    for wrong in ({"weights": [1]}, {"weights": [0, 1]}, {"count": 0}, {"places": 1}):
        with pytest.raises(partnership.ArgumentError):
            criteria.alternates(nominees, ["a", "b"], **wrong)
    for wrong in ({"members": "ab"}, {"members": ["a"], "seed": 3}, {"members": [1]}):
        with pytest.raises(TypeError):
            criteria.alternates(nominees, **wrong)
    with pytest.raises(TypeError):
        criteria.alternates(people, ["a", "b"])
    with pytest.raises(TypeError):
        pickle.dumps(chosen)


def test_an_alternate_for_every_member():
    anybody = committee.Criteria(
        {"criteria": "any", "version": "1", "title": "Any", "size": 3, "rules": []}
    )
    people = committee.Nominees([{"id": name} for name in "abcd"])
    chosen = anybody.alternates(people, ["a", "b", "c"], weights=[5, 1, 1])
    assert chosen.table().to_pylist() == [{"id": "d", "covers": 3, "weight": 7}]
    assert [row["weight"] for row in chosen.covers().to_pylist()] == [5, 1, 1]


def test_sizes_and_other_arguments(criteria, nominees):
    assert criteria.compose(nominees, size=(1, None)).status is LotteryStatus.PROVED
    assert criteria.compose(nominees, delta=Fraction(1, 1000)).status is LotteryStatus.PROVED
    assert criteria.compose(nominees, delta=1e-6).about().to_pydict()["delta"] == ["1/1000000"]
    rough = criteria.compose(nominees, delta=Fraction(1, 1000))
    assert rough.verify().verdict == "proved"
    assert committee.verify_certificate(rough.certificate()).verdict == "refused"
    with pytest.raises(partnership.ArgumentError):
        criteria.compose(nominees, size=(1, 2, 3))
    with pytest.raises(partnership.ArgumentError):
        criteria.compose(nominees, size=2, size_min=1)
    with pytest.raises(partnership.ArgumentError):
        criteria.compose(nominees, "fairest")
    with pytest.raises(partnership.ArgumentError):
        criteria.compose(nominees, delta=float("nan"))
    with pytest.raises(partnership.ArgumentError):
        criteria.compose(nominees, sise=3)
    with pytest.raises(TypeError):
        criteria.compose(PEOPLE)
    with pytest.raises(TypeError):
        criteria.compose(nominees, progress=3)


def hard(count: int = 400):
    """A pool over which a composition takes a while."""
    rows = [
        {"id": str(i), **{f"q{j}": str((i * (j + 3) + i // (j + 2)) % 4) for j in range(6)}}
        for i in range(count)
    ]
    rules = [
        {
            "id": f"q{j}-{v}",
            "kind": "quota",
            "attribute": f"q{j}",
            "value": str(v),
            "min": 8,
            "max": 12,
        }
        for j in range(6)
        for v in range(4)
    ]
    document = {"criteria": "hard", "version": "1", "title": "Hard", "size": 40, "rules": rules}
    return committee.Criteria(document), committee.Nominees(rows)


def test_progress_is_told_and_may_end_it():
    criteria, nominees = hard()
    told = []
    criteria.compose(nominees, progress=lambda *of: told.append(of))
    assert told
    assert all(isinstance(phase, LotteryPhase) for phase, _, _ in told)

    class EnoughError(Exception):
        pass

    def stop(phase, done, of):
        raise EnoughError

    with pytest.raises(EnoughError):
        criteria.compose(nominees, progress=stop)
    early = criteria.compose(nominees, time_limit=0)
    assert early.status in (LotteryStatus.BOUND, LotteryStatus.LIMIT)


def test_other_threads_run_meanwhile():
    criteria, nominees = hard(200)
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(criteria.compose(nominees).certificate()))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 2
    assert results[0] == results[1]


# ---- draws and verdicts


def test_a_draw_repeats_from_its_document(made):
    panels = committee.numbered_panels(made, 60)
    assert panels == committee.numbered_panels(made.document(), 60)
    content = json.loads(panels)
    assert len(content["panels"]) == 60
    assert content["deviation"] == "0"
    result = committee.draw(panels, "a public seed")
    assert result == committee.draw(panels, "a public seed")
    verdict = committee.verify_draw(result, made.certificate())
    assert verdict.holds
    assert bool(verdict)
    number = json.loads(result)["number"]
    drawn = content["panels"][number - 1]["members"]
    assert verdict.members == [content["nominees"][member] for member in drawn]
    forged = {**json.loads(result), "number": number % 60 + 1}
    assert not committee.verify_draw(forged).holds
    with pytest.raises(partnership.ArgumentError):
        committee.draw(panels, "")


def test_the_verifier_refuses_what_was_changed(made, nominees, criteria):
    verdict = made.verify()
    assert verdict.verdict == "proved"
    assert verdict.checked
    assert verdict.faults == []
    assert verdict.hash == partnership._core.sha256(partnership.canonical_json(made.certificate()))
    good = {"criteria": criteria.hash, "pool": nominees.hash}
    assert committee.verify_certificate(made.certificate(), **good).holds
    assert not committee.verify_certificate(made.certificate(), pool="0" * 64).holds
    changed = json.loads(made.certificate())
    changed["target"][0], changed["target"][1] = changed["target"][1], changed["target"][0]
    refused = committee.verify_certificate(changed)
    assert refused.verdict == "refused"
    assert not refused
    assert refused.faults[0].message
    assert "refused" in repr(refused)


def test_a_certificate_is_of_its_criteria_and_nominees(made, criteria, nominees):
    assert len(criteria.compare_certificate(nominees, made.certificate())) == 0
    fewer = committee.Nominees(PEOPLE[:3])
    assert len(criteria.compare_certificate(fewer, made.certificate())) > 0
    assert len(criteria.compare_certificate(nominees, made.certificate(), size=3)) > 0


def test_category_files(made):
    csv = "category,feature,min,max\nside,public,1,1\nside,civil,1,1\n"
    document = committee.criteria_of_categories(csv, size=2, name="ours", one_per=["street"])
    content = json.loads(document)
    assert content["criteria"] == "ours"
    assert content["size"] == 2
    people = "id,side,street\na,public,1\nb,civil,\nc,public,2\nd,public,2\n"
    respondents = committee.Nominees.of_respondents(people)
    composed = committee.Criteria(document).compose(respondents)
    assert sorted(composed.to_pandas()["probability"]) == pytest.approx([1 / 3] * 3 + [1])
    assert pickle.loads(pickle.dumps(respondents)).hash == respondents.hash
    unknown = committee.Nominees.of_respondents(people, blank="unknown")
    assert unknown.hash != respondents.hash
    assert unknown.hash == committee.Nominees(partnership.Table.from_csv(people)).hash
    assert pickle.loads(pickle.dumps(unknown)).hash == unknown.hash
    with pytest.raises(partnership.ArgumentError):
        committee.Nominees.of_respondents(people, blank="perhaps")
    with pytest.raises(partnership.StateError):
        respondents.table  # noqa: B018
    with pytest.raises(partnership.InvalidDocumentError) as raised:
        committee.criteria_of_categories("category,feature,min,max\nside,public,3,1\n", size=2)
    assert [(problem.line, problem.column) for problem in raised.value.problems] == [(2, None)] * 2
    assert str(raised.value.problems[1]) == (
        "(line 2): the min 3 is above the size of the committee, 2"
    )
    with pytest.raises(TypeError):
        committee.criteria_of_categories(csv, one_per="street")
