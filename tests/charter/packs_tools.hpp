// SPDX-License-Identifier: Apache-2.0
//
// The charters that ship, and what comes of the tests beside their norms.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "charter/assess.hpp"
#include "charter/charter.hpp"
#include "packs/packs.hpp"

namespace partnership::charter::test {

// The ids of the charters that ship: the names of their files.
inline const std::vector<std::string>& shipped() {
  static const std::vector<std::string> ids = {"aarhus",
                                               "afkar",
                                               "council-of-europe",
                                               "croatia",
                                               "dolores",
                                               "eiti",
                                               "estonia",
                                               "eu",
                                               "faca",
                                               "finland",
                                               "lebanon-28-2017",
                                               "moldova",
                                               "morocco",
                                               "oecd",
                                               "ogp",
                                               "switzerland",
                                               "uk-compact",
                                               "uk-consultation-principles",
                                               "uk-public-appointments",
                                               "yemen"};
  return ids;
}

inline std::string text_of_pack(const std::string& id) {
  return std::string(pack("charters/" + id + ".json"));
}

inline std::shared_ptr<const Charter> load_pack(const std::string& id) {
  return Charter::load(pack("charters/" + id + ".json"));
}

// What a charter makes of a case about one of its norms, as of a day.
inline Examination look_into(const Charter& charter, const NormVersion& version,
                             const std::string& facts, Date on) {
  Question question;
  question.on = on;
  const auto of = charter.kinds()[version.kind].set->read_case(facts);
  const auto norm = static_cast<std::uint32_t>(charter.find_norm(version.id));
  return examine(charter, version.kind, *of, question, norm);
}

// The finding that assess() gives: nullopt where the norm has none.
inline std::optional<Finding> assessed(const Charter& charter, const NormVersion& version,
                                       const std::string& facts, Date on) {
  Question question;
  question.on = on;
  question.disabled = true;
  const auto of = charter.kinds()[version.kind].set->read_case(facts);
  const Findings findings = assess(charter, version.kind, *of, question);
  const auto norm = static_cast<std::uint32_t>(charter.find_norm(version.id));
  for (std::uint32_t i = 0; i < findings.norms().size(); ++i) {
    if (findings.norms()[i] == norm) return findings.at(i, 0);
  }
  return std::nullopt;
}

// "": as the test says; else what came out instead.
inline std::string difference(const Charter& charter, const NormVersion& version,
                              const TestCase& test) {
  const std::optional<Finding> finding = assessed(charter, version, test.facts, test.on);
  const std::string place = charter.id() + "/" + version.id + ", " + test.pointer + " (" +
                            test.title + "): expected " + test.expected + ", got ";
  if (!finding) return place + "no finding";
  const std::string got(outcome_name(finding->outcome));
  if (got != test.expected) {
    std::string missing;
    for (const std::string& fact : look_into(charter, version, test.facts, test.on).missing) {
      missing += (missing.empty() ? ", missing " : ", ") + fact;
    }
    return place + got + missing;
  }
  if (!test.state.empty() && state_name(finding->state) != test.state) {
    return place + "the state " + std::string(state_name(finding->state));
  }
  if (test.due != date_none && finding->due != test.due) {
    return place + "due " + (finding->due == date_none ? "never" : iso(finding->due));
  }
  return {};
}

}  // namespace partnership::charter::test
