// SPDX-License-Identifier: Apache-2.0
//
// What CMake makes of the files that ship, for packs.cpp.
#pragma once

#include <span>
#include <string_view>

namespace partnership {

struct CompiledPack {
  std::string_view name, text;
};

std::span<const CompiledPack> compiled_packs() noexcept;  // by name

}  // namespace partnership
