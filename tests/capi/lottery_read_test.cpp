// SPDX-License-Identifier: Apache-2.0
//
// A composition read back from what was published of it (pship_composition_read): that it is the
// same, and that nothing that was changed is read.
#include "lottery_support.hpp"

namespace {

using namespace pship_testing;
using testing::HasSubstr;

// What was published, with the names of what it is of.
struct Published {
  std::string lottery, certificate;

  explicit Published(const pship_composition* of)
      : lottery(document_of(of)), certificate(certificate_of(of)) {}
  pship_status read(const Inputs& inputs, pship_composition** out, pship_error** err) const {
    const Exact text(lottery), proof(certificate);
    return pship_composition_read(inputs.criteria.get(), inputs.nominees.get(), text.data(),
                                  text.size(), proof.data(), proof.size(), out, err);
  }
  auto reader(const Inputs& inputs, pship_composition** out) const {
    return [*this, &inputs, out](pship_error** err) { return read(inputs, out, err); };
  }
};

std::string changed(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string csv_of(const pship_table* table) {
  return said(made<pship_text>([&](auto** out) {
                return pship_table_write_csv(table, nullptr, out, nullptr);
              }).get());
}

// Every table of a composition.
std::vector<std::string> tables_of(const pship_composition* of) {
  std::vector<std::string> tables;
  const auto add = [&](auto call) { tables.push_back(csv_of(made<pship_table>(call).get())); };
  add([&](auto** out) { return pship_composition_about(of, out, nullptr); });
  add([&](auto** out) { return pship_composition_probabilities(of, out, nullptr); });
  add([&](auto** out) { return pship_composition_values(of, PSHIP_LANG_AR, out, nullptr); });
  add([&](auto** out) { return pship_composition_quotas(of, PSHIP_LANG_FR, out, nullptr); });
  add([&](auto** out) { return pship_composition_panels(of, out, nullptr); });
  add([&](auto** out) { return pship_composition_levels(of, out, nullptr); });
  return tables;
}

TEST(CApi, pship_composition_read) {
  // An auxiliary column (spread), and a size beside the criteria's.
  std::string json(document);
  json = changed(json, R"("size": 2,)", "");
  json = changed(json, R"("rules": [)",
                 R"("rules": [{"id": "both", "kind": "spread", "attribute": "side", "min": 2}, )");
  const Inputs inputs(json);
  for (const char* kind : {"leximin", "maximin", "nash", "legacy"}) {
    Options options;
    options.text("lottery", kind).number("size_min", 2).number("size_max", 3).number("samples", 9);
    options.day("on", 17000).text("delta", "1/1000000");
    const auto composition = inputs.compose(options.get());
    const Published published(composition.get());
    pship_composition* out = nullptr;
    ASSERT_TRUE(gives(published.reader(inputs, &out))) << kind;
    const Owned<pship_composition> read(out);
    EXPECT_EQ(pship_composition_status(read.get()), pship_composition_status(composition.get()));
    EXPECT_EQ(tables_of(read.get()), tables_of(composition.get())) << kind;
    EXPECT_EQ(document_of(read.get()), published.lottery) << kind;
    EXPECT_EQ(certificate_of(read.get()), published.certificate) << kind;
  }
  const Published good(inputs.compose().get());
  pship_composition* out = nullptr;
  EXPECT_TRUE(refuses_misuse(pship_composition_read, inputs.criteria.get(), inputs.nominees.get(),
                             good.lottery.data(), good.lottery.size(), good.certificate.data(),
                             good.certificate.size(), &out));
}

// Numbers from a seed, for pools that differ.
class Numbers {
 public:
  explicit Numbers(std::uint32_t seed) : state_(seed * 2654435761U + 1) {}
  std::uint32_t below(std::uint32_t n) {
    state_ = state_ * 1664525U + 1013904223U;
    return (state_ >> 8U) % n;
  }

 private:
  std::uint32_t state_;
};

// Three to nine people of three sides, some of whose regions are not known.
std::string some_people(Numbers& numbers) {
  std::string csv = "id,side,region\n";
  const std::uint32_t count = 3 + numbers.below(7);
  for (std::uint32_t i = 0; i < count; ++i) {
    csv += 'p' + std::to_string(i) + ',' + "xyz"[numbers.below(3)] + ',';
    if (numbers.below(4) > 0) csv += "ns"[numbers.below(2)];
    csv += '\n';
  }
  return csv;
}

std::string some_criteria(Numbers& numbers) {
  std::string json = R"({"criteria": "t", "version": "1", "title": "T",
    "attributes": {"side": {"values": {"x": "X", "y": "Y", "z": "Z"}}, "region": {}},
    "rules": [{"id": "x", "kind": "quota", "attribute": "side", "value": "x", "max": )";
  json += std::to_string(1 + numbers.below(3)) + '}';
  if (numbers.below(2) > 0) {
    json += R"(, {"id": "sides", "kind": "spread", "attribute": "side", "min": 2})";
  }
  if (numbers.below(3) == 0) {
    json += R"(, {"id": "north", "kind": "quota", "attribute": "region", "value": "n", "min": 1})";
  }
  return json + "]}";
}

TEST(CompositionRead, IsWhatWasComposed) {
  int lotteries = 0;
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    Numbers numbers(seed);
    const std::string people = some_people(numbers);
    const Inputs inputs(some_criteria(numbers), people);
    constexpr std::array kinds = {"leximin", "maximin", "nash", "legacy"};
    Options options;
    options.text("lottery", kinds.at(numbers.below(4))).number("samples", 20);
    options.number("size_min", 2).number("size_max", 2 + numbers.below(2));
    const auto composition = inputs.compose(options.get());
    const Published published(composition.get());
    if (published.lottery.empty()) continue;
    ++lotteries;
    pship_composition* out = nullptr;
    ASSERT_TRUE(gives(published.reader(inputs, &out))) << seed << ' ' << people;
    const Owned<pship_composition> read(out);
    EXPECT_EQ(tables_of(read.get()), tables_of(composition.get())) << seed;
    EXPECT_EQ(document_of(read.get()), published.lottery) << seed;
  }
  EXPECT_GT(lotteries, 150);
}

// 400 people, of whom 40 sit, by six quotas; a call that ends before the panels are as they may be.
TEST(CompositionRead, IsABoundWhereThatWasComposed) {
  std::string rules, people = "id,q0,q1,q2,q3,q4,q5\n";
  for (int i = 0; i < 400; ++i) {
    people += std::to_string(i);
    for (int j = 0; j < 6; ++j) people += ',' + std::to_string((i * (j + 3) + i / (j + 2)) % 4);
    people += '\n';
  }
  for (int rule = 0; rule < 24; ++rule) {
    rules += rule > 0 ? "," : "";
    rules += R"({"id": "r)" + std::to_string(rule) + R"(", "kind": "quota", "attribute": "q)" +
             std::to_string(rule / 4) + R"(", "value": ")" + std::to_string(rule % 4) +
             R"(", "min": 8, "max": 12})";
  }
  const Inputs inputs(R"({"criteria": "many", "version": "1", "title": "Many", "size": 40,
                          "rules": [)" +
                          rules + "]}",
                      people);
  Options options;
  options.text("lottery", "maximin");
  const auto end_later = [](void* context, std::int32_t, std::int64_t, std::int64_t) {
    auto& left = *static_cast<int*>(context);
    return left-- > 0 ? PSHIP_PACE_GO_ON : PSHIP_PACE_FINISH;
  };
  Owned<pship_composition> composition;  // the first that has panels
  for (int calls = 1; pship_composition_status(composition.get()) != PSHIP_LOTTERY_BOUND; ++calls) {
    int left = calls;
    composition = made<pship_composition>([&](auto** out) {
      return pship_compose(inputs.criteria.get(), inputs.nominees.get(), options.get(), end_later,
                           &left, out, nullptr);
    });
    if (pship_composition_status(composition.get()) == PSHIP_LOTTERY_PROVED) break;
  }
  ASSERT_EQ(pship_composition_status(composition.get()), PSHIP_LOTTERY_BOUND);
  const Published published(composition.get());
  pship_composition* out = nullptr;
  ASSERT_TRUE(gives(published.reader(inputs, &out)));
  const Owned<pship_composition> read(out);
  EXPECT_EQ(pship_composition_status(read.get()), PSHIP_LOTTERY_BOUND);
  EXPECT_EQ(tables_of(read.get()), tables_of(composition.get()));
  // That it is proved is not what its certificate says.
  Published boast(published);
  boast.lottery = changed(boast.lottery, R"("status":"bound")", R"("status":"proved")");
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, boast.reader(inputs, &out), out));
}

// Each byte of both documents otherwise: nothing is read that is not the same lottery.
TEST(CompositionRead, SurvivesEveryByteChanged) {
  const Inputs inputs;
  const auto composition = inputs.compose();
  const Published good(composition.get());
  const std::vector<std::string> tables = tables_of(composition.get());
  int refused = 0;
  const auto look = [&](const Published& published) {
    pship_composition* out = nullptr;
    const pship_status status = published.read(inputs, &out, nullptr);
    const Owned<pship_composition> read(out);
    if (status == PSHIP_OK) {
      EXPECT_EQ(tables_of(read.get()), tables);
    } else {
      EXPECT_TRUE(status == PSHIP_MALFORMED || status == PSHIP_INVALID_DOCUMENT) << status;
      ++refused;
    }
  };
  for (std::string Published::*text : {&Published::lottery, &Published::certificate}) {
    for (std::size_t at = 0; at < (good.*text).size(); ++at) {
      Published cut(good), other(good), null(good);
      (cut.*text).erase(at, 1);
      char& byte = (other.*text)[at];
      byte = byte == '1' ? '2' : '1';
      (null.*text).replace(at, 3, "[]");
      for (const Published& published : {cut, other, null}) look(published);
    }
  }
  EXPECT_GT(refused, 3000);
}

// The problems of a call that fails, in one text.
template <class Call>
std::string problems_of(Call&& call) {
  const auto error = error_of(call);
  std::string all;
  for (std::int32_t i = 0; i < pship_error_problems(error.get()); ++i) {
    all += std::string(pship_error_problem(error.get(), i)) + '\n';
  }
  return all;
}

TEST(CompositionRead, RefusesWhatIsOfOthers) {
  const Inputs inputs;
  const Published good(inputs.compose().get());
  pship_composition* out = nullptr;
  const Inputs others(document, "id,side\na,public\nb,civil\nc,public\nd,civil\n");
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, good.reader(others, &out), out));
  EXPECT_THAT(problems_of(good.reader(others, &out)), HasSubstr("is of other nominees"));
  const Inputs renamed(changed(std::string(document), "\"version\": \"1\"", "\"version\": \"2\""));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, good.reader(renamed, &out), out));
  EXPECT_THAT(problems_of(good.reader(renamed, &out)), HasSubstr("is of other criteria"));
  // Both at once.
  const Inputs neither(changed(std::string(document), "\"version\": \"1\"", "\"version\": \"2\""),
                       "id,side\na,public\nb,civil\n");
  const std::string said = problems_of(good.reader(neither, &out));
  EXPECT_THAT(said, HasSubstr("is of other criteria"));
  EXPECT_THAT(said, HasSubstr("is of other nominees"));
}

TEST(CompositionRead, RefusesWhatIsNoLottery) {
  const Inputs inputs;
  Published published(inputs.compose().get());
  pship_composition* out = nullptr;
  const std::string lottery = published.lottery;
  for (const auto& [text, status] : {std::pair{std::string(), PSHIP_MALFORMED},
                                     {"{", PSHIP_MALFORMED},
                                     {"{}", PSHIP_INVALID_DOCUMENT},
                                     {"[]", PSHIP_INVALID_DOCUMENT},
                                     {published.certificate, PSHIP_INVALID_DOCUMENT}}) {
    published.lottery = text;
    EXPECT_TRUE(refuses(status, published.reader(inputs, &out), out)) << text.substr(0, 20);
  }
  published.lottery = lottery;
  const std::string certificate = published.certificate;
  for (const std::string& text : {std::string(), std::string("{"), std::string("{}"), lottery}) {
    published.certificate = text;
    EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, published.reader(inputs, &out), out))
        << text.substr(0, 20);
  }
  // A certificate where there is none.
  Options legacy;
  Published drawn(inputs.compose(legacy.text("lottery", "legacy").get()).get());
  drawn.certificate = certificate;
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, drawn.reader(inputs, &out), out));
  // That of another lottery over the same nominees.
  Options maximin;
  Published other(inputs.compose(maximin.text("lottery", "maximin").get()).get());
  other.certificate = certificate;
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, other.reader(inputs, &out), out));
}

TEST(CompositionRead, RefusesEveryChange) {
  const Inputs inputs;
  Options legacy;
  const Published proved(inputs.compose().get()),
      drawn(inputs.compose(legacy.text("lottery", "legacy").get()).get());
  pship_composition* out = nullptr;
  const std::vector<std::pair<std::string, std::string>> changes = {
      {R"("lottery":"leximin")", R"("lottery":"nash")"},
      {R"("lottery":"legacy")", R"("lottery":"leximin")"},
      {R"("status":"proved")", R"("status":"bound")"},
      {R"("status":"drawn")", R"("status":"proved")"},
      {R"("title":{"en":"Test"})", R"("title":{"en":"Other"})"},
      {R"("on":null)", R"("on":"2024-02-30")"},
      {R"("on":null)", R"("on":7)"},
      {R"("size":null)", R"("size":[2,null])"},
      {R"("size":null)", R"("size":[2,"3"])"},
      {R"("size":null)", R"("size":3)"},
      {R"("size":null)", R"("size":[-1,null])"},
      {R"("size":null)", R"("size":[9223372036854775807,null])"},
      {R"("size":null)", R"("size":[null,-9223372036854775807])"},
      {R"("size":null)", R"("size":[2,2,2])"},
      {R"("size":null)", R"("size":{})"},
      {R"("target":["1/3","1"])", R"("target":["1","1/3"])"},
      {R"("target":["1/3","1"])", R"("target":["1/3"])"},
      {R"("target":["1/3","1"])", R"("target":["1/3",1])"},
      {R"("target":["1/3","1"])", R"("target":null)"},
      {R"("target":null)", R"("target":["1/3","1"])"},
      {R"("nominees":["a",)", R"("nominees":["A",)"},
      {R"("types":[[0,2,3],[1]])", R"("types":[[0,1,3],[2]])"},
      {R"("columns":[[0,3])", R"("columns":[[0,2])"},
      {R"("lower":2)", R"("lower":1)"},
      {R"("members":[0,1])", R"("members":[0,2])"},
      {R"("members":[0,1])", R"("members":[1,2])"},
  };
  int tried = 0;
  for (const Published& good : {proved, drawn}) {
    ASSERT_TRUE(gives(good.reader(inputs, &out)));
    pship_composition_free(out);
    for (const auto& [from, to] : changes) {
      if (good.lottery.find(from) == std::string::npos) continue;
      Published bad(good);
      bad.lottery = changed(bad.lottery, from, to);
      ++tried;
      EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, bad.reader(inputs, &out), out))
          << from << " to " << to;
    }
  }
  EXPECT_GE(tried, 30);
}

}  // namespace
