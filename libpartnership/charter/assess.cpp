// SPDX-License-Identifier: Apache-2.0
#include "charter/assess.hpp"

#include <algorithm>
#include <exception>
#include <thread>

#include "base/error.hpp"
#include "charter/assessor.hpp"
#include "charter/missing.hpp"

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

void add_missing(const Kind& of, const feel::Batch& batch, std::uint32_t row, Examination& out) {
  const bool open =
      out.finding.outcome == Outcome::undetermined || out.finding.outcome == Outcome::pending;
  if (!open) return;  // nothing that is missing could change it
  const bool some = std::ranges::any_of(
      out.consulted, [](const Consulted& each) { return each.known == Known::missing; });
  if (some) out.missing = missing_facts(*of.engine, batch, row, out.consulted);
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
  add_missing(of, batch, row, out);
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
  for (Examination& each : out) add_missing(asked_of, *of.batch, 0, each);
}

std::span<const std::uint32_t> norms_with_findings(const Charter& charter, std::uint32_t kind,
                                                   const Question& question) {
  return charter.kinds()[kind].engine->listed[question.disabled ? 1 : 0];
}

// ---- an engine's memory, which only here is known

Engine::Engine() = default;
Engine::~Engine() = default;

}  // namespace partnership::charter
