// SPDX-License-Identifier: Apache-2.0
//
// The user's own text inside a message.
#pragma once

#include <string>
#include <string_view>

namespace partnership {

// `text`, which is UTF-8, in backticks; cut after some 40 bytes, and with control characters as
// escapes, so that a message stays one line.
std::string quoted(std::string_view text);

}  // namespace partnership
