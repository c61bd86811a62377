// SPDX-License-Identifier: Apache-2.0
//
// How cases of one schema lie in columns. Every member of the schema has a slot, that is a column
// of cells. The cells of level 0 are the cases; each list opens a level whose cells are the items
// of all its lists, one list after another; the members of a nested context lie on the level of the
// context.
//
// A Layout never changes once made and may be shared between threads.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feel/arena.hpp"
#include "feel/case_dictionary.hpp"
#include "feel/type.hpp"
#include "feel/value.hpp"

namespace partnership::feel {

// What the cells of a slot are.
enum class Storage : std::uint8_t {
  truth,   // one bit
  day,     // int32, days since 1970-01-01
  number,  // int64 coefficient; one scale for the whole column
  code,    // uint32, of a text in the batch's dictionary
  value,   // a Value: any other type, and texts that no expression compares
  list,    // where its items begin (uint32) on their level; one more than there are cells
  record,  // a context; the members have slots of their own
};

using SlotId = std::uint32_t;
using LevelId = std::uint32_t;
inline constexpr std::uint32_t no_slot = 0xffffffff;

struct Slot {
  Storage storage;
  bool open = false;      // record: other members are kept, too
  bool optional = false;  // member: may be absent or null
  std::string name;       // of a member; empty for the case and for items
  const Type* type;       // never null
  LevelId level;          // where its cells are
  SlotId parent;          // the record or list that it belongs to
  SlotId first = 0;  // record: the slots of its members are [first, first + count); list: the slot
  std::uint32_t count = 0;       // of its items
  LevelId items = 0;             // list: the level of its items
  const Shape* shape = nullptr;  // record: of a context that has all members
};

struct Level {
  LevelId parent;
  SlotId list;  // whose items the cells are; no_slot for the cases
  std::vector<SlotId> slots;
  std::vector<SlotId> truths, lists;  // of these slots
};

class Layout {
 public:
  // `schema` is a context type of `types`, which the layout keeps alive. With `coded`, only the
  // texts of the slots for which it is true get codes; without, all do. `literals` get the codes 0,
  // 1, ... of every batch. Throws Error(invalid_argument) for another type, Error(limit) past
  // 65,536 members.
  static std::shared_ptr<const Layout> make(const Type& schema, std::shared_ptr<const Types> types,
                                            const std::vector<bool>* coded = nullptr,
                                            std::span<const std::string_view> literals = {});

  const Slot& slot(SlotId id) const noexcept { return slots_[id]; }
  std::uint32_t slots() const noexcept { return static_cast<std::uint32_t>(slots_.size()); }
  const Level& level(LevelId id) const noexcept { return levels_[id]; }
  std::uint32_t levels() const noexcept { return static_cast<std::uint32_t>(levels_.size()); }
  // The member of a record; no_slot: none.
  SlotId member(SlotId record, std::string_view name) const noexcept;
  // Where a slot is, for messages: "participants[].side".
  std::string path(SlotId id) const;

  const Dictionary& literals() const noexcept { return literals_; }
  const Type& schema() const noexcept { return *slots_[0].type; }
  std::size_t memory() const noexcept;

 private:
  Layout() = default;
  void add(SlotId id, const std::vector<bool>* coded);
  void index_names();

  std::shared_ptr<const Types> types_;
  Arena arena_;
  std::vector<Slot> slots_;
  std::vector<Level> levels_;
  std::vector<SlotId> names_;  // open addressing over (parent, name); no_slot: free
  Dictionary literals_;
};

}  // namespace partnership::feel
