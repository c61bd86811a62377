# SPDX-License-Identifier: Apache-2.0
"""The register: in and out, proofs, its life."""

from __future__ import annotations

import copy
import datetime
import gc
import json
import pickle
import sqlite3
import threading

import partnership
import pytest
from conftest import body
from partnership import Platform

# ---- in and out


def test_record_gives_receipts(platform):
    receipts = platform.record(body("a"))
    assert receipts.names == ("position", "leaf")
    assert receipts[0] == (0, partnership.leaf_hash(platform.entry(0)))
    assert len(platform) == platform.size == 1
    entry = json.loads(platform.entry(0))
    assert entry["kind"] == "body.registered"
    assert entry["effective"] == "2004-01-15"
    assert entry["recorded"] == "2026-11-23T10:00:00Z"
    assert platform.entry(0) == partnership.canonical_json(platform.entry(0))


def test_events_come_in_many_forms(platform, tmp_path):
    def text(name):
        return partnership.canonical_json(body(name))

    path = tmp_path / "events.json"
    path.write_text(f"[{text('f')},{text('g')}]", encoding="utf-8")
    forms = [
        text("a"),
        text("b").encode(),
        [body("c"), body("d")],
        (body(name) for name in ("e",)),
        path,
    ]
    assert [len(platform.record(form)) for form in forms] == [1, 1, 2, 1, 2]
    assert platform.size == 7


def test_wrong_events(platform):
    for bad in (None, 5, object(), [object()], [datetime.datetime(2020, 1, 1)]):
        with pytest.raises(TypeError):
            platform.record(bad)
    with pytest.raises(partnership.MalformedError):
        platform.record("{")
    with pytest.raises(partnership.InvalidDocumentError) as caught:
        platform.record({"kind": "body.registered", "public": {}})
    assert len(caught.value.problems) > 1
    platform.record(body("a"))
    with pytest.raises(partnership.RefusedError):
        platform.record([body("b"), body("a")])
    assert platform.size == 1  # all or none


def test_query(platform):
    platform.record([body("a"), body("b", side="civil_society")])
    table = platform.query("nominees", on=datetime.date(2005, 1, 1))
    assert table["id"].tolist() == ["a", "b"]
    assert platform.query("nominees", on="2005-01-01") == table
    assert len(platform.query("nominees", on="2003-01-01")) == 0
    assert len(platform.query("nominees", on="2005-01-01", known_at=1)) == 1
    assert len(platform.query("entries", limit=1)) == 1
    assert platform.query("nominees", language=partnership.Language.EN) == platform.query(
        "nominees", language="en"
    )
    assert len(partnership.Nominees(table)) == 2


def test_query_arguments(platform):
    with pytest.raises(partnership.NotFoundError) as caught:
        platform.query("nominee")
    assert caught.value.details["nearest"] == "nominees"
    with pytest.raises(partnership.ArgumentError) as caught:
        platform.query("nominees", known_ad=1)
    assert caught.value.details["nearest"] == "known_at"
    with pytest.raises(partnership.ArgumentError):
        platform.query("nominees", known_at=-1)
    with pytest.raises(partnership.ArgumentError):
        platform.query("nominees", known_at=1 << 80)
    with pytest.raises(partnership.ArgumentError):
        platform.query("entries", limit="many")
    with pytest.raises(partnership.ArgumentError):
        platform.query("nominees\0")
    for bad in (None, b"nominees", 5):
        with pytest.raises(TypeError):
            platform.query(bad)
    for bad in (5, datetime.datetime(2020, 1, 1)):
        with pytest.raises(TypeError):
            platform.query("nominees", on=bad)
    with pytest.raises(TypeError):
        platform.query("nominees", known_at=[1])


# ---- proofs


def test_proofs(platform):
    roots = [platform.root()]
    for number in range(9):
        platform.record(body(f"b{number}"))
        roots.append(platform.root())
    assert [platform.root(size) for size in range(10)] == roots
    for position in range(9):
        leaf = partnership.leaf_hash(platform.entry(position))
        proof = platform.prove_inclusion(position)
        assert partnership.verify_inclusion(leaf, position, 9, proof, roots[9])
        assert not partnership.verify_inclusion(leaf, position, 9, proof, roots[8])
    for first in range(10):
        for second in range(first, 10):
            proof = platform.prove_consistency(first, second)
            assert partnership.verify_consistency(first, roots[first], second, roots[second], proof)
    assert platform.prove_consistency(4) == platform.prove_consistency(4, 9)
    for call in (
        lambda: platform.root(10),
        lambda: platform.root(-1),
        lambda: platform.prove_inclusion(9),
        lambda: platform.prove_inclusion(-1),
        lambda: platform.prove_inclusion(0, 10),
        lambda: platform.prove_consistency(5, 4),
        lambda: platform.prove_consistency(-1),
    ):
        with pytest.raises(partnership.ArgumentError):
            call()
    with pytest.raises(partnership.PartnershipError):
        platform.entry(9)
    for bad in ("0", 0.5, True, [0]):
        with pytest.raises(TypeError):
            platform.root(bad)
        with pytest.raises(TypeError):
            platform.entry(bad)


def test_export_is_verified_without_the_register(platform, tmp_path):
    platform.record([body("a"), body("b")])
    early = platform.root(1)
    lines = platform.export()
    verdict = partnership.verify_journal(lines, platform.root())
    assert verdict == (True, 2, platform.root())
    assert verdict.sound
    assert verdict.entries == 2
    assert not partnership.verify_journal(lines, early).sound
    assert not partnership.verify_journal(lines, bytes.fromhex(early)).sound
    assert partnership.verify_journal(lines.encode()).root == platform.root()
    path = tmp_path / "journal.jsonl"
    path.write_text(lines, encoding="utf-8")
    assert partnership.verify_journal(path, platform.root()).sound
    assert partnership.verify_journal("").entries == 0
    with pytest.raises(partnership.CorruptError):
        partnership.verify_journal("{}\n")
    with pytest.raises(TypeError):
        partnership.verify_journal(None)
    with pytest.raises(TypeError):
        partnership.verify_journal(lines, 5)


def test_verify_finds_what_was_changed(tmp_path):
    path = tmp_path / "register.db"
    with partnership.open(path) as platform:
        platform.record([body("a"), body("b")])
        kept = platform.root()
        assert len(platform.verify()) == 0
        assert len(platform.verify(root=kept, tables=False)) == 0
        assert len(platform.verify(root=bytes(32))) > 0
        with pytest.raises(partnership.PartnershipError):
            platform.verify(root="00")
        with pytest.raises(TypeError):
            platform.verify(root=5)
    database = sqlite3.connect(path)
    database.execute("UPDATE body SET side = 'other' WHERE id = 'b'")
    database.commit()
    database.close()
    with partnership.open(path) as platform:
        findings = platform.verify()
        assert findings.names == ("place", "message")
        assert len(findings) > 0
        assert len(platform.verify(tables=False)) == 0
        platform.rebuild()
        assert len(platform.verify(root=kept)) == 0


def test_rebuild_gives_the_same_dump(platform):
    platform.record([body("a"), body("b")])
    dump = platform.dump()
    assert "body" in dump
    platform.rebuild()
    assert platform.dump() == dump


def test_personal_payloads_stay_out_of_the_journal(platform):
    salt = partnership.new_salt()
    event = {
        **body("x"),
        "kind": "person.registered",
        "public": {"id": "p"},
        "personal": {"salt": salt, "payload": {"name": {"en": "Jane Roe"}}},
    }
    platform.record(event)
    assert "Jane" not in platform.export()
    commitment = partnership.commitment({"name": {"en": "Jane Roe"}}, salt)
    assert commitment in platform.export()


# ---- its life


def test_a_closed_register_raises(tmp_path):
    platform = partnership.open(tmp_path / "register.db")
    platform.record(body("a"))
    assert not platform.closed
    platform.close()
    platform.close()
    platform.cancel()
    assert platform.closed
    assert "closed" in repr(platform)
    calls = [
        lambda: platform.record(body("b")),
        lambda: platform.query("nominees"),
        lambda: len(platform),
        lambda: platform.size,
        lambda: platform.root(),
        lambda: platform.root(0),
        lambda: platform.entry(0),
        lambda: platform.prove_inclusion(0),
        lambda: platform.prove_inclusion(0, 1),
        lambda: platform.prove_consistency(0),
        lambda: platform.prove_consistency(0, 1),
        lambda: platform.verify(),
        lambda: platform.rebuild(),
        lambda: platform.dump(),
        lambda: platform.export(),
        lambda: platform.__enter__(),
    ]
    for call in calls:
        with pytest.raises(partnership.StateError, match="closed"):
            call()
    with partnership.open(tmp_path / "register.db") as again:
        assert again.size == 1


def test_tables_outlive_the_register(platform):
    with partnership.open(":memory:") as other:
        other.record(body("a"))
        table = other.query("entries")
        column = table["position"]
    del other
    gc.collect()
    assert column.tolist() == [0]
    assert table["kind"].tolist() == ["body.registered"]


def test_an_exception_closes_it(tmp_path):
    with pytest.raises(RuntimeError, match="out"), partnership.open(":memory:") as platform:
        raise RuntimeError("out")
    assert platform.closed


def test_open(tmp_path):
    path = tmp_path / "اسم.db"
    with partnership.open(str(path)) as platform:
        platform.record(body("a"))
        assert platform
        assert repr(platform) == f"<partnership.Platform: {str(path)!r}>"
    assert path.exists()
    with Platform(path, read_only=True) as platform:
        assert platform.size == 1
        with pytest.raises(partnership.StateError):
            platform.record(body("b"))
    with partnership.open(path, durability="normal", busy_timeout_ms=10, create=False) as platform:
        assert platform.record(body("b"))[0][0] == 1


def test_open_arguments(tmp_path):
    with pytest.raises(partnership.IoError) as caught:
        partnership.open(tmp_path / "none" / "register.db")
    assert isinstance(caught.value, OSError)
    with pytest.raises(partnership.PartnershipError):
        partnership.open(tmp_path / "none.db", create=False)
    text = tmp_path / "text.db"
    text.write_text("no register " * 100, encoding="utf-8")
    with pytest.raises(partnership.CorruptError):
        partnership.open(text)
    for bad in (None, 5, b"x.db", object()):
        with pytest.raises(TypeError):
            partnership.open(bad)
    for bad in ("a\0b", "\udcff", ""):
        with pytest.raises(partnership.ArgumentError):
            partnership.open(bad)
    for options in (
        {"create": 1},
        {"create": "yes"},
        {"durability": "none"},
        {"busy_timeout_ms": -1},
        {"busy_timeout_ms": 0.5},
        {"no_such_option": 1},
        {"on": datetime.date(2020, 1, 1)},
    ):
        with pytest.raises(partnership.ArgumentError):
            partnership.open(":memory:", **options)
    with pytest.raises(TypeError):
        partnership.open(":memory:", create=[True])


def test_it_refuses_pickling(platform):
    for call in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="open it by its path"):
            call(platform)


def test_an_empty_register_is_true(platform):
    assert len(platform) == 0
    assert platform


def test_two_handles_on_one_file(tmp_path):
    path = tmp_path / "register.db"
    with partnership.open(path) as one, partnership.open(path) as two:
        one.record(body("a"))
        two.record(body("b"))
        assert one.size == two.size == 2
        assert one.root() == two.root()


def test_busy(tmp_path):
    path = tmp_path / "register.db"
    with partnership.open(path, busy_timeout_ms=1) as platform:
        platform.record(body("a"))
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(partnership.BusyError):
            platform.record(body("b"))
        other.execute("ROLLBACK")
        other.close()
        assert platform.record(body("b"))[0][0] == 1


# ---- threads


def test_threads_take_turns(platform):
    failures = []

    def use(name):
        try:
            for number in range(20):
                platform.record(body(f"{name}-{number}"))
                platform.query("nominees")
                platform.root()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=use, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert platform.size == 80
    assert len(platform.verify()) == 0


def test_another_thread_cancels(platform):
    events = [body(str(number)) for number in range(20000)]
    done = threading.Event()

    def cancel():
        while not done.wait(0.001):
            platform.cancel()

    thread = threading.Thread(target=cancel)
    thread.start()
    try:
        with pytest.raises(partnership.CancelledError):
            platform.record(events)
    finally:
        done.set()
        thread.join()
    assert platform.size == 0
    assert platform.record(body("a"))[0][0] == 0


def test_closing_waits_for_the_call_in_another_thread(platform):
    events = [body(str(number)) for number in range(3000)]
    begun = threading.Event()
    results = []

    def record():
        begun.set()
        try:
            results.append(len(platform.record(events)))
        except partnership.StateError as error:
            results.append(error.code)

    thread = threading.Thread(target=record)
    thread.start()
    begun.wait()
    platform.close()
    thread.join()
    assert results in ([3000], ["state"])
