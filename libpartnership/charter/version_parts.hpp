// SPDX-License-Identifier: Apache-2.0
//
// The parts of a charter and of its norms as texts, each with the name of its member in the
// document: what compare.hpp compares.
#pragma once

#include <string>
#include <vector>

#include "charter/charter.hpp"

namespace partnership::charter {

struct TextPart {
  std::string what;
  std::string shown;
  std::string exact;  // what is compared, where that is not what is shown
  const std::string& compared() const noexcept { return exact.empty() ? shown : exact; }
};

// Without those that the document leaves out.
std::vector<TextPart> parts_of(const Charter& charter, const NormVersion& version,
                               Language language);
std::vector<TextPart> parts_of(const Charter& charter);
// The label of a party in `language`; its id where it has none.
std::string party_label(const Charter& charter, const std::string& id, Language language);
// "from 2015-01-01", "until 2015-01-01", both, or nothing.
std::string text_of(const InForce& days);

}  // namespace partnership::charter
