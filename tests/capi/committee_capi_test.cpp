// SPDX-License-Identifier: Apache-2.0
//
// Every C function of committee.h: what it answers, what it refuses, and that outputs are NULL or 0
// on failure.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "partnership/partnership.h"

namespace {

constexpr const char* document = R"({
  "criteria": "test", "version": "1",
  "title": {"ar": "تجربة", "en": "Test", "fr": "Essai"}, "size": {"min": 2, "max": 3},
  "rules": [
    {"id": "civil", "kind": "quota", "attribute": "side", "value": "civil society", "min": 1,
     "from": "2020-01-01"},
    {"id": "seats", "kind": "places", "places": [
      {"id": "law", "attribute": "field", "value": "law"},
      {"id": "audit", "attribute": "field", "value": "audit"}]}]})";

constexpr const char* people =
    "id,side,field\n"
    "a,public,law\n"
    "b,civil society,law; audit\n"
    "c,public,\"\"\n"
    "d,,audit\n";

struct Free {
  void operator()(pship_criteria* p) const { pship_criteria_free(p); }
  void operator()(pship_nominees* p) const { pship_nominees_free(p); }
  void operator()(pship_check* p) const { pship_check_free(p); }
  void operator()(pship_table* p) const { pship_table_free(p); }
  void operator()(pship_error* p) const { pship_error_free(p); }
  void operator()(pship_text* p) const { pship_text_free(p); }
  void operator()(pship_options* p) const { pship_options_free(p); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

// Runs a call that ends with an output and an error, and owns both.
template <class T, class Call>
Owned<T> made(Call&& call, pship_status expected = PSHIP_OK, Owned<pship_error>* why = nullptr) {
  T* out = reinterpret_cast<T*>(&out);  // not NULL: the call must clear it when it fails
  pship_error* error = nullptr;
  const pship_status status = call(&out, &error);
  EXPECT_EQ(status, expected) << pship_error_message(error);
  EXPECT_EQ(error == nullptr, status == PSHIP_OK);
  EXPECT_EQ(out == nullptr, status != PSHIP_OK);
  EXPECT_EQ(pship_error_code(error), status == PSHIP_OK ? 0 : status);
  Owned<pship_error> owned(error);
  if (why != nullptr) *why = std::move(owned);
  return Owned<T>(out);
}

Owned<pship_criteria> load(const std::string& json, pship_status expected = PSHIP_OK,
                           Owned<pship_error>* why = nullptr) {
  return made<pship_criteria>(
      [&](auto** out, auto** err) {
        return pship_criteria_load(json.data(), json.size(), out, err);
      },
      expected, why);
}

Owned<pship_table> csv(const std::string& text) {
  return made<pship_table>([&](auto** out, auto** err) {
    return pship_table_read_csv(text.data(), text.size(), nullptr, out, err);
  });
}

Owned<pship_nominees> nominees(const std::string& text, const pship_options* options = nullptr,
                               pship_status expected = PSHIP_OK,
                               Owned<pship_error>* why = nullptr) {
  const Owned<pship_table> table = csv(text);
  return made<pship_nominees>(
      [&](auto** out, auto** err) { return pship_nominees_new(table.get(), options, out, err); },
      expected, why);
}

Owned<pship_check> check(const pship_criteria* criteria, const pship_nominees* list,
                         const std::vector<const char*>& members, pship_date on = PSHIP_DATE_NONE,
                         pship_status expected = PSHIP_OK, Owned<pship_error>* why = nullptr) {
  return made<pship_check>(
      [&](auto** out, auto** err) {
        return pship_criteria_check(criteria, list, members.data(),
                                    static_cast<std::int64_t>(members.size()), on, out, err);
      },
      expected, why);
}

template <class Call>
Owned<pship_table> table(Call&& call) {
  return made<pship_table>(call);
}

std::string text(const pship_table* table, const char* column, std::int64_t row) {
  std::size_t size = 0;
  const char* bytes = pship_table_text(table, pship_table_find(table, column), row, &size);
  return bytes == nullptr ? "-" : std::string(bytes, size);
}

std::vector<std::string> names(const pship_table* table) {
  std::vector<std::string> out;
  for (std::int32_t c = 0; c < pship_table_columns(table); ++c) {
    out.emplace_back(pship_table_name(table, c));
  }
  return out;
}

TEST(CapiCommittee, ReadsCriteria) {
  const auto criteria = load(document);
  const auto rows =
      table([&](auto** out, auto** err) { return pship_criteria_table(criteria.get(), out, err); });
  EXPECT_THAT(names(rows.get()),
              testing::ElementsAre("criterion", "kind", "attribute", "value", "within_attribute",
                                   "within_value", "label_ar", "label_en", "label_fr", "least",
                                   "most", "share_least", "share_most", "counting", "from", "to",
                                   "flexible_least", "flexible_most"));
  ASSERT_EQ(pship_table_rows(rows.get()), 4);
  EXPECT_EQ(text(rows.get(), "criterion", 1), "civil");
  EXPECT_EQ(text(rows.get(), "criterion", 3), "seats/audit");

  std::uint8_t hash[PSHIP_HASH_SIZE], expected[PSHIP_HASH_SIZE];
  ASSERT_EQ(pship_criteria_hash(criteria.get(), hash, nullptr), PSHIP_OK);
  const auto canonical = made<pship_text>([&](auto** out, auto** err) {
    return pship_json_canonical(document, std::strlen(document), out, err);
  });
  ASSERT_EQ(pship_sha256(pship_text_data(canonical.get()), pship_text_size(canonical.get()),
                         expected, nullptr),
            PSHIP_OK);
  EXPECT_EQ(std::memcmp(hash, expected, sizeof hash), 0);

  const auto schema =
      made<pship_text>([](auto** out, auto** err) { return pship_criteria_schema(out, err); });
  EXPECT_THAT(pship_text_data(schema.get()),
              testing::HasSubstr("https://json-schema.org/draft/2020-12/schema"));
}

TEST(CapiCommittee, NamesEveryProblemWithItsPlace) {
  Owned<pship_error> why;
  load(
      "{\"criteria\": \"c\",\n \"version\": 1,\n \"title\": \"t\", \"rules\": [\n {\"id\": "
      "\"x\"}]}",
      PSHIP_INVALID_DOCUMENT, &why);
  ASSERT_EQ(pship_error_problems(why.get()), 2);
  EXPECT_STREQ(pship_error_pointer(why.get(), 0), "/version");
  EXPECT_EQ(pship_error_line(why.get(), 0), 2);
  EXPECT_STREQ(pship_error_pointer(why.get(), 1), "/rules/0");
  EXPECT_EQ(pship_error_line(why.get(), 1), 4);
  load("{", PSHIP_MALFORMED);
  load("", PSHIP_MALFORMED);
  load("\xFF", PSHIP_MALFORMED);
}

TEST(CapiCommittee, ChecksCommittees) {
  const auto criteria = load(document);
  const auto list = nominees(people);
  EXPECT_EQ(pship_nominees_count(list.get()), 4);
  const auto outcome = [&](const std::vector<const char*>& members,
                           pship_date on = PSHIP_DATE_NONE) {
    return pship_check_outcome(check(criteria.get(), list.get(), members, on).get());
  };
  EXPECT_EQ(outcome({"a", "b"}), PSHIP_MET);
  EXPECT_EQ(outcome({"b", "a", "c"}), PSHIP_MET);
  EXPECT_EQ(outcome({"a", "d"}), PSHIP_UNDETERMINED);
  EXPECT_EQ(outcome({"a", "c"}), PSHIP_NOT_MET);
  EXPECT_EQ(outcome({}), PSHIP_NOT_MET);
  pship_date day = 0;
  ASSERT_EQ(pship_date_parse("2019-12-31", 10, &day, nullptr), PSHIP_OK);
  EXPECT_EQ(outcome({"a", "d"}, day), PSHIP_MET);  // the quota is not in force yet
  EXPECT_EQ(outcome({"a", "d"}, day + 1), PSHIP_UNDETERMINED);

  const auto all = made<pship_check>([&](auto** out, auto** err) {
    return pship_criteria_check(criteria.get(), list.get(), nullptr, -1, day, out, err);
  });
  EXPECT_EQ(pship_check_outcome(all.get()), PSHIP_NOT_MET);  // four are too many
  const auto nobody = made<pship_check>([&](auto** out, auto** err) {
    return pship_criteria_check(criteria.get(), list.get(), nullptr, 0, day, out, err);
  });
  EXPECT_EQ(pship_check_outcome(nobody.get()), PSHIP_NOT_MET);
}

TEST(CapiCommittee, TellsHowAndWho) {
  const auto criteria = load(document);
  const auto list = nominees(people);
  const auto answer = check(criteria.get(), list.get(), {"a", "c"});
  const auto rows = table([&](auto** out, auto** err) {
    return pship_check_criteria(answer.get(), PSHIP_LANG_AR, out, err);
  });
  EXPECT_THAT(names(rows.get()),
              testing::ElementsAre("criterion", "kind", "label", "outcome", "count", "unknown",
                                   "least", "most", "reason"));
  ASSERT_EQ(pship_table_rows(rows.get()), 4);
  EXPECT_EQ(text(rows.get(), "outcome", 0), "met");
  EXPECT_EQ(text(rows.get(), "outcome", 1), "not met");
  EXPECT_EQ(text(rows.get(), "outcome", 2), "met");
  EXPECT_EQ(text(rows.get(), "outcome", 3), "not met");
  EXPECT_EQ(text(rows.get(), "reason", 1), "العدد 0، والمطلوب 1 على الأقل؛ ينقص 1");

  const auto counts =
      table([&](auto** out, auto** err) { return pship_check_counts(answer.get(), out, err); });
  EXPECT_THAT(names(counts.get()), testing::ElementsAre("criterion", "member", "value", "certain"));
  ASSERT_EQ(pship_table_rows(counts.get()), 1);
  EXPECT_EQ(text(counts.get(), "criterion", 0), "seats/law");
  EXPECT_EQ(text(counts.get(), "member", 0), "a");

  const auto unmet =
      table([&](auto** out, auto** err) { return pship_check_unmet(answer.get(), out, err); });
  EXPECT_THAT(names(unmet.get()), testing::ElementsAre("set", "criterion"));
  ASSERT_EQ(pship_table_rows(unmet.get()), 2);
  EXPECT_EQ(text(unmet.get(), "criterion", 0), "civil");
  EXPECT_EQ(text(unmet.get(), "criterion", 1), "seats/audit");

  for (const std::int32_t language : {-1, 3, 1000}) {
    pship_table* out = nullptr;
    EXPECT_EQ(pship_check_criteria(answer.get(), language, &out, nullptr), PSHIP_INVALID_ARGUMENT);
    EXPECT_EQ(out, nullptr);
  }
}

TEST(CapiCommittee, RefusesWrongMembers) {
  const auto criteria = load(document);
  const auto list = nominees("id,side\nalpha,public\nbeta,public\n");
  Owned<pship_error> why;
  check(criteria.get(), list.get(), {"alpah", "nobody at all"}, PSHIP_DATE_NONE, PSHIP_NOT_FOUND,
        &why);
  EXPECT_EQ(pship_error_problems(why.get()), 2);
  ASSERT_EQ(pship_error_details(why.get()), 1);
  EXPECT_STREQ(pship_error_detail_key(why.get(), 0), "nearest");
  EXPECT_STREQ(pship_error_detail_value(why.get(), 0), "alpha");
  check(criteria.get(), list.get(), {"alpha", "beta", "alpha"}, PSHIP_DATE_NONE,
        PSHIP_INVALID_ARGUMENT);
  check(criteria.get(), list.get(), {"alpha", nullptr}, PSHIP_DATE_NONE, PSHIP_INVALID_ARGUMENT);
  check(criteria.get(), list.get(), {"\xFF"}, PSHIP_DATE_NONE, PSHIP_NOT_FOUND);
  check(criteria.get(), list.get(), {"alpha"}, INT32_MAX, PSHIP_INVALID_ARGUMENT);
  for (const std::int64_t n : {std::int64_t{-1}, std::int64_t{-2}, INT64_MIN}) {
    const char* const one[] = {"alpha"};
    made<pship_check>(
        [&](auto** out, auto** err) {
          return pship_criteria_check(criteria.get(), list.get(), one, n, 0, out, err);
        },
        PSHIP_INVALID_ARGUMENT);
  }
  for (const std::int64_t n : {std::int64_t{-2}, std::int64_t{1}, INT64_MAX}) {
    made<pship_check>(
        [&](auto** out, auto** err) {
          return pship_criteria_check(criteria.get(), list.get(), nullptr, n, 0, out, err);
        },
        PSHIP_INVALID_ARGUMENT);
  }
}

TEST(CapiCommittee, RefusesFactsThatTheCriteriaDoNotKnow) {
  const auto criteria = load(R"({"criteria": "c", "version": "1", "title": "t",
    "attributes": {"side": {"values": {"public": "Public", "civil society": "Civil society"}}},
    "rules": []})");
  const auto list = nominees("id,side\na,publik\nb,public\nc,public;civil society\n");
  EXPECT_EQ(pship_check_outcome(check(criteria.get(), list.get(), {"b"}).get()), PSHIP_MET);
  Owned<pship_error> why;
  check(criteria.get(), list.get(), {"a", "b", "c"}, PSHIP_DATE_NONE, PSHIP_INVALID_DOCUMENT, &why);
  ASSERT_EQ(pship_error_problems(why.get()), 2);
  EXPECT_STREQ(pship_error_problem(why.get(), 0),
               "the member `a` has `publik`, which is not among the values of `side`, did you mean "
               "`public`?");
  EXPECT_STREQ(pship_error_problem(why.get(), 1),
               "the member `c` has several values of `side`, which allows one");
}

TEST(CapiCommittee, ReadsNomineesByTheirOptions) {
  pship_options* raw = nullptr;
  ASSERT_EQ(pship_options_new(&raw, nullptr), PSHIP_OK);
  const Owned<pship_options> options(raw);
  ASSERT_EQ(pship_options_set_text(raw, "id_column", "name", 4, nullptr), PSHIP_OK);
  ASSERT_EQ(pship_options_set_text(raw, "separator", "|", 1, nullptr), PSHIP_OK);
  const auto criteria = load(R"({"criteria": "c", "version": "1", "title": "t", "rules": [
    {"id": "each", "kind": "each", "attribute": "issue", "values": ["a", "b"]}]})");
  const auto list = nominees("name,issue\nx,a | b\n", raw);
  EXPECT_EQ(pship_check_outcome(check(criteria.get(), list.get(), {"x"}).get()), PSHIP_MET);

  nominees("id,issue\nx,a\n", raw, PSHIP_INVALID_ARGUMENT);  // no column `name`
  Owned<pship_error> why;
  nominees("id,issue\nx,a\n,b\nx,c\n\"\",d\n", nullptr, PSHIP_INVALID_DOCUMENT, &why);
  EXPECT_EQ(pship_error_problems(why.get()), 3);
  ASSERT_EQ(pship_options_set_text(raw, "delimiter", ";", 1, nullptr), PSHIP_OK);
  nominees("name,issue\nx,a\n", raw, PSHIP_INVALID_ARGUMENT);  // an option of CSV
}

TEST(CapiCommittee, AcceptsNullWhereItPromises) {
  EXPECT_EQ(pship_nominees_count(nullptr), 0);
  EXPECT_EQ(pship_check_outcome(nullptr), 0);
  pship_criteria_free(nullptr);
  pship_nominees_free(nullptr);
  pship_check_free(nullptr);

  const auto criteria = load(document);
  const auto list = nominees(people);
  const auto answer = check(criteria.get(), list.get(), {"a"});
  const auto refuses = [](auto&& call) {
    pship_table* out = reinterpret_cast<pship_table*>(&out);
    EXPECT_EQ(call(&out), PSHIP_INVALID_ARGUMENT);
    EXPECT_EQ(out, nullptr);
  };
  refuses([](auto** out) { return pship_criteria_table(nullptr, out, nullptr); });
  refuses([](auto** out) { return pship_check_criteria(nullptr, PSHIP_LANG_EN, out, nullptr); });
  refuses([](auto** out) { return pship_check_counts(nullptr, out, nullptr); });
  refuses([](auto** out) { return pship_check_unmet(nullptr, out, nullptr); });
  EXPECT_EQ(pship_criteria_schema(nullptr, nullptr), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(pship_criteria_load("{}", 2, nullptr, nullptr), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(pship_criteria_table(criteria.get(), nullptr, nullptr), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(pship_check_criteria(answer.get(), 0, nullptr, nullptr), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(pship_check_counts(answer.get(), nullptr, nullptr), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(pship_check_unmet(answer.get(), nullptr, nullptr), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(pship_criteria_hash(criteria.get(), nullptr, nullptr), PSHIP_INVALID_ARGUMENT);
  std::uint8_t hash[PSHIP_HASH_SIZE] = {1};
  EXPECT_EQ(pship_criteria_hash(nullptr, hash, nullptr), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(hash[0], 0);

  const auto no_nominees = made<pship_nominees>(
      [](auto** out, auto** err) { return pship_nominees_new(nullptr, nullptr, out, err); },
      PSHIP_INVALID_ARGUMENT);
  made<pship_criteria>(
      [](auto** out, auto** err) { return pship_criteria_load(nullptr, 5, out, err); },
      PSHIP_INVALID_ARGUMENT);
  made<pship_criteria>(
      [](auto** out, auto** err) { return pship_criteria_load("{}", SIZE_MAX, out, err); },
      PSHIP_INVALID_ARGUMENT);
  check(nullptr, list.get(), {"a"}, PSHIP_DATE_NONE, PSHIP_INVALID_ARGUMENT);
  check(criteria.get(), nullptr, {"a"}, PSHIP_DATE_NONE, PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(pship_criteria_check(criteria.get(), list.get(), nullptr, -1, 0, nullptr, nullptr),
            PSHIP_INVALID_ARGUMENT);
}

// A check outlives what it was made from, and one set of nominees serves many criteria.
TEST(CapiCommittee, AnswersOutliveTheirParts) {
  auto list = nominees(people);
  std::vector<Owned<pship_check>> answers;
  for (int least = 0; least < 9; ++least) {
    const auto criteria = load(R"({"criteria": "c", "version": "1", "title": "t", "rules": [
            {"id": "q", "kind": "quota", "attribute": "side", "value": "public", "min": )" +
                               std::to_string(least) + "}]}");
    answers.push_back(check(criteria.get(), list.get(), {"a", "c"}));
    answers.push_back(check(criteria.get(), list.get(), {"a", "c", "d"}));
  }
  list.reset();
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const std::size_t least = i / 2;
    const std::int32_t expected = least <= 2                 ? PSHIP_MET
                                  : least == 3 && i % 2 == 1 ? PSHIP_UNDETERMINED
                                                             : PSHIP_NOT_MET;
    EXPECT_EQ(pship_check_outcome(answers[i].get()), expected);
    const auto rows = table([&](auto** out, auto** err) {
      return pship_check_criteria(answers[i].get(), PSHIP_LANG_FR, out, err);
    });
    EXPECT_EQ(pship_table_rows(rows.get()), 1);
  }
}

TEST(CapiCommittee, HandlesAreSharedBetweenThreads) {
  std::vector<Owned<pship_criteria>> criteria;
  for (int i = 0; i < 6; ++i) criteria.push_back(load(document));
  const auto list = nominees(people);
  const auto answer = check(criteria[0].get(), list.get(), {"a", "b"});
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        const auto& chosen = criteria[static_cast<std::size_t>(i) % criteria.size()];
        const auto mine = check(chosen.get(), list.get(), {"a", "b"});
        EXPECT_EQ(pship_check_outcome(mine.get()), PSHIP_MET);
        const auto counts = table(
            [&](auto** out, auto** err) { return pship_check_counts(answer.get(), out, err); });
        EXPECT_GT(pship_table_rows(counts.get()), 0);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
