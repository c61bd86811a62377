# SPDX-License-Identifier: Apache-2.0
"""The command partnership-verify, as an auditor uses it: what it prints and how it exits."""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
HOLDS, FAILS, MISUSED = 0, 1, 2
settings = None


def canonical(value) -> bytes:
    """RFC 8785, for documents with ASCII names and whole numbers."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def run(*arguments, stdin: bytes = b""):
    done = subprocess.run(
        [str(settings.program), *map(str, arguments)], input=stdin, capture_output=True, check=False
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class Command(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name: str, value) -> Path:
        path = Path(self.folder.name) / name
        path.write_bytes(value if isinstance(value, bytes) else canonical(value))
        return path

    def load(self, name: str):
        return json.loads((DATA / name).read_bytes())

    def expect(self, status: int, *arguments, stdin: bytes = b"") -> str:
        code, out, err = run(*arguments, stdin=stdin)
        self.assertEqual(code, status, out + err)
        self.assertEqual(err == "", status != MISUSED, err)
        return out if status != MISUSED else err

    def test_journals(self):
        journal = DATA / "journal-1.jsonl"
        root = (DATA / "journal-1.root").read_text().strip()
        self.assertIn("\nsound: ", self.expect(HOLDS, "journal", journal, root))
        self.assertIn("\nwell-formed; ", self.expect(HOLDS, "journal", journal))
        self.assertIn("the root is not", self.expect(FAILS, "journal", journal, root[::-1]))
        self.assertIn("line 1: ", self.expect(FAILS, "journal", "-", stdin=b"{}\n"))

    def test_lines_that_are_no_entries(self):
        lines = (DATA / "journal-1.jsonl").read_bytes().splitlines()
        line = next(one for one in lines if json.loads(one)["personal"] is not None)
        entry = json.loads(line)
        self.assertEqual(canonical(entry), line)
        self.expect(HOLDS, "journal", "-", stdin=line)
        wrong = [
            ({"personal": entry["personal"].upper()}, "`personal` is no commitment"),
            ({"personal": entry["personal"][1:]}, "`personal` is no commitment"),
            ({"personal": 7}, "`personal` is no commitment"),
            ({"effective": "2024-2-01"}, "`effective` is no date"),
            ({"recorded": "yesterday"}, "`recorded` is no instant"),
            ({"public": []}, "`public` is no object"),
            ({"version": 0}, "`version` is no number"),
            ({"actor": ""}, "`actor` is no text"),
            ({"kind": None}, "`kind` is no text"),
            ({"more": 1}, "the member `more` is not of an entry"),
        ]
        changed = [canonical(entry | change) for change, _ in wrong]
        out = self.expect(FAILS, "journal", "-", stdin=b"\n".join(changed))
        expected = [f"line {i + 1}: {message}" for i, (_, message) in enumerate(wrong)]
        self.assertEqual(out.splitlines(), expected)
        for other in (line + b" ", line.replace(b":", b": ", 1), line + b"\r", line[:-1], b"", b"7"):
            out = self.expect(FAILS, "journal", "-", stdin=line + b"\n" + other + b"\n" + line)
            self.assertTrue(out.startswith("line 2: "), out)

    def test_a_certificate(self):
        certificate = DATA / "certificate-leximin.json"
        out = self.expect(HOLDS, "certificate", certificate).splitlines()
        digest = hashlib.sha256(canonical(self.load("certificate-leximin.json"))).hexdigest()
        self.assertEqual(out[0], f"certificate {digest}")
        self.assertEqual(out[-1], "proved: leximin")
        self.assertTrue(all(line.startswith("holds: ") for line in out[1:-1]), out)
        stdin = certificate.read_bytes()
        self.assertEqual(out, self.expect(HOLDS, "certificate", "-", stdin=stdin).splitlines())

    def test_what_a_certificate_is_of(self):
        certificate = self.load("certificate-leximin.json")
        path = self.write("c.json", certificate)
        given = ("--criteria", certificate["criteria"], "--pool", certificate["pool"])
        out = self.expect(HOLDS, "certificate", path, *given)
        self.assertEqual(out.count("the hash is the expected one"), 2)
        for option in ("--criteria", "--pool"):
            out = self.expect(FAILS, "certificate", path, option, "0" * 64)
            self.assertIn("the hash is not the expected " + "0" * 64, out)
            self.assertTrue(out.endswith("\nrefused: leximin\n"), out)
        digest = hashlib.sha256(canonical(certificate)).hexdigest()
        out = self.expect(HOLDS, "certificate", path, "--document", digest)
        self.assertIn("holds: document: the certificate is the expected one\n", out)
        certificate["nominees"].reverse()  # the proof holds, but of other people
        other = self.write("other.json", certificate)
        self.expect(HOLDS, "certificate", other)
        out = self.expect(FAILS, "certificate", other, "--document", digest)
        self.assertIn(", not the expected " + digest, out)

    def test_how_far_a_lottery_may_be(self):
        certificate = self.load("certificate-leximin.json")
        certificate["delta"] = "1/1000"
        path = self.write("c.json", certificate)
        self.expect(FAILS, "certificate", path)
        self.expect(FAILS, "certificate", path, "--delta", "1/1001")
        out = self.expect(HOLDS, "certificate", path, "--delta", "1/1000")
        self.assertIn("within 1/1000 of the target", out)
        panels = self.load("draw-panels.json")
        panels["lottery"] = hashlib.sha256(canonical(certificate)).hexdigest()
        drawn = self.write("p.json", panels)
        out = self.expect(FAILS, "draw", drawn, path)
        self.assertIn("`delta` is 1/1000", out)
        out = self.expect(HOLDS, "draw", drawn, path, "--delta", "1/1000")
        self.assertTrue(out.endswith("\nsound\n"), out)
        for wrong in (("--delta",), ("--delta", "x"), ("--delta", "-1"), ("--delta", "1/0")):
            self.expect(MISUSED, "draw", drawn, path, *wrong)
            self.expect(MISUSED, "certificate", path, *wrong)

    def test_no_name_passes_for_a_line_of_the_output(self):
        names = "a\nsound", "a\\u000asound", "b\r\t\x7f\x9b", "c\u2028\u202e\u2069", "\u0623\u0641\u200f \U0001f600"
        shown = "a\\u000asound", "a\\u005cu000asound", "b\\u000d\\u0009\\u007f\\u009b"
        shown += "c\\u2028\\u202e\\u2069", names[4]
        panels = {"draw": "panels", "version": 1, "lottery": "0" * 64, "nominees": names}
        panels |= {"panels": [{"members": [0, 1, 2, 3, 4]}], "deviation": "0", "lost": []}
        result = {"draw": "result", "version": 1, "published": panels, "seed": "s", "number": 1}
        out = self.expect(HOLDS, "draw", self.write("r.json", result | {"members": names}))
        self.assertEqual(out.split("\n")[-7:], [*("member " + one for one in shown), "sound", ""])
        path = self.write("c.json", {"certificate": "lottery", "x\nproved: leximin": 1})
        out = self.expect(FAILS, "certificate", path)
        self.assertNotIn("\nproved", out)
        self.assertIn(", /x\\u000aproved: leximin: unknown member", out)

    def test_it_has_no_solver_and_no_database(self):
        """What checks an answer must not be what made it."""
        needed = subprocess.run(
            ["readelf", "--dynamic", settings.program], capture_output=True, check=True, text=True
        ).stdout
        self.assertIn("libstdc++", needed)
        for library in ("Clp", "CoinUtils", "sqlite", "sodium", "partnership"):
            self.assertNotIn(library, needed)
        symbols = subprocess.run(
            ["nm", "--demangle", settings.program], capture_output=True, check=True, text=True
        ).stdout
        self.assertNotIn("partnership::solver::", symbols)
        self.assertNotIn("partnership::compose_lottery", symbols)

    def test_that_there_is_no_committee(self):
        out = self.expect(HOLDS, "certificate", DATA / "certificate-infeasible.json")
        self.assertTrue(out.endswith("\nholds: there is no committee\ninfeasible\n"), out)

    def test_faults_are_shown_with_their_place(self):
        certificate = self.load("certificate-leximin.json")
        certificate["target"][0] = "1/7"
        certificate["panels"][1]["weight"] = "0"
        out = self.expect(FAILS, "certificate", self.write("c.json", certificate))
        self.assertRegex(out, r"fault: line 1, column \d+, /panels/1/weight: a weight is above 0\n")
        self.assertRegex(out, r"fault: line 1, column \d+, /levels/\d+: the target of type 0 is 1/7")
        out = self.expect(FAILS, "certificate", self.write("c.json", b"{"))
        self.assertRegex(out, r"^fault: line 1, column 2, .*\nrefused\n$")

    def test_a_draw(self):
        files = [DATA / f"{name}.json" for name in ("draw-panels", "certificate-leximin", "draw-result")]
        result = self.load("draw-result.json")
        members = "".join(f"member {member}\n" for member in result["members"])
        for given in ([files[2]], [files[0], files[2]], files, files[::-1], files[1:]):
            out = self.expect(HOLDS, "draw", *given)
            self.assertTrue(
                out.endswith(f"number {result['number']} of 20\n{members}sound\n"), out
            )
            self.assertEqual("proved: leximin" in out, files[1] in given)
        digest = hashlib.sha256(canonical(self.load("draw-panels.json"))).hexdigest()
        self.assertTrue(out.startswith(f"panels {digest}\n"), out)
        out = self.expect(HOLDS, "draw", *files[:2])
        self.assertNotIn("number", out)

    def test_draws_that_are_not_as_published(self):
        result, panels = self.load("draw-result.json"), self.load("draw-panels.json")
        certificate = DATA / "certificate-leximin.json"
        changed = json.loads(json.dumps(result))
        changed["number"] += 1
        out = self.expect(FAILS, "draw", self.write("r.json", changed))
        self.assertIn(f"/number: the seed gives number {result['number']}\n", out)
        self.assertTrue(out.endswith("\nrefused\n"), out)
        changed = json.loads(json.dumps(result))
        changed["members"][0] = "n0"
        self.assertIn("/members: ", self.expect(FAILS, "draw", self.write("r.json", changed)))
        panels["panels"].reverse()
        other = self.write("p.json", panels)
        out = self.expect(FAILS, "draw", DATA / "draw-result.json", other)
        self.assertIn("not the expected", out)
        out = self.expect(FAILS, "draw", DATA / "draw-panels.json", self.write("c.json", b"{"))
        self.assertRegex(out, r"^fault: line 1, column 2, ")
        panels["panels"][0]["members"] = [0]
        self.expect(FAILS, "draw", self.write("p.json", panels), certificate)
        broken = self.load("certificate-leximin.json")
        broken["target"][0] = "1/7"
        self.expect(FAILS, "draw", DATA / "draw-result.json", self.write("c.json", broken))

    def test_misuse(self):
        certificate, panels = DATA / "certificate-leximin.json", DATA / "draw-panels.json"
        for arguments in (
            (),
            ("help",),
            ("journal",),
            ("journal", DATA / "journal-1.jsonl", "abc"),
            ("certificate",),
            ("certificate", certificate, "--pool"),
            ("certificate", certificate, "--pool", "abc"),
            ("certificate", certificate, "--other", "0" * 64),
            ("certificate", certificate, "--delta", "-1/5"),
            ("certificate", certificate, "--delta", "1e-9"),
            ("draw",),
        ):
            self.assertIn("usage: partnership-verify", self.expect(MISUSED, *arguments))
        absent = Path(self.folder.name) / "absent"
        for command in ("journal", "certificate", "draw"):
            self.assertIn(f"cannot read `{absent}`", self.expect(MISUSED, command, absent))
        self.assertIn("no draw among", self.expect(MISUSED, "draw", certificate))
        self.assertIn("there already", self.expect(MISUSED, "draw", panels, panels))
        deep = self.write("deep.json", b"[" * 100 + b"]" * 100)
        self.assertIn("partnership-verify: ", self.expect(MISUSED, "certificate", deep))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=Path, required=True)
    settings, rest = parser.parse_known_args()
    unittest.main(argv=[sys.argv[0], *rest])
