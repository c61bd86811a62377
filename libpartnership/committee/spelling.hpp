// SPDX-License-Identifier: Apache-2.0
//
// The spelling under which ids, attributes and values are compared.
#pragma once

#include <string>
#include <string_view>

namespace partnership {

// Without the white space (Unicode White_Space) at both ends.
std::string_view trimmed(std::string_view text) noexcept;

// `text` composed (Unicode NFC) and trimmed: two spellings of one text that look the same are the
// same. Letters are not folded: `Beirut` and `beirut` differ. Throws Error(malformed) when `text`
// is not UTF-8.
std::string spelling(std::string_view text);

}  // namespace partnership
