// SPDX-License-Identifier: Apache-2.0
// Runs inside a copy of the report and tells the page around it what the reader would see: computed
// directions, boxes of pictures and of texts in them, what is wider than the page, and characters
// for which no font has a glyph.
"use strict";

const arabic = /[\u0621-\u064a]/;

function visibleTexts(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const hidden = parent.closest("style, script, title, desc");
    if (!hidden && walker.currentNode.data.trim() !== "") found.push([walker.currentNode.data, parent]);
  }
  return found;
}

function box(element) {
  const at = element.getBoundingClientRect();
  return [at.left, at.top, at.right, at.bottom];
}

// Characters that are drawn as one that no font has: a private one.
function withoutGlyph(texts) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 64;
  const context = canvas.getContext("2d", {willReadFrequently: true});
  const drawn = (font, character) => {
    context.clearRect(0, 0, 64, 64);
    context.font = font;
    context.fillText(character, 8, 44);
    return context.getImageData(0, 0, 64, 64).data.join();
  };
  const missing = new Set(), seen = new Set(), nothing = new Map();
  for (const [text, parent] of texts) {
    const font = "32px " + getComputedStyle(parent).fontFamily;
    if (!nothing.has(font)) nothing.set(font, drawn(font, "\u{10FFFD}"));
    for (const character of text.normalize("NFC")) {
      if (/[\s\u2066-\u2069\u200e\u200f]/.test(character) || seen.has(font + character)) continue;
      seen.add(font + character);
      if (drawn(font, character) === nothing.get(font)) missing.add(character);
    }
  }
  return [...missing];
}

function measure() {
  const texts = visibleTexts(document.body);
  const wide = document.documentElement.clientWidth;
  const pictures = [...document.querySelectorAll("svg[role=img]")].map((svg) => ({
    name: svg.getAttribute("aria-labelledby").split(" ")[0],
    box: box(svg),
    language: svg.closest("[lang]:not(svg)").lang,
    outside: [...svg.querySelectorAll("text, circle, rect, polygon")].filter((one) => {
      if (one.closest("defs")) return false;
      const [left, top, right, bottom] = box(one), all = box(svg);
      return left < all[0] - 1 || top < all[1] - 1 || right > all[2] + 1 || bottom > all[3] + 1;
    }).length,
  }));
  return {
    width: wide,
    scrolls: document.documentElement.scrollWidth,
    directions: [...document.querySelectorAll("[id=ar], [id=en]")].map((one) => [one.id, getComputedStyle(one).direction]),
    starts: [...document.querySelectorAll("[id=ar] h2, [id=en] h2")].map((one) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      const text = range.getBoundingClientRect(), all = one.getBoundingClientRect();
      return [one.closest("[id=ar], [id=en]").id, text.left - all.left, all.right - text.right];
    }),
    wrong: texts.filter(([text, parent]) => arabic.test(text) && getComputedStyle(parent).direction !== "rtl")
      .map(([text]) => text),
    clipped: [...document.querySelectorAll("body *")].filter((one) => {
      const scroller = one.parentElement.closest(".scroll");
      if (one.closest("svg") || one.matches(".skip")) return false;
      if (scroller && getComputedStyle(scroller).overflowX !== "visible") return false;
      const [left, , right] = box(one);
      return right > wide + 1 || left < -1;
    }).map((one) => one.tagName + "." + one.className + ": " + one.textContent.slice(0, 60)),
    pictures: pictures,
    missing: withoutGlyph(texts),
    planted: withoutGlyph([["a\u{10FFFC}ع", document.body]]),
    requests: performance.getEntriesByType("resource").map((one) => one.name),
    rows: document.querySelectorAll("table.facts tbody tr:not(.group)").length,
    text: texts.length,
  };
}

addEventListener("load", () => document.fonts.ready.then(() => parent.postMessage(measure(), "*")));
