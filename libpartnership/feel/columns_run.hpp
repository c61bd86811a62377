// SPDX-License-Identifier: Apache-2.0
//
// Runs a plan over some rows of a batch, one operation after another. For the files columns*.cpp
// only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "feel/case_batch.hpp"
#include "feel/columns_plan.hpp"
#include "feel/kernels.hpp"

namespace partnership::feel {

// Memory of one block of rows; it grows in the first one and stays.
class Scratch {
 public:
  void* take(std::size_t bytes) {
    bytes = (bytes + 63) & ~std::size_t{63};
    if (static_cast<std::size_t>(end_ - next_) < bytes) more(bytes);
    std::byte* const out = next_;
    next_ += bytes;
    return out;
  }
  // Room for n cells and those that loops may touch behind them.
  template <class T>
  T* cells(std::size_t n) {
    return static_cast<T*>(take((n + column_step) * sizeof(T)));
  }
  std::uint64_t* words(std::size_t bits) {
    return static_cast<std::uint64_t*>(take(kernels::words_of(bits) * sizeof(std::uint64_t)));
  }
  void reset();
  std::size_t size() const noexcept;

 private:
  struct Chunk {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size;
  };
  void more(std::size_t bytes);
  std::vector<Chunk> chunks_;
  std::byte* next_ = nullptr;
  std::byte* end_ = nullptr;
};

// What a node gives for the rows at hand. Bits of `bad` are the cells that are not present, those
// of `null` among them the nulls; a truth that is bad is not true. Bits behind the last cell say
// nothing.
struct Vec {
  const void* data = nullptr;           // nullptr: of `present` and its like, or a constant
  const std::uint64_t* bad = nullptr;   // nullptr: none
  const std::uint64_t* null = nullptr;  // nullptr: none
  std::int64_t value = 0;               // of a constant
  std::uint8_t scale = 0;
  bool constant = false;

  const std::uint64_t* bits() const noexcept { return static_cast<const std::uint64_t*>(data); }
  const std::int32_t* days() const noexcept { return static_cast<const std::int32_t*>(data); }
  const std::int64_t* numbers() const noexcept { return static_cast<const std::int64_t*>(data); }
};

class PlanRun {
 public:
  // Until the next bind() the plan and the batch must live.
  // `today` must be one that a column could have.
  void bind(const Plan& plan, const Batch& batch, std::int64_t today);

  // The greatest number of rows from `first` on, at most `rows`, whose levels have at most `most`
  // cells in all, and sets the levels to it; 0: the first row alone has more.
  std::uint32_t fit(std::uint32_t first, std::uint32_t rows, std::size_t most);
  // Runs the plan over them.
  void run();
  const Vec& result(VecId id) const noexcept { return vecs_[id]; }
  std::size_t memory() const noexcept;

 private:
  struct LevelRun {
    std::size_t n = 0;
    std::uint32_t first = 0;  // of the level's cells in the batch
    kernels::Segments segments{};
    const std::uint32_t* index = nullptr;  // product: of each cell in the items at hand
  };

  bool set_levels(std::uint32_t first, std::uint32_t rows, std::size_t most);
  bool set_product(PlanLevelId id, std::size_t most);
  const std::uint32_t* owners(PlanLevelId level, PlanLevelId above);

  void run_node(const VecNode& node, Vec& out);
  std::size_t n_of(const VecNode& node) const noexcept { return levels_[node.level].n; }
  const LevelRun& items_of(VecId id) const noexcept { return levels_[plan_->nodes[id].level]; }

  // columns_run.cpp
  void load(const VecNode& node, Vec& out);
  const std::uint64_t* mask_at(const std::vector<std::uint64_t>& words, std::size_t first,
                               std::size_t n);
  void load_masks(const Column& column, const LevelRun& at, Vec& out);
  void spread(const VecNode& node, Vec& out);
  void tile(const VecNode& node, Vec& out);
  void reduce(const VecNode& node, Vec& out);
  void fold(const VecNode& node, Vec& out);
  template <class T>
  void fold_cells(const VecNode& node, const T* values, T* results, std::uint64_t* bad);
  void any_equal(const VecNode& node, Vec& out);
  std::uint64_t* add_bad(const std::uint64_t* some, const std::uint64_t* more, std::size_t n);

  // columns_truth.cpp
  void truth(const VecNode& node, Vec& out);
  void conjoin(const Vec& a, const Vec& b, std::size_t n, Vec& out);
  void disjoin(const Vec& a, const Vec& b, std::size_t n, Vec& out);
  void same(const Vec& a, const Vec& b, std::size_t n, Vec& out);
  void choose_truth(const Vec& condition, const Vec& a, const Vec& b, std::size_t n, Vec& out);
  void equality(const Vec& a, const Vec& b, std::size_t n, std::uint64_t* equal, bool negate,
                Vec& out);

  // columns_values.cpp
  void compare(const VecNode& node, Vec& out);
  void compare_difference(const VecNode& node, Vec& out);
  void difference(const VecNode& node, Vec& out);
  void shift(const VecNode& node, Vec& out);
  void calculate(const VecNode& node, Vec& out);
  void choose(const VecNode& node, Vec& out);
  Vec scaled(const Vec& from, std::uint8_t scale, std::size_t n);
  const std::int32_t* days_of(const Vec& vec, std::size_t n);
  const std::int64_t* numbers_of(const Vec& vec, std::size_t n);

  const Plan* plan_ = nullptr;
  const Batch* batch_ = nullptr;
  std::int64_t today_ = 0;
  std::vector<Vec> vecs_;
  std::vector<LevelRun> levels_;
  Scratch level_scratch_;  // offsets and indices of products
  Scratch scratch_;
};

}  // namespace partnership::feel
