// SPDX-License-Identifier: Apache-2.0
#include "committee/draw.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>

#include "base/error.hpp"
#include "base/json.hpp"
#include "committee/naive_model.hpp"
#include "verify/chacha20.hpp"
#include "verify/draw.hpp"
#include "verify/mutable_json.hpp"
#include "verify/naive_lottery.hpp"

namespace partnership {
namespace {

bool long_run() {
  return std::getenv("PSHIP_LONG") != nullptr;
}

std::string read_data(const std::string& name) {
  const char* source = std::getenv("PSHIP_SOURCE_DIR");
  if (source == nullptr) return {};
  std::ifstream file(std::string(source) + "/tests/data/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

json::Value member(json::Value object, std::string_view key) {
  return *object.find(key);
}

std::string hex_of(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

std::uint64_t number_of(json::Value text) {
  return std::stoull(std::string(text.text()));
}

TEST(Draw, RepeatsTheWorkedExamplesStepByStep) {
  const std::string data = read_data("draw-1.json");
  if (data.empty()) GTEST_SKIP() << "PSHIP_SOURCE_DIR does not lead to the tests' data";
  const auto document = json::Document::parse(data);
  std::size_t draws = 0;
  for (const json::Value example : member(document->root(), "draws")) {
    const std::string published = json::canonical(member(example, "published"));
    const std::string_view seed = member(example, "seed").text();
    const Hash hash = sha256(published);
    EXPECT_EQ(hex(hash), member(example, "P").text());
    const std::string text = "libpartnership draw 1\n" + hex(hash) + "\n" + std::string(seed);
    EXPECT_EQ(hex_of(text), member(example, "T").text());
    EXPECT_EQ(hex(sha256(text)), member(example, "K").text());
    const auto result = json::Document::parse(draw_document(published, seed));
    EXPECT_EQ(member(result->root(), "number").integer(), member(example, "number").integer());
    EXPECT_EQ(json::canonical(member(result->root(), "members")),
              json::canonical(member(example, "members")));
    EXPECT_EQ(member(result->root(), "seed").text(), seed);
    EXPECT_EQ(json::canonical(result->root()), result->source());
    const verify::DrawReport report = verify::verify_draw(result->source());
    EXPECT_TRUE(report.sound);
    EXPECT_EQ(report.number, member(example, "number").integer());
    ++draws;
  }
  EXPECT_EQ(draws, 14U);
}

TEST(Draw, PassesOverTheSameNumbersAsTheWorkedExamples) {
  const std::string data = read_data("draw-1.json");
  if (data.empty()) GTEST_SKIP() << "PSHIP_SOURCE_DIR does not lead to the tests' data";
  const auto document = json::Document::parse(data);
  std::size_t passed_over = 0;
  for (const json::Value example : member(document->root(), "numbers")) {
    const Hash hash = *hash_of(member(example, "P").text());
    const std::string_view seed = member(example, "seed").text();
    const std::uint64_t panels = number_of(member(example, "panels"));
    EXPECT_EQ(draw_number(hash, seed, panels), number_of(member(example, "number")));
    EXPECT_EQ(verify::repeat_draw(hash, seed, panels), number_of(member(example, "number")));
    passed_over += member(example, "eights").integer() > 1 ? 1 : 0;
  }
  EXPECT_GT(passed_over, 3U);
}

TEST(Draw, TheVerifiersStreamIsThatOfTheStandard) {  // RFC 8439 section 2.3.2
  Hash key;
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(i);
  const auto block = verify::chacha20_block(key, 1, {0, 0, 0, 9, 0, 0, 0, 0x4a, 0, 0, 0, 0});
  const std::string bytes(block.begin(), block.end());
  EXPECT_EQ(hex_of(bytes),
            "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e"
            "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e");
}

TEST(Draw, TwoProgramsAgreeOnEveryNumber) {
  std::mt19937_64 random(40);
  for (int i = 0; i < 20000; ++i) {
    const Hash hash = sha256(std::to_string(random()));
    const std::string seed = std::to_string(random());
    const std::uint64_t panels = 1 + (i % 2 == 0 ? random() % 2000 : random() / 2);
    const std::uint64_t number = draw_number(hash, seed, panels);
    ASSERT_EQ(number, verify::repeat_draw(hash, seed, panels));
    ASSERT_GE(number, 1U);
    ASSERT_LE(number, panels);
  }
}

TEST(Draw, EveryNumberIsAsLikelyAsAnyOther) {
  const Hash hash = sha256("a document");
  constexpr std::uint64_t panels = 1000;
  const int draws = 1'000'000;
  std::vector<int> seen(panels);
  for (int i = 0; i < draws; ++i) {
    ++seen[draw_number(hash, "seed " + std::to_string(i), panels) - 1];
  }
  const double expected = static_cast<double>(draws) / panels;
  double chi_square = 0;
  for (const int count : seen) chi_square += (count - expected) * (count - expected) / expected;
  // 999 degrees of freedom: one in 10,000 lies below the first bound, and one above the second.
  EXPECT_GT(chi_square, 839.8);
  EXPECT_LT(chi_square, 1173.7);
}

// --- documents of random lotteries

struct Documents {
  std::string certificate, panels;
  UniformLottery uniform;
};

Documents documents(std::mt19937_64& random) {
  for (;;) {
    const naive::Instance instance = naive::random_instance(random);
    const auto committees = naive::committees(instance);
    if (committees.empty()) continue;
    const naive::Lottery lottery = naive::leximin(instance, committees);
    Documents out;
    out.certificate = naive::certificate(instance, committees, lottery);
    std::vector<WeightedPanel> panels;
    Integer over = 1;
    for (const Rational& p : lottery.probability) over = Integer::lcm(over, p.den());
    for (std::size_t i = 0; i < committees.size(); ++i) {
      panels.push_back({{committees[i].begin(), committees[i].end()},
                        (lottery.probability[i] * Rational(over)).num()});
    }
    UniformRequest request;
    request.panels = static_cast<std::uint32_t>(1 + random() % 20);
    out.uniform = make_uniform(naive::model_of(instance), panels, over, request);
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < instance.nominees(); ++i) ids.push_back("n" + std::to_string(i));
    const auto certificate = json::Document::parse(out.certificate);
    out.panels = panels_document(out.uniform, ids, sha256(json::canonical(certificate->root())));
    return out;
  }
}

std::string faults(const verify::DrawReport& report) {
  std::string out;
  for (const Problem& fault : report.faults) out += fault.pointer + ": " + fault.message + "\n";
  return out;
}

TEST(Draw, DocumentsOfRandomLotteriesHold) {
  std::mt19937_64 random(41);
  std::size_t lost = 0, auxiliary = 0;
  for (int i = 0; i < (long_run() ? 5000 : 500); ++i) {
    const Documents made = documents(random);
    verify::DrawWanted wanted;
    wanted.certificate = made.certificate;
    wanted.panels = sha256(made.panels);
    const verify::DrawReport before = verify::verify_draw(made.panels, wanted);
    ASSERT_TRUE(before.sound) << faults(before) << made.panels << "\n" << made.certificate;
    ASSERT_FALSE(before.drawn);
    const std::string result = draw_document(made.panels, std::to_string(random()));
    const verify::DrawReport report = verify::verify_draw(result, wanted);
    ASSERT_TRUE(report.sound) << faults(report) << result;
    ASSERT_TRUE(report.drawn);
    const auto& panel = made.uniform.panels[static_cast<std::size_t>(report.number - 1)];
    ASSERT_EQ(report.members.size(), panel.members.size());
    for (std::size_t j = 0; j < panel.members.size(); ++j) {
      ASSERT_EQ(report.members[j], "n" + std::to_string(panel.members[j]));
    }
    ASSERT_EQ(report.deviation, made.uniform.deviation);
    lost += static_cast<std::size_t>(report.lost);
    auxiliary += made.panels.find("auxiliary") != std::string::npos ? 1 : 0;
  }
  EXPECT_GT(lost, 0U);
  EXPECT_GT(auxiliary, 0U);
}

TEST(Draw, EveryChangeOfAResultIsFound) {
  std::mt19937_64 random(42);
  for (int i = 0; i < 60; ++i) {
    const Documents made = documents(random);
    const std::string result = draw_document(made.panels, "seed");
    verify::DrawWanted wanted;
    wanted.panels = sha256(made.panels);
    const MutableJson original = MutableJson::read(result);
    std::vector<MutableJson*> all;
    MutableJson copy = original;
    copy.collect(all);
    for (std::size_t at = 0; at < all.size(); ++at) {
      copy = original;
      all.clear();
      copy.collect(all);
      MutableJson& value = *all[at];
      if (value.type == json::Type::integer) {
        value.text = std::to_string(std::stoll(value.text) + 1);
      } else if (value.type == json::Type::string) {
        value.text += "x";
      } else if (!value.children.empty()) {
        value.children.pop_back();
      } else {
        value.text = "1";
        value.type = json::Type::integer;
      }
      if (&value == &copy["seed"]) continue;  // may give the same number by chance
      ASSERT_FALSE(verify::verify_draw(copy.write(), wanted).sound) << copy.write();
    }
    copy = original;
    int others = 0;
    for (int seed = 0; seed < 100; ++seed) {
      copy["seed"].text = std::to_string(seed);
      others += verify::verify_draw(copy.write(), wanted).sound ? 0 : 1;
    }
    if (made.uniform.panels.size() > 1) {
      EXPECT_GT(others, 20);
    }
  }
}

TEST(Draw, PanelsThatAreNotTheLotterysAreFound) {
  std::mt19937_64 random(43);
  int changed = 0;
  for (int i = 0; i < 200; ++i) {
    const Documents made = documents(random);
    verify::DrawWanted wanted;
    wanted.certificate = made.certificate;
    MutableJson document = MutableJson::read(made.panels);
    MutableJson& panel = document["panels"].children[random() % document["panels"].children.size()];
    MutableJson& members = panel["members"];
    if (members.children.empty()) continue;
    ++changed;
    const int what = i % 4;
    if (what == 0) members.children.pop_back();  // a smaller committee, or another deviation
    if (what == 1) document["deviation"].text = "1/3" + document["deviation"].text.substr(0, 1);
    if (what == 2) document["lottery"].text[0] = document["lottery"].text[0] == '0' ? '1' : '0';
    if (what == 3) document["panels"].children.push_back(panel);
    const verify::DrawReport report = verify::verify_draw(document.write(), wanted);
    if (report.sound) {  // then it must be true: the deviation is the same by chance
      EXPECT_TRUE(what == 0 || what == 3) << document.write();
      --changed;
    }
  }
  EXPECT_GT(changed, 150);
}

// Whatever the verifier refuses of the first document, no result is drawn from.
TEST(Draw, DrawsFromNothingThatIsNotRight) {
  const std::string head = R"({"draw":"panels","version":1,"lottery":")" + std::string(64, 'a') +
                           R"(","deviation":"0",)";
  const std::string right =
      head + R"("nominees":["a","b","c"],"panels":[{"members":[0]},{"members":[1]}],"lost":[]})";
  EXPECT_TRUE(verify::verify_draw(right).sound);
  const auto problems = [](const std::string& text) {
    try {
      draw_document(text, "seed");
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::invalid_document);
      return error.problems().size();
    }
    return std::size_t{0};
  };
  EXPECT_EQ(problems(right), 0U);
  const std::pair<std::string_view, std::string_view> changes[] = {
      {R"("b","c")", R"("a","c")"},
      {R"("b","c")", R"("b","")"},
      {R"("b","c")", R"("b",7)"},
      {R"({"members":[1]})", R"({"members":[1,0]})"},
      {R"({"members":[1]})", R"({"members":[1,1]})"},
      {R"({"members":[1]})", R"({"members":[3]})"},
      {R"({"members":[1]})", R"({"members":[1],"auxiliary":[[1,1.5]]})"},
      {R"({"members":[1]})", R"({"members":[1],"auxiliary":["x"]})"},
      {R"({"members":[1]})", R"({"members":[1],"auxiliary":[[2,9007199254740993]]})"},
      {R"({"members":[1]})", R"({"members":[1],"weight":"1"})"},
      {R"("lost":[])", R"("lost":[{"nominee":1,"probability":"1/2","reason":"r"}])"},
      {R"("lost":[])", R"("lost":[{"nominee":2,"probability":"2/4","reason":"r"}])"},
      {R"("lost":[])", R"("lost":[7])"},
      {R"("deviation":"0")", R"("deviation":"0/1")"},
      {R"("version":1)", R"("version":2)"},
      {R"("lottery":"a)", R"("lottery":"A)"}};
  for (const auto& [from, to] : changes) {
    std::string text = right;
    text.replace(text.find(from), from.size(), to);
    EXPECT_EQ(problems(text), 1U) << text;
    EXPECT_FALSE(verify::verify_draw(text).sound) << text;
  }
  EXPECT_EQ(problems(draw_document(right, "seed")), 1U);
  EXPECT_EQ(problems("{}"), 7U);  // every member that is missing
}

TEST(Draw, SaysWhatIsWrong) {
  UniformLottery uniform;
  uniform.panels = {{{0}, {}}, {{1}, {}}};
  uniform.seats = {1, 1};
  const std::vector<std::string> ids = {"amal", "bassem"};
  const std::string panels = panels_document(uniform, ids, sha256("lottery"));
  EXPECT_EQ(panels, "{\"deviation\":\"0\",\"draw\":\"panels\",\"lost\":[],\"lottery\":\"" +
                        hex(sha256("lottery")) +
                        "\",\"nominees\":[\"amal\",\"bassem\"],\"panels\":[{\"members\":[0]},"
                        "{\"members\":[1]}],\"version\":1}");
  const std::vector<std::string> too_few = {"amal"};
  const auto code = [](const auto& call) {
    try {
      call();
    } catch (const Error& error) {
      return error.code();
    }
    return Code::ok;
  };
  EXPECT_EQ(code([&] { panels_document(uniform, too_few, {}); }), Code::invalid_argument);
  EXPECT_EQ(code([&] { draw_document(panels, ""); }), Code::invalid_argument);
  EXPECT_EQ(code([&] { draw_document(panels, "\xff"); }), Code::invalid_argument);
  EXPECT_EQ(code([&] { draw_document("{", "a"); }), Code::malformed);
  EXPECT_EQ(code([&] { draw_document("{}", "a"); }), Code::invalid_document);
  EXPECT_EQ(code([&] { draw_document("[]", "a"); }), Code::invalid_document);
  std::string none = panels;
  none.replace(none.find("[{\"members"),
               std::string("[{\"members\":[0]},{\"members\":[1]}]").size(), "[]");
  EXPECT_EQ(code([&] { draw_document(none, "a"); }), Code::invalid_document);
  EXPECT_FALSE(verify::verify_draw(none).sound);
  EXPECT_FALSE(verify::verify_draw("{").sound);
  EXPECT_FALSE(verify::verify_draw("{}").sound);
  EXPECT_FALSE(verify::verify_draw("{\"draw\":\"result\"}").sound);
}

}  // namespace
}  // namespace partnership
