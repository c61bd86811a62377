# SPDX-License-Identifier: Apache-2.0
"""The look of a report: one style sheet without outside resources, for screen and paper.

Colours are from the palette of Okabe and Ito, which people with any of the common colour
blindnesses tell apart, darkened where text stands on them (contrast 4.5 to 1 and above). Logical
properties (inline-start and so on) let one sheet serve both directions.
"""

from __future__ import annotations

from partnership.report_svg import Style

__all__ = ["PHASES", "SIDES", "STYLE_SHEET"]

SIDES = {
    "public": Style("#005f96", "circle"),
    "civil_society": Style("#b34a00", "square"),
    "other": Style("#4d5560", "triangle"),
}
PHASES = ("#9cc7e6", "#a9d8c6", "#f3d488")

STYLE_SHEET = """
:root { color-scheme: light; --ink: #1d2733; --soft: #46505c; --line: #d3dae2; --paper: #ffffff;
  --tint: #f4f6f9; --lead: #12395b; --met: #00684b; --unmet: #a33a00; --open: #5b4b8a;
    --fact: #12395b;
  --example: #7a4b00; --unknown: #5b4b8a; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0; background: var(--paper); color: var(--ink); font-size: 1.0625rem;
  line-height: 1.6;
  font-family: "Noto Sans", "Source Sans 3", "Segoe UI", system-ui, -apple-system, Roboto,
    "Helvetica Neue",
  Arial, "Noto Sans Arabic", sans-serif; }
:lang(ar) { font-family: "Noto Sans Arabic", "Noto Naskh Arabic", "IBM Plex Sans Arabic",
  "Geeza Pro",
  "Segoe UI", Tahoma, "Noto Sans", Arial, sans-serif; }
h1, h2, h3 { font-family: "Noto Serif", "Source Serif 4", Georgia, Cambria, "Times New Roman",
  serif;
  color: var(--lead); line-height: 1.3; text-wrap: balance; break-after: avoid; }
:is(h1, h2, h3):lang(ar) { font-family: "Noto Naskh Arabic", "Amiri", "Geeza Pro", "Segoe UI",
  Tahoma, serif;
  line-height: 1.5; }
[lang="ar"] { line-height: 1.85; }
h1 { font-size: clamp(1.8rem, 1.2rem + 2.4vw, 2.8rem); margin: 0 0 .4em; }
h2 { font-size: 1.6rem; margin: 3rem 0 .6rem; padding-block-end: .3rem;
  border-block-end: 2px solid var(--lead); }
h3 { font-size: 1.2rem; margin: 1.8rem 0 .5rem; }
p { margin: .5rem 0; max-width: 46rem; }
a { color: #00508a; text-underline-offset: .15em; }
a:focus-visible { outline: 3px solid #e69f00; outline-offset: 2px; }
.skip { position: absolute; inset-inline-start: -100vw; }
.skip:focus { inset-inline-start: 1rem; inset-block-start: .5rem; background: #fff;
  padding: .3rem .6rem; }
.bar { display: flex; flex-wrap: wrap; gap: .4rem 1.5rem; justify-content: center;
  align-items: center;
  background: var(--lead); color: #fff; padding: .55rem 1rem; }
.bar a { color: #fff; font-weight: 600; }
.part { max-width: 70rem; margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem) 3rem; }
.part + .part { border-block-start: .5rem solid var(--tint); }
.lead { font-size: 1.15rem; color: var(--soft); }
.contents { columns: 2 16rem; padding: 0; margin: 1.2rem 0; list-style: none; }
.contents li { padding: .12rem 0; break-inside: avoid; }
.figures { display: flex; flex-wrap: wrap; gap: .7rem; margin: 1.5rem 0; padding: 0; }
.figures > div { flex: 1 1 7.4rem; min-width: 0; display: flex; flex-direction: column;
  justify-content: space-between; background: var(--tint);
  border-block-start: 4px solid var(--lead); padding: .7rem .9rem; }
.figures dt { color: var(--soft); font-size: .92rem; line-height: 1.4; }
.figures dd { margin: .1rem 0 0; font-size: 1.6rem; font-weight: 700; line-height: 1.25;
  color: var(--lead);
  font-variant-numeric: tabular-nums; }
[lang="ar"] .figures dd { line-height: 1.6; }
.figures .note { font-weight: 400; line-height: 1.5; }
.scroll { overflow-x: auto; margin: .8rem 0 1.2rem; }
table { border-collapse: collapse; width: 100%; font-size: .97rem; line-height: 1.5; }
[lang="ar"] table { line-height: 1.7; }
caption { text-align: start; color: var(--soft); padding-block-end: .4rem; }
th, td { text-align: start; vertical-align: top; padding: .5rem .65rem;
  border-block-end: 1px solid var(--line); }
thead th { border-block-end: 2px solid var(--soft); font-weight: 700; white-space: nowrap;
  vertical-align: bottom; }
tbody th { font-weight: 600; }
tbody tr { break-inside: avoid; }
.count { font-variant-numeric: tabular-nums; white-space: nowrap; }
.nowrap { white-space: nowrap; }
.wide { min-width: 13rem; }
figure { margin: 1rem 0 1.4rem; break-inside: avoid; }
figcaption { color: var(--soft); font-size: .95rem; max-width: 46rem; margin-block-start: .3rem; }
svg { display: block; }
svg text { font-family: inherit; }
.timeline { width: 100%; min-width: 44rem; height: auto; }
.hemicycle { max-width: 100%; height: auto; margin-inline: auto; }
.meter { display: inline-block; width: 9.4rem; height: 1.62rem; vertical-align: middle; }
.mark { display: inline-block; width: 1.75rem; height: 1.75rem; vertical-align: -.5rem;
  flex: none; }
.legend, .marked { list-style: none; padding: 0; margin: .6rem 0; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; justify-content: center; }
.marked { columns: 2 18rem; column-gap: 2.5rem; }
.norm { margin: .4rem 0; } .norm > div { display: grid; grid-template-columns: 9rem 1fr; gap: .8rem;
  padding: .15rem 0; }
.norm dt { color: var(--soft); } .norm dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.explained { background: var(--tint); padding: .7rem 1.1rem; }
article { break-inside: avoid; margin-block-end: 1.4rem; }
details > summary { cursor: pointer; color: #00508a; }
.seating { display: grid; grid-template-columns: minmax(0, 23rem) minmax(0, 1fr);
  gap: .5rem 2.5rem; align-items: center; }
.seating figure { margin-block: .3rem; }
.marked li { display: flex; gap: .6rem; padding: .22rem 0; break-inside: avoid; }
.marked .when { color: var(--soft); }
.badge { display: inline-block; border: 1.5px solid currentcolor; border-radius: 1rem;
  padding: 0 .65rem;
  font-size: .88rem; font-weight: 700; line-height: 1.6; white-space: nowrap; }
.badge.met { color: var(--met); } .badge.unmet { color: var(--unmet); }
.badge.open { color: var(--open); }
.badge.none { color: var(--soft); } .badge.fact { color: var(--fact); }
.badge.example { color: var(--example); border-style: dashed; }
.badge.unknown { color: var(--unknown);
  border-style: dotted; border-width: 2px; }
.kinds { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem;
  margin: 1.2rem 0; }
.kinds > div { border: 1px solid var(--line); padding: .8rem 1rem; }
.box { border-inline-start: 5px solid var(--lead); background: var(--tint); padding: .7rem 1.1rem;
  margin: 1rem 0;
  break-inside: avoid; }
.box.example { border-inline-start-color: var(--example); background: #fdf7ec; }
.box.unknown { border-inline-start-color: var(--unknown); background: #f6f4fb; }
.conflict { border: 1px solid var(--line); padding: .4rem 1.1rem 1rem; margin: 1rem 0 1.4rem;
  break-inside: avoid; }
.claims { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem; }
.claims > div { background: var(--tint); border-block-start: 4px solid var(--unmet);
  padding: .7rem 1rem; min-width: 0; }
.claims h4 { margin: 0 0 .3rem; font-size: 1rem; line-height: 1.45; }
.said { font-size: 1.2rem; font-weight: 700; color: var(--lead); }
.said dl, .said ul { font-size: 1.02rem; }
.sources, .plain { list-style: none; padding: 0; margin: .25rem 0; }
.sources { font-size: .87rem; line-height: 1.45; color: var(--soft); }
.sources a { color: #2a5c85; }
.address { overflow-wrap: anywhere; unicode-bidi: isolate; }
.path { list-style: none; padding: 0; margin: 1rem 0; border-inline-start: 3px solid var(--lead);
  margin-inline-start: .6rem; }
.path > li { position: relative; padding: .15rem 1.4rem .8rem; break-inside: avoid; }
.path > li::before { content: ""; position: absolute; inset-inline-start: -.62rem;
  inset-block-start: .6rem; width: .9rem;
  height: .9rem; border-radius: 50%; background: var(--paper); border: 3px solid var(--lead); }
.path.reconstruction { border-inline-start-style: dashed;
  border-inline-start-color: var(--example); }
.path.reconstruction > li::before { border-color: var(--example); border-radius: 2px; }
.path .when { display: block; color: var(--soft); font-size: .95rem; }
.path .what { font-weight: 600; }
.inner { margin: 0; }
tr.group th { background: var(--tint); color: var(--lead); font-size: 1.05rem;
  padding-block: .7rem .5rem;
  border-block-end: 1px solid var(--soft); }
.facts { table-layout: fixed; min-width: 38rem; } .facts thead th:nth-child(1) { width: 38%; }
.facts thead th:nth-child(3) { width: 8.5rem; }
.criteria thead th:first-child { width: 44%; } .criteria td { white-space: nowrap; }
.reason { font-weight: 400; color: var(--soft); font-size: .95em; }
.counts thead th:first-child { width: 32%; } .counts td > div { padding-block: .12rem; }
.fair thead th { white-space: normal; } .fair .meter { width: 8rem; }
.refs a { unicode-bidi: isolate; text-decoration: none; }
.dialogue-name { font-weight: 600; display: block; } .inner.list li { padding-block: .05rem; }
dl.inner { display: grid; grid-template-columns: auto 1fr; gap: 0 .8rem; }
dl.inner dt { color: var(--soft); font-weight: 400; } dl.inner dd { margin: 0; }
.inner.list { padding-inline-start: 1.2rem; margin: .1rem 0; }
.note { color: var(--soft); font-size: .92rem; }
p:has(> .hash) { max-width: none; }
.hash { font-family: "Noto Sans Mono", "DejaVu Sans Mono", ui-monospace, Consolas, monospace;
  font-size: .92rem;
  overflow-wrap: anywhere; unicode-bidi: isolate; direction: ltr; display: inline-block;
    line-height: 1.5; }
.two { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 2rem; }
@media (max-width: 48rem) { .two, .seating { grid-template-columns: minmax(0, 1fr); }
body { font-size: 1rem; } }
@media print {
  @page { size: A4; margin: 16mm 14mm; }
  html { font-size: 8.6pt; }
  body { font-size: 1rem; }
  .bar, .skip { display: none; }
  .part { max-width: none; padding: 0; }
  .part + .part { break-before: page; border: 0; }
  h2 { margin-block-start: 1.8rem; }
  .scroll { overflow: visible; }
  .timeline, .facts, .wide { min-width: 0; }
  .fair { font-size: .84rem; } .fair :is(th, td) { padding: .3rem .3rem; }
  .fair .meter { width: 8.8rem; } .fair :is(.count, .badge) { white-space: normal; }
  .seating { grid-template-columns: minmax(0, 20rem) minmax(0, 1fr); break-inside: avoid; }
  .two { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  a { color: inherit; text-decoration: none; }
  thead { display: table-header-group; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
