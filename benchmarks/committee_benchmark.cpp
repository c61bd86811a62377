// SPDX-License-Identifier: Apache-2.0
//
// The check: 24 members against 30 criteria, of all kinds, through the C API, ids as texts.
// Promised: at most 20 microseconds with the outcome; the tables are made on demand and measured
// apart.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "partnership/partnership.h"

namespace {

constexpr int members = 24;
constexpr int nominees = 200;

const char* const sides[] = {"public", "civil society"};
const char* const issues[] = {"environment", "health", "youth",
                              "disability",  "labour", "education"};
const char* const sectors[] = {"ngo", "union", "university", "ministry", "municipality", "agency"};
const char* const regions[] = {"beirut",  "north", "akkar",    "bekaa",
                               "baalbek", "south", "nabatieh", "mount lebanon"};
const char* const fields[] = {"law", "finance", "audit", "communication", "evaluation"};
const char* const genders[] = {"female", "male"};

template <std::size_t n>
std::string listed(const char* const (&values)[n]) {
  std::string out;
  for (const char* value : values) out += (out.empty() ? "\"" : ", \"") + std::string(value) + "\"";
  return out;
}

template <std::size_t n>
std::string declared(const char* const (&values)[n]) {
  std::string out;
  for (const char* value : values) {
    out += (out.empty() ? "\"" : ", \"") + std::string(value) + "\": {\"en\": \"" + value + "\"}";
  }
  return out;
}

// 30 criteria: the size, 13 quotas (shares, nested ones), 4 each, 3 spread, 2 at most per value, 2
// lists of members, 1 pair and a rule of 4 places.
std::string criteria() {
  std::string rules;
  int count = 0;
  const auto add = [&](const std::string& rule) {
    rules += (rules.empty() ? "" : ",\n") + std::string("{\"id\": \"r") + std::to_string(count++) +
             "\", " + rule + "}";
  };
  const std::string civil = R"("within": {"attribute": "side", "value": "civil society"})";
  add(R"("kind": "quota", "attribute": "side", "value": "public", "share": {"min": "2/5", "max": "3/5"})");
  add(R"("kind": "quota", "attribute": "side", "value": "civil society", "min": 8, "share": {"min": "2/5"})");
  add(R"("kind": "quota", "attribute": "gender", "value": "female", "share": {"min": "1/3"})");
  add(R"("kind": "quota", "attribute": "gender", "value": "male", "share": {"min": "1/3"})");
  add(R"("kind": "quota", "attribute": "gender", "value": "female", "share": {"min": "1/4"}, )" +
      civil);
  add(R"("kind": "quota", "attribute": "sector", "values": ["ngo", "union"], "min": 2, )" + civil);
  for (const char* issue : issues) {
    add(R"("kind": "quota", "attribute": "issue", "min": 2, "max": 20, "value": ")" +
        std::string(issue) + "\"");
  }
  add(R"("kind": "quota", "attribute": "region", "value": "beirut", "share": {"max": "1/2"})");
  add(R"("kind": "each", "attribute": "side", "min": 6)");
  add(R"("kind": "each", "attribute": "issue")");
  add(R"("kind": "each", "attribute": "gender", "min": 5)");
  add(R"("kind": "each", "attribute": "field", "values": ["law", "finance"])");
  add(R"("kind": "spread", "attribute": "region", "share": {"min": "1/3"})");
  add(R"("kind": "spread", "attribute": "sector", "min": 3)");
  add(R"("kind": "spread", "attribute": "issue", "share": {"min": "2/3"})");
  add(R"("kind": "at_most_per", "attribute": "body", "max": 2)");
  add(R"("kind": "at_most_per", "attribute": "region", "max": 12)");
  add(R"("kind": "must_include", "members": ["n000", "n008"])");
  add(R"("kind": "must_exclude", "members": ["n001", "n002", "n003"])");
  add(R"("kind": "incompatible", "members": ["n009", "n010"])");
  add(R"("kind": "places", "fill": "at most one", "places": [
        {"id": "law", "attribute": "field", "value": "law", "min": 2},
        {"id": "money", "attribute": "field", "values": ["finance", "audit"], "min": 3},
        {"id": "voice", "attribute": "field", "value": "communication", "min": 2},
        {"id": "proof", "attribute": "field", "value": "evaluation", "min": 2}])");
  return R"({"criteria": "benchmark", "version": "1", "title": {"en": "Benchmark"},
    "size": {"min": 20, "max": 30}, "attributes": {
      "side": {"values": {)" +
         declared(sides) + R"(}}, "issue": {"multiple": true, "values": {)" + declared(issues) +
         R"(}}, "sector": {"values": {)" + declared(sectors) + R"(}}, "region": {"values": {)" +
         declared(regions) + R"(}}, "gender": {"values": {)" + declared(genders) +
         R"(}}, "field": {"multiple": true}, "body": {}}, "rules": [)" + rules + "]}";
}

std::string csv(bool with_unknown) {
  std::mt19937 random(20191204);
  const auto one = [&](const auto& values) {
    return std::string(values[random() % (sizeof values / sizeof *values)]);
  };
  std::string out = "id,side,issue,sector,region,gender,field,body\n";
  for (int i = 0; i < nominees; ++i) {
    const auto maybe = [&](const std::string& text) {
      return with_unknown && random() % 12 == 0 ? std::string() : text;
    };
    char id[8];
    std::snprintf(id, sizeof id, "n%03d", i);
    out += std::string(id) + "," + maybe(one(sides)) + "," +
           maybe(one(issues) + ";" + one(issues)) + "," + maybe(one(sectors)) + "," +
           maybe(one(regions)) + "," + maybe(one(genders)) + "," +
           maybe(one(fields) + ";" + one(fields)) + ",body " + std::to_string(random() % 90) + "\n";
  }
  return out;
}

// Handles for one benchmark; it ends the program when a call fails, which would measure nothing.
class Bench {
 public:
  explicit Bench(bool with_unknown) {
    const std::string json = criteria(), text = csv(with_unknown);
    pship_table* table = nullptr;
    demand(pship_criteria_load(json.data(), json.size(), &criteria_, &error_));
    demand(pship_table_read_csv(text.data(), text.size(), nullptr, &table, &error_));
    demand(pship_nominees_new(table, nullptr, &nominees_, &error_));
    pship_table_free(table);
    for (int i = 0; i < members; ++i) {
      char id[8];
      std::snprintf(id, sizeof id, "n%03d", i * 8);
      ids_.emplace_back(id);
    }
    for (const std::string& id : ids_) pointers_.push_back(id.c_str());
  }
  ~Bench() {
    pship_nominees_free(nominees_);
    pship_criteria_free(criteria_);
  }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  pship_check* check() {
    pship_check* out = nullptr;
    demand(pship_criteria_check(criteria_, nominees_, pointers_.data(), members, PSHIP_DATE_NONE,
                                &out, &error_));
    return out;
  }
  void demand(pship_status status) const {
    if (status == PSHIP_OK) return;
    std::fprintf(stderr, "%s\n", pship_error_message(error_));
    std::exit(1);
  }
  const pship_criteria* criteria_handle() const { return criteria_; }

 private:
  pship_criteria* criteria_ = nullptr;
  pship_nominees* nominees_ = nullptr;
  pship_error* error_ = nullptr;
  std::vector<std::string> ids_;
  std::vector<const char*> pointers_;
};

void check_24_members_30_criteria(benchmark::State& state, bool with_unknown) {
  Bench bench(with_unknown);
  std::int64_t outcomes = 0;
  for (auto _ : state) {
    pship_check* check = bench.check();
    outcomes += pship_check_outcome(check);
    pship_check_free(check);
  }
  benchmark::DoNotOptimize(outcomes);
  pship_table* table = nullptr;
  bench.demand(pship_criteria_table(bench.criteria_handle(), &table, nullptr));
  state.counters["criteria"] = static_cast<double>(pship_table_rows(table));
  pship_table_free(table);
}

void check_and_make_tables(benchmark::State& state) {
  Bench bench(true);
  for (auto _ : state) {
    pship_check* check = bench.check();
    pship_table *rows = nullptr, *counts = nullptr, *unmet = nullptr;
    bench.demand(pship_check_criteria(check, PSHIP_LANG_AR, &rows, nullptr));
    bench.demand(pship_check_counts(check, &counts, nullptr));
    bench.demand(pship_check_unmet(check, &unmet, nullptr));
    for (pship_table* table : {rows, counts, unmet}) pship_table_free(table);
    pship_check_free(check);
  }
}

// Handles that are new: the criteria are read and compiled for 200 nominees each time.
void read_compile_and_check(benchmark::State& state) {
  for (auto _ : state) {
    Bench bench(false);
    pship_check* check = bench.check();
    benchmark::DoNotOptimize(pship_check_outcome(check));
    pship_check_free(check);
  }
}

BENCHMARK_CAPTURE(check_24_members_30_criteria, all_known, false);
BENCHMARK_CAPTURE(check_24_members_30_criteria, one_in_twelve_unknown, true);
BENCHMARK(check_and_make_tables)->Unit(benchmark::kMicrosecond);
BENCHMARK(read_compile_and_check)->Unit(benchmark::kMicrosecond);

}  // namespace
