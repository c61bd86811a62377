# SPDX-License-Identifier: Apache-2.0
"""The report in a browser (headless Chromium) at three widths and as printed on A4: directions,
pictures, overflow, missing glyphs. browser.js measures; without Chromium these tests skip.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from chromium import dump, needs_chromium
from conftest import Run, fairness_pictures

PAPER = 688  # what the margins leave of A4, in CSS pixels
WIDTHS = (1280, 800, 380, PAPER)

pytestmark = needs_chromium

# The report stands in a frame of each width and posts what it measures to the page around it.
AROUND = """<!DOCTYPE html><meta charset="utf-8"><pre id="measured"></pre><script>
const measured = [];
addEventListener("message", (event) => {
  measured.push(event.data);
  if (measured.length < %d) return;
  document.getElementById("measured").textContent = JSON.stringify(measured);
});
</script>%s"""


def measure(report: str, folder: Path) -> dict[int, dict[str, Any]]:
    script = (Path(__file__).with_name("browser.js")).read_text(encoding="utf-8")
    # The report forbids all scripts; the copy must let this one in.
    copy, policies = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", report)
    assert policies == 1
    copy = copy.replace("</body>", f"<script>{script}</script></body>")
    printed = copy.replace("@media print {", "@media all {")
    assert printed != copy
    for name, text in (("screen", copy), ("paper", printed)):
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    frames = "".join(
        f'<iframe src="{"paper" if width == PAPER else "screen"}.html" width="{width}" '
        'height="900" style="border:0"></iframe>'
        for width in WIDTHS
    )
    around = folder / "around.html"
    around.write_text(AROUND % (len(WIDTHS), frames), encoding="utf-8")
    told = re.search(r'<pre id="measured">(.*?)</pre>', dump(around, folder / "profile"), re.DOTALL)
    assert told is not None
    assert told[1], "the frames did not answer"
    return {one["width"]: one for one in json.loads(html.unescape(told[1]))}


@pytest.fixture(scope="module")
def measured(run: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, Any]]:
    return measure(run.report, tmp_path_factory.mktemp("browser"))


@pytest.fixture(params=WIDTHS)
def seen(request: pytest.FixtureRequest, measured: dict[int, dict[str, Any]]) -> dict[str, Any]:
    assert set(measured) == set(WIDTHS)
    return measured[request.param]


def test_the_text_is_there(seen: dict[str, Any]) -> None:
    assert seen["rows"] == 2 * 97
    assert seen["text"] > 1500


def test_arabic_runs_from_right_to_left(seen: dict[str, Any]) -> None:
    assert dict(seen["directions"]) == {"ar": "rtl", "en": "ltr"}
    assert seen["wrong"] == []
    assert {language for language, _, _ in seen["starts"]} == {"ar", "en"}
    for language, before, behind in seen["starts"]:
        # Headings stand where the language begins.
        assert abs(behind if language == "ar" else before) < 2


def test_nothing_is_wider_than_the_page(seen: dict[str, Any]) -> None:
    assert seen["scrolls"] <= seen["width"]
    assert seen["clipped"] == []


def test_pictures_are_there_and_hold_what_they_draw(seen: dict[str, Any]) -> None:
    assert len(seen["pictures"]) == 2 * (3 + 14 + fairness_pictures())
    for picture in seen["pictures"]:
        left, top, right, bottom = picture["box"]
        least = (100, 18) if "meter" in picture["name"] else (150, 90)
        assert right - left >= least[0], picture
        assert bottom - top >= least[1], picture
        assert picture["outside"] == 0, picture


def has_arabic_font() -> bool:
    """Fontconfig tells; without it, assume there is one."""
    program = shutil.which("fc-list")
    return program is None or bool(subprocess.check_output([program, ":lang=ar"]).strip())


@pytest.mark.skipif(not has_arabic_font(), reason="there is no Arabic font (fonts-noto-core)")
def test_every_character_has_a_glyph(seen: dict[str, Any]) -> None:
    assert seen["missing"] == []
    assert seen["planted"] == ["\U0010fffc"]  # the measure can find one


def test_nothing_is_fetched(seen: dict[str, Any]) -> None:
    assert seen["requests"] == []


def test_a_fault_would_be_seen(run: Run, tmp_path: Path) -> None:
    broken = run.report.replace('id="ar" lang="ar" dir="rtl"', 'id="ar" lang="ar" dir="ltr"')
    broken = broken.replace(
        "</h1>", '</h1><div style="width:3000px;margin-left:-1500px">wide</div>', 1
    )
    broken = broken.replace('class="hemicycle"', 'class="hemicycle" style="width:0;height:0"', 1)
    assert broken.count("3000px") == 1
    assert 'dir="ltr"' in broken
    seen = measure(broken, tmp_path)[WIDTHS[0]]
    assert dict(seen["directions"])["ar"] == "ltr"
    assert len(seen["wrong"]) > 100
    assert seen["scrolls"] > seen["width"]
    assert len(seen["clipped"]) >= 1
    assert min(right - left for left, _, right, _ in (one["box"] for one in seen["pictures"])) == 0


def test_the_report_forbids_scripts(run: Run, tmp_path: Path) -> None:
    """Its own policy, in the browser: a script in it does not run."""
    page = tmp_path / "scripted.html"
    script = (
        '<p id="ran">no</p><script>document.getElementById("ran").textContent = "yes";</script>'
    )
    page.write_text(run.report.replace("</body>", f"{script}</body>"), encoding="utf-8")
    assert '<p id="ran">no</p>' in dump(page, tmp_path / "profile")
