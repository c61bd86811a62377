// SPDX-License-Identifier: Apache-2.0
//
// The verifier against the oracle: it accepts every certificate that a naive method writes, and
// whatever it accepts after a change is true by enumeration.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <random>

#include "verify/certificate.hpp"
#include "verify/mutable_json.hpp"
#include "verify/naive_claim.hpp"
#include "verify/naive_lottery.hpp"

namespace partnership {
namespace {

using verify::CertificateReport;
using verify::verify_certificate;
using Verdict = CertificateReport::Verdict;

bool long_run() {
  return std::getenv("PSHIP_LONG") != nullptr;
}

std::string faults(const CertificateReport& report) {
  std::string out;
  for (const Problem& fault : report.faults) out += fault.pointer + ": " + fault.message + "\n";
  return out;
}

struct Certified {
  std::string text;
  Verdict verdict = Verdict::proved;
  std::size_t branches = 0;
};

// The certificate of one kind for an instance; the kinds differ in what they exercise.
Certified certify(const naive::Instance& instance, const std::vector<naive::Numbers>& committees,
                  int kind, std::mt19937_64& random) {
  naive::Writing writing;
  writing.random = kind % 2 == 0 ? nullptr : &random;
  writing.rounding = kind % 3 == 0;
  if (random() % 3 == 0) writing.denominator = 1'000'000'000'000;
  if (committees.empty()) {
    return {naive::infeasible_certificate(instance, writing), Verdict::infeasible, 0};
  }
  const auto write = [&](const naive::Lottery& lottery) {
    return naive::certificate(instance, committees, lottery, writing);
  };
  switch (kind % 5) {
    case 0:
      return {write(naive::maximin(instance, committees)), Verdict::proved, 0};
    case 1:
      writing.denominator.reset();  // the target's own
      return {write(naive::nash(instance, committees)), Verdict::proved, 0};
    case 2: {
      const Rational more(Integer(static_cast<std::int64_t>(random() % 3)), 7);
      return {write(naive::bounded(instance, committees, random() % 3, more)), Verdict::bound, 0};
    }
    default:
      return {write(naive::leximin(instance, committees)), Verdict::proved, 0};
  }
}

TEST(CertificateOracle, EveryTrueCertificateIsAccepted) {
  std::mt19937_64 random(20);
  std::map<Verdict, int> verdicts;
  std::int64_t branched = 0, zero = 0, several = 0;
  const int rounds = long_run() ? 40000 : 4000;
  for (int i = 0; i < rounds; ++i) {
    const naive::Instance instance = naive::random_instance(random);
    const auto committees = naive::committees(instance);
    const Certified certified = certify(instance, committees, i, random);
    const CertificateReport report = verify_certificate(certified.text);
    ASSERT_EQ(report.verdict, certified.verdict) << faults(report) << certified.text;
    ASSERT_TRUE(report.faults.empty()) << faults(report);
    ASSERT_EQ(naive::untrue(certified.text), "") << certified.text;
    ++verdicts[report.verdict];
    branched += report.nodes > report.leaves ? 1 : 0;
    zero += report.verdict != Verdict::infeasible && report.least.sign() == 0 ? 1 : 0;
    several += report.levels > 1 ? 1 : 0;
  }
  // The instances are of all sorts.
  EXPECT_GT(verdicts[Verdict::proved], rounds / 3);
  EXPECT_GT(verdicts[Verdict::bound], rounds / 20);
  EXPECT_GT(verdicts[Verdict::infeasible], rounds / 20);
  EXPECT_GT(branched, rounds / 20);
  EXPECT_GT(zero, rounds / 20);
  EXPECT_GT(several, rounds / 10);
}

// --- forgeries

// A lottery as it comes, with levels made up for it: each group of equal targets has a true
// inequality and a true proof, but in general neither the equation nor the order holds.
naive::Lottery forged(const naive::Instance& instance,
                      const std::vector<naive::Numbers>& committees, std::mt19937_64& random) {
  naive::Lottery lottery = naive::leximin(instance, committees);
  if (random() % 2 == 0) {  // another lottery
    std::vector<std::int64_t> weights;
    std::int64_t sum = 0;
    for (std::size_t c = 0; c < committees.size(); ++c) {
      sum += weights.emplace_back(static_cast<std::int64_t>(random() % 4));
    }
    if (sum == 0) sum = weights[0] = 1;
    for (std::size_t c = 0; c < weights.size(); ++c) {
      lottery.probability[c] = Rational(Integer(weights[c]), Integer(sum));
    }
    lottery.target = naive::marginals(instance, committees, lottery.probability);
  }
  std::map<Rational, std::vector<std::uint32_t>> groups;
  for (std::uint32_t t = 0; t < lottery.target.size(); ++t) {
    groups[lottery.target[t]].push_back(t);
  }
  lottery.levels.clear();
  for (const auto& [value, types] : groups) {
    naive::Level level{value, types, std::vector<Rational>(lottery.target.size()), 0};
    for (const std::uint32_t t : types) level.terms[t] = 1;
    for (const naive::Numbers& x : committees) {
      Rational sum;
      for (const std::uint32_t t : types) sum += Rational(x[t]);
      level.bound = std::max(level.bound, sum);
    }
    lottery.levels.push_back(std::move(level));
  }
  return lottery;
}

// What a forger would try.
void forge(MutableJson& root, std::mt19937_64& random) {
  std::vector<MutableJson>& levels = root["levels"].children;
  const std::size_t at = random() % levels.size();
  switch (random() % 6) {
    case 0: {  // the bound that the equation asks for
      const Rational value = *Rational::parse(levels[at]["value"].text);
      Rational nominees;
      for (MutableJson& type : levels[at]["types"].children) {
        nominees += Rational(static_cast<std::int64_t>(
            root["model"]["types"].children[std::stoul(type.text)].children.size()));
      }
      levels[at]["bound"].text = (value * nominees).text();
      break;
    }
    case 1:
      levels.erase(levels.begin() + static_cast<std::ptrdiff_t>(at));
      break;
    case 2:
      std::swap(levels[at], levels[random() % levels.size()]);
      break;
    case 3:
      root["objective"].text = "maximin";
      break;
    case 4: {  // the value that the equation asks for
      const Rational bound = *Rational::parse(levels[at]["bound"].text);
      const std::size_t type = std::stoul(levels[at]["types"].children[0].text);
      levels[at]["value"].text =
          (bound / Rational(static_cast<std::int64_t>(
                       root["model"]["types"].children[type].children.size())))
              .text();
      break;
    }
    default:
      break;
  }
}

TEST(CertificateOracle, ForgeriesAreRefused) {
  std::mt19937_64 random(22);
  int refused = 0, tried = 0;
  for (int i = 0; i < (long_run() ? 40000 : 4000); ++i) {
    const naive::Instance instance = naive::random_instance(random);
    const auto committees = naive::committees(instance);
    if (committees.empty()) continue;
    const naive::Lottery lottery = forged(instance, committees, random);
    MutableJson root = MutableJson::read(naive::certificate(instance, committees, lottery));
    forge(root, random);
    const std::string text = root.write();
    const CertificateReport report = verify_certificate(text);
    ++tried;
    if (report.verdict == Verdict::refused) {
      ++refused;
    } else {
      ASSERT_EQ(naive::untrue(text), "") << text;
    }
  }
  EXPECT_GT(refused, tried / 3);
  EXPECT_LT(refused, tried);
}

// --- changes

Rational parsed(const std::string& text) {
  return Rational::parse(text).value_or(Rational(0));
}

void change_text(MutableJson& value, std::mt19937_64& random) {
  const Rational was = parsed(value.text);
  switch (random() % 6) {
    case 0:
      value.text = (was + Rational(1)).text();
      break;
    case 1:
      value.text = (-was).text();
      break;
    case 2:
      value.text = (was * Rational(Integer(2), 3)).text();
      break;
    case 3:
      value.text = (was + Rational(Integer(1), Integer(1) + was.den() * Integer(2))).text();
      break;
    case 4:
      value.text = (was - Rational(Integer(1), 1'000'000'000'000)).text();
      break;
    default:
      value.text = "0";
  }
}

void change_number(MutableJson& value, std::mt19937_64& random) {
  const std::int64_t was = std::stoll(value.text);
  value.text = std::to_string(was + static_cast<std::int64_t>(random() % 5) - 2);
}

// One change, anywhere.
void change(MutableJson& root, std::mt19937_64& random) {
  std::vector<MutableJson*> all;
  root.collect(all);
  MutableJson& value = *all[random() % all.size()];
  if (value.type == json::Type::string) {
    change_text(value, random);
  } else if (value.type == json::Type::integer) {
    change_number(value, random);
  } else if (value.type == json::Type::null) {
    value.text = std::to_string(random() % 4);
    value.type = json::Type::integer;
  } else if (!value.children.empty()) {
    const std::size_t at = random() % value.children.size();
    const std::size_t other = random() % value.children.size();
    const auto place = value.children.begin() + static_cast<std::ptrdiff_t>(at);
    switch (random() % 4) {
      case 0:
        value.children.erase(place);
        break;
      case 1:
        value.children.insert(place, MutableJson(value.children[other]));
        break;
      case 2:
        std::swap(value.children[at], value.children[other]);
        break;
      default:  // another value of the document
        value.children[at] = MutableJson(*all[random() % all.size()]);
    }
  }
}

TEST(CertificateOracle, WhateverIsAcceptedAfterAChangeIsTrue) {
  std::mt19937_64 random(21);
  std::int64_t changed = 0, accepted = 0;
  const int rounds = long_run() ? 6000 : 600;
  for (int i = 0; i < rounds; ++i) {
    const naive::Instance instance = naive::random_instance(random);
    const Certified certified = certify(instance, naive::committees(instance), i, random);
    const MutableJson original = MutableJson::read(certified.text);
    for (int j = 0; j < 150; ++j) {
      MutableJson copy = original;
      const int changes = j % 10 == 9 ? 2 : 1;
      for (int k = 0; k < changes; ++k) change(copy, random);
      const std::string text = copy.write();
      if (text == certified.text) continue;
      ++changed;
      const CertificateReport report = verify_certificate(text);
      if (report.verdict == Verdict::refused) {
        ASSERT_FALSE(report.faults.empty()) << text;
        continue;
      }
      ++accepted;
      ASSERT_EQ(naive::untrue(text), "") << "was:\n" << certified.text << "\nis:\n" << text;
    }
  }
  EXPECT_GT(changed, rounds * 100);
  EXPECT_LT(accepted, changed / 4);
  EXPECT_GT(accepted, 0);
}

}  // namespace
}  // namespace partnership
