// SPDX-License-Identifier: Apache-2.0
#include "support.hpp"
#include "verify/draw.hpp"

namespace partnership::platform::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Invariants : public ::testing::Test {
 protected:
  void SetUp() override {
    reg_.record(event("body.registered", "2010-01-01",
                      R"({"id":"m","name":{"en":"Ministry"},"side":"public"})"));
    reg_.record(event("body.registered", "2010-01-01",
                      R"({"id":"c","name":{"en":"CSO"},"side":"civil_society"})"));
    reg_.record(event("post.created", "2010-01-01",
                      R"({"id":"post","body":"m","title":{"en":"Director"}})"));
    reg_.record(event("mandate.began", "2011-01-01",
                      R"({"id":"m1","body":"m","post":"post","tenure":"substantive"})"));
    reg_.record(event("committee.formed", "2012-01-01",
                      R"({"id":"k","name":{"en":"K"},"form":"coordination"})"));
    reg_.record(
        event("seat.created", "2012-01-01", R"({"id":"s","committee":"k","role":"member"})"));
    size_ = reg_.size();
    dump_ = reg_.dump();
  }

  // Refused for just these reasons, and nothing has changed.
  template <class... Reasons>
  void refused(const std::string& kind, const std::string& day, const std::string& payload,
               const Reasons&... reasons) {
    Code code{};
    const auto problems = problems_of([&] { reg_.record(event(kind, day, payload)); }, &code);
    EXPECT_EQ(code, Code::refused) << kind;
    EXPECT_THAT(problems, ElementsAre(Field(&Problem::message, HasSubstr(reasons))...)) << kind;
    EXPECT_EQ(reg_.size(), size_);
    EXPECT_EQ(reg_.dump(), dump_);
  }
  void accepted(const std::string& kind, const std::string& day, const std::string& payload) {
    const auto problems = problems_of([&] { reg_.record(event(kind, day, payload)); });
    EXPECT_THAT(problems, IsEmpty()) << kind << " " << problems.front().message;
    size_ = reg_.size();
    dump_ = reg_.dump();
  }

  Register reg_{":memory:", {}};
  std::int64_t size_ = 0;
  std::string dump_;
};

TEST_F(Invariants, AThingIsRecordedOnceAndBeforeItChanges) {
  refused("body.registered", "2015-01-01", R"({"id":"m","name":{"en":"X"},"side":"public"})",
          "body `m` is recorded already");
  refused("body.changed", "2015-01-01", R"({"id":"x","note":"n"})", "body `x` is not recorded");
  refused("body.changed", "2009-12-31", R"({"id":"m","note":"n"})",
          "body `m` does not hold on 2009-12-31, but from 2010-01-01");
}

TEST_F(Invariants, EveryReasonIsGiven) {
  refused("mandate.began", "2015-01-01",
          R"({"id":"m1","body":"x","person":"y","post":"z","tenure":"acting",)"
          R"("decided":"2015-01-02","instrument_date":"2015-01-01"})",
          "mandate `m1` is recorded already", "body `x` is not recorded",
          "person `y` is not recorded", "post `z` is not recorded",
          "dated before the decision of 2015-01-02");
}

TEST_F(Invariants, WhatIsBoundHoldsOnTheDayAndKeepsItsGround) {
  refused("mandate.began", "2009-01-01", R"({"id":"m2","body":"c","tenure":"acting"})",
          "body `c` does not hold on 2009-01-01");
  refused("body.closed", "2015-01-01", R"({"id":"m"})",
          "cannot end on 2015-01-01 while these hold: post `post`", "mandate `m1`");
  refused("committee.dissolved", "2012-01-01", R"({"id":"k"})", "began on 2012-01-01 itself",
          "while these hold: seat `s`");
  accepted("mandate.ended", "2014-01-01", R"({"id":"m1","reason":"end of term"})");
  accepted("post.closed", "2014-06-01", R"({"id":"post"})");
  accepted("body.closed", "2015-01-01", R"({"id":"m"})");
  refused("mandate.ended", "2014-06-01", R"({"id":"m1"})",
          "mandate `m1` does not hold on 2014-06-01, but from 2011-01-01 to 2014-01-01");
}

TEST_F(Invariants, APostHasOneSubstantiveHolder) {
  refused("mandate.began", "2015-01-01",
          R"({"id":"m2","body":"m","post":"post","tenure":"substantive"})",
          "has a substantive holder on or after 2015-01-01: mandate `m1`");
  accepted("mandate.began", "2015-01-01",
           R"({"id":"m2","body":"m","post":"post","tenure":"acting"})");
  refused("mandate.changed", "2015-06-01", R"({"id":"m2","tenure":"substantive"})", "mandate `m1`");
  accepted("mandate.ended", "2016-01-01", R"({"id":"m1"})");
  accepted("mandate.changed", "2016-01-01", R"({"id":"m2","tenure":"substantive"})");
}

TEST_F(Invariants, ASeatIsHeldUnderAMandateOfItsBody) {
  refused("seat.filled", "2013-01-01", R"({"id":"s"})", "the `body` that takes the seat");
  refused("seat.filled", "2013-01-01", R"({"id":"s","body":"c","mandate":"m1"})",
          "mandate `m1` is one of body `m`, not of `c`");
  accepted("seat.filled", "2013-01-01", R"({"id":"s","body":"m","mandate":"m1"})");
  refused("mandate.ended", "2014-01-01", R"({"id":"m1"})", "while these hold: seat `s`");
  accepted("seat.vacated", "2014-01-01", R"({"id":"s"})");
  accepted("mandate.ended", "2014-01-01", R"({"id":"m1"})");
}

TEST_F(Invariants, AnIssueGoesForward) {
  accepted("issue.proposed", "2013-01-01", R"({"id":"i","title":{"en":"Water"},"body":"c"})");
  accepted("issue.moved", "2013-02-01", R"({"id":"i","stage":"elaborated"})");
  refused("issue.moved", "2013-03-01", R"({"id":"i","stage":"admitted"})",
          "is at stage `elaborated` and goes forward from there");
  refused("issue.moved", "2013-03-01", R"({"id":"i","stage":"elaborated"})", "goes forward");
  accepted("issue.moved", "2013-04-01", R"({"id":"i","stage":"closed"})");
}

TEST_F(Invariants, ARequestIsAnsweredOnce) {
  accepted("request.made", "2013-01-01",
           R"({"id":"r","body":"c","asks":"meeting","topic":{"en":"Water"}})");
  accepted("dialogue.announced", "2013-01-10",
           R"({"id":"d","name":{"en":"D"},"form":"meeting","request":"r","period":"2013-02"})");
  accepted("request.answered", "2013-02-03", R"({"id":"r","dialogue":"d"})");
  refused("request.withdrawn", "2013-02-04", R"({"id":"r"})", "request `r` is answered already");
}

TEST_F(Invariants, ADrawIsHeldOnceAndAsItsSeedDecides) {
  const std::string hash(64, 'a');
  const auto announced = [&](const std::string& id, int panels) {
    return R"({"id":")" + id + R"(","committee":"k","lottery":")" + hash + R"(","panels":")" +
           hash + R"(","panel_count":)" + std::to_string(panels) + "}";
  };
  const std::uint64_t number = verify::repeat_draw(*hash_of(hash), "the seed", 1000);
  const auto held = [&](const std::string& id, std::uint64_t drawn) {
    return R"({"id":")" + id + R"(","seed":"the seed","number":)" + std::to_string(drawn) + "}";
  };
  refused("draw.announced", "2013-01-01", announced("d", 0), "one panel or more, not of 0");
  refused("draw.held", "2013-01-01", held("d", number), "draw `d` is not recorded");
  accepted("draw.announced", "2013-01-01", announced("d", 1000));
  refused("draw.held", "2013-01-05", held("d", number % 1000 + 1),
          "the seed draws number " + std::to_string(number) + " of the 1000 panels");
  refused("draw.held", "2012-12-31", held("d", number), "draw `d` does not hold on 2012-12-31");
  accepted("draw.held", "2013-01-05", held("d", number));
  refused("draw.held", "2013-01-06", held("d", number), "draw `d` is held already");
  // What was drawn does not keep a committee from ending.
  refused("committee.dissolved", "2014-01-01", R"({"id":"k"})", "while these hold: seat `s`");
}

TEST_F(Invariants, MinutesAndPublicationFollowADialogueThatWasHeld) {
  accepted("dialogue.announced", "2013-01-10",
           R"({"id":"d","name":{"en":"D"},"form":"meeting","period":"2013-02"})");
  refused("minutes.adopted", "2013-02-20", R"({"id":"d","minutes_on":"2013-02-20"})",
          "dialogue `d` was not held on or before 2013-02-20");
  refused("attendance.recorded", "2013-02-03", R"({"dialogue":"d","body":"c"})", "was not held");
  refused("dialogue.held", "2013-03-01",
          R"({"id":"d","name":{"en":"D"},"form":"meeting","period":"2013-02"})",
          "the effective day 2013-03-01 is not in the period `2013-02`");
  accepted("dialogue.held", "2013-02-03", R"({"id":"d","name":{"en":"D"},"form":"meeting"})");
  accepted("attendance.recorded", "2013-02-03", R"({"dialogue":"d","body":"c"})");
  refused("attendance.recorded", "2013-02-03", R"({"dialogue":"d","body":"c"})",
          "attendance `d/c` is recorded already");
  refused("attendance.recorded", "2013-02-03", R"({"dialogue":"d"})",
          "neither `body` nor `person`");
  accepted("minutes.adopted", "2013-02-20", R"({"id":"d","minutes_on":"2013-02-20"})");
  const Table dialogue = reg_.query(
      "dialogue",
      options({{"id", std::string("d")},
               {"on", Options::Value(std::in_place_type<Date>, parse_date("2013-03-01"))}}));
  EXPECT_EQ(at(dialogue, "state", 0), "held");
  EXPECT_EQ(at(dialogue, "minutes_on", 0), "2013-02-20");
}

TEST_F(Invariants, ClaimsMayConflictButNotWithThemselves) {
  accepted("claim.made", "2019-01-01",
           R"({"id":"a","subject":"x","property":{"en":"projects"},"value":24})");
  refused("claim.made", "2019-01-01",
          R"({"id":"b","subject":"x","property":{"en":"projects"},"value":25,)"
          R"("conflicts_with":["a","zz","b"]})",
          "claim `zz` is not recorded", "claim `b` is not recorded",
          "claim `b` is said to conflict with itself");
  accepted("claim.made", "2019-01-01",
           R"({"id":"b","subject":"x","property":{"en":"projects"},"value":25,)"
           R"("conflicts_with":["a"]})");
  refused("record.struck", "2019-01-01", R"({"table":"claim","id":"a"})",
          "cannot be struck while these name it: claim `b`");
  refused("record.struck", "2019-01-01", R"({"table":"klaim","id":"a"})",
          "there is no table `klaim`");
  accepted("record.struck", "2019-01-01", R"({"table":"claim","id":"b"})");
}

TEST_F(Invariants, CriteriaMustLoad) {
  Code code{};
  const std::string bad =
      event("criteria.proposed", "2013-01-01",
            R"({"id":"q","committee":"k","version":"1","document":{"criteria":"x","rulez":[]}})");
  const auto problems = problems_of([&] { reg_.record(bad); }, &code);
  EXPECT_EQ(code, Code::refused);
  ASSERT_FALSE(problems.empty());
  for (const Problem& problem : problems) {
    EXPECT_THAT(problem.pointer, ::testing::StartsWith("/public/document"));
    EXPECT_GE(problem.offset, static_cast<std::int64_t>(bad.find("{\"criteria\"")));
  }
  accepted(
      "criteria.proposed", "2013-01-01",
      R"({"id":"q","committee":"k","version":"1","document":{"criteria":"x","version":"1","title":"X",)"
      R"("rules":[{"id":"both","kind":"quota","attribute":"side","value":"public","min":1}]}})");
  accepted("criteria.agreed", "2013-02-01", R"({"criteria":"q","side":"public","body":"m"})");
  refused("criteria.agreed", "2013-03-01", R"({"criteria":"q","side":"public","body":"m"})",
          "agreement `q/public` is recorded already");
}

}  // namespace
}  // namespace partnership::platform::testing
