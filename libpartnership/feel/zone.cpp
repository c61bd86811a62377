// SPDX-License-Identifier: Apache-2.0
//
// IANA's time zones, from ICU's data. The names are listed once and a zone's rules are read when it
// is first asked for; nothing depends on the process's own zone or on the clock.
#include <unicode/basictz.h>
#include <unicode/strenum.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "feel/temporal_parts.hpp"

namespace partnership::feel {

namespace {

// ICU knows abbreviations of its own beside IANA's; of three letters only these are IANA's.
constexpr std::array<std::string_view, 13> three_letters{
    "CET", "EET", "EST", "GMT", "HST", "MET", "MST", "PRC", "ROC", "ROK", "UCT", "UTC", "WET"};

[[noreturn]] void fail(UErrorCode status) {
  if (status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  throw Error(Code::internal, std::string("ICU has no time zones: ") + u_errorName(status));
}

struct Zone {
  std::string id;
  std::once_flag once;
  std::unique_ptr<icu::TimeZone> owner;
  const icu::BasicTimeZone* rules = nullptr;
};

class Zones {
 public:
  Zones() {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::StringEnumeration> listed(
        icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_ANY, nullptr, nullptr, status));
    if (U_FAILURE(status)) fail(status);
    std::vector<std::string> ids;
    std::int32_t length = 0;
    while (const char* id = listed->next(&length, status)) {
      std::string text(id, static_cast<std::size_t>(length));
      if (text.starts_with("SystemV/") || text == "Etc/Unknown") continue;
      if (length == 3 && !std::ranges::binary_search(three_letters, text)) continue;
      ids.push_back(std::move(text));
    }
    if (U_FAILURE(status)) fail(status);
    std::ranges::sort(ids);
    count_ = std::min<std::size_t>(ids.size(), 65'535);
    zones_ = std::make_unique<Zone[]>(count_);
    for (std::size_t i = 0; i < count_; ++i) zones_[i].id = std::move(ids[i]);
  }

  std::optional<std::uint16_t> find(std::string_view id) const noexcept {
    const std::span<const Zone> all(zones_.get(), count_);
    const auto at = std::ranges::lower_bound(
        all, id, std::ranges::less{}, [](const Zone& zone) { return std::string_view(zone.id); });
    if (at == all.end() || at->id != id) return std::nullopt;
    return static_cast<std::uint16_t>(at - all.begin());
  }

  const std::string& id(std::uint16_t zone) const noexcept { return zones_[zone].id; }

  const icu::BasicTimeZone& rules(std::uint16_t index) const {
    Zone& zone = zones_[index];
    std::call_once(zone.once, [&zone] {
      zone.owner.reset(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(zone.id)));
      if (!zone.owner) throw std::bad_alloc();
      // Every zone of ICU's own data is a BasicTimeZone.
      zone.rules = dynamic_cast<const icu::BasicTimeZone*>(zone.owner.get());
      if (zone.rules == nullptr) fail(U_INTERNAL_PROGRAM_ERROR);
    });
    return *zone.rules;
  }

 private:
  std::unique_ptr<Zone[]> zones_;
  std::size_t count_ = 0;
};

const Zones& zones() {
  static const Zones all;  // read-only but for each zone's rules, behind its once_flag
  return all;
}

// Before 1800 no zone had changed yet, and after 2400 the rules of the last years go on with the
// calendar, which repeats every 400 years. ICU's own arithmetic is not made for distant years.
std::int64_t within_data(std::int64_t days) noexcept {
  constexpr std::int64_t first = -62'091, last = 157'054, cycle = 146'097;  // 1800 and 2400
  if (days < first) return first;
  return days <= last ? days : last - cycle + 1 + floor_modulo(days - (last - cycle + 1), cycle);
}

UDate milliseconds_of(std::int64_t days, std::int64_t nanoseconds) noexcept {
  const std::int64_t milliseconds = nanoseconds / 1'000'000;
  return static_cast<UDate>(within_data(days) * seconds_per_day * 1000 + milliseconds);
}

}  // namespace

std::optional<std::uint16_t> find_zone(std::string_view id) {
  return zones().find(id);
}

std::string_view zone_id(std::uint16_t zone) noexcept {
  return zones().id(zone);
}

std::int32_t zone_offset(std::uint16_t zone, std::int64_t days, std::int64_t nanoseconds) {
  std::int32_t standard = 0, summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  zones().rules(zone).getOffsetFromLocal(milliseconds_of(days, nanoseconds), UCAL_TZ_LOCAL_FORMER,
                                         UCAL_TZ_LOCAL_FORMER, standard, summer, status);
  if (U_FAILURE(status)) fail(status);
  return (standard + summer) / 1000;
}

std::int32_t zone_offset_at(std::uint16_t zone, std::int64_t seconds) {
  const std::int64_t days = floor_divide(seconds, seconds_per_day);
  std::int32_t standard = 0, summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  zones().rules(zone).getOffset(
      milliseconds_of(days, (seconds - days * seconds_per_day) * nanoseconds_per_second), false,
      standard, summer, status);
  if (U_FAILURE(status)) fail(status);
  return (standard + summer) / 1000;
}

std::int32_t zone_standard_offset(std::uint16_t zone) {
  constexpr std::int64_t new_year_2024 = 19'723;
  std::int32_t standard = 0, summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  zones().rules(zone).getOffset(milliseconds_of(new_year_2024, 0), false, standard, summer, status);
  if (U_FAILURE(status)) fail(status);
  return standard / 1000;
}

}  // namespace partnership::feel
