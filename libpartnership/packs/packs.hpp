// SPDX-License-Identifier: Apache-2.0
//
// The data that ships with the library (JSON Schemas, examples), compiled in. CMakeLists.txt lists
// the files; a name is the path below packs/, e.g. "schemas/criteria.schema.json".
#pragma once

#include <string_view>

namespace partnership {

// The text of a file, followed by a NUL that the view does not count; empty for a name that there
// is not. Lives as long as the program.
std::string_view pack(std::string_view name) noexcept;

}  // namespace partnership
