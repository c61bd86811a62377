# SPDX-License-Identifier: Apache-2.0
"""One pool in sortition-algorithms with HiGHS: prints the seconds of processor time and the least
probability.

    peer.py POOL ALGORITHM     POOL holds criteria.csv, pool.csv and about.json
"""

import csv
import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

from sortition_algorithms import committee_generation, core
from sortition_algorithms.features import read_in_features
from sortition_algorithms.people import read_in_people
from sortition_algorithms.settings import Settings
from sortition_algorithms.utils import set_random_provider


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or []), list(reader)


def first(answer):
    return answer[0] if isinstance(answer, tuple) else answer


def main():
    # The peer and its solver tell their progress on standard output, which is for the answer.
    answer = os.dup(1)
    os.dup2(2, 1)
    folder, algorithm = Path(sys.argv[1]), sys.argv[2]
    size = json.loads((folder / "about.json").read_text(encoding="utf-8"))["size"]
    _, quotas = rows_of(folder / "criteria.csv")
    quotas = [
        {"feature": row["attribute"], **{key: row[key] for key in ("value", "min", "max")}}
        for row in quotas
    ]
    features = first(read_in_features(["feature", "value", "min", "max"], quotas))
    head, nominees = rows_of(folder / "pool.csv")
    settings = Settings(id_column="id", columns_to_keep=[], solver_backend="highspy")
    people = first(read_in_people(head, nominees, features, settings))

    # What its lottery is, not only the panel that it draws.
    found = {}
    finder = getattr(committee_generation, f"find_distribution_{algorithm}")

    def kept(*args, **kwargs):
        found["lottery"] = finder(*args, **kwargs)
        return found["lottery"]

    setattr(core, f"find_distribution_{algorithm}", kept)
    set_random_provider(1)
    begin = time.process_time()
    core.find_random_sample(
        features,
        people,
        size,
        [],
        selection_algorithm=algorithm,
        solver_backend="highspy",
    )
    seconds = time.process_time() - begin
    least = Counter({person: 0.0 for person in people})
    for committee, probability in zip(*found["lottery"][:2]):
        for person in committee:
            least[person] += probability
    os.write(answer, f"{seconds:.3f}\t{min(least.values()):.9f}\n".encode())


main()
