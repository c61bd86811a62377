// SPDX-License-Identifier: Apache-2.0
//
// Takes down the parts of an expression as they run.
#pragma once

#include <cstdint>
#include <vector>

#include "feel/explain.hpp"

namespace partnership::feel {

class Recorder {
 public:
  Recorder(Trace& trace, std::size_t most) : trace_(trace), most_(most) {}

  void enter(NodeId node);
  void leave(Value value);
  void round() noexcept { ++open_.back().rounds; }

 private:
  static constexpr std::uint32_t dropped = 0xffffffff;
  struct Open {
    std::uint32_t part;
    std::uint32_t rounds;  // that the part has begun
  };
  Trace& trace_;
  std::size_t most_;
  std::vector<Open> open_;
};

inline void Recorder::enter(NodeId node) {
  const auto at = static_cast<std::uint32_t>(trace_.parts.size());
  const bool kept = at < most_ && (open_.empty() || open_.back().part != dropped);
  if (!kept) {
    trace_.truncated = true;
    open_.push_back({dropped, 0});
    return;
  }
  const std::uint32_t parent = open_.empty() ? at : open_.back().part;
  const std::uint32_t rounds = open_.empty() ? 0 : open_.back().rounds;
  trace_.parts.push_back({node,
                          parent,
                          static_cast<std::uint32_t>(open_.size()),
                          rounds == 0 ? 0 : rounds - 1,
                          false,
                          {}});
  open_.push_back({at, 0});
}

inline void Recorder::leave(Value value) {
  if (open_.back().part != dropped) trace_.parts[open_.back().part].value = value;
  open_.pop_back();
}

}  // namespace partnership::feel
