// SPDX-License-Identifier: Apache-2.0
//
// What the tests of the register share: temporary files, events, and a generator of random
// programmes.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "platform/register.hpp"

namespace partnership::platform::testing {

// A folder of its own, removed at the end.
class TempFolder {
 public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pship-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TempFolder() { std::filesystem::remove_all(path_); }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline Options options(const std::vector<std::pair<std::string, Options::Value>>& values = {}) {
  Options out;
  for (const auto& [name, value] : values) out.set(name, value);
  return out;
}

// An event with the common members filled in; `payload` is the text of its public part.
inline std::string event(const std::string& kind, const std::string& effective,
                         const std::string& payload, const std::string& personal = "") {
  return R"({"kind":")" + kind + R"(","effective":")" + effective +
         R"(","recorded":"2026-11-23T10:00:00Z","actor":"tester","public":)" + payload +
         (personal.empty() ? "" : ",\"personal\":" + personal) + "}";
}

inline std::string personal(const std::string& payload, char salt = 'a') {
  return R"({"salt":")" + std::string(64, salt) + R"(","payload":)" + payload + "}";
}

// The problems with which `call` fails, or none when it does not; the code goes to *code.
template <class Call>
std::vector<Problem> problems_of(Call&& call, Code* code = nullptr) {
  try {
    call();
  } catch (const Error& error) {
    if (code != nullptr) *code = error.code();
    return error.problems();
  }
  return {};
}

inline std::string at(const Table& table, std::string_view column, std::int64_t row) {
  const std::int32_t index = table.find(column);
  if (index < 0) throw std::out_of_range("no column " + std::string(column));
  const Column& of = table.column(index);
  if (of.is_null(row)) return "null";
  const auto place = static_cast<std::size_t>(row);
  switch (of.type) {
    case ColumnType::text:
      return std::string(of.text(row));
    case ColumnType::date:
      return iso(of.int32s[place]);
    case ColumnType::boolean:
      return of.booleans[place] != 0 ? "true" : "false";
    default:
      return std::to_string(of.int64s[place]);
  }
}

// Events that may be, in an order in which they may: bodies, people with personal payloads, posts,
// mandates, committees, seats, issues, requests, dialogues, claims; with changes, ends, corrections
// and erasures among them. The same seed gives the same programme.
std::vector<std::string> random_programme(std::uint32_t seed, int steps);

}  // namespace partnership::platform::testing
