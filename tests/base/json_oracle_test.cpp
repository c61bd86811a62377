// SPDX-License-Identifier: Apache-2.0
//
// The reader of JSON against a naive one.
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/json_documents.hpp"
#include "base/naive_json.hpp"

namespace partnership::json {
namespace {

using test::documents;

// Both readings must agree on whether a text is JSON and on what it says. Both sides read a copy
// of exactly the text's size, so that a sanitizer sees every byte read too far.
bool agree(std::string_view text) {
  const std::vector<char> exact(text.begin(), text.end());
  const std::string_view view(exact.data(), exact.size());
  const auto expected = naive::read(view);
  std::unique_ptr<const Document> document;
  try {
    document = Document::parse(view);
  } catch (const Error& error) {
    if (error.code() != Code::malformed && error.code() != Code::limit) return false;
    return !expected;
  }
  return expected && naive::same(*expected, document->root());
}

TEST(Json, AgreesWithANaiveReaderOnDocuments) {
  for (const std::string& document : documents) {
    EXPECT_TRUE(naive::read(document)) << document;
    EXPECT_TRUE(agree(document)) << document;
  }
}

TEST(Json, AgreesWithANaiveReaderOnEveryTruncation) {
  for (const std::string& document : documents) {
    for (std::size_t size = 0; size < document.size(); ++size) {
      const std::string text = document.substr(0, size);
      EXPECT_TRUE(agree(text)) << text;
      EXPECT_TRUE(agree(document.substr(size))) << document.substr(size);
    }
  }
}

TEST(Json, AgreesWithANaiveReaderOnEveryChangedByte) {
  using std::string_literals::operator""s;
  const std::string bytes =
      "\0\x01\t\n\r\x0c\x1a\x1f \"\\/,:[]{}0123456789+-.eEutfn"s
      "\x7f\x80\xbf\xc0\xc3\xe2\xed\xef\xf0\xf4\xff";
  for (const std::string& document : documents) {
    for (std::size_t at = 0; at < document.size(); ++at) {
      for (const char byte : bytes) {
        std::string text = document;
        text[at] = byte;
        EXPECT_TRUE(agree(text)) << text;
      }
      std::string removed = document;
      removed.erase(at, 1);
      EXPECT_TRUE(agree(removed)) << removed;
      std::string doubled = document;
      doubled.insert(at, 1, document[at]);
      EXPECT_TRUE(agree(doubled)) << doubled;
    }
  }
}

// Texts of tokens: mostly wrong, but near enough to JSON to reach every rule.
TEST(Json, AgreesWithANaiveReaderOnRandomTokens) {
  const std::vector<std::string> tokens = {"{",           "}",      "[",
                                           "]",           ",",      ":",
                                           "\"a\"",       "\"b\"",  "\"\\u0061\"",
                                           "1",           "0",      "-",
                                           "1.5",         "1e5",    "true",
                                           "false",       "null",   " ",
                                           "\n",          "\"",     "\\",
                                           "01",          "\"\"",   "\"\\\"",
                                           "\xc3\xa9",    "\"é\"",  "\"\\ud83d\\ude00\"",
                                           "\"\\ud83d\"", "\x0c",   "nul",
                                           "1.",          "\"x\":", "\"y\":",
                                           "[]",          "{}",     "9999999999999999999"};
  std::mt19937 random(7);
  std::size_t valid = 0;
  for (int i = 0; i < 60000; ++i) {
    std::string text;
    const std::size_t count = random() % 9;
    for (std::size_t k = 0; k < count; ++k) text += tokens[random() % tokens.size()];
    ASSERT_TRUE(agree(text)) << text;
    if (naive::read(text)) ++valid;
  }
  EXPECT_GT(valid, 1000u);
}

std::string random_document(std::mt19937& random, int depth) {
  const auto space = [&] { return std::string(random() % 3, random() % 2 == 0 ? ' ' : '\n'); };
  const auto string = [&] {
    static const std::vector<std::string> pieces = {
        "a",   "bc",         "\\n", "\\u00e9", "ب", "\\\\", "\\\"", "😀", "\\ud83d\\ude00",
        "\\/", "long piece "};
    std::string out = "\"";
    for (std::size_t i = random() % 6; i > 0; --i) out += pieces[random() % pieces.size()];
    return out + "\"";
  };
  std::string out = space();
  switch (depth <= 0 ? random() % 4 : random() % 6) {
    case 0:
      out += std::to_string(static_cast<std::int32_t>(random()));
      break;
    case 1:
      out += std::to_string(random() % 1000) + "." + std::to_string(random()) + "e" +
             std::to_string(static_cast<int>(random() % 40) - 20);
      break;
    case 2:
      out += string();
      break;
    case 3:
      out += random() % 2 == 0 ? "true" : "null";
      break;
    case 4: {
      out += "[";
      const std::size_t count = random() % 5;
      for (std::size_t i = 0; i < count; ++i) {
        out += (i > 0 ? "," : "") + random_document(random, depth - 1);
      }
      out += space() + "]";
      break;
    }
    default: {
      out += "{";
      const std::size_t count = random() % 5;
      for (std::size_t i = 0; i < count; ++i) {
        out += (i > 0 ? "," : "") + space() + string() + space() + ":" +
               random_document(random, depth - 1);
      }
      out += space() + "}";
    }
  }
  return out + space();
}

TEST(Json, AgreesWithANaiveReaderOnRandomAndMutatedDocuments) {
  std::mt19937 random(11);
  std::size_t valid = 0;
  for (int i = 0; i < 4000; ++i) {
    std::string text = random_document(random, 5);
    ASSERT_TRUE(agree(text)) << text;
    if (naive::read(text)) ++valid;
    for (int k = 0; k < 6 && !text.empty(); ++k) {
      std::string changed = text;
      const std::size_t at = random() % changed.size();
      switch (random() % 4) {
        case 0:
          changed[at] = static_cast<char>(changed[at] ^ (1 << random() % 8));
          break;
        case 1:
          changed.erase(at, 1 + random() % 3);
          break;
        case 2:
          changed.insert(at, 1, changed[random() % changed.size()]);
          break;
        default:
          changed.insert(at, changed.substr(random() % changed.size(), 4));
      }
      ASSERT_TRUE(agree(changed)) << changed;
    }
  }
  EXPECT_GT(valid, 2000u);
}

}  // namespace
}  // namespace partnership::json
