// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a calendar document: refused with what is wrong, or a calendar whose answers agree
// with each other.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "fuzz/demand.hpp"

using namespace partnership;

namespace {

void ask(const Calendar& calendar) {
  const Date from = calendar.valid_from(), to = calendar.valid_to();
  const std::int32_t all = calendar.working_days_between(from, to);
  demand(all >= 0 && all <= to - from, "working days are days");
  demand(calendar.working_days_between(to, from) == -all, "backwards is negative");
  if (all > 0) {
    const Date first = calendar.next_working_day(from);
    const Date last = calendar.add_working_days(from - 1, all);
    demand(calendar.is_working_day(first) && calendar.is_working_day(last), "ends work");
    demand(calendar.add_working_days(first, all - 1) == last, "the first and the last");
    demand(calendar.add_working_days(last, 1 - all) == first, "and back");
  }
  Date before = from;
  for (const Holiday& holiday : calendar.holidays()) {
    demand(!calendar.is_working_day(holiday.date), "nobody works on a holiday");
    demand(holiday.date >= before, "holidays are in order");
    demand(holiday.moved_from != holiday.date, "what moves moves");
    before = holiday.date;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    ask(Calendar::load({reinterpret_cast<const char*>(data), size}));
  } catch (const Error& error) {
    const Code code = error.code();
    demand(code == Code::malformed || code == Code::invalid_document || code == Code::limit,
           "why there is no calendar");
    demand(!error.problems().empty(), "something is wrong");
  }
  return 0;
}
