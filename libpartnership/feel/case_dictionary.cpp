// SPDX-License-Identifier: Apache-2.0
#include "feel/case_dictionary.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace partnership::feel {

std::uint32_t Dictionary::find(std::string_view text) const {
  const std::uint32_t hash = hash_of(text);
  std::size_t at = hash & (slots_.size() - 1);
  for (unsigned probes = 0; probes < most_probes; ++probes) {
    const std::uint32_t slot = slots_[at];
    if (slot == 0) return none;
    const Entry& entry = entries_[slot - 1];
    if (entry.hash == hash && text == std::string_view(entry.data, entry.size)) return slot - 1;
    at = (at + 1) & (slots_.size() - 1);
  }
  const auto found = crowded_.find(text);
  return found == crowded_.end() ? none : found->second;
}

std::uint32_t Dictionary::add(std::string_view text, std::uint32_t hash, Arena& arena) {
  if (const auto found = crowded_.find(text); found != crowded_.end()) return found->second;
  if (entries_.size() >= std::size_t{1} << 31U) {
    throw Error(Code::limit, "more than 2147483648 different texts");
  }
  const std::string_view copy = arena.copy(text);
  entries_.push_back({copy.data(), static_cast<std::uint32_t>(copy.size()), hash});
  const std::uint32_t code = size() - 1;
  if (entries_.size() * 2 > slots_.size()) {
    rebuild(slots_.size() * 2);
  } else {
    place(code);
  }
  return code;
}

void Dictionary::place(std::uint32_t code) {
  std::size_t at = entries_[code].hash & (slots_.size() - 1);
  for (unsigned probes = 0; probes < most_probes; ++probes) {
    if (slots_[at] == 0) {
      slots_[at] = code + 1;
      return;
    }
    at = (at + 1) & (slots_.size() - 1);
  }
  crowded_.emplace(text(code), code);
}

void Dictionary::rebuild(std::size_t slots) {
  slots_.assign(slots, 0);
  crowded_.clear();
  for (std::uint32_t code = 0; code < size(); ++code) place(code);
}

void Dictionary::reset(const Dictionary& base) {
  entries_ = base.entries_;
  // A table that one large batch has made is not cleared for every small one after it.
  const std::size_t wanted = std::max(first_slots, base.slots_.size());
  if (slots_.size() > wanted * 32) {
    slots_ = std::vector<std::uint32_t>(wanted, 0);
    rebuild(wanted);
  } else {
    rebuild(std::max(slots_.size(), wanted));
  }
}

std::size_t Dictionary::memory() const noexcept {
  return entries_.capacity() * sizeof(Entry) + slots_.capacity() * sizeof(std::uint32_t) +
         crowded_.size() * 64;
}

}  // namespace partnership::feel
