// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_pricing.hpp"

#include <algorithm>

namespace partnership::lottery {
namespace {

using solver::Status;

solver::IntegerProgram program_of(const PanelModel& model) {
  solver::IntegerProgram program;
  for (const PanelModel::Column& column : model.columns) {
    program.columns.push_back({column.lower, column.upper});
  }
  for (const PanelModel::Row& from : model.rows) {
    solver::IntegerProgram::Row row{from.lower, from.upper, {}};
    for (const PanelModel::Term& term : from.terms) {
      if (term.coefficient == 0) continue;
      row.terms.push_back({static_cast<std::int32_t>(term.column), term.coefficient});
    }
    program.rows.push_back(std::move(row));
  }
  return program;
}

}  // namespace

Pricing::Pricing(const Space& space, Watch& watch)
    : space_(space), watch_(watch), solver_(program_of(space.model())), box_(whole_box(space)) {}

void Pricing::enter(const Box& box) {
  for (std::uint32_t j = 0; j < space_.columns(); ++j) {
    if (box_.lower[j] == box.lower[j] && box_.upper[j] == box.upper[j]) continue;
    solver_.set_column(static_cast<std::int32_t>(j), box.lower[j], box.upper[j]);
  }
  for (std::uint32_t i = 0; i < space_.rows(); ++i) {
    if (box_.row_lower[i] == box.row_lower[i] && box_.row_upper[i] == box.row_upper[i]) continue;
    solver_.set_row(static_cast<std::int32_t>(i), box.row_lower[i], box.row_upper[i]);
  }
  box_ = box;
}

Priced Pricing::find(const Box& box, std::span<const double> wish, double beyond,
                     std::int64_t nodes) {
  enter(box);
  std::vector<double> costs;
  for (const double value : wish) costs.push_back(-value);
  solver::IntegerQuestion question;
  question.costs = costs;
  question.better_than = -beyond;
  question.first = true;
  question.limits.nodes = std::min(nodes, watch_.nodes_left);
  question.limits.stop = watch_.stops();
  const solver::IntegerAnswer answer = solver_.solve(question);
  nodes_ += answer.nodes;
  watch_.nodes_left -= answer.nodes;
  Priced priced;
  if (!answer.values.empty()) priced.panel = panel_of(answer.values);
  priced.certain = answer.status == Status::infeasible;
  return priced;
}

Pricing::Settled Pricing::settle(const Inequality&) {
  return {};
}

}  // namespace partnership::lottery
