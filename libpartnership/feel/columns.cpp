// SPDX-License-Identifier: Apache-2.0
#include "feel/columns.hpp"

#include <algorithm>
#include <exception>
#include <limits>
#include <thread>

#include "base/error.hpp"
#include "feel/columns_compiler.hpp"
#include "feel/columns_plan.hpp"
#include "feel/columns_thread.hpp"

namespace partnership::feel {

Value Outcomes::value(std::uint32_t expression, std::uint32_t row) const noexcept {
  switch (at(expression, row).kind) {
    case Kind::no:
      return Value::boolean(false);
    case Kind::yes:
      return Value::boolean(true);
    case Kind::null:
      return {};
    default:
      break;
  }
  if (is_items(expression, row)) return {};
  if (!values_[expression].empty()) return values_[expression][row];
  const auto place = [](const Odd& odd) { return std::pair(odd.expression, odd.row); };
  return std::ranges::lower_bound(odd_, std::pair(expression, row), {}, place)->value;
}

std::size_t Outcomes::memory() const noexcept {
  std::size_t bytes = sizeof(Outcomes) + cells_.capacity() + odd_.capacity() * sizeof(Odd);
  for (const auto& values : values_) bytes += values.capacity() * sizeof(Value);
  for (const Chosen& chosen : chosen_) bytes += sizeof(Chosen) + chosen.items.capacity();
  for (const Arena& arena : arenas_) bytes += arena.size();
  return bytes;
}

// Takes the values of one thread over.
void Outcomes::add_odd(std::vector<Odd>& odd) {
  if (odd.empty()) return;
  odd_.insert(odd_.end(), odd.begin(), odd.end());
  odd.clear();
  const auto place = [](const Odd& each) { return std::pair(each.expression, each.row); };
  std::ranges::sort(odd_, {}, place);
}

Evaluator::Workspace::Workspace() : impl_(std::make_unique<Impl>()) {}
Evaluator::Workspace::~Workspace() = default;
Evaluator::Workspace::Workspace(Workspace&&) noexcept = default;
Evaluator::Workspace& Evaluator::Workspace::operator=(Workspace&&) noexcept = default;

std::size_t Evaluator::Workspace::memory() const noexcept {
  const auto own = [](const Impl& impl) {
    return sizeof(Impl) + impl.plan.memory() + impl.small.memory() + impl.row.size() +
           impl.left.capacity() * sizeof(Impl::Left) +
           (impl.evaluation == nullptr ? 0 : impl.evaluation->arena().size());
  };
  std::size_t bytes = own(*impl_);
  for (const auto& other : impl_->others) bytes += own(*other);
  return bytes;
}

Evaluator::Evaluator(std::shared_ptr<const Program> program, std::shared_ptr<const Layout> layout,
                     std::unique_ptr<const Plan> plan)
    : program_(std::move(program)), layout_(std::move(layout)), plan_(std::move(plan)) {}
Evaluator::~Evaluator() = default;

std::shared_ptr<const Evaluator> Evaluator::make(std::shared_ptr<const Program> program,
                                                 const Type& schema,
                                                 std::shared_ptr<const Types> types,
                                                 const std::vector<bool>* to_machine) {
  return make_all({&program, 1}, schema, std::move(types), to_machine).front();
}

std::vector<std::shared_ptr<const Evaluator>> Evaluator::make_all(
    std::span<const std::shared_ptr<const Program>> programs, const Type& schema,
    std::shared_ptr<const Types> types) {
  return make_all(programs, schema, std::move(types), nullptr);
}

std::vector<std::shared_ptr<const Evaluator>> Evaluator::make_all(
    std::span<const std::shared_ptr<const Program>> programs, const Type& schema,
    std::shared_ptr<const Types> types, const std::vector<bool>* to_machine) {
  const std::shared_ptr<const Layout> whole = Layout::make(schema, types);
  Literals literals;
  std::vector<std::unique_ptr<const Plan>> plans;
  std::vector<bool> coded(whole->slots(), false);
  for (const auto& program : programs) {
    auto plan =
        std::make_unique<Plan>(PlanCompiler(*whole, literals).compile(*program, to_machine));
    plan->small = SmallRun::takes(*plan);
    plans.push_back(std::move(plan));
    for (const VecNode& node : plans.back()->nodes) {
      if (node.op == VecOp::load && node.kind == VecKind::code) coded[node.slot] = true;
    }
  }
  // The slots and levels of this one are the same.
  const auto layout = Layout::make(schema, std::move(types), &coded, literals.texts());
  std::vector<std::shared_ptr<const Evaluator>> out;
  for (std::size_t i = 0; i < programs.size(); ++i) {
    std::shared_ptr<const Evaluator> made(new Evaluator(programs[i], layout, std::move(plans[i])));
    out.push_back(std::move(made));
  }
  return out;
}

Evaluator::Items Evaluator::items(std::uint32_t expression) const noexcept {
  const Plan::Items& items = plan_->items[expression];
  return {items.list, items.member, items.selection == no_vec};
}

bool Evaluator::in_columns(std::uint32_t expression) const noexcept {
  return plan_->roots[expression] != no_vec;
}

std::size_t Evaluator::memory() const noexcept {
  return sizeof(Evaluator) + plan_->memory();
}

void Evaluator::make_room_for_items(const Batch& batch, std::uint32_t first, std::uint32_t rows,
                                    const RunOptions& options, Outcomes& out) const {
  if (!options.items || rows == 0) return;
  out.chosen_.resize(out.expressions_);
  for (const std::uint32_t e : plan_->selecting) {
    const Plan::Items& items = plan_->items[e];
    if (!options.skip.empty() && options.skip[e] != 0) continue;
    const std::uint32_t* const offsets = batch.column(items.list).offsets();
    out.chosen_[e].first = offsets[first];
    out.chosen_[e].items.resize(offsets[first + rows] - offsets[first]);
  }
}

void Evaluator::run(const Batch& batch, const RunOptions& options, Workspace& workspace,
                    Outcomes& out) const {
  run(batch, 0, batch.rows(), options, workspace, out);
}

void Evaluator::run(const Batch& batch, std::uint32_t first, std::uint32_t rows,
                    const RunOptions& options, Workspace& workspace, Outcomes& out) const {
  if (batch.share_layout() != layout_) {
    throw Error(Code::invalid_argument, "batch of another layout than the evaluator's");
  }
  if (!batch.finished()) throw Error(Code::state, "batch that is not finished");
  if (first > batch.rows() || rows > batch.rows() - first) {
    throw Error(Code::invalid_argument, "rows that the batch does not have");
  }
  out.rows_ = rows;
  out.expressions_ = program_->size();
  out.cells_.resize(std::size_t{out.rows_} * out.expressions_);
  out.values_.resize(out.expressions_);
  for (std::uint32_t e = 0; e < out.expressions_; ++e) {
    const bool none = plan_->truths[e] || (!options.skip.empty() && options.skip[e] != 0);
    const std::size_t values = none ? 0 : out.rows_;
    if (out.values_[e].size() != values) out.values_[e].resize(values);
  }
  make_room_for_items(batch, first, rows, options, out);
  const std::uint32_t threads = std::clamp(options.threads, 1U, std::min(256U, out.rows_ / 64 + 1));
  while (out.arenas_.size() < threads) {
    out.arenas_.emplace_back(std::numeric_limits<std::size_t>::max());
  }
  for (Arena& arena : out.arenas_) arena.clear();
  out.odd_.clear();
  if (threads == 1) {
    EvaluatorRun(*this, batch, options, *workspace.impl_, out, first, 0).rows(first, first + rows);
    out.add_odd(workspace.impl_->odd);
    return;
  }
  auto& others = workspace.impl_->others;
  while (others.size() < threads) others.push_back(std::make_unique<Workspace::Impl>());
  std::vector<std::exception_ptr> failures(threads);
  const auto part = [&](std::uint32_t thread) {
    // Whole words of 64 rows, so that no two threads share one.
    const std::uint64_t words = kernels::words_of(out.rows_);
    const auto bound = [&](std::uint64_t t) {
      return first + static_cast<std::uint32_t>(
                         std::min<std::uint64_t>(words * t / threads * 64, out.rows_));
    };
    try {
      EvaluatorRun(*this, batch, options, *others[thread], out, first, thread)
          .rows(bound(thread), bound(thread + 1));
    } catch (...) {
      failures[thread] = std::current_exception();
    }
  };
  std::vector<std::thread> running;
  try {
    for (std::uint32_t t = 1; t < threads; ++t) running.emplace_back(part, t);
  } catch (...) {
    for (std::thread& thread : running) thread.join();
    throw;
  }
  part(0);
  for (std::thread& thread : running) thread.join();
  for (const std::exception_ptr& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
  for (unsigned t = 0; t < threads; ++t) out.add_odd(others[t]->odd);
}

}  // namespace partnership::feel
