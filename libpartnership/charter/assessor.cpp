// SPDX-License-Identifier: Apache-2.0
#include "charter/assessor.hpp"

#include <algorithm>

namespace partnership::charter {

namespace {

constexpr std::uint32_t most_rows = 1024;                // of a chunk
constexpr std::size_t most_kept = std::size_t{4} << 20;  // bytes of a worker

void set(Finding& out, Outcome outcome, Why why) noexcept {
  out.outcome = outcome;
  out.state = State::none;
  out.why = why;
  out.due = date_none;
}
void undetermined(Finding& out, Known known) noexcept {
  set(out, Outcome::undetermined, known == Known::missing ? Why::missing_facts : Why::no_answer);
}
// Because the finding of another norm is so.
void undetermined_like(Finding& out, const Finding& other) noexcept {
  undetermined(out, other.why == Why::missing_facts ? Known::missing : Known::no_answer);
}
void not_triggered(Finding& out) noexcept {
  set(out, Outcome::not_applicable, Why::not_triggered);
}

}  // namespace

bool Worker::large() const noexcept {
  return facts.memory() > most_kept;
}

void Assessor::prepare(const Engine& engine, std::uint32_t rows, bool all, Findings& out) {
  const std::vector<std::uint32_t>& listed = engine.listed[all ? 1 : 0];
  const std::size_t cells = listed.size() * rows;
  out.rows_ = 0;
  out.norms_.assign(listed.begin(), listed.end());
  out.outcome_.resize(cells);
  out.state_.resize(cells);
  out.why_.resize(cells);
  out.version_.resize(cells);
  out.due_.resize(cells);
  out.rows_ = rows;
}

Assessor::Assessor(const Charter& charter, std::uint32_t kind, const feel::Batch& batch,
                   const Question& question, Worker& worker, Findings& out)
    : charter_(charter),
      kind_(charter.kinds()[kind]),
      engine_(*kind_.engine),
      batch_(batch),
      worker_(worker),
      out_(out),
      on_(question.on),
      all_(question.disabled) {
  options_.moment.given = true;
  options_.moment.today = question.on;
  options_.moment.clock = false;
  options_.moment.calendar = charter.calendar();
  options_.budget = question.budget;
  worker_.facts.note_in(nullptr, 0);
  worker_.shapes.ready(engine_, charter.calendar(), question.on);
}

// ---- rows

void Assessor::rows(std::uint32_t first, std::uint32_t end) {
  while (first < end) {
    const std::uint32_t count = std::min(most_rows, end - first);
    read(first, count);
    decide_chunk(first, count);
    first += count;
  }
}

void Assessor::read(std::uint32_t first, std::uint32_t rows) {
  worker_.facts.read(engine_, *kind_.set, batch_, first, rows, options_, all_);
}

void Assessor::decide_chunk(std::uint32_t first, std::uint32_t rows) {
  for (const std::uint32_t number : engine_.order) {
    const std::int32_t column = engine_.column[all_ ? 1 : 0][number];
    if (column < 0) continue;
    const NormPlan& norm = engine_.norms[number];
    Finding found;
    for (std::uint32_t row = 0; row < rows; ++row) {
      worker_.facts.at(row);
      out_row_ = first + row;
      decide(norm, found);
      put(column, found);
    }
  }
  for (std::uint32_t number = 0; number < engine_.norms.size(); ++number) {
    if (!engine_.norms[number].compensated) continue;
    for (std::uint32_t row = 0; row < rows; ++row) {
      out_row_ = first + row;
      compensate(number);
    }
  }
}

namespace {

bool may_hang(const NormPlan& norm) {
  return !norm.exceptions.empty() || !norm.repairs.empty() ||
         std::ranges::any_of(norm.versions, [](const VersionPlan& version) {
           const auto* const deadline = std::get_if<DeadlinePlan>(&version.shape);
           return deadline != nullptr && deadline->breach_of >= 0;
         });
}

}  // namespace

std::vector<bool> Assessor::hangs_on(std::uint32_t norm) const {
  std::vector<bool> needed(engine_.norms.size(), false);
  needed[norm] = true;
  for (std::size_t at = engine_.order.size(); at-- > 0;) {  // they stand before it
    const std::uint32_t number = engine_.order[at];
    if (!needed[number]) continue;
    const NormPlan& plan = engine_.norms[number];
    for (const std::uint32_t other : plan.exceptions) needed[other] = true;
    for (const std::uint32_t other : plan.repairs) needed[other] = true;
    for (const VersionPlan& version : plan.versions) {
      const auto* const deadline = std::get_if<DeadlinePlan>(&version.shape);
      if (deadline != nullptr && deadline->breach_of >= 0) {
        needed[static_cast<std::uint32_t>(deadline->breach_of)] = true;
      }
    }
  }
  return needed;
}

void Assessor::look_into(const NormPlan& norm, std::int32_t column, Examination& out) {
  out.consulted.clear();
  out.missing.clear();
  out.cells.clear();
  worker_.facts.note_in(&out.consulted, norm.norm);
  worker_.shapes.ready(engine_, charter_.calendar(), on_);
  other_ = -1;
  decide(norm, out.finding);
  worker_.facts.note_in(nullptr, 0);
  put(column, out.finding);
  out.measures = worker_.shapes.measures();
  out.other = other_ < 0
                  ? -1
                  : static_cast<std::int32_t>(engine_.norms[static_cast<std::size_t>(other_)].norm);
  if (out.finding.version < 0) return;
  const VersionPlan& version = norm.versions[static_cast<std::size_t>(out.finding.version)];
  const auto* const coverage = std::get_if<CoveragePlan>(&version.shape);
  if (coverage != nullptr) worker_.shapes.lacking(*coverage, out.cells);
}

void Assessor::examine_all(std::uint32_t row, std::vector<Examination>& out) {
  read(row, 1);
  const std::vector<std::int32_t>& columns = engine_.column[all_ ? 1 : 0];
  out.resize(out_.norms().size());
  for (const std::uint32_t number : engine_.order) {
    if (columns[number] < 0) continue;
    look_into(engine_.norms[number], columns[number],
              out[static_cast<std::size_t>(columns[number])]);
  }
  for (std::uint32_t number = 0; number < engine_.norms.size(); ++number) {
    const NormPlan& norm = engine_.norms[number];
    if (columns[number] < 0) continue;
    Examination& own = out[static_cast<std::size_t>(columns[number])];
    if (norm.compensated) {
      compensate(number);
      finding(number, own.finding);
    }
    if (!may_hang(norm)) continue;
    // What was consulted for the norms that it hangs on stands before its own.
    const std::vector<bool> needed = hangs_on(number);
    std::vector<Consulted> all;
    for (const std::uint32_t other : engine_.order) {
      if (!needed[other] || columns[other] < 0) continue;
      for (const Consulted& each : out[static_cast<std::size_t>(columns[other])].consulted) {
        if (each.norm == engine_.norms[other].norm) all.push_back(each);
      }
    }
    own.consulted = std::move(all);
  }
}

void Assessor::examine(std::uint32_t row, std::uint32_t norm, Examination& out) {
  read(row, 1);
  const std::vector<bool> needed = hangs_on(norm);
  std::vector<Consulted> consulted;
  for (const std::uint32_t number : engine_.order) {
    const NormPlan& plan = engine_.norms[number];
    const std::int32_t column = engine_.column[all_ ? 1 : 0][number];
    if (column < 0) continue;
    if (needed[number]) {  // the one that is asked about is the last of these
      look_into(plan, column, out);
      consulted.insert(consulted.end(), out.consulted.begin(), out.consulted.end());
    } else {
      Finding found;
      decide(plan, found);
      put(column, found);
    }
  }
  out.consulted = std::move(consulted);
  compensate(norm);
  finding(norm, out.finding);
}

// ---- one norm

bool Assessor::finding(std::uint32_t norm, Finding& out) const noexcept {
  const std::int32_t column = engine_.column[all_ ? 1 : 0][norm];
  if (column < 0) return false;
  out = out_.at(static_cast<std::uint32_t>(column), out_row_);
  return true;
}

void Assessor::put(std::int32_t column, const Finding& finding) noexcept {
  const std::size_t cell = static_cast<std::size_t>(column) * out_.rows_ + out_row_;
  out_.outcome_[cell] = finding.outcome;
  out_.state_[cell] = finding.state;
  out_.why_[cell] = finding.why;
  out_.version_[cell] = finding.version;
  out_.due_[cell] = finding.due;
}

// The norm is broken, but what repairs it is done.
void Assessor::compensate(std::uint32_t norm) {
  Finding own, other;
  if (!finding(norm, own) || own.outcome != Outcome::not_met || own.version < 0) return;
  const NormPlan& plan = engine_.norms[norm];
  const std::int32_t by = plan.versions[static_cast<std::size_t>(own.version)].reparation;
  if (by < 0 || !finding(static_cast<std::uint32_t>(by), other)) return;
  if (other.outcome != Outcome::met) return;
  own.state = State::compensated;
  put(engine_.column[all_ ? 1 : 0][norm], own);
}

void Assessor::decide(const NormPlan& norm, Finding& out) {
  const VersionPlan* const version = this->version(norm, out);
  if (version == nullptr) return;
  out.version = version->index;
  Date breach = date_none;
  if ((version->hangs || !norm.repairs.empty()) && !arises(norm, *version, breach, out)) return;
  if (version->applies != no_expression) {
    const TruthFact applies = worker_.facts.truth(Part::applies, version->applies);
    if (applies.known != Known::value) return undetermined(out, applies.known);
    if (!applies.value) return set(out, Outcome::not_applicable, Why::does_not_apply);
  }
  worker_.shapes.decide(version->shape, breach, out);
  if (out.outcome == Outcome::met && !version->evidence.empty()) ask_evidence(*version, out);
  if (out.outcome == Outcome::not_met) excuse(norm, *version, out);
}

// The version in force on the day that chooses; nullptr: `out` says why there is none.
const VersionPlan* Assessor::version(const NormPlan& norm, Finding& out) {
  if (!norm.dated) return &norm.versions.front();
  Date day = on_;
  if (engine_.dated_by != no_expression) {
    const DateFact fact = worker_.facts.date(Part::dated_by, engine_.dated_by);
    if (fact.known == Known::missing || fact.known == Known::no_answer) {
      undetermined(out, fact.known);
      out.version = norm.versions.size() == 1 ? norm.versions.front().index : std::int16_t{-1};
      return nullptr;
    }
    if (fact.known == Known::value && fact.day <= on_) day = fact.day;
  }
  set(out, Outcome::not_applicable, Why::not_in_force);
  out.version = -1;
  if (!engine_.in_force.holds(day)) return nullptr;
  for (const VersionPlan& version : norm.versions) {
    if ((version.enabled || all_) && version.in_force.holds(day)) return &version;
  }
  return nullptr;
}

// Whether what the norm presupposes of other norms is so: that one which it repairs is broken, that
// the one with whose breach it begins is (then `breach` is the day). False: `out` says why not.
bool Assessor::arises(const NormPlan& norm, const VersionPlan& version, Date& breach,
                      Finding& out) {
  if (!norm.repairs.empty()) {
    const auto self = static_cast<std::int32_t>(&norm - engine_.norms.data());
    bool arisen = false, open = false;
    for (const std::uint32_t other : norm.repairs) {
      Finding found;
      if (!finding(other, found)) continue;
      const bool names_it =
          found.version < 0 ||
          engine_.norms[other].versions[static_cast<std::size_t>(found.version)].reparation == self;
      if (!names_it) continue;
      arisen = arisen || found.outcome == Outcome::not_met;
      if (found.outcome == Outcome::undetermined && !open) {
        open = true;
        undetermined_like(out, found);
        other_ = static_cast<std::int32_t>(other);
      }
    }
    if (!arisen && !open) not_triggered(out);
    if (!arisen) return false;
  }
  const auto* const deadline = std::get_if<DeadlinePlan>(&version.shape);
  if (deadline == nullptr || deadline->breach_of < 0) return true;
  const auto other = static_cast<std::uint32_t>(deadline->breach_of);
  Finding found;
  const bool there = finding(other, found);
  if (there && found.outcome == Outcome::not_met) {
    const NormPlan& of = engine_.norms[other];
    breach = worker_.shapes.breach_day(of.versions[static_cast<std::size_t>(found.version)].shape,
                                       found);
    return true;
  }
  if (there && found.outcome == Outcome::undetermined) {
    undetermined_like(out, found);
    other_ = deadline->breach_of;
  } else {
    not_triggered(out);
  }
  return false;
}

void Assessor::ask_evidence(const VersionPlan& version, Finding& out) {
  bool missing = false, lacking = false;
  for (const feel::SlotId slot : version.evidence) {
    const TruthFact there = worker_.facts.exists(slot, on_);
    missing = missing || there.known == Known::missing;
    lacking = lacking || (there.known == Known::value && !there.value);
  }
  if (!missing && !lacking) return;
  out.outcome = Outcome::undetermined;
  out.state = State::none;
  out.why = missing ? Why::missing_facts : Why::no_evidence;
}

// What is not met may be excused: by its own `unless`, or by a norm that is an exception of it.
void Assessor::excuse(const NormPlan& norm, const VersionPlan& version, Finding& out) {
  if (version.excusable) ask_unless(version, out);
  if (out.outcome == Outcome::met_by_exception) return;
  const auto self = static_cast<std::uint32_t>(&norm - engine_.norms.data());
  const Date due = out.due;
  for (const std::uint32_t other : norm.exceptions) {
    Finding found;
    if (!finding(other, found)) continue;
    if (found.version >= 0) {
      const auto& of = engine_.norms[other].versions[static_cast<std::size_t>(found.version)];
      if (std::ranges::find(of.exception_of, self) == of.exception_of.end()) continue;
    }
    if (found.outcome == Outcome::met) {
      set(out, Outcome::met_by_exception, Why::defeated);
      out.state = State::excused;
      out.due = due;
      other_ = static_cast<std::int32_t>(other);
      return;
    }
    if (found.outcome == Outcome::undetermined && out.outcome == Outcome::not_met) {
      undetermined_like(out, found);
      out.due = due;
      other_ = static_cast<std::int32_t>(other);
    }
  }
}

void Assessor::ask_unless(const VersionPlan& version, Finding& out) {
  const Date due = out.due;
  const TruthFact when = worker_.facts.truth(Part::unless, version.when);
  if (when.known != Known::value) {
    undetermined(out, when.known);
  } else if (when.value) {
    const TruthFact reason = worker_.facts.reason(Part::unless_reason, version.reason);
    if (reason.known != Known::value) {
      undetermined(out, reason.known);
    } else if (reason.value) {
      set(out, Outcome::met_by_exception, Why::exception);
      out.state = State::excused;
    } else {
      out.why = Why::exception_no_reason;
    }
  }
  out.due = due;
}

}  // namespace partnership::charter
