// SPDX-License-Identifier: Apache-2.0
//
// The pieces of which a charter's document is made: ids, labels, days, periods, sources. What is
// wrong with one is noted in the problems, and reading goes on.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "charter/charter.hpp"

namespace partnership::charter {

inline constexpr std::size_t most_id_bytes = 200;

// Ids of one sort, in the order in which they were declared. Ids are composed (NFC), so that two
// that look the same are the same.
class Ids {
 public:
  // False when there is one already.
  bool add(std::string_view id) {
    return index_.emplace(id, static_cast<std::uint32_t>(index_.size())).second;
  }
  std::optional<std::uint32_t> find(const std::string& id) const {
    const auto at = index_.find(id);
    return at == index_.end() ? std::nullopt : std::optional(at->second);
  }
  std::size_t size() const noexcept { return index_.size(); }
  std::vector<std::string_view> all() const;

 private:
  std::unordered_map<std::string, std::uint32_t> index_;
};

class Parts {
 public:
  explicit Parts(json::Problems& problems) : problems_(problems) {}

  json::Problems& problems() noexcept { return problems_; }
  void problem(json::Value where, std::string message) { problems_.add(where, std::move(message)); }
  // What is wrong with a value that another reader read by itself.
  void add_inner(json::Value value, const Error& error);
  bool full() const noexcept { return problems_.full(); }

  // ", did you mean `nearest`?", or nothing. Looks through no more candidates in all than a
  // hostile document could make costly.
  std::string hint(std::string_view word, std::span<const std::string_view> candidates);

  // A text with its place.
  std::optional<json::Value> text(json::ObjectReader& reader, std::string_view key,
                                  bool required = false);
  // Composed (NFC); empty when it is wrong. `text`: of the value, or the name of the member.
  std::string id(json::Value where, std::string_view text);
  std::string id(json::ObjectReader& reader, std::string_view key, bool required);
  // The id of a thing that is declared; `what` names its sort in messages.
  std::optional<std::uint32_t> known(json::Value value, const Ids& ids, std::string_view what);
  std::optional<std::uint32_t> known(json::ObjectReader& reader, std::string_view key,
                                     bool required, const Ids& ids, std::string_view what);
  // Which of the words stands there.
  std::optional<std::size_t> one_of(json::Value value, std::span<const std::string_view> words);

  LangMap label(json::ObjectReader& reader, std::string_view key, bool required = false);
  Date date(json::Value value);  // date_none when it is wrong
  Date date(json::ObjectReader& reader, std::string_view key, bool required = false);
  InForce in_force(json::ObjectReader& reader);
  std::vector<Source> sources(json::ObjectReader& reader);
  // An end of a window of every year.
  HolidayRule day(json::Value value);
  // A period of a fixed length; nullopt when it is wrong. Its FEEL form is not for this.
  std::optional<PeriodOf> period(json::Value value);

 private:
  Source source(json::Value value);

  json::Problems& problems_;
  std::size_t looked_through_ = 0;
};

// "01-31"; nullopt when there is no such day in every year.
std::optional<std::pair<std::int32_t, std::int32_t>> month_day(std::string_view text) noexcept;

}  // namespace partnership::charter
