# SPDX-License-Identifier: Apache-2.0
"""The exceptions: their classes, fields, notes and pickles."""

from __future__ import annotations

import copy
import pickle
import traceback

import partnership
import pytest
from partnership import errors

CLASSES = [getattr(errors, name) for name in errors.__all__ if name.endswith("Error")]
FAILURES = [kind for kind in CLASSES if kind is not partnership.PartnershipError]


def test_every_status_has_its_class():
    made = {errors._make(int(s), "m", [], {}).status for s in partnership.Status if s}
    assert made == set(partnership.Status) - {partnership.Status.OK}
    assert {kind.status for kind in FAILURES} == made
    assert type(errors._make(999, "m", [], {})) is partnership.InternalError


def test_names_are_those_of_the_library():
    for status in partnership.Status:
        assert partnership._core.status_name(status) == status.name.lower()


@pytest.mark.parametrize(
    ("kind", "builtin"),
    [
        (partnership.ArgumentError, ValueError),
        (partnership.MalformedError, ValueError),
        (partnership.InvalidDocumentError, ValueError),
        (partnership.NotFoundError, KeyError),
        (partnership.IoError, OSError),
        (partnership.NoMemoryError, MemoryError),
    ],
)
def test_some_are_built_in_exceptions_too(kind, builtin):
    assert issubclass(kind, builtin)
    assert issubclass(kind, partnership.PartnershipError)


@pytest.mark.parametrize("kind", CLASSES)
def test_a_message_is_the_text_of_the_exception(kind):
    error = kind("there is no `x`")
    assert str(error) == "there is no `x`"
    assert error.problems == (partnership.Problem("there is no `x`"),)
    assert (error.pointer, error.offset, error.line, error.column) == ("", None, None, None)
    assert error.details == {}
    assert error.code == kind.status.name.lower()


@pytest.mark.parametrize("kind", CLASSES)
@pytest.mark.parametrize(
    "again", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy]
)
def test_they_survive_pickling(kind, again):
    problems = [partnership.Problem("one", "/a", 3, 1, 4), partnership.Problem("two")]
    error = kind("one (and 1 more)", problems, {"nearest": "b"})
    back = again(error)
    assert type(back) is kind
    assert str(back) == str(error)
    assert back.problems == error.problems
    assert back.details == {"nearest": "b"}
    assert back.__notes__ == error.__notes__


def test_a_malformed_text_has_a_place():
    with pytest.raises(partnership.MalformedError) as caught:
        partnership.canonical_json('{\n"é": }')
    error = caught.value
    assert error.status is partnership.Status.MALFORMED
    assert error.code == "malformed"
    assert error.line == 2
    assert error.column == 6
    assert error.offset == 8  # bytes: é has two
    assert "2:6" in str(error) or "line 2" in str(error)


def test_every_problem_is_there_and_in_the_traceback():
    with pytest.raises(partnership.InvalidDocumentError) as caught:
        partnership.Calendar({"calendar": 1, "weekend": ["someday"]})
    error = caught.value
    assert len(error.problems) >= 3
    assert "/weekend/0" in [problem.pointer for problem in error.problems]
    shown = "".join(traceback.format_exception(error))
    for problem in error.problems:
        assert problem.message in shown


def test_notes_have_a_bound():
    error = partnership.RefusedError("m", [partnership.Problem(str(i)) for i in range(100)])
    assert len(error.problems) == 100
    assert error.__notes__[-1] == "- and 80 more"


def test_details_name_the_nearest():
    with pytest.raises(partnership.ArgumentError) as caught:
        partnership.open(":memory:", durabillity="full")
    assert caught.value.details["nearest"] == "durability"


def test_a_problem_reads_well():
    assert str(partnership.Problem("bad")) == "bad"
    assert str(partnership.Problem("bad", "/a/0", 5, 2, 3)) == "/a/0 (line 2, column 3): bad"
    assert str(partnership.Problem("bad", "", 5, 2, 3)) == "(line 2, column 3): bad"
