# SPDX-License-Identifier: Apache-2.0
"""The commands about members who leave: replace, and alternates before anybody does."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ..errors import ArgumentError
from ._committee import Criteria, Nominees
from ._files import Folder, read_pools
from ._verify import sound_draw

__all__ = ["add_departures", "add_reading", "departures"]


def _weight(text: str) -> tuple[str, int]:
    """`a=3`."""
    member, _, weight = text.rpartition("=")
    if not member or not weight.isdecimal():
        raise argparse.ArgumentTypeError(f"`{text}` is no weight, expected ID=N")
    return member, int(weight)


def add_reading(command: argparse.ArgumentParser) -> None:
    """How the pool is read."""
    command.add_argument("--id", metavar="COLUMN", help="the pool's column that names nominees")
    command.add_argument(
        "--separator", metavar="TEXT", help="between several values of a cell (default ;)"
    )


def add_departures(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The arguments of both commands."""
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
    add_reading(replacing)

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
    add_reading(alternates)


def _pool_of(arguments: argparse.Namespace, told: str) -> Nominees:
    """The pool with this hash."""
    for pool in read_pools(arguments.pool, arguments.id, arguments.separator):
        if pool.hash == told:
            return pool
    raise ArgumentError(f"`{arguments.pool}` is not the pool of this lottery, whose hash is {told}")


def _criteria_of(folder: Folder, told: str) -> Criteria:
    """The criteria with this hash."""
    criteria = Criteria(folder.read("criteria.json"))
    if criteria.hash == told:
        return criteria
    path = folder.file("criteria.json")
    raise ArgumentError(f"`{path}` has not the criteria of this lottery, whose hash is {told}")


def _seated(
    arguments: argparse.Namespace,
) -> tuple[Criteria, Nominees, list[str], dict[str, Any]]:
    """The criteria and the pool of a folder's lottery, the members of its committee, and the
    options that it was composed with."""
    folder = Folder(arguments.folder)
    text = folder.read("lottery.json")
    try:
        lottery = json.loads(text)
        hashes, on, size = lottery["hashes"], lottery["on"], lottery["size"]
        told, pool = str(hashes["criteria"]), str(hashes["pool"])
        options = {"on": on, "size": None if size is None else tuple(size)}
    except (ValueError, KeyError, TypeError):
        raise ArgumentError(f"`{folder.file('lottery.json')}` is no lottery's document") from None
    criteria, nominees = _criteria_of(folder, told), _pool_of(arguments, pool)
    members = arguments.members
    if not members:
        drawn = sound_draw(folder, "draw.json")
        members = drawn.members
        if not members:
            raise ArgumentError(f"`{folder.file('draw.json')}` says nothing of members drawn")
    return criteria, nominees, members, options


def _replace(arguments: argparse.Namespace) -> int:
    criteria, nominees, members, options = _seated(arguments)
    found = criteria.replace(
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
    criteria, nominees, members, options = _seated(arguments)
    weights = dict(arguments.weight)
    for member in weights:
        if member not in members:
            raise ArgumentError(f"`{member}` in --weight is no member of the committee")
    chosen = criteria.alternates(
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


departures = {"replace": _replace, "alternates": _alternates}
"""What runs them, by the command's name."""
