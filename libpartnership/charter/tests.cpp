// SPDX-License-Identifier: Apache-2.0
#include "charter/tests.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "charter/assess.hpp"
#include "charter/reasons.hpp"

namespace partnership::charter {

namespace {

std::string sorted_and_joined(std::vector<std::string> parts) {
  std::ranges::sort(parts);
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += "; ";
    out += part;
  }
  return out.empty() ? "nothing" : out;
}

// What a test asks for, on one line: the same words for what is expected and what came out.
class Asked {
 public:
  explicit Asked(const TestCase& test) : test_(test) {}

  std::string expected() const {
    std::string out = test_.expected;
    if (!test_.state.empty()) out += ", " + test_.state;
    if (test_.due != date_none) out += ", due " + iso(test_.due);
    if (test_.missing) out += ", missing " + sorted_and_joined(*test_.missing);
    return out;
  }

  std::string got(const Examination& examined) const {
    const Finding& finding = examined.finding;
    std::string out(outcome_name(finding.outcome));
    if (!test_.state.empty()) {
      const std::string_view state = state_name(finding.state);
      out += ", " + std::string(state.empty() ? "no state" : state);
    }
    if (test_.due != date_none) {
      out += finding.due == date_none ? ", no due date" : ", due " + iso(finding.due);
    }
    if (test_.missing) out += ", missing " + sorted_and_joined(examined.missing);
    return out;
  }

 private:
  const TestCase& test_;
};

class TestRun {
 public:
  explicit TestRun(const Charter& charter) : charter_(charter) {
    norm_ = builder_.add("norm", ColumnType::text);
    from_ = builder_.add("version_from", ColumnType::date);
    test_ = builder_.add("test", ColumnType::text);
    on_ = builder_.add("on", ColumnType::date);
    expected_ = builder_.add("expected", ColumnType::text);
    got_ = builder_.add("got", ColumnType::text);
    passed_ = builder_.add("passed", ColumnType::boolean);
    reason_ = builder_.add("reason", ColumnType::text);
    version_number_.resize(charter.versions().size());
    for (std::uint32_t norm = 0; norm < charter.norms().size(); ++norm) {
      const std::vector<std::uint32_t>& versions = charter.norms()[norm].versions;
      for (std::size_t i = 0; i < versions.size(); ++i) {
        version_number_[versions[i]] = {norm, static_cast<std::int16_t>(i)};
      }
    }
  }

  Table run() {
    for (std::uint32_t v = 0; v < charter_.versions().size(); ++v) {
      const std::vector<TestCase>& tests = charter_.versions()[v].tests;
      for (std::size_t i = 0; i < tests.size(); ++i) add(v, tests[i], i + 1);
    }
    return builder_.finish();
  }

 private:
  struct Place {
    std::uint32_t norm;
    std::int16_t number;  // of the version among those of the norm
  };
  struct Result {
    std::string got, reason;
    bool passed = false;
  };

  void add(std::uint32_t v, const TestCase& test, std::size_t number) {
    const NormVersion& version = charter_.versions()[v];
    const std::string expected = Asked(test).expected();
    Result result;
    try {
      result = answer(version, version_number_[v], test);
    } catch (const Error& error) {
      // What the case makes impossible, e.g. working days where the calendar ends.
      if (error.code() != Code::invalid_argument && error.code() != Code::limit) throw;
      result = {"an error", error.what()};
    }
    builder_.text(norm_, version.id);
    if (version.in_force.from == date_none) {
      builder_.null(from_);
    } else {
      builder_.date(from_, version.in_force.from);
    }
    builder_.text(test_, test.title.empty() ? std::to_string(number) : test.title);
    builder_.date(on_, test.on);
    builder_.text(expected_, expected);
    builder_.text(got_, result.got);
    builder_.boolean(passed_, result.passed);
    builder_.text(reason_, result.reason);
  }

  Result answer(const NormVersion& version, const Place& place, const TestCase& test) {
    const Kind& kind = charter_.kinds()[version.kind];
    const auto facts = kind.set->read_case(test.facts);
    Question question;
    question.on = test.on;
    question.disabled = true;
    const Examination examined = examine(charter_, version.kind, *facts, question, place.norm);
    const Finding& finding = examined.finding;
    Result result;
    result.got = Asked(test).got(examined);
    result.passed = result.got == Asked(test).expected();
    result.reason = say_reason({charter_, place.norm, finding, test.on, nullptr, {}}, Language::en);
    if (finding.version >= 0 && finding.version != place.number) {
      result.passed = false;
      result.reason += " (another version of the norm decided)";
    }
    return result;
  }

  const Charter& charter_;
  TableBuilder builder_;
  std::int32_t norm_, from_, test_, on_, expected_, got_, passed_, reason_;
  std::vector<Place> version_number_;  // one a version
};

}  // namespace

Table run_tests(const Charter& charter) {
  return TestRun(charter).run();
}

}  // namespace partnership::charter
