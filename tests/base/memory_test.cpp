// SPDX-License-Identifier: Apache-2.0
//
// Every allocation of base's readers and writers fails once: the call says so, leaks nothing, and
// works as soon as there is memory.
#include <gtest/gtest.h>

#include <cerrno>
#include <string>

#include "base/arrow.hpp"
#include "base/calendar.hpp"
#include "base/csv.hpp"
#include "base/error.hpp"
#include "base/folder.hpp"
#include "base/json.hpp"
#include "base/options.hpp"
#include "base/rational.hpp"
#include "support/failing_memory.hpp"
#include "support/temp_folder.hpp"

namespace partnership {
namespace {

// As failing_memory::expect_to_survive, for work that fails with an Error once it has enough memory
// to say so.
template <class Work>
void expect_to_explain(const Work& work, long least) {
  std::string message;
  failing_memory::expect_to_survive(
      [&] {
        try {
          work();
        } catch (const Error& error) {
          message = error.what();
        }
      },
      least);
  EXPECT_FALSE(message.empty());
}

std::string document() {
  std::string text = R"({"escaped\n":"a\u00e9b\nc","list":[)";
  for (int i = 0; i < 100; ++i) text += std::to_string(i) + ",{\"n" + std::to_string(i) + "\":[]},";
  text += "null],\"object\":{";
  for (int i = 0; i < 40; ++i) text += "\"member " + std::to_string(i) + "\":1.5,";
  return text + "\"z\":true}}";
}

Table table() {
  return read_json_rows(R"([{"b":true,"i":1,"r":1.5,"t":"x","n":null,"a":["p","q"]},
                            {"i":2,"b":null,"r":2,"t":"a long text, with \"quotes\" and \n lines"},
                            {"b":false,"r":null,"a":[{"deep":[1,2,3]}]}])");
}

TEST(Memory, MayRunOutWhileReadingJson) {
  const std::string text = document();
  failing_memory::expect_to_survive([&] { json::Document::parse(text); }, 6);
  const std::string wrong = text + "]";
  expect_to_explain([&] { json::Document::parse(wrong); }, 6);
}

TEST(Memory, MayRunOutWhileWritingJson) {
  const auto parsed = json::Document::parse(document());
  failing_memory::expect_to_survive([&] { json::canonical(parsed->root()); }, 2);
  failing_memory::expect_to_survive(
      [&] {
        json::Writer writer(true);
        writer.value(parsed->root());
        writer.take();
      },
      3);
}

TEST(Memory, MayRunOutWhileExplainingADocument) {
  const auto parsed = json::Document::parse(document());
  expect_to_explain(
      [&] {
        json::Problems problems;
        json::ObjectReader reader(parsed->root(), problems);
        reader.text("a name that is not there", true);
        reader.integer("list");
        reader.finish();
        problems.raise(Code::invalid_document);
      },
      6);
}

TEST(Memory, MayRunOutWhileReadingAndWritingTables) {
  const std::string csv = write_csv(table());
  const std::string rows = write_json_rows(table());
  const Table whole = table();
  failing_memory::expect_to_survive([&] { read_csv(csv); }, 10);
  failing_memory::expect_to_survive([&] { write_csv(whole); }, 1);
  failing_memory::expect_to_survive([&] { read_json_rows(rows); }, 10);
  failing_memory::expect_to_survive([&] { write_json_rows(whole); }, 3);
  expect_to_explain([&] { read_csv("a,b\n1\n2\n\"\n"); }, 3);
  expect_to_explain([&] { read_json_rows("[1,2,3]"); }, 3);
}

TEST(Memory, MayRunOutWhileCopyingOptions) {
  Options options;
  options.set("id_column", std::string(60, 'x'));
  options.set("root", std::string(64, 'a'));
  failing_memory::expect_to_survive([&] { const Options copy = options; }, 3);
}

TEST(Memory, MayRunOutWhileImportingAStream) {
  const Table whole = table();
  failing_memory::expect_to_survive(
      [&] {
        ArrowArrayStream stream;
        export_stream(whole, &stream);
        import_stream(&stream);
      },
      20);
}

TEST(Memory, ExportedStreamsSayThatItRanOut) {
  const Table whole = table();
  ArrowArrayStream stream;
  export_stream(whole, &stream);
  long leaked = 0;
  long refusals = 0;
  ArrowSchema schema{};
  const auto answered = [&](int status) {
    if (status == 0) return true;
    EXPECT_EQ(status, ENOMEM);
    EXPECT_STREQ(stream.get_last_error(&stream), "out of memory");
    ++refusals;
    return false;
  };
  const auto get_schema = [&] { return answered(stream.get_schema(&stream, &schema)); };
  EXPECT_GT(failing_memory::run_out(get_schema, 1000, leaked), 5);
  EXPECT_EQ(leaked, 0);
  ArrowArray array{};
  const auto get_next = [&] { return answered(stream.get_next(&stream, &array)); };
  EXPECT_GT(failing_memory::run_out(get_next, 1000, leaked), 5);
  EXPECT_EQ(leaked, 0);
  EXPECT_GT(refusals, 10);
  EXPECT_EQ(array.length, whole.rows());
  array.release(&array);
  schema.release(&schema);
  stream.release(&stream);
}

TEST(Memory, MayRunOutWhileCalculating) {
  const Integer a = Integer::power_of_two(500), b = Integer::power_of_two(300) + 1;
  const Rational x(a, b);
  failing_memory::expect_to_survive(
      [&] {
        Integer product = a * b - a;
        product += Integer::gcd(product, a);
        Rational quotient = x / Rational(product, 7);
        quotient = Rational::near(quotient - x, 1000000);
        EXPECT_EQ(Rational::parse(x.text()), x);
      },
      30);
  Integer kept = a;
  failing_memory::expect_to_survive([&] { kept = b + a - a; }, 2);
  EXPECT_EQ(kept, b);
}

constexpr std::string_view calendar = R"({"calendar": "a calendar", "title": {"en": "A calendar"},
  "valid": {"from": "2020-01-01", "to": "2023-01-01"}, "note": "a note that is long enough",
  "weekend": [{"days": ["sunday"]}, {"days": ["saturday", "sunday"], "from": "2021-01-01"}],
  "holidays": [{"date": "2020-05-08", "name": "Early in the month of May", "moved from": "2020-05-04"}],
  "rules": [{"name": "Early in the month of May", "on": {"weekday": "monday", "nth": 1, "month": 5}},
            {"name": "Christmas, as it is kept", "on": "12-25", "moves": "next working day"}],
  "working": [{"date": "2021-05-08"}]})";

TEST(Memory, MayRunOutWhileReadingACalendar) {
  failing_memory::expect_to_survive([&] { Calendar::load(calendar); }, 40);
  std::string wrong(calendar);
  wrong.replace(wrong.find("2021-05-08"), 10, "2021-05-05");
  expect_to_explain([&] { Calendar::load(wrong); }, 40);
}

TEST(Memory, MayRunOutWhileReadingAFolder) {
  const pship_testing::TempFolder place;
  place.write("some/file-of-a-name-that-takes-memory.json", std::string(1000, 'x'));
  const std::string path = place.path();
  failing_memory::expect_to_survive(
      [&] {
        const Folder folder(path);
        folder.read("some", "file-of-a-name-that-takes-memory.json", 2000);
        folder.list("some", 10);
      },
      4);
  expect_to_explain([&] { Folder folder(path + "/a folder that is not there"); }, 3);
}

}  // namespace
}  // namespace partnership
