// SPDX-License-Identifier: Apache-2.0
#include "feel/case_layout.hpp"

#include <bit>

#include "base/error.hpp"

namespace partnership::feel {

namespace {

constexpr std::size_t most_slots = 65536;

bool is_record(const Type& type) noexcept {
  return type.kind == TypeKind::context && !type.members.empty();
}

Storage storage_of(const Type& type, bool coded) noexcept {
  switch (type.kind) {
    case TypeKind::boolean:
      return Storage::truth;
    case TypeKind::number:
      return Storage::number;
    case TypeKind::string:
      return coded ? Storage::code : Storage::value;
    case TypeKind::date:
      return Storage::day;
    case TypeKind::list:
      return type.element == nullptr ? Storage::value : Storage::list;
    default:
      return is_record(type) ? Storage::record : Storage::value;
  }
}

std::size_t hash_name(SlotId record, std::string_view name) noexcept {
  return Dictionary::hash_of(name) ^ (record * 0x9E3779B1U);
}

}  // namespace

std::shared_ptr<const Layout> Layout::make(const Type& schema, std::shared_ptr<const Types> types,
                                           const std::vector<bool>* coded,
                                           std::span<const std::string_view> literals) {
  if (schema.kind != TypeKind::context) {
    throw Error(Code::invalid_argument,
                "schema of a case is `" + type_text(schema) + "`, expected a context");
  }
  std::shared_ptr<Layout> out(new Layout);
  out->types_ = std::move(types);
  Slot root{};
  root.storage = Storage::record;
  root.type = &schema;
  root.parent = no_slot;
  out->slots_.push_back(std::move(root));
  out->levels_.push_back({0, no_slot, {}, {}, {}});
  // Slots are added behind the last one while this goes on: breadth first.
  for (SlotId id = 0; id < out->slots_.size(); ++id) out->add(id, coded);
  out->index_names();
  for (const std::string_view text : literals) out->literals_.intern(text, out->arena_);
  return out;
}

void Layout::add(SlotId id, const std::vector<bool>* coded) {
  const auto child = [&](const Type* type, std::string name, LevelId level, bool optional) {
    if (slots_.size() == most_slots) {
      throw Error(Code::limit, "schema of more than " + std::to_string(most_slots) + " members");
    }
    Slot slot{};
    const SlotId next = static_cast<SlotId>(slots_.size());
    slot.storage = storage_of(*type, coded == nullptr || (next < coded->size() && (*coded)[next]));
    slot.name = std::move(name);
    slot.type = type;
    slot.optional = optional;
    slot.level = level;
    slot.parent = id;
    slots_.push_back(std::move(slot));
  };
  slots_[id].first = static_cast<SlotId>(slots_.size());
  const LevelId at = slots_[id].level;
  const Type& type = *slots_[id].type;
  if (slots_[id].storage == Storage::record) {
    slots_[id].open = type.open;
    slots_[id].count = static_cast<std::uint32_t>(type.members.size());
    std::vector<std::string_view> keys;
    for (const Type::Member& member : type.members) {
      keys.push_back(member.name);
      child(member.type, member.name, at, member.optional);
    }
    slots_[id].shape = Shape::make(arena_, keys);
  } else if (slots_[id].storage == Storage::list) {
    const auto level = static_cast<LevelId>(levels_.size());
    levels_.push_back({at, id, {}, {}, {}});
    slots_[id].count = 1;
    slots_[id].items = level;
    child(type.element, {}, level, false);
  }
  Level& level = levels_[at];
  level.slots.push_back(id);
  if (slots_[id].storage == Storage::truth) level.truths.push_back(id);
  if (slots_[id].storage == Storage::list) level.lists.push_back(id);
}

void Layout::index_names() {
  names_.assign(std::bit_ceil(slots_.size() * 4), no_slot);
  for (SlotId id = 1; id < slots_.size(); ++id) {
    const Slot& slot = slots_[id];
    if (slots_[slot.parent].storage != Storage::record) continue;
    std::size_t at = hash_name(slot.parent, slot.name) & (names_.size() - 1);
    while (names_[at] != no_slot) at = (at + 1) & (names_.size() - 1);
    names_[at] = id;
  }
}

SlotId Layout::member(SlotId record, std::string_view name) const noexcept {
  std::size_t at = hash_name(record, name) & (names_.size() - 1);
  for (; names_[at] != no_slot; at = (at + 1) & (names_.size() - 1)) {
    const Slot& slot = slots_[names_[at]];
    if (slot.parent == record && slot.name == name) return names_[at];
  }
  return no_slot;
}

std::string Layout::path(SlotId id) const {
  std::string out;
  for (; id != 0; id = slots_[id].parent) {
    const bool item = slots_[slots_[id].parent].storage == Storage::list;
    const bool dot = !item && !out.empty() && out.front() != '[';
    out = (item ? "[]" : slots_[id].name) +
          ((dot || (item && !out.empty() && out.front() != '[')) ? "." : "") + out;
  }
  return out;
}

std::size_t Layout::memory() const noexcept {
  std::size_t bytes = sizeof(Layout) + arena_.size() + slots_.capacity() * sizeof(Slot) +
                      levels_.capacity() * sizeof(Level) + names_.capacity() * sizeof(SlotId) +
                      literals_.memory();
  for (const Slot& slot : slots_) {
    if (slot.name.capacity() > 15) bytes += slot.name.capacity();
  }
  for (const Level& level : levels_) {
    bytes += (level.slots.capacity() + level.truths.capacity() + level.lists.capacity()) *
             sizeof(SlotId);
  }
  return bytes;
}

}  // namespace partnership::feel
