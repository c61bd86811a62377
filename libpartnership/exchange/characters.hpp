// SPDX-License-Identifier: Apache-2.0
//
// Text made fit for formats that do not take every character.
#pragma once

#include <string>
#include <string_view>

namespace partnership::exchange {

// The text with every line end (CR LF, CR, LF) as LF, and U+FFFD in the place of what neither
// XML 1.0 (production 2) nor iCalendar's TEXT (RFC 5545, 3.3.11) takes: the controls but TAB and
// LF, and the noncharacters U+FFFE and U+FFFF. Throws Error(malformed), with the byte, when it is
// not UTF-8.
std::string plain_text(std::string_view text);

}  // namespace partnership::exchange
