// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a name, a date, a period, an instant and a fraction. What is answered must hold
// together; what is refused must be refused as the headers say.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/fraction.hpp"
#include "base/options.hpp"
#include "base/text.hpp"
#include "fuzz/demand.hpp"

using namespace partnership;

namespace {

void names(std::string_view text) {
  const std::size_t invalid = utf8_invalid_at(text);
  demand(invalid == std::string_view::npos || invalid < text.size(), "an offset inside the text");
  const Place end = place_of(text, text.size());
  const Place middle = place_of(text, text.size() / 2);
  demand(middle.line <= end.line && middle.line >= 1 && middle.column >= 1, "places in order");
  const std::string message = backticked(text);
  demand(message.find('\n') == std::string::npos, "a message on one line");
  demand(utf8_invalid_at(message) == std::string_view::npos, "a message in UTF-8");
  constexpr std::string_view candidates[] = {"weekend", "holidays", "valid", "title"};
  (void)nearest_spelling(text, candidates);
  try {
    const std::string key = search_key(text);
    demand(invalid == std::string_view::npos, "a key of UTF-8 only");
    demand(search_key(key) == key, "the key of a key is itself");
  } catch (const Error& error) {
    demand(error.code() == (invalid == std::string_view::npos ? Code::limit : Code::malformed),
           "why there is no key");
  }
}

void dates(std::string_view text) {
  if (const auto date = date_of(text)) {
    demand(iso(*date) == text, "a date goes there and back");
    demand(parse_date(text) == *date, "both readers agree");
  } else {
    try {
      parse_date(text);
      demand(false, "both readers refuse");
    } catch (const Error& error) {
      demand(error.code() == Code::malformed, "why there is no date");
    }
  }
  const auto period = period_of(text);
  if (period) demand(period->from < period->to, "a period has days");
  for (const Language language : all_languages) {
    try {
      demand(!render_period(text, language).empty() && period.has_value(), "a period is rendered");
    } catch (const Error& error) {
      demand(!period && error.code() == Code::malformed, "why there is no period");
    }
  }
  if (is_instant(text)) demand(date_of(text.substr(0, 10)).has_value(), "an instant has a day");
}

void numbers(std::string_view text) {
  const auto fraction = Fraction::parse(text);
  if (!fraction) return;
  demand(fraction->den > 0, "a positive denominator");
  demand(Fraction::parse(fraction->text()) == fraction, "a fraction goes there and back");
  demand(fraction->floor_of(1000) <= fraction->ceil_of(1000), "floor and ceiling in order");
}

void options(std::string_view text) {
  Options set;
  try {
    set.set(text.substr(0, 20), std::string(text));
  } catch (const Error&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  names(text);
  dates(text);
  numbers(text);
  options(text);
  return 0;
}
