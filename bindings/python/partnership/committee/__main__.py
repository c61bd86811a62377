# SPDX-License-Identifier: Apache-2.0
"""Commands: compose a lottery over committees, draw, verify, explain, compare, replace, choose
alternates, check."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from .._commands import day, report
from ..enums import LotteryPhase, Outcome
from ..errors import ArgumentError, PartnershipError
from ._committee import Criteria, Nominees
from ._composition import (
    Composition,
    Verification,
    compare,
    draw,
    numbered_panels,
    verify_draw,
)
from ._explain import explain_folder
from ._files import Folder, is_document, read_criteria, read_nominees
from ._page import page
from ._text import comparison_text, composition_text
from ._verify import verify_folder

_LANGUAGES = ("ar", "en", "fr")
_LOTTERIES = ("leximin", "maximin", "nash", "legacy")


def _size(text: str) -> int | tuple[int, int]:
    """`12`, or `10-14`."""
    least, mark, most = text.partition("-")
    if not least.isdecimal() or (mark and not most.isdecimal()):
        raise argparse.ArgumentTypeError(f"`{text}` is no size, expected a number or LEAST-MOST")
    return (int(least), int(most)) if mark else int(least)


def _weight(text: str) -> tuple[str, int]:
    """`a=3`."""
    member, _, weight = text.rpartition("=")
    if not member or not weight.isdecimal():
        raise argparse.ArgumentTypeError(f"`{text}` is no weight, expected ID=N")
    return member, int(weight)


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
    command.add_argument("--id", metavar="COLUMN", help="the pool's column that names nominees")
    command.add_argument(
        "--separator", metavar="TEXT", help="between several values of a cell (default ;)"
    )


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
        "cannot be read or the panels are there already with another number of them.",
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
    verify.add_argument("--id", metavar="COLUMN", help="the pool's column that names nominees")
    verify.add_argument("--separator", metavar="TEXT", help="between several values of a cell")
    verify.add_argument(
        "--size", type=_size, metavar="K", help="as given to compose, where there was no committee"
    )
    verify.add_argument("--on", type=day, metavar="DATE", help="likewise")
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

    replacing = commands.add_parser(
        "replace",
        help="who may take the places of members who leave",
        description="Of the committee drawn in DIR (draw.json), or of --members. Prints who may "
        "join, with which probability; where nobody can, the fewest changes that make a committee "
        "again. With --out: writes the lottery over who joins, for `draw`. Exit status: 0 where "
        "somebody can join, 1 where nobody can, 2 where a file cannot be read.",
    )
    replacing.add_argument("folder", type=Path, metavar="DIR")
    replacing.add_argument("pool", type=Path, metavar="POOL", help="the nominees, CSV")
    replacing.add_argument("leaving", nargs="+", metavar="MEMBER", help="ids of who leaves")
    replacing.add_argument("--members", nargs="+", metavar="ID", help="before the departure")
    replacing.add_argument(
        "--unavailable", nargs="+", default=[], metavar="ID", help="others who cannot join"
    )
    replacing.add_argument("--rule", choices=("even", "alike"), default="even")
    replacing.add_argument("--places", type=int, metavar="N", help="default: as many as leave")
    replacing.add_argument("--out", type=Path, metavar="DIR2")
    replacing.add_argument("--id", metavar="COLUMN", help="the pool's column that names nominees")
    replacing.add_argument("--separator", metavar="TEXT", help="between several values of a cell")

    alternates = commands.add_parser(
        "alternates",
        help="alternates, chosen before anybody leaves",
        description="Of the committee drawn in DIR (draw.json), or of --members: nominees of whom "
        "each can take the place of as many members as possible, should one leave. Prints who they "
        "are, who covers whom, and that no other choice covers more. Exit status: 0 where there "
        "are alternates, 1 where nobody can take a place, 2 where a file cannot be read.",
    )
    alternates.add_argument("folder", type=Path, metavar="DIR")
    alternates.add_argument("pool", type=Path, metavar="POOL", help="the nominees, CSV")
    alternates.add_argument(
        "--count", type=int, default=1, metavar="N", help="at most so many (default 1)"
    )
    alternates.add_argument("--members", nargs="+", metavar="ID", help="of the committee")
    alternates.add_argument(
        "--unavailable", nargs="+", default=[], metavar="ID", help="others who cannot be alternates"
    )
    alternates.add_argument(
        "--weight",
        type=_weight,
        action="append",
        default=[],
        metavar="ID=N",
        help="how much this member's departure counts, from 1 (default) to 1000000",
    )
    alternates.add_argument(
        "--seed", default="", metavar="TEXT", help="of who is chosen among those who cover the same"
    )
    alternates.add_argument(
        "--time-limit", type=float, metavar="SECONDS", help="then end with what there is"
    )
    alternates.add_argument("--id", metavar="COLUMN", help="the pool's column that names nominees")
    alternates.add_argument("--separator", metavar="TEXT", help="between several values of a cell")

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
    criteria = read_criteria(arguments.criteria, size, arguments.one_per)
    respondents = not is_document(arguments.criteria)
    pool = read_nominees(arguments.pool, respondents, arguments.id, arguments.separator)
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
    arguments.pool = arguments.pool or arguments.of_pool
    if arguments.criteria.is_dir():
        return _explain_folder(arguments)
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
        _pools(arguments),
        arguments.language,
        compose,
        arguments.on,
        arguments.size,
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
        panels = folder.read("panels.json")
        there = _about(verify_draw(panels))["panels"]
        if arguments.panels not in (None, there):
            print(f"error: `panels.json` is there already, with {there} panels", file=sys.stderr)
            return 2
    else:
        panels = numbered_panels(folder.read("lottery.json"), arguments.panels).encode()
        folder.write("panels.json", panels.decode())
    about = _about(verify_draw(panels))
    print(f"panels {about['panels']}, largest deviation {about['deviation']}, lost {about['lost']}")
    print(f"hash of the panels {about['hash']}")
    if arguments.seed is None:
        return 0
    result = draw(panels, arguments.seed)
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
    found = verify_folder(folder, _pools(arguments), arguments.on, arguments.size)
    if not arguments.quiet:
        for text in found.checked:
            print(f"holds: {text}")
    for fault in found.faults:
        print(f"fault: {fault}")
    print(found.verdict)
    return 1 if found.faults else 0


def _pools(arguments: argparse.Namespace) -> list[Nominees]:
    """The pool, if there is one, read in both ways: a blank cell has no value beside a category
    file, else it is not known."""
    if arguments.pool is None:
        return []
    return [
        read_nominees(arguments.pool, respondents, arguments.id, arguments.separator)
        for respondents in (False, True)
    ]


def _pool_of(arguments: argparse.Namespace, told: str) -> Nominees:
    """The pool with this hash."""
    for pool in _pools(arguments):
        if pool.hash == told:
            return pool
    raise ArgumentError(f"`{arguments.pool}` is not the pool of this lottery, whose hash is {told}")


def _seated(arguments: argparse.Namespace) -> tuple[Nominees, list[str], dict[str, Any]]:
    """The pool of a folder's lottery, the members of its committee, and the options that it was
    composed with."""
    folder = Folder(arguments.folder)
    lottery = json.loads(folder.read("lottery.json"))
    nominees = _pool_of(arguments, lottery["hashes"]["pool"])
    members = arguments.members or verify_draw(folder.read("draw.json")).members
    size = None if lottery["size"] is None else tuple(lottery["size"])
    return nominees, members, {"on": lottery["on"], "size": size}


def _replace(arguments: argparse.Namespace) -> int:
    nominees, members, options = _seated(arguments)
    found = Criteria(arguments.folder / "criteria.json").replace(
        nominees,
        members,
        arguments.leaving,
        unavailable=arguments.unavailable,
        rule=arguments.rule,
        places=arguments.places,
        **options,
    )
    about: dict[str, Any] = found.about().to_pylist()[0]
    print(f"{about['status']}, rule {about['rule']}, {about['candidates']} can join")
    for row in found.candidates().to_pylist():
        print(f"candidate {row['id']}: {row['exact']}")
    for row in found.changes().to_pylist():
        print(f"{row['change']} {row['member']}")
    if not about["candidates"]:
        return 1
    if arguments.out:
        made = Folder(arguments.out)
        made.remove("panels.json", "draw.json", "certificate.json")
        made.write("lottery.json", found.document())
        print(made.path.resolve())
    return 0


def _alternates(arguments: argparse.Namespace) -> int:
    nominees, members, options = _seated(arguments)
    weights = dict(arguments.weight)
    for member in weights:
        if member not in members:
            raise ArgumentError(f"`{member}` in --weight is no member of the committee")
    chosen = Criteria(arguments.folder / "criteria.json").alternates(
        nominees,
        members,
        arguments.count,
        unavailable=arguments.unavailable,
        weights=[weights.get(member, 1) for member in members] if weights else None,
        seed=arguments.seed,
        time_limit=arguments.time_limit,
        **options,
    )
    about: dict[str, Any] = chosen.about().to_pylist()[0]
    told = f"{chosen.status}, {about['alternates']} alternates of {about['members']} members"
    if about["covered"] is not None:
        told += f", covered {about['covered']} of {about['weight']}, twice {about['twice']}"
        told += f", at most {about['most']}, by any number {about['possible']}"
    print(told)
    for row in chosen.table().to_pylist():
        print(f"alternate {row['id']}: covers {row['covers']}")
    rows: list[dict[str, Any]] = chosen.covers().to_pylist()
    able = {row["member"]: row["possible"] for row in rows}
    for member, possible in able.items():
        by = [row["alternate"] for row in rows if row["member"] == member and row["alternate"]]
        nobody = "nobody" if possible else "nobody, and nobody could"
        print(f"member {member}: {', '.join(by) or nobody}")
    return 0 if about["alternates"] else 1


def _check(arguments: argparse.Namespace) -> int:
    criteria, nominees = _inputs(arguments)
    check = criteria.check(nominees, arguments.members, on=arguments.on)
    for row in check.criteria(arguments.language).to_pylist():
        print(f"{row['outcome']:16}  {row['criterion']}: {row['label']}")
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
    "replace": _replace,
    "alternates": _alternates,
    "check": _check,
}


def main(argv: list[str] | None = None) -> int:
    """The commands; gives the exit status."""
    arguments = _parser().parse_args(argv)
    try:
        return _RUN[arguments.command](arguments)
    except PartnershipError as error:
        report(error)
    except OSError as error:
        print(f"error: {error}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
