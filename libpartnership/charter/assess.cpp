// SPDX-License-Identifier: Apache-2.0
#include "charter/assess.hpp"

#include <algorithm>
#include <exception>
#include <thread>

#include "base/error.hpp"
#include "charter/assessor.hpp"

namespace partnership::charter {

namespace {

// Checks the question and gives the kind.
const Kind& asked(const Charter& charter, std::uint32_t kind, const feel::ExpressionSet* set,
                  const Question& question) {
  if (kind >= charter.kinds().size()) {
    throw Error(Code::invalid_argument,
                "kind of case number " + std::to_string(kind) + ", which the charter has not");
  }
  const Kind& of = charter.kinds()[kind];
  if (set != of.set.get()) {
    throw Error(Code::invalid_argument, "the case was read for another charter or kind of case");
  }
  if (question.on < date_min || question.on > date_max) {
    throw Error(Code::invalid_argument, "expected the day as of which is asked, `on`");
  }
  return of;
}

feel::Pool<Worker>::Lent worker_of(const Engine& engine) {
  return engine.workers.lend([] { return std::make_unique<Worker>(); });
}

void assess_batch(const Charter& charter, std::uint32_t kind, const feel::Batch& batch,
                  const Question& question, Findings& out) {
  const Engine& engine = *charter.kinds()[kind].engine;
  const std::uint32_t rows = batch.rows();
  Assessor::prepare(engine, rows, question.disabled, out);
  const auto part = [&](std::uint32_t first, std::uint32_t end) {
    const auto worker = worker_of(engine);
    Assessor(charter, kind, batch, question, *worker, out).rows(first, end);
  };
  const std::uint32_t threads = std::clamp(question.threads, 1U, std::min(256U, rows / 64 + 1));
  if (threads == 1) return part(0, rows);
  std::vector<std::exception_ptr> failures(threads);
  const auto share = [&](std::uint32_t thread) {
    const auto bound = [&](std::uint64_t t) {
      return static_cast<std::uint32_t>(std::uint64_t{rows} * t / threads);
    };
    try {
      part(bound(thread), bound(thread + 1));
    } catch (...) {
      failures[thread] = std::current_exception();
    }
  };
  std::vector<std::thread> running;
  running.reserve(threads);
  const auto join = [&] {
    for (std::thread& thread : running) thread.join();
  };
  try {
    for (std::uint32_t t = 1; t < threads; ++t) running.emplace_back(share, t);
  } catch (...) {
    join();
    throw;
  }
  share(0);
  join();
  for (const std::exception_ptr& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
}

// ---- missing facts

class MissingFacts {
 public:
  MissingFacts(const Kind& kind, const feel::Batch& batch, std::uint32_t row)
      : kind_(kind), layout_(batch.layout()), batch_(batch), row_(row) {}

  // In the order of the schema.
  std::vector<std::string> of(const std::vector<Consulted>& consulted,
                              const std::vector<feel::SlotId>& axes) {
    std::vector<bool> asked(layout_.slots(), false);
    const Engine& engine = *kind_.engine;
    for (const Consulted& each : consulted) {
      if (each.known != Known::missing) continue;
      if (each.part == Part::evidence) {
        asked[layout_.slot(0).first + each.expression] = true;
        continue;
      }
      const TermPlan& term = engine.terms[each.expression];
      for (std::uint32_t i = term.first; i < term.first + term.count; ++i) {
        asked[engine.watched[engine.mentions[i]].slot] = true;
      }
    }
    for (const feel::SlotId slot : axes) asked[slot] = true;
    for (feel::SlotId slot = 1; slot < layout_.slots(); ++slot) {
      if (asked[slot]) add(slot);
    }
    return std::move(out_);
  }

 private:
  struct Range {
    std::uint32_t from, end;
  };
  Range cells_of(feel::LevelId level) const {
    if (level == 0) return {row_, row_ + 1};
    const feel::Level& of = layout_.level(level);
    const Range parents = cells_of(of.parent);
    if (parents.from == parents.end) return {0, 0};
    const std::uint32_t* const offsets = batch_.column(of.list).offsets();
    return {offsets[parents.from], offsets[parents.end]};
  }

  void add(feel::SlotId slot) {
    const feel::Slot& of = layout_.slot(slot);
    const feel::Column& column = batch_.column(slot);
    const bool null_too = null_is_missing(*of.type);
    const Range cells = cells_of(of.level);
    for (std::uint32_t cell = cells.from; cell < cells.end; ++cell) {
      const feel::CellState state = column.state(cell);
      if (state == feel::CellState::absent || (state == feel::CellState::null && null_too)) {
        out_.push_back(path(slot, cell));
      }
    }
  }

  // From the case down to the cell.
  std::string path(feel::SlotId slot, std::uint32_t cell) const {
    std::vector<std::string> parts;
    while (slot != 0) {
      const feel::Slot& of = layout_.slot(slot);
      const feel::Slot& parent = layout_.slot(of.parent);
      if (parent.storage == feel::Storage::list) {
        const std::uint32_t* const offsets = batch_.column(of.parent).offsets();
        const std::uint32_t* const end = offsets + batch_.cells(parent.level) + 1;
        const auto above =
            static_cast<std::uint32_t>(std::upper_bound(offsets, end, cell) - offsets) - 1;
        parts.push_back("[" + std::to_string(cell - offsets[above]) + "]");
        cell = above;
      } else {
        parts.push_back(of.parent == 0 ? of.name : "." + of.name);
      }
      slot = of.parent;
    }
    std::string out;
    for (std::size_t i = parts.size(); i-- > 0;) out += parts[i];
    return out;
  }

  const Kind& kind_;
  const feel::Layout& layout_;
  const feel::Batch& batch_;
  std::uint32_t row_;
  std::vector<std::string> out_;
};

// The members that place the contexts of a coverage, where they may be what is missing.
std::vector<feel::SlotId> axes_of(const NormPlan& norm, const Finding& finding) {
  if (finding.why != Why::missing_facts || finding.version < 0) return {};
  const auto& version = norm.versions[static_cast<std::size_t>(finding.version)];
  const auto* const held = std::get_if<std::unique_ptr<const CoveragePlan>>(&version.shape);
  std::vector<feel::SlotId> out;
  if (held == nullptr) return out;
  const CoveragePlan& coverage = **held;
  for (const CoveragePlan::Axis* const axis : {&coverage.rows, &coverage.columns}) {
    out.insert(out.end(), axis->members.begin(), axis->members.end());
  }
  return out;
}

void find_missing(const Kind& of, const feel::Batch& batch, std::uint32_t row, const NormPlan& plan,
                  Examination& out) {
  const std::vector<feel::SlotId> axes = axes_of(plan, out.finding);
  const bool some = std::ranges::any_of(
      out.consulted, [](const Consulted& each) { return each.known == Known::missing; });
  if (!some && axes.empty()) return;
  out.missing = MissingFacts(of, batch, row).of(out.consulted, axes);
}

Examination examine_row(const Charter& charter, const Kind& of, std::uint32_t kind,
                        const feel::Batch& batch, std::uint32_t row, const Question& question,
                        std::uint32_t norm) {
  const auto at = std::ranges::find(of.norms, norm);
  if (at == of.norms.end()) {
    throw Error(Code::invalid_argument, "a norm that is not about this kind of case");
  }
  const auto number = static_cast<std::uint32_t>(at - of.norms.begin());
  const Engine& engine = *of.engine;
  const NormPlan& plan = engine.norms[number];
  Question asked = question;
  asked.disabled = question.disabled || !plan.enabled;
  Findings findings;
  Assessor::prepare(engine, 1, asked.disabled, findings);
  const auto worker = worker_of(engine);
  Examination out;
  Assessor(charter, kind, batch, asked, *worker, findings).examine(row, number, out);
  find_missing(of, batch, row, plan, out);
  return out;
}

}  // namespace

Findings assess(const Charter& charter, std::uint32_t kind, const feel::Cases& cases,
                const Question& question) {
  asked(charter, kind, cases.set.get(), question);
  Findings out;
  assess_batch(charter, kind, cases.batch, question, out);
  return out;
}

Findings assess(const Charter& charter, std::uint32_t kind, const feel::Case& of,
                const Question& question) {
  Findings out;
  assess(charter, kind, of, question, out);
  return out;
}

void assess(const Charter& charter, std::uint32_t kind, const feel::Case& of,
            const Question& question, Findings& out) {
  asked(charter, kind, of.set.get(), question);
  assess_batch(charter, kind, *of.batch, question, out);
}

Examination examine(const Charter& charter, std::uint32_t kind, const feel::Case& of,
                    const Question& question, std::uint32_t norm) {
  const Kind& asked_of = asked(charter, kind, of.set.get(), question);
  return examine_row(charter, asked_of, kind, *of.batch, 0, question, norm);
}

Examination examine(const Charter& charter, std::uint32_t kind, const feel::Cases& cases,
                    std::uint32_t row, const Question& question, std::uint32_t norm) {
  const Kind& asked_of = asked(charter, kind, cases.set.get(), question);
  if (row >= cases.batch.rows()) {
    throw Error(Code::invalid_argument, "a row that the cases do not have");
  }
  return examine_row(charter, asked_of, kind, cases.batch, row, question, norm);
}

void examine_all(const Charter& charter, std::uint32_t kind, const feel::Case& of,
                 const Question& question, std::vector<Examination>& out) {
  const Kind& asked_of = asked(charter, kind, of.set.get(), question);
  const Engine& engine = *asked_of.engine;
  Findings findings;
  Assessor::prepare(engine, 1, question.disabled, findings);
  const auto worker = worker_of(engine);
  Assessor(charter, kind, *of.batch, question, *worker, findings).examine_all(0, out);
  for (std::uint32_t number = 0; number < engine.norms.size(); ++number) {
    const std::int32_t column = engine.column[question.disabled ? 1 : 0][number];
    if (column < 0) continue;
    find_missing(asked_of, *of.batch, 0, engine.norms[number],
                 out[static_cast<std::size_t>(column)]);
  }
}

std::span<const std::uint32_t> norms_with_findings(const Charter& charter, std::uint32_t kind,
                                                   const Question& question) {
  return charter.kinds()[kind].engine->listed[question.disabled ? 1 : 0];
}

// ---- an engine's memory, which only here is known

Engine::Engine() = default;
Engine::~Engine() = default;

}  // namespace partnership::charter
