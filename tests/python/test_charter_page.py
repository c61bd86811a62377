# SPDX-License-Identifier: Apache-2.0
"""The page of a charter in a browser (headless Chromium): texts, directions, nothing fetched,
nothing wider than the page. Without Chromium these tests skip.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from chromium import dump, needs_chromium
from partnership import charter

LAW = charter.load("lebanon-28-2017")

pytestmark = needs_chromium

# Runs in a copy of the page, which itself forbids all scripts.
SCRIPT = r"""
const arabic = /[\u0621-\u064a]/;
const parts = {};
for (const id of ["ar", "en", "fr"]) {
  const part = document.getElementById(id);
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  const wrong = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.data;
    const direction = getComputedStyle(walker.currentNode.parentElement).direction;
    if (arabic.test(text) && direction !== "rtl") wrong.push(text);
  }
  const box = part.querySelector("article h3").getBoundingClientRect();
  const range = document.createRange();
  range.selectNodeContents(part.querySelector("article h3"));
  const text = range.getBoundingClientRect();
  parts[id] = {
    direction: getComputedStyle(part).direction,
    articles: part.querySelectorAll("article").length,
    headings: [...part.querySelectorAll("article h3")].map((one) => one.innerText),
    characters: part.innerText.length,
    before: text.left - box.left,
    behind: box.right - text.right,
    wrong,
  };
}
const told = {
  parts,
  width: document.documentElement.clientWidth,
  scrolls: document.documentElement.scrollWidth,
  fetched: [...document.querySelectorAll("[src], link[href]")].map((one) => one.outerHTML),
};
const out = document.createElement("pre");
out.id = "measured";
out.textContent = JSON.stringify(told);
document.body.append(out);
"""


def measure(text: str, folder: Path) -> dict[str, Any]:
    copy, policies = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    assert policies == 1
    page = folder / "page.html"
    page.write_text(copy.replace("</body>", f"<script>{SCRIPT}</script></body>"), encoding="utf-8")
    shown = dump(page, folder / "profile", "--window-size=1000,900")
    told = re.search(r'<pre id="measured">(.*?)</pre>', shown, re.DOTALL)
    assert told is not None
    measured: dict[str, Any] = json.loads(html.unescape(told[1]))
    return measured


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    return measure(charter.page(LAW), tmp_path_factory.mktemp("page"))


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_every_norm_is_there(seen, language):
    part = seen["parts"][language]
    labels = LAW.norms(language).to_pydict()["label"]
    assert part["articles"] == len(labels) == 12
    # The page goes by articles; the headings of its three parts are in one list.
    for label in labels:
        assert any(heading.startswith(str(label)) for heading in part["headings"]), label
    assert part["characters"] > 3000


def test_arabic_runs_from_right_to_left(seen):
    assert {name: part["direction"] for name, part in seen["parts"].items()} == {
        "ar": "rtl",
        "en": "ltr",
        "fr": "ltr",
    }
    for name, part in seen["parts"].items():
        assert part["wrong"] == []
        # Headings stand where the language begins.
        assert abs(part["behind"] if name == "ar" else part["before"]) < 2


def test_nothing_is_fetched_and_nothing_is_wider_than_the_page(seen):
    assert seen["fetched"] == []
    assert seen["scrolls"] <= seen["width"]


def test_a_fault_would_be_seen(tmp_path):
    text = charter.page(LAW)
    broken = text.replace('id="ar" lang="ar" dir="rtl"', 'id="ar" lang="ar" dir="ltr"')
    # The page as a whole runs from right to left: what is too wide sticks out on the left.
    broken = broken.replace("</h1>", '</h1><img src="none.png">', 1)
    before, mark, after = broken.partition('id="fr"')
    wide = '</h1><div style="width:3000px" dir="rtl">wide</div>'
    broken = before + mark + after.replace("</h1>", wide, 1).replace('dir="ltr"', 'dir="rtl"', 1)
    assert broken.count("3000px") == 1
    seen = measure(broken, tmp_path)
    assert seen["parts"]["ar"]["direction"] == "ltr"
    assert len(seen["parts"]["ar"]["wrong"]) > 50
    assert seen["scrolls"] > seen["width"]
    assert len(seen["fetched"]) == 1


def test_the_page_forbids_scripts(tmp_path):
    page = tmp_path / "scripted.html"
    script = (
        '<p id="ran">no</p><script>document.getElementById("ran").textContent = "yes";</script>'
    )
    page.write_text(charter.page(LAW).replace("</body>", f"{script}</body>"), encoding="utf-8")
    assert '<p id="ran">no</p>' in dump(page, tmp_path / "profile")
