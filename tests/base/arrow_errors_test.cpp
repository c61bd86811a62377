// SPDX-License-Identifier: Apache-2.0
//
// Producers of Arrow streams that are wrong: what is said of them, and that all is released.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <limits>
#include <new>
#include <string>
#include <vector>

#include "base/arrow.hpp"
#include "base/arrow_fake.hpp"
#include "base/error.hpp"

namespace partnership {
namespace {

using fake::Bytes;
using fake::bytes_of_values;
using testing::HasSubstr;

// A stream of two int32 columns and three rows, changed by `change`, and what it is refused with.
template <class Change>
std::string refusal(const Change& change, Code code = Code::invalid_argument) {
  fake::Stream plan;
  plan.schema = {
      "+s",    "", {{"i", "a", {}, nullptr, -1, false}, {"u", "b", {}, nullptr, -1, false}},
      nullptr, -1, false};
  fake::Array ints;
  ints.length = 3;
  ints.buffers = {std::nullopt, bytes_of_values(std::vector<std::int32_t>{1, 2, 3})};
  fake::Array strings;
  strings.length = 3;
  strings.buffers = {std::nullopt, bytes_of_values(std::vector<std::int32_t>{0, 1, 2, 3}),
                     Bytes{'x', 'y', 'z'}};
  fake::Array batch;
  batch.length = 3;
  batch.buffers = {std::nullopt};
  batch.children = {ints, strings};
  plan.batches = {batch};
  change(plan);
  fake::Count count;
  ArrowArrayStream stream;
  fake::fill(plan, &count, &stream);
  std::string message;
  try {
    import_stream(&stream);
    message = "(accepted)";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    message = error.what();
  }
  EXPECT_EQ(count.live, 0) << "not all is released: " << message;
  EXPECT_EQ(stream.release, nullptr);
  return message;
}

TEST(Arrow, RefusesSchemasItDoesNotUnderstand) {
  EXPECT_EQ(refusal([](fake::Stream&) {}), "(accepted)");
  EXPECT_EQ(refusal([](fake::Stream& s) { s.schema.format = "i"; }),
            "the Arrow stream has the Arrow format `i`, expected a struct of columns (+s)");
  EXPECT_EQ(refusal([](fake::Stream& s) { s.schema.format = std::nullopt; }),
            "the Arrow stream has no Arrow format, expected a struct of columns (+s)");
  EXPECT_THAT(refusal([](fake::Stream& s) { s.schema.children[1].format = "+l"; }),
              HasSubstr("column `b` has the Arrow format `+l`, expected one of n b c"));
  EXPECT_THAT(refusal([](fake::Stream& s) {
                s.schema.children[0].format = "tsu:UTC";
                s.schema.children[1].format = "z";
              }),
              HasSubstr("column `a` has the Arrow format `tsu:UTC`"));
  EXPECT_THAT(refusal([](fake::Stream& s) { s.schema.children[1].format = std::nullopt; }),
              HasSubstr("column `b` has no Arrow format"));
  EXPECT_THAT(refusal([](fake::Stream& s) { s.schema.children[1].format = "\xff"; }),
              HasSubstr("column `b` has an Arrow format that is not UTF-8"));
  EXPECT_EQ(refusal([](fake::Stream& s) { s.schema.children[1].name = "a"; }),
            "column `a` stands twice");
  EXPECT_EQ(refusal([](fake::Stream& s) { s.schema.children[1].name = "\xff"; }),
            "column 1 has a name that is not UTF-8");
  EXPECT_EQ(refusal([](fake::Stream& s) { s.schema.children[1].released = true; }),
            "column 1 has no schema");
  EXPECT_EQ(refusal([](fake::Stream& s) { s.schema.claimed_children = -5; }),
            "the Arrow schema has no children");
  EXPECT_EQ(refusal([](fake::Stream& s) { s.schema.released = true; }),
            "the Arrow stream has no schema");
}

TEST(Arrow, NamesEveryColumnItCannotRead) {
  fake::Stream plan;
  plan.schema = {
      "+s",    "", {{"+l", "a", {}, nullptr, -1, false}, {"z", "b", {}, nullptr, -1, false}},
      nullptr, -1, false};
  fake::Count count;
  ArrowArrayStream stream;
  fake::fill(plan, &count, &stream);
  try {
    import_stream(&stream);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.problems().size(), 2u);
  }
  EXPECT_EQ(count.live, 0);
}

TEST(Arrow, RefusesArraysThatContradictTheirSchema) {
  using S = fake::Stream&;
  const auto first = [](S s) -> fake::Array& { return s.batches[0].children[0]; };
  const auto second = [](S s) -> fake::Array& { return s.batches[0].children[1]; };
  EXPECT_EQ(refusal([](S s) { s.batches[0].length = -1; }),
            "the Arrow batch has a negative length or offset");
  EXPECT_EQ(refusal([](S s) { s.batches[0].offset = -1; }),
            "the Arrow batch has a negative length or offset");
  EXPECT_THAT(refusal([](S s) { s.batches[0].length = std::int64_t{1} << 40U; }, Code::limit),
              HasSubstr("more than 2147483647 rows"));
  EXPECT_EQ(refusal([](S s) { s.batches[0].offset = 1; }),
            "the Arrow column `a` has too few values");
  EXPECT_EQ(refusal([](S s) { s.batches[0].offset = std::numeric_limits<std::int64_t>::max(); }),
            "the Arrow column `a` has too few values");
  EXPECT_EQ(refusal([](S s) { s.batches[0].length = 4; }),
            "the Arrow column `a` has too few values");
  EXPECT_EQ(refusal([](S s) { s.batches[0].children.pop_back(); }),
            "the Arrow batch has 1 columns, its schema 2");
  EXPECT_EQ(refusal([](S s) { s.batches[0].null_children = true; }),
            "the Arrow batch has no columns");
  EXPECT_EQ(refusal([](S s) { s.batches[0].claimed_children = -2; }),
            "the Arrow batch has -2 columns, its schema 2");
  EXPECT_EQ(refusal([](S s) { s.batches[0].null_buffers = true; }),
            "the Arrow batch has the wrong buffers");
  EXPECT_EQ(refusal([](S s) { s.batches[0].nulls = 1; }), "the Arrow batch has the wrong buffers");
  EXPECT_EQ(refusal([&](S s) { first(s).length = -3; }),
            "the Arrow column `a` has a negative or huge length or offset");
  EXPECT_EQ(refusal([&](S s) { first(s).offset = -1; }),
            "the Arrow column `a` has a negative or huge length or offset");
  EXPECT_EQ(refusal([&](S s) { first(s).offset = std::numeric_limits<std::int64_t>::max() - 1; }),
            "the Arrow column `a` has a negative or huge length or offset");
  EXPECT_EQ(refusal([&](S s) { first(s).released = true; }), "the Arrow column `a` has no array");
  EXPECT_EQ(refusal([&](S s) { first(s).null_buffers = true; }),
            "the Arrow column `a` has no buffers");
  EXPECT_EQ(refusal([&](S s) { first(s).claimed_buffers = 3; }),
            "the Arrow column `a` has the wrong number of buffers");
  EXPECT_EQ(refusal([&](S s) { first(s).claimed_buffers = -4; }),
            "the Arrow column `a` has the wrong number of buffers");
  EXPECT_EQ(refusal([&](S s) { first(s).buffers[1] = std::nullopt; }),
            "the Arrow column `a` has no values");
  EXPECT_EQ(refusal([&](S s) { first(s).nulls = 1; }),
            "the Arrow column `a` has nulls without a bitmap");
  EXPECT_EQ(refusal([&](S s) { second(s).buffers[2] = std::nullopt; }),
            "the Arrow column `b` has no bytes of texts");
  EXPECT_EQ(refusal([&](S s) {
              second(s).buffers[1] = bytes_of_values(std::vector<std::int32_t>{0, 2, 1, 3});
            }),
            "the Arrow column `b` has offsets that are negative or go down");
  EXPECT_EQ(refusal([&](S s) {
              second(s).buffers[1] = bytes_of_values(std::vector<std::int32_t>{-1, 0, 1, 3});
            }),
            "the Arrow column `b` has offsets that are negative or go down");
  EXPECT_EQ(refusal([&](S s) {
              second(s).buffers[2] = Bytes{'x', 0xC3, 'z'};
            }),
            "the Arrow column `b` has text that is not UTF-8");
}

TEST(Arrow, RefusesNumbersAndIndicesOutOfRange) {
  using S = fake::Stream&;
  EXPECT_EQ(refusal([](S s) {
              s.schema.children[0].format = "L";
              s.batches[0].children[0].buffers[1] =
                  bytes_of_values(std::vector<std::uint64_t>{1, std::uint64_t{1} << 63U, 3});
            }),
            "the Arrow column `a` has the value 9223372036854775808, which is beyond int64");
  const auto with_dictionary = [](S s, const std::string& format, const std::string& values) {
    s.schema.children[0].format = format;
    s.schema.children[0].dictionary =
        std::make_shared<fake::Schema>(fake::Schema{values, "", {}, nullptr, -1, false});
    s.batches[0].children[0].dictionary = std::make_shared<fake::Array>(s.batches[0].children[1]);
  };
  EXPECT_EQ(refusal([&](S s) { with_dictionary(s, "i", "u"); }),
            "the Arrow column `a` has the index 3 into a dictionary of 3");
  EXPECT_EQ(
      refusal([&](S s) {
        with_dictionary(s, "i", "u");
        s.batches[0].children[0].buffers[1] = bytes_of_values(std::vector<std::int32_t>{0, -1, 0});
      }),
      "the Arrow column `a` has the index -1 into a dictionary of 3");
  EXPECT_EQ(refusal([&](S s) {
              with_dictionary(s, "i", "u");
              s.batches[0].children[0].dictionary = nullptr;
            }),
            "the Arrow column `a` has no array");
  EXPECT_EQ(refusal([&](S s) { with_dictionary(s, "i", "l"); }),
            "column `a` has a dictionary of the Arrow format `l`, expected one of texts (u or U)");
  EXPECT_EQ(refusal([&](S s) {
              with_dictionary(s, "i", "u");
              s.schema.children[0].dictionary->released = true;
            }),
            "column `a` has a dictionary of no Arrow format, expected one of texts (u or U)");
  EXPECT_THAT(refusal([&](S s) { with_dictionary(s, "g", "u"); }),
              HasSubstr("has a dictionary of"));
  EXPECT_THAT(refusal([&](S s) {
                with_dictionary(s, "i", "u");
                s.schema.children[0].dictionary->dictionary =
                    std::make_shared<fake::Schema>(fake::Schema{"u", "", {}, nullptr, -1, false});
              }),
              HasSubstr("has a dictionary of"));
}

TEST(Arrow, PassesOnWhatAFailingProducerSays) {
  using S = fake::Stream&;
  EXPECT_EQ(refusal([](S s) { s.schema_status = 5; }, Code::io),
            "the producer of the Arrow stream failed with errno 5");
  EXPECT_EQ(refusal(
                [](S s) {
                  s.next_status = EIO;
                  s.words = "no more\nmemory";
                },
                Code::io),
            "the producer of the Arrow stream failed with errno 5: `no more\\nmemory`");
  EXPECT_EQ(refusal(
                [](S s) {
                  s.next_status = EIO;
                  s.words = "\xff";
                },
                Code::io),
            "the producer of the Arrow stream failed with errno 5");
  EXPECT_THROW(refusal([](S s) { s.next_status = ENOMEM; }), std::bad_alloc);
  EXPECT_THROW(refusal([](S s) { s.schema_status = ENOMEM; }), std::bad_alloc);
}

TEST(Arrow, RefusesAReleasedStream) {
  ArrowArrayStream stream{};
  EXPECT_THROW(import_stream(&stream), Error);
}

}  // namespace
}  // namespace partnership
