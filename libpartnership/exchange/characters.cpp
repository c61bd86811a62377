// SPDX-License-Identifier: Apache-2.0
#include "exchange/characters.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

namespace partnership::exchange {

std::string plain_text(std::string_view text) {
  constexpr std::string_view replacement = "\xef\xbf\xbd";
  const std::size_t bad = utf8_invalid_at(text);
  if (bad != std::string_view::npos) {
    throw Error(Code::malformed, backticked(text) + " is not UTF-8 at byte " + std::to_string(bad));
  }
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\r') {
      if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
    } else if ((byte < 0x20 && c != '\t' && c != '\n') || byte == 0x7f) {
      out += replacement;
    } else if (byte == 0xef &&
               (text.substr(i, 3) == "\xef\xbf\xbe" || text.substr(i, 3) == "\xef\xbf\xbf")) {
      out += replacement;
      i += 2;
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace partnership::exchange
