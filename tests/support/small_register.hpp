// SPDX-License-Identifier: Apache-2.0
//
// A small register through the C API: a dozen events of most kinds of effect, among them a personal
// payload, and what the tests of faults ask of a register afterwards.
#pragma once

#include <cstdlib>
#include <string>
#include <vector>

#include "support/c_api.hpp"

namespace pship_testing {

inline std::string event(const std::string& kind, const std::string& effective,
                         const std::string& payload, const std::string& personal = "") {
  return R"({"kind":")" + kind + R"(","effective":")" + effective +
         R"(","recorded":"2026-11-23T10:00:00Z","actor":"tester","public":)" + payload +
         (personal.empty() ? "" : ",\"personal\":" + personal) + "}";
}

inline std::string salted(const std::string& payload, char digit = 'a') {
  return R"({"salt":")" + std::string(64, digit) + R"(","payload":)" + payload + "}";
}

inline std::string body(const std::string& id) {
  return event("body.registered", "2004-01-15",
               R"({"id":")" + id + R"(","name":{"en":"Body )" + id +
                   R"(","ar":"هيئة"},"side":"civil_society","sectors":["water","roads"]})");
}

inline std::string person(const std::string& id, const std::string& name) {
  return event(
      "person.registered", "2004-01-15", R"({"id":")" + id + R"("})",
      salted(R"({"name":{"en":")" + name + R"("},"email":")" + name + R"(@example.org"})"));
}

inline std::string erasure(std::int64_t position) {
  return event("personal.erased", "2010-01-01",
               R"({"position":)" + std::to_string(position) + R"(,"reason":"asked for"})");
}

inline std::string batch(const std::vector<std::string>& events) {
  std::string out = "[";
  for (const std::string& one : events) out += (out.size() == 1 ? "" : ",") + one;
  return out + "]";
}

// A change and an end, seats, an issue, a request and claims that conflict; the person's payload
// stands in entry 2.
inline std::vector<std::string> small_programme() {
  return {
      body("omsar"),
      body("cso"),
      person("p", "Rana"),
      event("post.created", "2004-02-01", R"({"id":"post","body":"omsar","title":{"en":"Head"}})"),
      event("mandate.began", "2004-03-01",
            R"({"id":"m","body":"omsar","person":"p","post":"post","tenure":"substantive"})"),
      event("committee.formed", "2004-04-01",
            R"({"id":"c","name":{"fr":"Comité"},"form":"coordination"})"),
      event("seat.created", "2004-04-01", R"({"id":"s","committee":"c","role":"member"})"),
      event("seat.filled", "2004-05-01", R"({"id":"s","body":"omsar","mandate":"m"})"),
      event("issue.proposed", "2004-06-01", R"({"id":"i","title":{"en":"Water"},"person":"p"})"),
      event("request.made", "2004-07-01",
            R"({"id":"r","body":"cso","asks":"workshop","topic":{"en":"Water"},"issue":"i"})"),
      event("claim.made", "2004-08-01",
            R"({"id":"k1","subject":"omsar","property":{"en":"seats"},"value":7})"),
      event("claim.made", "2004-08-01",
            R"({"id":"k2","subject":"omsar","property":{"en":"seats"},"value":9,)"
            R"("conflicts_with":["k1"]})"),
      event("body.changed", "2005-01-01", R"({"id":"cso","region":"Bekaa","form":"cso"})"),
  };
}
inline constexpr std::int64_t small_size = 13;
inline constexpr std::int64_t personal_position = 2;

inline pship_status record(pship_platform* platform, const std::string& json,
                           pship_error** err = nullptr) {
  return pship_platform_record(platform, json.data(), json.size(), nullptr, err);
}

inline Owned<pship_platform> open_register(const std::string& path,
                                           const pship_options* options = nullptr) {
  return made<pship_platform>(
      [&](auto** out) { return pship_platform_open(path.c_str(), options, out, nullptr); });
}

// A register that holds the small programme; a failure stops the test program.
inline Owned<pship_platform> small_register(const std::string& path = ":memory:") {
  Owned<pship_platform> platform = open_register(path);
  if (platform == nullptr || record(platform.get(), batch(small_programme())) != PSHIP_OK) {
    std::abort();
  }
  return platform;
}

inline std::int64_t size_of(pship_platform* platform) {
  std::int64_t size = -1;
  return pship_platform_size(platform, &size, nullptr) == PSHIP_OK ? size : -1;
}

inline Owned<pship_table> query(pship_platform* platform, const char* name,
                                const pship_options* options = nullptr) {
  return made<pship_table>(
      [&](auto** out) { return pship_platform_query(platform, name, options, out, nullptr); });
}

inline std::string dump(pship_platform* platform) {
  return said(made<pship_text>([&](auto** out) {
                return pship_platform_dump(platform, out, nullptr);
              }).get());
}

// What verify finds, a line a fault; "" when all is well.
inline std::string faults(pship_platform* platform, const pship_options* options = nullptr) {
  pship_error* raw = nullptr;
  pship_table* out = nullptr;
  const pship_status status = pship_platform_verify(platform, options, &out, &raw);
  const Owned<pship_error> error(raw);
  const Owned<pship_table> findings(out);
  if (status != PSHIP_OK) {
    return std::string(pship_status_name(status)) + ": " + pship_error_message(raw);
  }
  std::string lines;
  for (std::int64_t row = 0; row < pship_table_rows(out); ++row) {
    lines += cell(out, "place", row) + ": " + cell(out, "message", row) + "\n";
  }
  return lines;
}

}  // namespace pship_testing
