# SPDX-License-Identifier: Apache-2.0
"""Commands: evaluate an expression, run conformance cases."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from .._commands import day, report
from ..calendar import Calendar
from ..errors import PartnershipError
from ._conformance import run_case
from ._feel import compile_one


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m partnership.feel", description="FEEL, the expression language of DMN 1.5"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    evaluate = commands.add_parser(
        "eval",
        help="evaluate an expression",
        description="Prints the value as FEEL writes it; warnings and errors go to standard error. "
        "Exit status: 0, or 1 where the expression or a file cannot be read.",
    )
    evaluate.add_argument("expression")
    evaluate.add_argument("--case", type=Path, metavar="FILE", help="the case, a JSON object")
    evaluate.add_argument(
        "--schema", type=Path, metavar="FILE", help="the types of its fields, as JSON"
    )
    evaluate.add_argument("--strict", action="store_true", help="refuse what can only give null")
    evaluate.add_argument("--today", type=day, metavar="DATE", help="the day of today()")
    evaluate.add_argument("--now", metavar="INSTANT", help="the instant of now(), RFC 3339")
    evaluate.add_argument(
        "--calendar", type=Path, metavar="FILE", help="of the working-day functions"
    )
    evaluate.add_argument(
        "--explain", action="store_true", help="print every part of the expression with its value"
    )
    conformance = commands.add_parser(
        "conformance",
        help="run conformance cases",
        description="Runs the cases of a file, a JSON object a line, lists each failure (id, "
        "expected, got) and ends with a line `N of M`. Exit status: 0 only if all cases pass, 1 if "
        "some fail, 2 if the file cannot be read.",
    )
    conformance.add_argument("file", type=Path, metavar="FILE.jsonl")
    conformance.add_argument(
        "--today",
        type=day,
        default=datetime.date(2020, 1, 1),
        metavar="DATE",
        help="the day of today(), and of now() at midnight UTC (2020-01-01)",
    )
    return parser


def _eval(arguments: argparse.Namespace) -> int:
    calendar = None if arguments.calendar is None else Calendar(arguments.calendar)
    feel, case = compile_one(
        arguments.expression, arguments.case, arguments.schema, arguments.strict
    )
    moment = {"today": arguments.today, "now": arguments.now}
    answer = feel.evaluate("expression", case, calendar=calendar, **moment)
    for warning in answer.warnings:
        place = f"line {warning.line}, column {warning.column}"
        print(f"warning: {place}: {warning.message}", file=sys.stderr)
    if arguments.explain:
        explanation = feel.explain("expression", case, calendar=calendar, **moment)
        print(explanation.text, end="")
    else:
        print(answer.feel)
    return 0


def _conformance(arguments: argparse.Namespace) -> int:
    passed = count = 0
    with arguments.file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                outcome = run_case(line, arguments.today)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                print(f"error: line {number} is no case: {error}", file=sys.stderr)
                return 2
            count += 1
            passed += outcome.passed
            if not outcome.passed:
                print(f"{outcome.id}\n  expected {outcome.expected}\n  got      {outcome.got}")
    print(f"{passed} of {count}")
    return 0 if passed == count else 1


def main(argv: list[str] | None = None) -> int:
    """The commands; gives the exit status."""
    arguments = _parser().parse_args(argv)
    try:
        return _eval(arguments) if arguments.command == "eval" else _conformance(arguments)
    except PartnershipError as error:
        report(error, pointers=False)
        return 1
    except OSError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1 if arguments.command == "eval" else 2


if __name__ == "__main__":
    sys.exit(main())
