// SPDX-License-Identifier: Apache-2.0
#include "charter/explain.hpp"

#include <algorithm>

#include "charter/reasons.hpp"

namespace partnership::charter {

namespace {

std::string one_line(std::string_view text) {
  std::string out;
  bool space = false;
  for (const char c : text) {
    const bool white = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!white && space && !out.empty()) out += ' ';
    if (!white) out += c;
    space = white;
  }
  return out;
}

void take_trace(Explanation::Step& step, const feel::Trace& trace, const feel::Ast& ast) {
  step.value = Shown::of(trace.parts.front().value);
  step.trace = feel::trace_json(trace, ast);
  const std::size_t count = std::min(trace.parts.size(), Explanation::most_lines);
  for (std::size_t i = 0; i < count; ++i) {
    const feel::TracePart& part = trace.parts[i];
    std::string value;
    feel::append_shown(value, part.value);
    step.lines.push_back(
        {part.depth, part.decisive, one_line(ast.source(part.node)), std::move(value)});
  }
  step.cut = trace.truncated || count < trace.parts.size();
}

}  // namespace

feel::Circumstances circumstances_of(const Charter& charter, const Question& question) {
  feel::Circumstances out;
  out.moment.given = true;
  out.moment.today = question.on;
  out.moment.clock = false;
  out.moment.calendar = charter.calendar();
  out.budget = question.budget;
  return out;
}

Explanation explain(const Charter& charter, std::uint32_t kind, const feel::Case& of,
                    std::uint32_t norm, const Question& question) {
  Explanation out;
  out.charter = &charter;
  out.kind = kind;
  out.norm = norm;
  out.on = question.on;
  out.seen = examine(charter, kind, of, question, norm);
  const Kind& of_kind = charter.kinds()[kind];
  const feel::Circumstances circumstances = circumstances_of(charter, question);
  for (const Consulted& each : out.seen.consulted) {
    const auto same = [&](const Explanation::Step& step) {
      return step.part == each.part && step.norm == each.norm;
    };
    Explanation::Step step;
    step.part = each.part;
    step.known = each.known;
    step.norm = each.norm;
    if (each.part == Part::evidence) {
      step.expression = of_kind.facts[each.expression].name;
      out.steps.push_back(std::move(step));
      continue;
    }
    step.expression = of_kind.set->program().source(each.expression).text;
    const bool again = std::ranges::any_of(out.steps, [&](const Explanation::Step& before) {
      return same(before) && before.expression == step.expression;
    });
    if (again) continue;
    if (each.known != Known::missing) {
      of_kind.set->explain(each.expression, &of, circumstances,
                           [&](const feel::Trace& trace, const feel::Ast& ast) {
                             take_trace(step, trace, ast);
                             const feel::Value value = trace.parts.front().value;
                             const bool excuses = out.finding().why == Why::exception &&
                                                  each.part == Part::unless_reason &&
                                                  each.norm == norm && value.is(feel::Kind::string);
                             if (excuses) out.excuse = value.text();
                           });
    }
    out.steps.push_back(std::move(step));
  }
  out.way = way_of(charter, kind, of, norm, question, out.seen);
  return out;
}

const NormVersion* Explanation::version() const noexcept {
  if (finding().version < 0) return nullptr;
  const auto at = static_cast<std::size_t>(finding().version);
  return &charter->versions()[charter->norms()[norm].versions[at]];
}

const NormVersion& Explanation::any_version() const noexcept {
  const NormVersion* const own = version();
  return own != nullptr ? *own : charter->versions()[charter->norms()[norm].versions.front()];
}

std::string Explanation::reason(Language language) const {
  return say_reason({*charter, norm, finding(), on, &seen, excuse}, language);
}

std::string Explanation::needed(Language language) const {
  return say_way(way, charter->kinds()[kind], any_version().coverage, language);
}

}  // namespace partnership::charter
