// SPDX-License-Identifier: Apache-2.0
#include "committee/replace_parts.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "solver/branch_proof.hpp"

namespace partnership::replace {

namespace {

constexpr std::int64_t far = std::int64_t{1} << 61U;  // beyond every sum of a row

enum class Role : std::uint8_t { free, stays, leaves, unavailable };

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Code::invalid_argument, message);
}

class Roles {
 public:
  explicit Roles(std::uint32_t nominees) : roles_(nominees, Role::free) {}
  void give(const std::vector<std::uint32_t>& nominees, Role role, Role before,
            const char* otherwise) {
    for (const std::uint32_t nominee : nominees) {
      if (nominee >= roles_.size()) {
        refuse("the model has no nominee " + std::to_string(nominee));
      }
      if (roles_[nominee] != before) {
        refuse("nominee " + std::to_string(nominee) + otherwise);
      }
      roles_[nominee] = role;
    }
  }
  Role of(std::uint32_t nominee) const noexcept { return roles_[nominee]; }

 private:
  std::vector<Role> roles_;
};

}  // namespace

Standing standing_of(const PanelModel& model, const Departure& departure) {
  Roles roles(model.nominees);
  roles.give(departure.members, Role::stays, Role::free, " is named twice among the members");
  roles.give(departure.leaving, Role::leaves, Role::stays,
             " is no member who could leave, or is named twice");
  roles.give(departure.unavailable, Role::unavailable, Role::free,
             " is a member and cannot be unavailable, or is named twice");
  Standing out;
  for (const auto& type : model.types) {
    auto& stay = out.stay.emplace_back();
    auto& free = out.free.emplace_back();
    std::int64_t& leave = out.leave.emplace_back(0);
    for (const std::uint32_t nominee : type) {
      const Role role = roles.of(nominee);
      if (role == Role::stays) stay.push_back(nominee);
      if (role == Role::free) free.push_back(nominee);
      if (role == Role::leaves) ++leave;
    }
    std::sort(stay.begin(), stay.end());
    std::sort(free.begin(), free.end());
  }
  return out;
}

std::int64_t less(std::int64_t bound, std::int64_t by) noexcept {
  if (bound == no_end || bound == -no_end) return bound;
  return std::clamp(bound, -far, far) - by;
}

solver::IntegerLimits limits_of(lottery::Watch& watch) {
  solver::IntegerLimits limits;
  limits.nodes = std::max<std::int64_t>(0, watch.nodes_left);
  limits.stop = watch.stops();
  return limits;
}

LotteryStatus ended_by(const lottery::Watch& watch, solver::Status status) noexcept {
  if (watch.pace() == Pace::cancel) return LotteryStatus::cancelled;
  return status == solver::Status::trouble ? LotteryStatus::trouble : LotteryStatus::limit;
}

SeatTest::SeatTest(const lottery::Space& space, lottery::Watch& watch)
    : space_(space),
      watch_(watch),
      counts_(space.types()),
      activities_(space.rows()),
      mixed_(space.rows()) {
  solver::IntegerProgram program;
  for (std::uint32_t j = space.types(); j < space.columns(); ++j) {
    program.columns.push_back({space.lower[j], space.upper[j]});
    possible_ = possible_ && space.lower[j] <= space.upper[j];
  }
  for (std::uint32_t i = 0; i < space.rows(); ++i) {
    solver::IntegerProgram::Row row{space.row_lower[i], space.row_upper[i], {}};
    std::int64_t least = 0, most = 0;
    for (const lottery::Entry& entry : space.row(i)) {
      if (entry.index < space.types()) continue;
      row.terms.push_back({static_cast<std::int32_t>(entry.index - space.types()), entry.value});
      const std::int64_t a = entry.value * space.lower[entry.index];
      const std::int64_t b = entry.value * space.upper[entry.index];
      least += std::min(a, b);
      most += std::max(a, b);
    }
    mixed_[i] = !row.terms.empty();
    if (!mixed_[i]) continue;
    rows_.push_back(i);
    least_.push_back(least);
    most_.push_back(most);
    program.rows.push_back(std::move(row));
  }
  if (possible_ && space.has_auxiliary()) solver_.emplace(std::move(program));
  set(counts_);
}

bool SeatTest::is_outside(std::uint32_t row) const noexcept {
  return !mixed_[row] &&
         (activities_[row] < space_.row_lower[row] || activities_[row] > space_.row_upper[row]);
}

bool SeatTest::is_outside_type(std::uint32_t type) const noexcept {
  return counts_[type] < space_.lower[type] || counts_[type] > space_.upper[type];
}

void SeatTest::set(std::span<const std::int64_t> counts) {
  std::fill(activities_.begin(), activities_.end(), 0);
  counts_.assign(counts.begin(), counts.end());
  outside_ = 0;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    outside_ += is_outside_type(t) ? 1 : 0;
    for (const lottery::Entry& entry : space_.column(t)) {
      activities_[entry.index] += entry.value * counts_[t];
    }
  }
  for (std::uint32_t i = 0; i < space_.rows(); ++i) outside_ += is_outside(i) ? 1 : 0;
}

void SeatTest::move(std::uint32_t type, std::int64_t by) {
  outside_ -= is_outside_type(type) ? 1 : 0;
  counts_[type] += by;
  outside_ += is_outside_type(type) ? 1 : 0;
  for (const lottery::Entry& entry : space_.column(type)) {
    outside_ -= is_outside(entry.index) ? 1 : 0;
    activities_[entry.index] += entry.value * by;
    outside_ += is_outside(entry.index) ? 1 : 0;
  }
}

void SeatTest::bring_up_to_date() {
  for (std::size_t k = 0; k < rows_.size(); ++k) {
    const std::uint32_t row = rows_[k];
    solver_->set_row(static_cast<std::int32_t>(k), less(space_.row_lower[row], activities_[row]),
                     less(space_.row_upper[row], activities_[row]));
  }
}

// Whether a row cannot be met, whatever its auxiliary columns are.
bool SeatTest::is_out_of_reach() const noexcept {
  for (std::size_t k = 0; k < rows_.size(); ++k) {
    const solver::IntegerProgram::Row& row = solver_->program().rows[k];
    if (row.lower > most_[k] || row.upper < least_[k] || row.lower > row.upper) return true;
  }
  return false;
}

void SeatTest::keep(std::vector<std::int64_t> values) {
  values_ = std::move(values);
  auxiliary_.clear();
  for (std::size_t j = 0; j < values_.size(); ++j) {
    if (values_[j] == 0) continue;
    auxiliary_.push_back(
        {space_.types() + static_cast<std::uint32_t>(j), static_cast<std::int32_t>(values_[j])});
  }
}

std::optional<bool> SeatTest::search() {
  solver::IntegerQuestion question;
  question.first = true;
  question.limits = limits_of(watch_);
  solver::IntegerAnswer answer = solver_->solve(question);
  watch_.nodes_left -= answer.nodes;
  if (!answer.values.empty()) {
    keep(std::move(answer.values));
    return true;
  }
  // What the search takes for a "no" rests on doubles.
  if (answer.status != solver::Status::infeasible && answer.status != solver::Status::trouble) {
    ended_ = ended_by(watch_, answer.status);
    return std::nullopt;
  }
  solver::ProofAnswer proof =
      solver::prove_bound(solver_->program(), {{}, Rational(-1), limits_of(watch_)});
  watch_.nodes_left -= proof.nodes;
  if (proof.status == solver::Status::optimal) return false;
  if (proof.status == solver::Status::infeasible) {
    keep(std::move(proof.against));
    return true;
  }
  ended_ = ended_by(watch_, proof.status);
  return std::nullopt;
}

std::optional<bool> SeatTest::is_committee() {
  if (outside_ > 0 || !possible_) return false;
  if (!solver_) return true;
  bring_up_to_date();
  if (is_out_of_reach()) return false;
  if (!values_.empty() && solver_->program().obeyed_by(values_)) return true;
  if (!watch_.keep_on() || watch_.nodes_left <= 0) {
    ended_ = ended_by(watch_, solver::Status::limit);
    return std::nullopt;
  }
  return search();
}

}  // namespace partnership::replace
