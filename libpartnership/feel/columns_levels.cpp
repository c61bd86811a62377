// SPDX-License-Identifier: Apache-2.0
//
// Which cells of each level belong to the rows at hand.
#include <algorithm>
#include <numeric>

#include "feel/columns_run.hpp"

namespace partnership::feel {

void Scratch::more(std::size_t bytes) {
  const std::size_t usual = chunks_.empty() ? 4096 : chunks_.back().size * 2;
  const std::size_t size = std::max(bytes, usual) + 64;
  chunks_.push_back({std::make_unique_for_overwrite<std::byte[]>(size), size});
  std::byte* const begin = chunks_.back().bytes.get();
  next_ = begin + (64 - reinterpret_cast<std::uintptr_t>(begin) % 64) % 64;
  end_ = begin + size;
}

void Scratch::reset() {
  if (chunks_.size() > 1) {
    const std::size_t size = this->size();
    chunks_.clear();
    next_ = end_ = nullptr;
    more(size);
  } else if (!chunks_.empty()) {
    std::byte* const begin = chunks_.back().bytes.get();
    next_ = begin + (64 - reinterpret_cast<std::uintptr_t>(begin) % 64) % 64;
  }
}

std::size_t Scratch::size() const noexcept {
  std::size_t bytes = 0;
  for (const Chunk& chunk : chunks_) bytes += chunk.size;
  return bytes;
}

void PlanRun::bind(const Plan& plan, const Batch& batch, std::int64_t today) {
  plan_ = &plan;
  batch_ = &batch;
  today_ = today;
  vecs_.resize(plan.nodes.size());
  levels_.assign(plan.levels.size(), {});
}

std::size_t PlanRun::memory() const noexcept {
  return vecs_.capacity() * sizeof(Vec) + levels_.capacity() * sizeof(LevelRun) +
         level_scratch_.size() + scratch_.size();
}

std::uint32_t PlanRun::fit(std::uint32_t first, std::uint32_t rows, std::size_t most) {
  for (; rows > 0; rows /= 2) {
    if (set_levels(first, rows, most)) return rows;
  }
  return 0;
}

bool PlanRun::set_levels(std::uint32_t first, std::uint32_t rows, std::size_t most) {
  level_scratch_.reset();
  levels_[0].n = rows;
  levels_[0].first = first;
  std::size_t cells = rows;
  for (const PlanLevelId id : plan_->used_levels) {
    LevelRun& level = levels_[id];
    if (plan_->levels[id].product) {
      if (!set_product(id, most - cells)) return false;
    } else {
      const LevelRun& parent = levels_[plan_->levels[id].parent];
      const SlotId list = batch_->layout().level(id).list;
      const std::uint32_t* const offsets = batch_->column(list).offsets() + parent.first;
      level.first = parent.n == 0 ? 0 : offsets[0];
      level.segments = {offsets, level.first, parent.n};
      level.n = parent.n == 0 ? 0 : offsets[parent.n] - level.first;
    }
    cells += level.n;
    if (cells > most) return false;
  }
  return true;
}

bool PlanRun::set_product(PlanLevelId id, std::size_t most) {
  const PlanLevel& plan = plan_->levels[id];
  const LevelRun& outer = levels_[plan.parent];
  const LevelRun& items = levels_[plan.items];
  const std::uint32_t* const owner = owners(plan.parent, plan_->levels[plan.items].parent);
  auto* const offsets = level_scratch_.cells<std::uint32_t>(outer.n + 1);
  offsets[0] = 0;
  for (std::size_t i = 0; i < outer.n; ++i) {
    const std::uint32_t* const of = items.segments.offsets + owner[i];
    const std::size_t end = std::size_t{offsets[i]} + (of[1] - of[0]);
    if (end > most) return false;
    offsets[i + 1] = static_cast<std::uint32_t>(end);
  }
  LevelRun& level = levels_[id];
  level.n = offsets[outer.n];
  level.first = 0;
  level.segments = {offsets, 0, outer.n};
  auto* const index = level_scratch_.cells<std::uint32_t>(level.n);
  for (std::size_t i = 0; i < outer.n; ++i) {
    const std::uint32_t begin = items.segments.offsets[owner[i]] - items.segments.base;
    std::iota(index + offsets[i], index + offsets[i + 1], begin);
  }
  level.index = index;
  return true;
}

// For each cell of a level the number of the cell of the level above that it belongs to.
const std::uint32_t* PlanRun::owners(PlanLevelId level, PlanLevelId above) {
  const std::size_t n = levels_[level].n;
  auto* const out = level_scratch_.cells<std::uint32_t>(n);
  std::iota(out, out + n, 0U);
  for (PlanLevelId at = level; at != above; at = plan_->levels[at].parent) {
    // From the cells of this level to those of its parent.
    const kernels::Segments& segments = levels_[at].segments;
    auto* const up = level_scratch_.cells<std::uint32_t>(levels_[at].n);
    for (std::size_t i = 0; i < segments.parents; ++i) {
      std::fill(up + (segments.offsets[i] - segments.base),
                up + (segments.offsets[i + 1] - segments.base), static_cast<std::uint32_t>(i));
    }
    for (std::size_t i = 0; i < n; ++i) out[i] = up[out[i]];
  }
  return out;
}

}  // namespace partnership::feel
