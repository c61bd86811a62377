// SPDX-License-Identifier: Apache-2.0
//
// The walk of one case's tokens into a batch. For the files case_json*.cpp only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json_scan.hpp"
#include "base/text.hpp"
#include "feel/case_batch.hpp"
#include "feel/case_json.hpp"
#include "feel/case_value.hpp"

namespace partnership::feel {

// Problems of many cases; where they stand in the whole text is added by the one who cut it.
struct CaseProblems {
  std::vector<Problem> list;
  std::size_t unlisted = 0;
  static constexpr std::size_t most = 1000;
};

class CaseWalk {
 public:
  CaseWalk(const ReadOptions& options, JsonValues& values, std::string& scratch,
           CaseProblems& problems)
      : options_(options), values_(values), scratch_(scratch), problems_(problems) {}

  // One case from its first token to its last. Recursion is bounded by the depth of types.
  void run(json::Cursor& cursor, Batch& batch);

 private:
  using Inside = json::Cursor::Inside;

  void record(SlotId id, std::uint32_t cell);
  void member(SlotId record, std::uint32_t cell, SlotId& expected, std::uint32_t& found);
  SlotId find(SlotId record, std::string_view name, SlotId expected) const noexcept;
  void unknown(SlotId record, std::string_view raw, std::string_view name);
  void add_extra(SlotId record, std::uint32_t cell, std::size_t first);
  void value(SlotId id, std::uint32_t cell);
  void text(SlotId id, std::uint32_t cell);
  void number(SlotId id, std::uint32_t cell);
  void list(SlotId id, std::uint32_t cell);
  void general(SlotId id, std::uint32_t cell);
  bool typed_text(SlotId id, std::uint32_t cell, std::string_view text);
  std::string_view content(std::string_view raw);
  void misfit(SlotId id, std::uint32_t cell);
  void misfit_text(SlotId id, std::uint32_t cell, std::string_view raw, std::string_view text);
  Value skip(Arena& arena);  // the value at the cursor, plain
  void note(std::size_t at, std::string message, std::string_view name, SlotId slot);

  const ReadOptions& options_;
  JsonValues& values_;
  std::string& scratch_;
  CaseProblems& problems_;
  json::Cursor* cursor_ = nullptr;
  Batch* batch_ = nullptr;
  const Layout* layout_ = nullptr;
  std::size_t depth_ = 0;
  struct Item {
    SlotId list;
    std::uint32_t index;
  };
  std::vector<Item> items_;  // of which lists the walk is in
  struct Extra {
    std::string_view raw, name;
    Value value;
  };
  std::vector<Extra> extras_;
  Arena dropped_;
  // Up to where lines are counted, for the places of problems.
  std::size_t counted_ = 0;
  Place place_;
};

}  // namespace partnership::feel
