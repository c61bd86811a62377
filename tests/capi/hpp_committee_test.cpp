// SPDX-License-Identifier: Apache-2.0
//
// Committees and the register through partnership.hpp, linked with the shared library.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include "capi/owners.hpp"
#include "partnership/partnership.hpp"

namespace {

using pship::Date;
using pship::Error;
using pship::Hash;
using pship::Language;
using pship::Options;
using pship::Outcome;
using pship::Platform;
using pship::Table;
using pship::testing::code_of;

constexpr const char* criteria_json = R"({
  "criteria": "test", "version": "1", "title": {"en": "Test"}, "size": 2,
  "rules": [{"id": "civil", "kind": "quota", "attribute": "side", "value": "civil society",
             "min": 1, "from": "2020-01-01"}]})";

pship::Nominees nominees() {
  return pship::Nominees(Table::read_json(
      R"([{"id": "a", "side": "public"}, {"id": "b", "side": "civil society"},
          {"id": "c", "side": "public"}, {"id": "d", "side": null}])"));
}

TEST(HppCommittee, ChecksMembers) {
  const auto criteria = pship::Criteria::load(criteria_json);
  EXPECT_EQ(nominees().count(), 4);
  EXPECT_EQ(criteria.hash(), pship::sha256(pship::canonical_json(criteria_json)));
  EXPECT_EQ(criteria.table().rows(), 2);

  EXPECT_EQ(criteria.check(nominees(), {"a", "b"}).outcome(), Outcome::met);
  EXPECT_EQ(criteria.check(nominees(), {"a", "d"}).outcome(), Outcome::undetermined);
  const pship::Check check = criteria.check(nominees(), {"a", "c"});
  EXPECT_EQ(check.outcome(), Outcome::not_met);
  const Table rows = check.criteria(Language::en);
  EXPECT_EQ(rows.texts("outcome")[0], "met");
  EXPECT_EQ(rows.texts("outcome")[1], "not met");
  EXPECT_EQ(check.unmet().texts("criterion")[0], "civil");
  EXPECT_EQ(criteria.check(nominees(), {"a", "b"}).counts().rows(), 1);
  // The rule is not yet in force; the size is.
  EXPECT_EQ(criteria.check(nominees(), {"a", "c"}, Date::parse("2019-01-01")).outcome(),
            Outcome::met);
  // All nominees are too many, and so are none too few: an empty list is not all of them.
  EXPECT_EQ(criteria.check(nominees()).outcome(), Outcome::not_met);
  EXPECT_EQ(criteria.check(nominees(), std::vector<std::string>{}).criteria(Language::en).rows(),
            2);
}

TEST(HppCommittee, RefusesStrangersAndDoubles) {
  const auto criteria = pship::Criteria::load(criteria_json);
  EXPECT_EQ(code_of([&] { criteria.check(nominees(), {"x"}); }), PSHIP_NOT_FOUND);
  EXPECT_EQ(code_of([&] { criteria.check(nominees(), {"a", "a"}); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { criteria.check(nominees(), {std::string("a\0b", 3)}); }),
            PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([] { pship::Criteria::load("{}"); }), PSHIP_INVALID_DOCUMENT);
  EXPECT_EQ(code_of([] { pship::Nominees(Table::read_json(R"([{"id": "a"}, {"id": "a"}])")); }),
            PSHIP_INVALID_DOCUMENT);
  EXPECT_EQ(code_of([] { pship::Criteria().check(pship::Nominees()); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_THAT(pship::Criteria::schema().str(), testing::HasSubstr("2020-12"));
}

// ---- the register

std::string body(const std::string& id, const std::string& side = "public") {
  return R"({"kind": "body.registered", "effective": "2004-01-15",
             "recorded": "2026-11-23T10:00:00Z", "actor": "secretariat",
             "public": {"id": ")" +
         id + R"(", "name": {"en": "Body"}, "side": ")" + side + R"("}})";
}

TEST(HppPlatform, RecordsAndAnswers) {
  Platform platform = Platform::open(":memory:");
  const Table receipts = platform.record("[" + body("a") + "," + body("b") + "]");
  EXPECT_THAT(receipts.i64("position").values(), testing::ElementsAre(0, 1));
  EXPECT_EQ(receipts.texts("leaf")[0], pship::to_hex(pship::leaf_hash(platform.entry(0))));
  EXPECT_EQ(platform.size(), 2);

  const Options on = Options().set("on", Date::parse("2005-01-01"));
  EXPECT_EQ(platform.query("nominees", on).rows(), 2);
  EXPECT_EQ(code_of([&] { platform.query("nominee"); }), PSHIP_NOT_FOUND);
  EXPECT_EQ(code_of([&] { platform.record("[]x"); }), PSHIP_MALFORMED);
  EXPECT_EQ(code_of([&] { platform.record(body("a")); }), PSHIP_REFUSED);
  EXPECT_EQ(code_of([&] { platform.record("{}"); }), PSHIP_INVALID_DOCUMENT);
  EXPECT_EQ(platform.size(), 2);
  EXPECT_GE(Platform::queries().rows(), 1);
  EXPECT_GE(Platform::kinds().rows(), 1);
}

TEST(HppPlatform, ProvesWhatItHolds) {
  Platform platform = Platform::open(":memory:");
  for (int i = 0; i < 7; ++i) platform.record(body(std::to_string(i)));
  const Hash early = platform.root(3);
  const Hash root = platform.root();
  EXPECT_EQ(platform.root(7), root);

  const auto inclusion = platform.prove_inclusion(4, 7);
  const Hash leaf = pship::leaf_hash(platform.entry(4));
  EXPECT_TRUE(pship::verify_inclusion(leaf, 4, 7, inclusion, root));
  EXPECT_FALSE(pship::verify_inclusion(leaf, 3, 7, inclusion, root));
  const auto consistency = platform.prove_consistency(3, 7);
  EXPECT_TRUE(pship::verify_consistency(3, early, 7, root, consistency));
  EXPECT_FALSE(pship::verify_consistency(3, root, 7, early, consistency));
  EXPECT_TRUE(pship::verify_consistency(7, root, 7, root, platform.prove_consistency(7, 7)));
  EXPECT_EQ(code_of([&] { platform.prove_inclusion(7, 7); }), PSHIP_INVALID_ARGUMENT);

  const pship::Text lines = platform.export_journal();
  const auto verdict = pship::verify_journal(lines, root);
  EXPECT_TRUE(verdict.sound);
  EXPECT_EQ(verdict.entries, 7);
  EXPECT_EQ(verdict.root, root);
  EXPECT_FALSE(pship::verify_journal(lines, early).sound);
  EXPECT_TRUE(pship::verify_journal(lines).sound);
  EXPECT_EQ(code_of([] { pship::verify_journal("{}\n"); }), PSHIP_CORRUPT);

  EXPECT_EQ(platform.verify(Options().set("root", pship::to_hex(early))).rows(), 0);
  EXPECT_EQ(platform.verify(Options().set("root", pship::to_hex(leaf))).rows(), 1);
  const std::string dump = platform.dump().str();
  platform.rebuild();
  EXPECT_EQ(platform.dump(), dump);
}

TEST(HppPlatform, MovesAndCloses) {
  Platform platform = Platform::open(":memory:");
  platform.record(body("a"));
  Platform moved = std::move(platform);
  EXPECT_EQ(moved.size(), 1);
  EXPECT_FALSE(platform);  // NOLINT(bugprone-use-after-move): what this test is about
  EXPECT_EQ(code_of([&] { platform.size(); }), PSHIP_INVALID_ARGUMENT);
  platform.cancel();
  moved = Platform();
  EXPECT_FALSE(moved);
  EXPECT_EQ(code_of([] { Platform::open("/no such folder/x.db"); }), PSHIP_IO);
}

TEST(HppPlatform, AnotherThreadCancels) {
  Platform platform = Platform::open(":memory:");
  std::string many = "[";
  for (int i = 0; i < 5000; ++i) many += (i == 0 ? "" : ",") + body(std::to_string(i));
  many += "]";
  std::atomic<bool> done = false;
  std::thread other([&] {
    while (!done) {
      platform.cancel();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  const pship_status status = code_of([&] { platform.record(many); });
  done = true;
  other.join();
  EXPECT_EQ(status, PSHIP_CANCELLED);
  EXPECT_EQ(platform.size(), 0);
  EXPECT_EQ(platform.record(body("a")).rows(), 1);
}

}  // namespace
