// SPDX-License-Identifier: Apache-2.0
//
// Every call on a register in one form, for loops that let each fail at every point, and what such
// a loop asks of the register afterwards. All through the C API.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "support/small_register.hpp"

namespace fault {

using pship_testing::Owned;

// What a call may hand out. Making the call allocates nothing here.
struct Outputs {
  pship_platform* platform = nullptr;
  pship_table* table = nullptr;
  pship_text* text = nullptr;
  std::int64_t number = 0;
  std::array<std::uint8_t, PSHIP_HASH_SIZE> hash{};
  pship_error* error = nullptr;

  Outputs() = default;
  Outputs(const Outputs&) = delete;
  Outputs& operator=(const Outputs&) = delete;
  ~Outputs() {
    pship_platform_free(platform);
    pship_table_free(table);
    pship_text_free(text);
    pship_error_free(error);
  }

  bool nothing() const {
    return platform == nullptr && table == nullptr && text == nullptr && number == 0 &&
           std::ranges::all_of(hash, [](std::uint8_t byte) { return byte == 0; });
  }
  // All of it, as text to compare.
  std::string said() const {
    std::string out = std::to_string(number) + "\n";
    for (const std::uint8_t byte : hash) out += std::to_string(byte) + " ";
    if (text != nullptr) out += pship_testing::said(text);
    if (table == nullptr) return out;
    for (const std::string& name : pship_testing::column_names(table)) out += name + "|";
    for (std::int64_t row = 0; row < pship_table_rows(table); ++row) {
      out += "\n";
      for (std::int32_t column = 0; column < pship_table_columns(table); ++column) {
        out += pship_testing::cell(table, column, row) + "|";
      }
    }
    return out;
  }
};

struct Call {
  std::string name;
  std::function<pship_status(pship_platform*, Outputs&)> run;
  pship_status expected = PSHIP_OK;
  bool makes_tables = false;  // changes the schema on the way
};

// ---- the calls; they are made for a register that holds the small programme

inline Call recording(const std::string& name, const std::string& json,
                      pship_status expected = PSHIP_OK, bool makes_tables = false) {
  return {name,
          [json](pship_platform* platform, Outputs& out) {
            return pship_platform_record(platform, json.data(), json.size(), &out.table,
                                         &out.error);
          },
          expected, makes_tables};
}

inline std::vector<Call> changes() {
  using namespace pship_testing;
  std::vector<std::string> many;
  for (int i = 0; i < 5; ++i) many.push_back(body("many-" + std::to_string(i)));
  many.push_back(person("late", "Nour"));
  return {
      recording("one event", body("one")),
      recording("a batch", batch(many)),
      recording("a personal payload", person("q", "Samir")),
      recording("an erasure", erasure(personal_position), PSHIP_OK, true),
      recording("a change", event("body.changed", "2006-01-01", R"({"id":"cso","region":"Tyre"})")),
      recording("an end", event("seat.removed", "2006-01-01", R"({"id":"s","reason":"cut"})")),
      recording("a refused event", batch({body("new"), body("cso")}), PSHIP_REFUSED),
      recording("a wrong event", event("body.registered", "2004-02-30", "{}"),
                PSHIP_INVALID_DOCUMENT),
      recording("malformed JSON", R"([{"kind": "body.registered", ])", PSHIP_MALFORMED),
      {"rebuild",
       [](pship_platform* platform, Outputs& out) {
         return pship_platform_rebuild(platform, &out.error);
       },
       PSHIP_OK, true},
  };
}

inline Call querying(const std::string& name, std::shared_ptr<pship_testing::Options> options) {
  return {"query " + name, [name, options](pship_platform* platform, Outputs& out) {
            return pship_platform_query(platform, name.c_str(), options->get(), &out.table,
                                        &out.error);
          }};
}

// Every query of the registry, and one with many options.
inline std::vector<Call> queries() {
  using namespace pship_testing;
  std::vector<Call> calls;
  const auto list =
      made<pship_table>([](auto** out) { return pship_platform_queries(out, nullptr); });
  for (std::int64_t row = 0; row < pship_table_rows(list.get()); ++row) {
    auto options = std::make_shared<pship_testing::Options>();
    const std::string takes = ";" + cell(list.get(), "options", row) + ";";
    if (takes.find(";committee;") != std::string::npos) options->text("committee", "c");
    if (takes.find(";on;") != std::string::npos) options->day("on", 12700);
    calls.push_back(querying(cell(list.get(), "query", row), options));
  }
  auto options = std::make_shared<pship_testing::Options>();
  options->text("search", "BODY")
      .flag("superseded", true)
      .number("known_at", 12)
      .number("limit", 2);
  calls.push_back(querying("body", options));
  return calls;
}

inline std::vector<Call> reads() {
  std::vector<Call> calls = {
      {"size", [](pship_platform* platform,
                  Outputs& out) { return pship_platform_size(platform, &out.number, &out.error); }},
      {"root",
       [](pship_platform* platform, Outputs& out) {
         return pship_platform_root(platform, -1, out.hash.data(), &out.error);
       }},
      {"earlier root",
       [](pship_platform* platform, Outputs& out) {
         return pship_platform_root(platform, 7, out.hash.data(), &out.error);
       }},
      {"entry",
       [](pship_platform* platform, Outputs& out) {
         return pship_platform_entry(platform, 2, &out.text, &out.error);
       }},
      {"no entry",
       [](pship_platform* platform, Outputs& out) {
         return pship_platform_entry(platform, 999, &out.text, &out.error);
       },
       PSHIP_NOT_FOUND},
      {"inclusion proof",
       [](pship_platform* platform, Outputs& out) {
         return pship_platform_prove_inclusion(platform, 3, 11, &out.table, &out.error);
       }},
      {"consistency proof",
       [](pship_platform* platform, Outputs& out) {
         return pship_platform_prove_consistency(platform, 5, 13, &out.table, &out.error);
       }},
      {"dump", [](pship_platform* platform,
                  Outputs& out) { return pship_platform_dump(platform, &out.text, &out.error); }},
      {"export",
       [](pship_platform* platform, Outputs& out) {
         return pship_platform_export(platform, &out.text, &out.error);
       }},
      {"verify",
       [](pship_platform* platform, Outputs& out) {
         return pship_platform_verify(platform, nullptr, &out.table, &out.error);
       }},
      {"list of queries",
       [](pship_platform*, Outputs& out) {
         return pship_platform_queries(&out.table, &out.error);
       }},
      {"list of kinds",
       [](pship_platform*, Outputs& out) { return pship_platform_kinds(&out.table, &out.error); }},
  };
  for (Call& call : queries()) calls.push_back(std::move(call));
  return calls;
}

// ---- the register afterwards

// All that a register says: its size, root, journal and tables. "?" stands where it does not say.
inline std::string state_of(pship_platform* platform) {
  std::array<std::uint8_t, PSHIP_HASH_SIZE> root{};
  std::string out = std::to_string(pship_testing::size_of(platform)) + "\n";
  out += pship_platform_root(platform, -1, root.data(), nullptr) == PSHIP_OK ? "" : "?";
  for (const std::uint8_t byte : root) out += std::to_string(byte) + " ";
  const auto lines = pship_testing::made<pship_text>(
      [&](auto** text) { return pship_platform_export(platform, text, nullptr); });
  out += lines == nullptr ? "?" : "\n" + pship_testing::said(lines.get());
  const std::string tables = pship_testing::dump(platform);
  return out + (tables.empty() ? "?" : tables);
}

// Whether two states are the same, or the first line in which they differ.
inline testing::AssertionResult same(const std::string& state, const std::string& expected) {
  if (state == expected) return testing::AssertionSuccess();
  const auto at = std::ranges::mismatch(state, expected).in1 - state.begin();
  const auto line = [&](const std::string& text) {
    const auto from = text.rfind('\n', static_cast<std::size_t>(at));
    return text.substr(from == std::string::npos ? 0 : from + 1, 200);
  };
  return testing::AssertionFailure() << "is\n" << line(state) << "\nnot\n" << line(expected);
}

// An event that no register takes.
inline std::string refused_event() {
  return pship_testing::event("body.changed", "2006-01-01", R"({"id":"nobody","region":"Tyre"})");
}

// Whether the register works on: the door in judges what comes, and nothing is wrong behind it.
inline testing::AssertionResult usable(pship_platform* platform, bool read_all = true) {
  const pship_status status = pship_testing::record(platform, refused_event());
  if (status != PSHIP_REFUSED) {
    return testing::AssertionFailure() << "record: " << pship_status_name(status);
  }
  const std::string found = read_all ? pship_testing::faults(platform) : "";
  if (!found.empty()) return testing::AssertionFailure() << found;
  return testing::AssertionSuccess();
}

// The next point to fail at: all of them in a long run, otherwise the first 8 and then ever rarer.
inline long next(long n) {
  return pship_testing::long_run() ? n + 1 : n + 1 + n / 8;
}

}  // namespace fault
