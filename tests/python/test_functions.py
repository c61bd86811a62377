# SPDX-License-Identifier: Apache-2.0
"""Texts, dates, hashes, registries."""

from __future__ import annotations

import datetime
import hashlib

import partnership
import pytest


def test_version():
    assert partnership.__version__.count(".") == 2
    assert set(partnership.__all__) <= set(dir(partnership))


def test_search_key():
    keys = {partnership.search_key(name) for name in ("أفكار", "افكار", "افكـــار")}
    assert len(keys) == 1
    assert partnership.search_key("") == ""
    for bad in (None, b"x", 5):
        with pytest.raises(TypeError):
            partnership.search_key(bad)
    with pytest.raises(partnership.MalformedError):
        partnership.search_key("\udcff")


def test_canonical_json():
    assert partnership.canonical_json('{"b": 1.0, "a": ["\\u00e9"]}') == '{"a":["é"],"b":1}'
    assert partnership.canonical_json({"b": datetime.date(2020, 1, 2), "a": None}) == (
        '{"a":null,"b":"2020-01-02"}'
    )
    assert partnership.canonical_json([1, 2]) == "[1,2]"
    beirut = datetime.timezone(datetime.timedelta(hours=2))
    instant = datetime.datetime(2020, 1, 2, 1, 30, tzinfo=beirut)
    assert partnership.canonical_json([instant]) == '["2020-01-01T23:30:00Z"]'
    with pytest.raises(TypeError, match="time zone"):
        partnership.canonical_json([datetime.datetime(2020, 1, 2)])
    with pytest.raises(partnership.MalformedError):
        partnership.canonical_json("[1,]")
    with pytest.raises(partnership.LimitError):
        partnership.canonical_json("[" * 100_000)
    with pytest.raises(TypeError):
        partnership.canonical_json(None)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "27 August 2018"), ("fr", "27 août 2018"), ("ar", "27 آب 2018")],
)
def test_render_date(language, text):
    assert partnership.render_date(datetime.date(2018, 8, 27), language) == text
    assert partnership.render_date("2018-08-27", partnership.Language[language.upper()]) == text


def test_render_date_arguments():
    assert partnership.render_date("2018-08-27") == "27 August 2018"
    for bad in (None, 5, datetime.datetime(2018, 8, 27)):
        with pytest.raises(TypeError):
            partnership.render_date(bad)
    with pytest.raises(partnership.MalformedError):
        partnership.render_date("27.8.2018")
    with pytest.raises(partnership.ArgumentError):
        partnership.render_date("2018-08-27", "de")


def test_render_period():
    assert partnership.render_period("2004") == "2004"
    assert partnership.render_period("2004-01", "fr") == "janvier 2004"
    with pytest.raises(partnership.MalformedError):
        partnership.render_period("soon")
    with pytest.raises(TypeError):
        partnership.render_period(2004)


def test_registries():
    options = partnership.describe_options()
    assert options.names[:3] == ("scope", "name", "type")
    assert "busy_timeout_ms" in options["name"].tolist()
    assert "nominees" in partnership.queries()["query"].tolist()
    assert "body.registered" in partnership.kinds()["kind"].tolist()


def test_commitment():
    salt = bytes(range(32))
    expected = hashlib.sha256(b"\x02" + salt + b'{"a":1,"b":2}').hexdigest()
    assert partnership.commitment({"b": 2, "a": 1}, salt) == expected
    assert partnership.commitment('{"b": 2, "a": 1}', salt.hex()) == expected
    with pytest.raises(partnership.ArgumentError):
        partnership.commitment({}, salt[1:])
    with pytest.raises(partnership.MalformedError):
        partnership.commitment({}, "00")
    with pytest.raises(TypeError):
        partnership.commitment({}, 5)
    with pytest.raises(partnership.MalformedError):
        partnership.commitment("{", salt)


def test_new_salts_differ():
    salts = {partnership.new_salt() for _ in range(100)}
    assert len(salts) == 100
    assert all(len(bytes.fromhex(salt)) == 32 for salt in salts)


def test_leaf_hash():
    assert partnership.leaf_hash("{}") == hashlib.sha256(b"\0{}").hexdigest()
    assert partnership.leaf_hash(b"{}") == partnership.leaf_hash("{}")


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def test_verify_inclusion_and_consistency_of_a_tree_made_by_hand():
    a, b, c = (hashlib.sha256(b"\0" + name).digest() for name in (b"a", b"b", b"c"))
    two = node(a, b)
    root = node(two, c)
    assert partnership.verify_inclusion(b, 1, 3, [a, c], root)
    assert partnership.verify_inclusion(c.hex(), 2, 3, [two.hex()], root.hex())
    assert not partnership.verify_inclusion(b, 0, 3, [a, c], root)
    assert not partnership.verify_inclusion(b, 1, 3, [c, a], root)
    assert not partnership.verify_inclusion(b, 1, 3, [], root)
    assert partnership.verify_consistency(2, two, 3, root, [c])
    assert not partnership.verify_consistency(2, root, 3, root, [c])
    assert partnership.verify_consistency(3, root, 3, root, [])
    for bad in (None, 5, "00", b"00", [5]):
        with pytest.raises(TypeError):
            partnership.verify_inclusion(b, 1, 3, bad, root)
    with pytest.raises(partnership.MalformedError):
        partnership.verify_inclusion("zz", 1, 3, [a, c], root)
    with pytest.raises(partnership.ArgumentError):
        partnership.verify_inclusion(b[:31], 1, 3, [a, c], root)
    with pytest.raises(TypeError):
        partnership.verify_inclusion(b, 1.0, 3, [a, c], root)
    with pytest.raises(partnership.ArgumentError):
        partnership.verify_inclusion(b, 1 << 70, 3, [a, c], root)
