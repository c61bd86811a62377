# SPDX-License-Identifier: Apache-2.0
"""Commands: run the tests of a charter, assess a case, render a charter as a page."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from .._commands import day, report
from ..errors import ArgumentError, PartnershipError
from ._charter import Charter
from ._packs import load
from ._page import page


def _add_pack(command: argparse.ArgumentParser) -> None:
    help_text = "the name of a charter that ships, or the path of one"
    command.add_argument("pack", metavar="PACK", help=help_text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m partnership.charter", description="charters, their norms and findings"
    )
    commands = parser.add_subparsers(dest="command", required=True)

    test = commands.add_parser(
        "test",
        help="run the tests beside the norms",
        description="Lists each test that fails (norm, test, expected, got) and ends with a line "
        "`N of M`. Exit status: 0 only if all pass, 1 if some fail, 2 if the charter cannot be "
        "read.",
    )
    _add_pack(test)
    test.add_argument("--verbose", action="store_true", help="list the tests that pass, too")

    assess = commands.add_parser(
        "assess",
        help="assess a case as of a day",
        description="Prints a line a norm: its outcome, its label, and the reason. The case is a "
        'JSON object of facts, or {"kind": KIND, "facts": {...}}. Exit status: 0, or 1 where the '
        "charter, the case or the day cannot be read.",
    )
    _add_pack(assess)
    assess.add_argument("case", type=Path, metavar="CASE.json")
    assess.add_argument("--on", type=day, required=True, metavar="DATE", help="YYYY-MM-DD")
    assess.add_argument("--kind", metavar="KIND", help="the kind of case, where it is not clear")
    assess.add_argument("--language", choices=("ar", "en", "fr"), default="en")
    assess.add_argument("--norm", metavar="NORM", help="only this one, with its explanation")
    assess.add_argument("--json", action="store_true", help="print the explanations as JSON")

    render = commands.add_parser(
        "render", help="write a charter as an HTML page", description="Prints the path of the page."
    )
    _add_pack(render)
    render.add_argument(
        "--out", type=Path, metavar="FILE", help="where to; `-`: print it (default CHARTER.html)"
    )
    render.add_argument(
        "--akoma-ntoso",
        choices=("ar", "en", "fr"),
        metavar="LANGUAGE",
        help="as Akoma Ntoso in that language instead",
    )
    render.add_argument(
        "--date",
        type=day,
        metavar="DATE",
        help="of the Akoma Ntoso, where the charter does not say from when it is in force",
    )
    return parser


def _test(charter: Charter, arguments: argparse.Namespace) -> int:
    rows = charter.test().to_pylist()
    passed = 0
    for row in rows:
        passed += bool(row["passed"])
        if row["passed"] and not arguments.verbose:
            continue
        name = f"{row['norm']}: {row['test']}" if row["test"] else str(row["norm"])
        print(f"{'ok' if row['passed'] else 'FAILED'} {name}, on {row['on']}")
        if not row["passed"]:
            print(f"  expected {row['expected']}\n  got      {row['got']}")
            if row["reason"]:
                print(f"  reason   {row['reason']}")
    print(f"{passed} of {len(rows)}")
    return 0 if passed == len(rows) else 1


def _members(text: str) -> list[tuple[str, str]]:
    """The names of a JSON object and what they have, as written: numbers keep all their digits."""
    decoder, gap = json.JSONDecoder(), re.compile(r"[\s,:]*")

    def after(place: int) -> int:
        between = gap.match(text, place)
        return between.end() if between else place

    members = []
    place = after(text.index("{") + 1)
    while text[place] != "}":
        name, place = decoder.raw_decode(text, place)
        begin = after(place)
        _, end = decoder.raw_decode(text, begin)
        members.append((name, text[begin:end]))
        place = after(end)
    return members


def _case(charter: Charter, arguments: argparse.Namespace) -> tuple[bytes, str]:
    """The facts as JSON text, and the kind of case."""
    content = arguments.case.read_bytes()
    try:
        text = content.decode()
        case = json.loads(text)
    except (ValueError, RecursionError):
        case = None  # the library says what is wrong, and where
    if not isinstance(case, Mapping):
        return content, arguments.kind or charter._kind(None)
    members = _members(text)
    if sorted(name for name, _ in members) == ["facts", "kind"] and isinstance(
        case["facts"], Mapping
    ):
        return dict(members)["facts"].encode(), arguments.kind or str(case["kind"])
    if arguments.kind:
        return content, arguments.kind
    try:
        return content, charter._kind(None)
    except ArgumentError:
        return content, charter.kind_of(case)


def _assess(charter: Charter, arguments: argparse.Namespace) -> int:
    text, kind = _case(charter, arguments)
    facts = charter.facts(kind)
    case = facts.case(text)
    findings = charter.assess(case, kind, on=arguments.on)
    language = arguments.language
    norms = [arguments.norm] if arguments.norm else list(findings.norms)
    under = {"on": arguments.on, "language": language}
    if arguments.json:
        made = [charter.explain(case, norm, kind, **under).to_dict() for norm in norms]
        print(json.dumps(made, ensure_ascii=False, indent=2))
        return 0
    if arguments.norm:
        print(charter.explain(case, arguments.norm, kind, **under), end="")
        return 0
    for row in findings.table(language).to_pylist():
        due = f" ({row['due']})" if row["due"] is not None else ""
        print(f"{row['outcome']:16}  {row['norm']}: {row['label']}{due}")
        if row["reason"]:
            print(f"{'':16}  {row['reason']}")
    print(f"{charter.id} {charter.version}, {charter.hash}")
    return 0


def _file_name(charter: Charter, ending: str) -> str:
    """After the charter's id, which may hold anything: a name in this folder, of no other one."""
    name = re.sub(r"[^\w.-]+", "-", charter.id).strip(".-")
    return f"{name or 'charter'}.{ending}"


def _render(charter: Charter, arguments: argparse.Namespace) -> int:
    spoken = arguments.akoma_ntoso
    made = charter.akoma_ntoso(spoken, date=arguments.date) if spoken else page(charter)
    if str(arguments.out) == "-":
        sys.stdout.write(made)
        return 0
    out = arguments.out or Path(_file_name(charter, "xml" if spoken else "html"))
    out.write_text(made, encoding="utf-8")
    print(out.resolve())
    return 0


def main(argv: list[str] | None = None) -> int:
    """The commands; gives the exit status."""
    arguments = _parser().parse_args(argv)
    failed = 2 if arguments.command == "test" else 1
    run = {"test": _test, "assess": _assess, "render": _render}[arguments.command]
    try:
        return run(load(arguments.pack), arguments)
    except PartnershipError as error:
        report(error)
        return failed
    except OSError as error:
        print(f"error: {error}", file=sys.stderr)
        return failed


if __name__ == "__main__":
    sys.exit(main())
