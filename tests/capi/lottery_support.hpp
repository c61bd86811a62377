// SPDX-License-Identifier: Apache-2.0
//
// Criteria and four nominees, and what is made of them, for the tests of lottery.h.
#pragma once

#include "harness.hpp"

namespace pship_testing {

inline constexpr std::string_view document = R"({"criteria": "test", "version": "1",
  "title": {"en": "Test"}, "size": 2,
  "attributes": {"side": {"label": "Side", "values": {"public": "Public", "civil": "Civil"}}},
  "rules": [{"id": "civil", "kind": "quota", "attribute": "side", "value": "civil",
             "min": 1, "max": 1}]})";
// One civil nominee sits always, three public ones share the other seat.
inline constexpr std::string_view people = "id,side\na,public\nb,civil\nc,public\nd,public\n";

struct Inputs {
  Owned<pship_criteria> criteria;
  Owned<pship_nominees> nominees;

  explicit Inputs(std::string_view json = document, std::string_view csv = people)
      : criteria(made<pship_criteria>([&](auto** out) {
          return pship_criteria_load(json.data(), json.size(), out, nullptr);
        })) {
    const auto table = made<pship_table>([&](auto** out) {
      return pship_table_read_csv(csv.data(), csv.size(), nullptr, out, nullptr);
    });
    nominees = made<pship_nominees>(
        [&](auto** out) { return pship_nominees_new(table.get(), nullptr, out, nullptr); });
  }
  Owned<pship_composition> compose(const pship_options* options = nullptr) const {
    return made<pship_composition>([&](auto** out) {
      return pship_compose(criteria.get(), nominees.get(), options, nullptr, nullptr, out, nullptr);
    });
  }
};

inline std::string infeasible() {
  std::string json(document);
  return json.replace(json.find("\"min\": 1, \"max\": 1"), 18, "\"min\": 2");
}

inline std::string document_of(const pship_composition* composition) {
  return said(made<pship_text>([&](auto** out) {
                return pship_composition_document(composition, out, nullptr);
              }).get());
}
inline std::string certificate_of(const pship_composition* composition) {
  return said(made<pship_text>([&](auto** out) {
                return pship_composition_certificate(composition, out, nullptr);
              }).get());
}
inline std::string panels_of(const std::string& lottery) {
  Options six;
  six.number("panels", 6);
  return said(made<pship_text>([&](auto** out) {
                return pship_draw_panels(lottery.data(), lottery.size(), six.get(), nullptr,
                                         nullptr, out, nullptr);
              }).get());
}
inline std::string drawn_of(const std::string& panels) {
  return said(made<pship_text>([&](auto** out) {
                return pship_draw_result(panels.data(), panels.size(), "seed", 4, out, nullptr);
              }).get());
}

// A pace that counts its calls and answers alike.
struct Pace {
  std::int32_t answer = PSHIP_PACE_GO_ON;
  int calls = 0;
  static std::int32_t ask(void* context, std::int32_t phase, std::int64_t done, std::int64_t of) {
    EXPECT_GE(phase, PSHIP_PHASE_LEVELS);
    EXPECT_LE(phase, PSHIP_PHASE_SAMPLING);
    EXPECT_GE(done, 0);
    EXPECT_GE(of, 0);
    auto& self = *static_cast<Pace*>(context);
    ++self.calls;
    return self.answer;
  }
};

}  // namespace pship_testing
