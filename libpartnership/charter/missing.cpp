// SPDX-License-Identifier: Apache-2.0
#include "charter/missing.hpp"

#include <algorithm>

namespace partnership::charter {

namespace {

using feel::CellState;
using feel::SlotId;

class MissingFacts {
 public:
  MissingFacts(const Engine& engine, const feel::Batch& batch, std::uint32_t row)
      : engine_(engine),
        layout_(batch.layout()),
        batch_(batch),
        row_(row),
        asked_(layout_.slots(), false) {}

  std::vector<std::string> of(const std::vector<Consulted>& consulted) {
    for (const Consulted& each : consulted) {
      if (each.known == Known::missing) ask(each);
    }
    for (SlotId slot = 1; slot < layout_.slots(); ++slot) {
      if (asked_[slot]) add(slot);
    }
    return std::move(out_);
  }

 private:
  void ask(const Consulted& consulted) {
    if (consulted.part == Part::evidence) {
      asked_[layout_.slot(0).first + consulted.expression] = true;
      return;
    }
    const TermPlan& term = engine_.terms[consulted.expression];
    for (std::uint32_t i = term.first; i < term.first + term.count; ++i) {
      asked_[engine_.watched[engine_.mentions[i]].slot] = true;
    }
    if (consulted.part == Part::of) ask_axes(consulted);
  }

  // The members that place the contexts of a coverage.
  void ask_axes(const Consulted& consulted) {
    const auto norm = std::ranges::find(engine_.norms, consulted.norm, &NormPlan::norm);
    if (norm == engine_.norms.end()) return;
    for (const VersionPlan& version : norm->versions) {
      const auto* const held = std::get_if<std::unique_ptr<const CoveragePlan>>(&version.shape);
      if (held == nullptr || (*held)->of != consulted.expression) continue;
      for (const SlotId slot : (*held)->rows.members) asked_[slot] = true;
      for (const SlotId slot : (*held)->columns.members) asked_[slot] = true;
    }
  }

  struct Range {
    std::uint32_t from, end;
  };
  Range cells_of(feel::LevelId level) const {
    if (level == 0) return {row_, row_ + 1};
    const feel::Level& of = layout_.level(level);
    const Range parents = cells_of(of.parent);  // as deep as types go
    if (parents.from == parents.end) return {0, 0};
    const std::uint32_t* const offsets = batch_.column(of.list).offsets();
    return {offsets[parents.from], offsets[parents.end]};
  }

  void add(SlotId slot) {
    const feel::Slot& of = layout_.slot(slot);
    const feel::Column& column = batch_.column(slot);
    const bool null_too = null_is_missing(*of.type);
    const Range cells = cells_of(of.level);
    for (std::uint32_t cell = cells.from; cell < cells.end; ++cell) {
      const CellState state = column.state(cell);
      if (state == CellState::absent || (state == CellState::null && null_too)) {
        out_.push_back(path(slot, cell));
      }
    }
  }

  // From the case down to the cell.
  std::string path(SlotId slot, std::uint32_t cell) const {
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

  const Engine& engine_;
  const feel::Layout& layout_;
  const feel::Batch& batch_;
  std::uint32_t row_;
  std::vector<bool> asked_;
  std::vector<std::string> out_;
};

}  // namespace

std::vector<std::string> missing_facts(const Engine& engine, const feel::Batch& batch,
                                       std::uint32_t row, const std::vector<Consulted>& consulted) {
  return MissingFacts(engine, batch, row).of(consulted);
}

}  // namespace partnership::charter
