// SPDX-License-Identifier: Apache-2.0
//
// Certificates as the library writes them, with every value changed in turn: what is still accepted
// says something else that is true, or the same in other words.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "committee/certificate_match.hpp"
#include "committee/lottery_certificate.hpp"
#include "committee/lottery_instances.hpp"
#include "verify/certificate.hpp"
#include "verify/mutable_json.hpp"
#include "verify/naive_claim.hpp"

namespace partnership {
namespace {

using verify::CertificateReport;
using verify::verify_certificate;
using Verdict = CertificateReport::Verdict;

int rounds(int few) {
  return std::getenv("PSHIP_LONG") != nullptr ? 20 * few : few;
}

struct Written {
  std::string text;
  Verdict verdict;
};

// The certificate of a lottery, or of there being none, of an instance of a number. No text where
// nothing was proved: then there is nothing to change.
Written written(int number) {
  const naive::Instance instance =
      test::HardInstances(static_cast<std::uint64_t>(number) + 7000).next();
  const PanelModel model = test::model_of(instance);
  LotteryRequest request;
  request.kind = number % 3 == 0   ? LotteryKind::maximin
                 : number % 3 == 1 ? LotteryKind::leximin
                                   : LotteryKind::nash;
  const Lottery lottery = compose_lottery(model, request);
  const bool nothing =
      lottery.status != LotteryStatus::proved && lottery.status != LotteryStatus::infeasible;
  if (nothing) return {{}, Verdict::refused};
  const std::vector<std::string> ids = test::ids_of(model);
  return {lottery_certificate(model, lottery, {{}, {}, ids}),
          lottery.status == LotteryStatus::infeasible ? Verdict::infeasible : Verdict::proved};
}

// What a value could be instead.
std::vector<std::string> others(const MutableJson& value) {
  if (value.type == json::Type::integer) {
    const std::int64_t number = std::stoll(value.text);
    return {std::to_string(number + 1), std::to_string(number - 1), std::to_string(-number), "0"};
  }
  const auto fraction = Rational::parse(value.text);
  if (value.type != json::Type::string || !fraction) return {};
  const Rational tiny(Integer(1), Integer(1'000'000'000'000));
  return {(*fraction + Rational(1)).text(), (-*fraction).text(),
          (*fraction + tiny).text(),        (*fraction - tiny).text(),
          (*fraction * Rational(2)).text(), "0"};
}

struct Tried {
  std::int64_t changes = 0, accepted = 0;
};

void expect_refused_or_true(const MutableJson& changed, const Written& from, Tried& tried) {
  const std::string text = changed.write();
  if (text == from.text) return;
  ++tried.changes;
  if (verify_certificate(text).verdict == Verdict::refused) return;
  ++tried.accepted;
  ASSERT_EQ(naive::untrue(text), "") << "was:\n" << from.text << "\nis:\n" << text;
}

void change_each(const Written& from, Tried& tried) {
  MutableJson copy = MutableJson::read(from.text);
  const MutableJson original = copy;
  std::vector<MutableJson*> all;
  copy.collect(all);
  for (std::size_t at = 0; at < all.size(); ++at) {
    const MutableJson before = *all[at];
    for (const std::string& other : others(before)) {
      all[at]->text = other;
      expect_refused_or_true(copy, from, tried);
      all[at]->text = before.text;
    }
    for (std::size_t child = 0; child < before.children.size(); ++child) {
      all[at]->children.erase(all[at]->children.begin() + static_cast<std::ptrdiff_t>(child));
      expect_refused_or_true(copy, from, tried);
      copy = original;  // the erased ones moved
      all.clear();
      copy.collect(all);
    }
  }
}

TEST(CertificateChange, NoChangeOfWhatIsSaidIsAcceptedUnlessItIsTrue) {
  Tried tried;
  int infeasible = 0;
  for (int number = 0; number < rounds(60); ++number) {
    const Written from = written(number);
    if (from.text.empty()) continue;
    ASSERT_EQ(verify_certificate(from.text).verdict, from.verdict) << from.text;
    ASSERT_EQ(naive::untrue(from.text), "") << from.text;
    infeasible += from.verdict == Verdict::infeasible ? 1 : 0;
    change_each(from, tried);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(tried.changes, 20000);
  EXPECT_LT(tried.accepted, tried.changes / 4);
  EXPECT_GT(infeasible, 2);
}

// A panel that weighs less than a millionth: whom it names hardly changes a probability.
bool is_light(MutableJson& value, std::size_t digits) {
  if (value.children.empty() || value.children[0].name != "members") return false;
  return value["weight"].text.size() + 6 < digits;
}

// Auxiliary values may have others that do as well, and who sits on light panels may lie within
// delta. `digits`: of the denominator.
void collect_what_counts(MutableJson& value, std::size_t digits, std::vector<MutableJson*>& all) {
  if (value.name == "auxiliary" || is_light(value, digits)) return;
  all.push_back(&value);
  for (MutableJson& child : value.children) collect_what_counts(child, digits, all);
}

// What must not change at all without notice: whom the panels name, with which weights, and the
// target. (For maximin a target that no level fixes may lie anywhere within delta.)
TEST(CertificateChange, PanelsWeightsAndTargetsCannotBeChangedAtAll) {
  for (int number = 0; number < rounds(60); ++number) {
    const Written from = written(number);
    if (from.verdict != Verdict::proved || number % 3 == 0) continue;
    for (const char* part : {"panels", "target", "denominator", "version", "certificate"}) {
      MutableJson copy = MutableJson::read(from.text);
      std::vector<MutableJson*> all;
      collect_what_counts(copy[part], copy["denominator"].text.size(), all);
      for (MutableJson* const value : all) {
        const std::string before = value->text;
        for (const std::string& other : others(*value)) {
          if (other == before) continue;
          value->text = other;
          // A weight or a member alone breaks the sum, the probabilities or a criterion.
          ASSERT_EQ(verify_certificate(copy.write()).verdict, Verdict::refused) << copy.write();
        }
        value->text = before;
      }
    }
  }
}

// Everything of the model and the names, compared with what the model and the names are.
TEST(CertificateChange, AnotherModelOrOtherPeopleAreSeen) {
  for (int number = 0; number < rounds(10); ++number) {
    const PanelModel model =
        test::model_of(test::HardInstances(static_cast<std::uint64_t>(number) + 7000).next());
    const std::vector<std::string> ids = test::ids_of(model);
    const Written from = written(number);
    if (from.text.empty()) continue;
    ASSERT_TRUE(certificate_differences(from.text, model, ids).empty());
    for (const char* part : {"nominees", "model"}) {
      MutableJson copy = MutableJson::read(from.text);
      std::vector<MutableJson*> all;
      copy[part].collect(all);
      for (std::size_t at = 0; at < all.size(); ++at) {
        copy = MutableJson::read(from.text);
        all.clear();
        copy[part].collect(all);
        MutableJson& value = *all[at];
        if (value.is_container()) {
          if (value.children.empty()) continue;
          value.children.pop_back();
        } else if (value.type == json::Type::integer) {
          value.text = std::to_string(std::stoll(value.text) + 1);
        } else if (value.type == json::Type::string) {
          value.text += "x";
        } else {
          value.type = json::Type::integer;
          value.text = "7";
        }
        ASSERT_EQ(certificate_differences(copy.write(), model, ids).size(), 1U) << copy.write();
      }
      copy = MutableJson::read(from.text);
      std::swap(copy["nominees"].children.front(), copy["nominees"].children.back());
      ASSERT_EQ(certificate_differences(copy.write(), model, ids).size(), ids.size() > 1 ? 2U : 0U);
    }
  }
  EXPECT_EQ(certificate_differences("{}", {}, {}).size(), 1U);
  EXPECT_EQ(certificate_differences("[]", {}, {}).size(), 1U);
  EXPECT_THROW(certificate_differences("[", {}, {}), Error);
}

}  // namespace
}  // namespace partnership
