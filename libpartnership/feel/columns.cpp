// SPDX-License-Identifier: Apache-2.0
#include "feel/columns.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <exception>
#include <limits>
#include <thread>

#include "base/error.hpp"
#include "feel/columns_compiler.hpp"
#include "feel/columns_plan.hpp"
#include "feel/columns_run.hpp"
#include "feel/columns_small.hpp"

namespace partnership::feel {

namespace {

constexpr std::uint32_t most_rows = 1024;  // of a block
constexpr std::size_t most_cells = std::size_t{64}
                                   << 10;       // of all levels of a block of several rows
constexpr std::uint32_t most_rows_in_turn = 4;  // one after another; more go in blocks
constexpr std::size_t most_cells_of_one = std::size_t{4} << 20;  // of a block of one row

}  // namespace

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

struct Evaluator::Workspace::Impl {
  PlanRun plan;
  SmallRun small;
  Arena row{std::numeric_limits<std::size_t>::max()};  // the case as a value
  std::unique_ptr<Evaluation> evaluation;
  Budget budget;
  struct Left {
    std::uint32_t row, expression;
    bool operator<(const Left& other) const noexcept {
      return row != other.row ? row < other.row : expression < other.expression;
    }
  };
  std::vector<Left> left;  // to the machine
  std::vector<Outcomes::Odd> odd;
  std::vector<std::unique_ptr<Impl>> others;  // of further threads
};

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

// One thread's part of a run.
class EvaluatorRun {
 public:
  using Work = Evaluator::Workspace::Impl;
  EvaluatorRun(const Evaluator& evaluator, const Batch& batch, const RunOptions& options,
               Work& work, Outcomes& out, std::uint32_t base, std::size_t thread)
      : evaluator_(evaluator),
        plan_(evaluator.plan()),
        batch_(batch),
        options_(options),
        work_(work),
        out_(out),
        base_(base),
        arena_(out.arenas_[thread]) {
    const Moment& moment = options.moment;
    today_ = moment.given && moment.today >= -most_column_day && moment.today <= most_column_day;
    machine_only_ = options.only_machine || (plan_.nodes.empty() && !options.items);
  }

  void rows(std::uint32_t first, std::uint32_t end) {
    work_.left.clear();  // of a run that failed
    work_.odd.clear();
    if (machine_only_) {
      for (std::uint32_t row = first; row < end; ++row) leave_row(row);
      return machine();
    }
    if (end - first <= most_rows_in_turn && plan_.small &&
        affords(64 * (plan_.used_levels.size() + 1))) {
      while (first < end && small(first)) ++first;
      if (first == end) return;
    }
    work_.plan.bind(plan_, batch_, today_ ? options_.moment.today : 0);
    const std::size_t most = std::min(most_cells, budgeted());
    std::uint32_t usual = most_rows;
    while (first < end) {
      std::uint32_t count = work_.plan.fit(first, std::min(end - first, usual), most);
      if (count == 0) count = work_.plan.fit(first, 1, std::min(most_cells_of_one, budgeted()));
      if (count == 0) {
        leave_row(first);
        count = 1;
      } else {
        work_.plan.run();
        for (std::uint32_t e = 0; e < plan_.roots.size(); ++e) take(e, first, count);
      }
      if (!work_.left.empty()) machine();
      first += count;
      usual = std::min(most_rows, std::max(count * 2, 64U));
    }
  }

 private:
  // Cells that a block may have lest the machine run out of a budget that the kernels do not know.
  std::size_t budgeted() const noexcept {
    const Budget& budget = options_.budget;
    const std::uint64_t steps = budget.steps / (plan_.nodes.size() * 8 + 8);
    return static_cast<std::size_t>(std::min<std::uint64_t>(
        {steps, budget.list, static_cast<std::uint64_t>(budget.memory / 256)}));
  }

  bool affords(std::size_t cells) const noexcept {
    const Budget& budget = options_.budget;
    return cells * (plan_.nodes.size() * 8 + 8) <= budget.steps && cells <= budget.list &&
           cells * 256 <= budget.memory;
  }

  bool in_columns(std::uint32_t expression) const {
    return plan_.roots[expression] != no_vec && (today_ || !plan_.roots_of_today[expression]);
  }

  bool skipped(std::uint32_t expression) const noexcept {
    return !options_.skip.empty() && options_.skip[expression] != 0;
  }

  std::uint8_t* cells(std::uint32_t expression, std::uint32_t row) {
    return out_.cells_.data() + out_.index(expression, row - base_);
  }
  Value* values(std::uint32_t expression, std::uint32_t row) {
    return out_.values_[expression].data() + (row - base_);
  }

  void leave_row(std::uint32_t row) {
    for (std::uint32_t e = 0; e < out_.expressions_; ++e) leave(e, row);
  }

  void leave(std::uint32_t expression, std::uint32_t row) {
    if (skipped(expression)) {
      *cells(expression, row) = static_cast<std::uint8_t>(Outcomes::Kind::null);
    } else {
      work_.left.push_back({row, expression});
    }
  }

  bool small(std::uint32_t row) {
    if (!work_.small.run(plan_, batch_, row, today_ ? options_.moment.today : 0)) return false;
    for (std::uint32_t e = 0; e < plan_.roots.size(); ++e) {
      if (skipped(e) || !in_columns(e)) {
        if (skipped(e) || !small_items(e, row)) leave(e, row);
        continue;
      }
      const SmallRun::Cell& result = work_.small.result(plan_.roots[e]);
      const VecKind kind = plan_.nodes[plan_.roots[e]].kind;
      std::uint8_t& cell = *cells(e, row);
      if (kind == VecKind::truth) {
        cell = result.bits & 1U;
      } else {
        cell = static_cast<std::uint8_t>(Outcomes::Kind::value);
        *values(e, row) = value_of(kind, result.value, result.scale);
      }
    }
    if (!work_.left.empty()) machine();
    return true;
  }

  Value value_of(VecKind kind, std::int64_t value, unsigned scale) const {
    switch (kind) {
      case VecKind::number:
        return Value::small_number(value, scale);
      case VecKind::day:
        return Value::date(value);
      case VecKind::days:
        return Value::days_time(value * 86'400);
      default:
        return Value::string(batch_.dictionary().text(static_cast<std::uint32_t>(value)));
    }
  }

  // Takes the results of an expression over; what is undecided is left to the machine.
  void take(std::uint32_t expression, std::uint32_t first, std::uint32_t count) {
    if (!skipped(expression) && gives_items(expression))
      return take_items(expression, first, count);
    if (skipped(expression) || !in_columns(expression)) {
      for (std::uint32_t i = 0; i < count; ++i) leave(expression, first + i);
      return;
    }
    const Vec& result = work_.plan.result(plan_.roots[expression]);
    const VecKind kind = plan_.nodes[plan_.roots[expression]].kind;
    std::uint8_t* const cells = this->cells(expression, first);
    if (kind == VecKind::truth) {
      write_truths(result.bits(), count, cells);
    } else {
      take_values(expression, first, count, kind, result);
    }
    if (result.bad == nullptr) return;
    for (std::uint32_t word = 0; word * 64 < count; ++word) {
      std::uint64_t bad = result.bad[word];
      if (count - word * 64 < 64) bad &= (std::uint64_t{1} << (count - word * 64)) - 1;
      const std::uint64_t null = result.null == nullptr ? 0 : result.null[word];
      for (; bad != 0; bad &= bad - 1) {
        const auto bit = static_cast<std::uint32_t>(std::countr_zero(bad));
        const std::uint32_t i = word * 64 + bit;
        if ((null >> bit & 1U) != 0) {
          cells[i] = static_cast<std::uint8_t>(Outcomes::Kind::null);
        } else {
          work_.left.push_back({first + i, expression});
        }
      }
    }
  }

  static void write_truths(const std::uint64_t* bits, std::uint32_t count, std::uint8_t* cells) {
    std::uint32_t i = 0;
    for (; i + 8 <= count; i += 8) {
      // Bit j of a byte to the lowest bit of byte j.
      const std::uint64_t byte = bits[i / 64] >> (i % 64) & 0xffU;
      const std::uint64_t spread = (byte * 0x0101010101010101U) & 0x8040201008040201U;
      const std::uint64_t truths =
          ((spread + 0x7f7f7f7f7f7f7f7fU) | spread) >> 7U & 0x0101010101010101U;
      std::memcpy(cells + i, &truths, 8);
    }
    for (; i < count; ++i) cells[i] = static_cast<std::uint8_t>(bits[i / 64] >> (i % 64) & 1U);
  }

  void take_values(std::uint32_t expression, std::uint32_t first, std::uint32_t count, VecKind kind,
                   const Vec& result) {
    std::memset(cells(expression, first), static_cast<int>(Outcomes::Kind::value), count);
    Value* const values = this->values(expression, first);
    for (std::uint32_t i = 0; i < count; ++i) {
      // Codes of cells that are bad need not be any.
      if (result.bad != nullptr && (result.bad[i / 64] >> (i % 64) & 1U) != 0) continue;
      const bool wide = kind == VecKind::number;
      values[i] = value_of(kind, wide ? result.numbers()[i] : result.days()[i], result.scale);
    }
  }

  bool gives_items(std::uint32_t expression) const noexcept {
    return options_.items && plan_.items[expression].list != no_slot;
  }

  // The items of a list that is there, all of them what they should be: the cells of a row. False:
  // the machine has to look.
  bool item_cells(const Plan::Items& items, std::uint32_t row, std::uint32_t& from,
                  std::uint32_t& end) const {
    const Column& list = batch_.column(items.list);
    if (list.state(row) != CellState::present) return false;
    from = list.offsets()[row];
    end = list.offsets()[row + 1];
    const Column& item = batch_.column(batch_.layout().slot(items.list).first);
    if (item.clean()) return true;
    for (std::uint32_t cell = from; cell < end; ++cell) {
      if (item.state(cell) != CellState::present) return false;
    }
    return true;
  }

  void note_items(std::uint32_t expression, std::uint32_t row) {
    *cells(expression, row) = static_cast<std::uint8_t>(
        static_cast<unsigned>(Outcomes::Kind::value) | Outcomes::items_bit);
  }

  std::uint8_t* chosen(std::uint32_t expression, std::uint32_t cell) {
    Outcomes::Chosen& of = out_.chosen_[expression];
    return of.items.data() + (cell - of.first);
  }

  bool small_items(std::uint32_t expression, std::uint32_t row) {
    const Plan::Items& items = plan_.items[expression];
    std::uint32_t from = 0, end = 0;
    if (!gives_items(expression) || !item_cells(items, row, from, end)) return false;
    if (items.selection != no_vec) {
      const std::uint64_t bits = work_.small.result(items.selection).bits;
      for (std::uint32_t cell = from; cell < end; ++cell) {
        *chosen(expression, cell) = bits >> (cell - from) & 1U;
      }
    }
    note_items(expression, row);
    return true;
  }

  void take_items(std::uint32_t expression, std::uint32_t first, std::uint32_t count) {
    const Plan::Items& items = plan_.items[expression];
    const std::uint32_t base = batch_.column(items.list).offsets()[first];
    for (std::uint32_t row = first; row < first + count; ++row) {
      std::uint32_t from = 0, end = 0;
      bool known = item_cells(items, row, from, end);
      if (known && items.selection != no_vec) {
        const Vec& selection = work_.plan.result(items.selection);
        for (std::uint32_t cell = from; cell < end; ++cell) {
          const std::uint32_t at = cell - base;
          known = known &&
                  (selection.bad == nullptr || (selection.bad[at / 64] >> (at % 64) & 1U) == 0);
          *chosen(expression, cell) = selection.bits()[at / 64] >> (at % 64) & 1U;
        }
      }
      if (known) {
        note_items(expression, row);
      } else {
        leave(expression, row);
      }
    }
  }

  void machine() {
    if (work_.evaluation == nullptr || !same_budget(work_.budget, options_.budget)) {
      work_.evaluation = std::make_unique<Evaluation>(options_.budget);
      work_.budget = options_.budget;
    }
    Evaluation& evaluation = *work_.evaluation;
    std::sort(work_.left.begin(), work_.left.end());
    Value value;
    for (std::size_t i = 0; i < work_.left.size(); ++i) {
      const auto [row, expression] = work_.left[i];
      if (i == 0 || work_.left[i - 1].row != row) {
        work_.row.clear();
        value = batch_.row(row, work_.row);
      }
      evaluation.begin(options_.moment);
      const Value result = evaluator_.program().evaluate(expression, value, evaluation);
      note(expression, row, result, evaluation.warning_count() != 0);
    }
    work_.left.clear();
  }

  void note(std::uint32_t expression, std::uint32_t row, Value result, bool warned) {
    using Answer = Outcomes::Kind;
    const Answer kind = result.is_null()    ? Answer::null
                        : result.is_true()  ? Answer::yes
                        : result.is_false() ? Answer::no
                                            : Answer::value;
    *cells(expression, row) = static_cast<std::uint8_t>(static_cast<unsigned>(kind) |
                                                        (warned ? Outcomes::warned_bit : 0U));
    if (kind != Answer::value || !options_.values) return;
    const Value kept = copy(arena_, result);
    if (out_.values_[expression].empty()) {
      work_.odd.push_back({expression, row - base_, kept});
    } else {
      *values(expression, row) = kept;
    }
  }

  static bool same_budget(const Budget& a, const Budget& b) noexcept {
    return a.steps == b.steps && a.depth == b.depth && a.list == b.list && a.memory == b.memory &&
           a.regex_steps == b.regex_steps && a.warnings == b.warnings;
  }

  const Evaluator& evaluator_;
  const Plan& plan_;
  const Batch& batch_;
  const RunOptions& options_;
  Work& work_;
  Outcomes& out_;
  std::uint32_t base_;  // the row of the batch that is the first of `out_`
  Arena& arena_;
  bool today_, machine_only_;
};

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
