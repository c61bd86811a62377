# SPDX-License-Identifier: Apache-2.0
"""Commands: compose a lottery over committees, draw, verify, explain, compare, replace, choose
alternates, check."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from .._commands import day, report
from ..enums import LotteryPhase, Outcome
from ..errors import ArgumentError, NotFoundError, PartnershipError
from ._committee import Criteria, Nominees
from ._composition import (
    Composition,
    Verification,
    compare,
    draw,
    numbered_panels,
    verify_draw,
)
from ._departures import add_departures, add_reading, departures
from ._explain import explain_folder
from ._files import FilesError, Folder, is_document, read_criteria, read_nominees, read_pools
from ._page import page
from ._text import comparison_text, composition_text
from ._verify import sound_draw, verify_folder

_LANGUAGES = ("ar", "en", "fr")
_LOTTERIES = ("leximin", "maximin", "nash", "legacy")


def _size(text: str) -> int | tuple[int, int]:
    """`12`, or `10-14`."""
    least, mark, most = text.partition("-")
    if not least.isdecimal() or (mark and not most.isdecimal()):
        raise argparse.ArgumentTypeError(f"`{text}` is no size, expected a number or LEAST-MOST")
    if mark and int(least) > int(most):
        raise argparse.ArgumentTypeError(f"`{text}` is no size, its least is above its most")
    return (int(least), int(most)) if mark else int(least)


def _lotteries(text: str) -> list[str]:
    listed = text.split(",")
    for one in listed:
        if one not in _LOTTERIES:
            known = ", ".join(_LOTTERIES)
            raise argparse.ArgumentTypeError(f"`{one}` is no lottery, expected {known}")
    return listed


def _add_inputs(command: argparse.ArgumentParser, *, folder: bool = False) -> None:
    told = "the criteria document (JSON), or a category file (CSV: attribute, value, min, max)"
    if folder:
        told += "; or the folder that `compose` wrote"
    command.add_argument("criteria", type=Path, metavar="CRITERIA", help=told)
    command.add_argument(
        "pool", type=Path, metavar="POOL", nargs="?" if folder else None, help="the nominees, CSV"
    )
    command.add_argument("--size", type=_size, metavar="K", help="of the committee, or LEAST-MOST")
    command.add_argument(
        "--one-per",
        action="append",
        default=[],
        metavar="COLUMN",
        help="of a category file: no two members share a value of this column (a household)",
    )
    command.add_argument("--on", type=day, metavar="DATE", help="the day whose criteria hold")
    add_reading(command)


def _add_limits(command: argparse.ArgumentParser) -> None:
    command.add_argument("--seed", type=int, default=0, metavar="N", help="of what is tried first")
    command.add_argument("--delta", metavar="FRACTION", help="how far a probability may be off")
    command.add_argument(
        "--time-limit", type=float, metavar="SECONDS", help="then end with what there is"
    )
    command.add_argument("--progress", action="store_true", help="tell it on standard error")


def _add_language(command: argparse.ArgumentParser) -> None:
    command.add_argument("--language", choices=_LANGUAGES, default="en")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m partnership.committee",
        description="committees: criteria, fair lotteries, draws, and their verification",
    )
    commands = parser.add_subparsers(dest="command", required=True)

    compose = commands.add_parser(
        "compose",
        help="compose a lottery over the committees that criteria allow",
        description="Writes criteria.json, probabilities.csv (id, probability), values.csv, "
        "quotas.csv, lottery.json, certificate.json and report.html into DIR, and prints what it "
        "found. Exit status: 0 where there is a lottery, 1 where there is no committee or no "
        "lottery was found, 2 where a file cannot be read.",
    )
    _add_inputs(compose)
    compose.add_argument("--lottery", choices=_LOTTERIES, default="leximin")
    compose.add_argument("--out", type=Path, required=True, metavar="DIR")
    compose.add_argument(
        "--compare",
        type=_lotteries,
        default=[],
        metavar="LIST",
        help="in the report, with these kinds of lottery, separated by commas",
    )
    _add_limits(compose)
    _add_language(compose)

    drawing = commands.add_parser(
        "draw",
        help="draw one committee by a public seed",
        description="Without --seed: writes the numbered panels, which are published before the "
        "seed is known, into DIR/panels.json, and prints their hash. With it: draws one of them "
        "into DIR/draw.json and prints its number and members. Exit status: 0, or 2 where a file "
        "cannot be read or does not hold, or the panels are there already with another number of "
        "them, or a draw by another seed.",
    )
    drawing.add_argument("folder", type=Path, metavar="DIR")
    drawing.add_argument("--seed", metavar="TEXT", help="public, and known only afterwards")
    drawing.add_argument("--panels", type=int, metavar="M", help="how many (default 1000)")

    verify = commands.add_parser(
        "verify",
        help="verify what a folder holds with the independent verifier",
        description="Checks the certificate, that lottery.json, probabilities.csv and "
        "criteria.json are those that it is of, and the draw where there is one. Prints what "
        "holds, every fault, and the verdict. Exit status: 0 where all holds, 1 where something "
        "does not, 2 where a file cannot be read.",
    )
    verify.add_argument("folder", type=Path, metavar="DIR")
    verify.add_argument("--pool", type=Path, metavar="POOL", help="the nominees it must be of")
    add_reading(verify)
    verify.add_argument(
        "--size", type=_size, metavar="K", help="as given to compose, where there was no committee"
    )
    verify.add_argument("--on", type=day, metavar="DATE", help="likewise")
    verify.add_argument(
        "--delta", metavar="FRACTION", help="the largest that is accepted (default 1/10^9)"
    )
    verify.add_argument("--quiet", action="store_true", help="only faults and the verdict")

    explain = commands.add_parser(
        "explain",
        help="tell in words what criteria and a pool make of each other",
        description="Composes and prints probabilities by value and the use of each criterion; "
        "where there is no committee, why. Of a folder that `compose` wrote it tells the same from "
        "its files, without composing again, and the verdict of the independent verifier; with the "
        "pool the tables are made anew and compared with those kept, and where there is no "
        "committee it tells why. Writes nothing. Exit status: as of compose; of a folder of which "
        "something does not hold 1.",
    )
    _add_inputs(explain, folder=True)
    explain.add_argument(
        "--pool", type=Path, dest="of_pool", metavar="POOL", help="the same, of a folder"
    )
    explain.add_argument("--lottery", choices=_LOTTERIES, default="leximin")
    _add_limits(explain)
    _add_language(explain)

    comparing = commands.add_parser(
        "compare",
        help="compare kinds of lottery over the same pool",
        description="Prints the least probability, the Gini coefficient and the geometric mean of "
        "each. Exit status: 0, or 2 where a file cannot be read.",
    )
    _add_inputs(comparing)
    comparing.add_argument(
        "--lotteries",
        type=_lotteries,
        default=list(_LOTTERIES),
        metavar="LIST",
        help="separated by commas (default: all)",
    )
    _add_limits(comparing)
    _add_language(comparing)

    add_departures(commands)

    check = commands.add_parser(
        "check",
        help="check a committee against the criteria",
        description="Prints each criterion's outcome and the reason. Exit status: 0 where all are "
        "met, 1 where one is not or cannot be determined, 2 where a file cannot be read.",
    )
    _add_inputs(check)
    check.add_argument("members", nargs="+", metavar="MEMBER", help="ids of nominees")
    _add_language(check)
    return parser


def _tell(phase: LotteryPhase, done: int, of: int | None) -> None:
    known = "" if of is None else f" of {of}"
    print(f"{phase.name.lower()}: {done}{known}", file=sys.stderr)


def _inputs(arguments: argparse.Namespace) -> tuple[Criteria, Nominees]:
    size = arguments.size if isinstance(arguments.size, int) else None
    wrong = FilesError()
    with wrong.noted(arguments.criteria):
        criteria = read_criteria(arguments.criteria, size, arguments.one_per)
    respondents = not is_document(arguments.criteria)
    with wrong.noted(arguments.pool):
        pool = read_nominees(arguments.pool, respondents, arguments.id, arguments.separator)
    wrong.demand_none()
    return criteria, pool


def _composed(arguments: argparse.Namespace, kind: str) -> tuple[Composition, Criteria]:
    criteria, nominees = _inputs(arguments)
    in_criteria = isinstance(arguments.size, int) and not is_document(arguments.criteria)
    made = criteria.compose(
        nominees,
        kind,
        on=arguments.on,
        size=None if in_criteria else arguments.size,
        seed=arguments.seed,
        delta=arguments.delta,
        time_limit=arguments.time_limit,
        progress=_tell if arguments.progress else None,
    )
    return made, criteria


def _compose(arguments: argparse.Namespace) -> int:
    made, criteria = _composed(arguments, arguments.lottery)
    folder = Folder(arguments.out)
    folder.write_composition(made, criteria)
    others = [_composed(arguments, kind)[0] for kind in arguments.compare]
    text = page(made, criteria, _order(arguments.language), others)
    folder.write("report.html", text)
    print(composition_text(made, arguments.language, brief=True), end="")
    print(folder.path.resolve())
    return 0 if made.has_lottery else 1


def _order(first: str) -> tuple[str, ...]:
    return (first, *(language for language in _LANGUAGES if language != first))


def _explain(arguments: argparse.Namespace) -> int:
    if arguments.pool and arguments.of_pool:
        raise ArgumentError("`explain` has two pools, expected one")
    arguments.pool = arguments.pool or arguments.of_pool
    if arguments.criteria.is_dir():
        return _explain_folder(arguments)
    if not arguments.criteria.exists():
        raise NotFoundError(f"there is no file or folder `{arguments.criteria}`")
    if arguments.pool is None:
        raise ArgumentError("`explain` needs the pool beside the criteria, or the folder of both")
    made, _ = _composed(arguments, arguments.lottery)
    print(composition_text(made, arguments.language), end="")
    return 0 if made.has_lottery else 1


def _explain_folder(arguments: argparse.Namespace) -> int:
    def compose(criteria: Criteria, nominees: Nominees) -> Composition:
        in_criteria = arguments.size == criteria.document().get("size")
        return criteria.compose(
            nominees,
            arguments.lottery,
            on=arguments.on,
            size=None if in_criteria else arguments.size,
            seed=arguments.seed,
            time_limit=arguments.time_limit,
            progress=_tell if arguments.progress else None,
        )

    text, status = explain_folder(
        Folder(arguments.criteria),
        read_pools(arguments.pool, arguments.id, arguments.separator),
        arguments.language,
        compose,
        arguments.on,
        arguments.size,
        arguments.delta,
    )
    print(text, end="")
    return status


def _compare(arguments: argparse.Namespace) -> int:
    compositions = [_composed(arguments, kind)[0] for kind in arguments.lotteries]
    print(comparison_text(compare(*compositions), arguments.language), end="")
    return 0


def _draw(arguments: argparse.Namespace) -> int:
    folder = Folder(arguments.folder)
    if folder.has("panels.json"):
        there = _about(sound_draw(folder, "panels.json"))["panels"]
        if arguments.panels not in (None, there):
            print(f"error: `panels.json` is there already, with {there} panels", file=sys.stderr)
            return 2
    else:
        folder.write("panels.json", numbered_panels(folder.read("lottery.json"), arguments.panels))
    about = _about(sound_draw(folder, "panels.json"))
    print(f"panels {about['panels']}, largest deviation {about['deviation']}, lost {about['lost']}")
    print(f"hash of the panels {about['hash']}")
    if arguments.seed is None:
        return 0
    if folder.has("draw.json"):
        there = _about(sound_draw(folder, "draw.json"))["seed"]
        if arguments.seed != there:
            print(f"error: `draw.json` is there already, by the seed `{there}`", file=sys.stderr)
            return 2
    result = draw(folder.read("panels.json"), arguments.seed)
    folder.write("draw.json", result)
    drawn = verify_draw(result)
    print(f"number {_about(drawn)['number']} of {about['panels']}")
    for member in drawn.members:
        print(f"member {member}")
    return 0


def _about(verdict: Verification) -> dict[str, Any]:
    return verdict.about().to_pylist()[0]


def _verify(arguments: argparse.Namespace) -> int:
    folder = Folder(arguments.folder)
    found = verify_folder(
        folder,
        read_pools(arguments.pool, arguments.id, arguments.separator),
        arguments.on,
        arguments.size,
        arguments.delta,
    )
    if not arguments.quiet:
        for text in found.checked:
            print(f"holds: {text}")
    for fault in found.faults:
        print(f"fault: {fault}")
    print(found.verdict)
    return 1 if found.faults else 0


def _check(arguments: argparse.Namespace) -> int:
    criteria, nominees = _inputs(arguments)
    check = criteria.check(nominees, arguments.members, on=arguments.on)
    for row in check.criteria(arguments.language).to_pylist():
        label = "" if row["label"] == row["criterion"] else f": {row['label']}"
        print(f"{row['outcome']:16}  {row['criterion']}{label}")
        if row["reason"]:
            print(f"{'':16}  {row['reason']}")
    print(check.outcome.name.lower().replace("_", " "))
    return 0 if check.outcome is Outcome.MET else 1


_RUN = {
    "compose": _compose,
    "draw": _draw,
    "verify": _verify,
    "explain": _explain,
    "compare": _compare,
    **departures,
    "check": _check,
}


def main(argv: list[str] | None = None) -> int:
    """The commands; gives the exit status."""
    arguments = _parser().parse_args(argv)
    try:
        return _RUN[arguments.command](arguments)
    except FilesError as wrong:
        for path, error in wrong.found:
            report(error, file=None if isinstance(error, ArgumentError) else path)
    except PartnershipError as error:
        report(error)
    except OSError as error:
        print(f"error: {error}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
