// SPDX-License-Identifier: Apache-2.0
//
// Generated expressions: each parses, and its fully bracketed text parses to the same tree.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "parser_tools.hpp"

namespace partnership::feel {
namespace {

// Makes texts of the grammar. Names are those in scope, so that every text is right.
class Generator {
 public:
  Generator(std::uint32_t seed, std::vector<std::string> names)
      : random_(seed), names_(std::move(names)) {}

  std::string expression(int depth) {
    if (depth <= 0) return operand(0);
    switch (pick(26)) {
      case 0:
      case 1:
        return sub(depth) + gap() + one_of({"+", "-", "*", "/", "**"}) + gap() + sub(depth);
      case 2:
        return sub(depth) + gap() + one_of({"=", "!=", "<", "<=", ">", ">="}) + gap() + sub(depth);
      case 3:
        return sub(depth) + " and " + sub(depth) + (pick(2) == 0 ? " and " + sub(depth) : "");
      case 4:
        return sub(depth) + " or " + sub(depth) + (pick(2) == 0 ? " or " + sub(depth) : "");
      case 5:
        return "-" + gap() + operand(depth - 1);
      case 6:
        return sub(depth) + " between " + sum(depth) + " and " + sum(depth);
      case 7:
        return sub(depth) + " in " + tests(depth);
      case 8:
        return operand(depth - 1) + " instance of " + type(2);
      case 9:
        return "if " + expression(depth - 1) + " then " + expression(depth - 1) + " else " +
               expression(depth - 1);
      case 10:
        return iteration("for", "return", depth);
      case 11:
        return iteration("some", "satisfies", depth);
      case 12:
        return iteration("every", "satisfies", depth);
      case 13:
        return function(depth);
      default:
        return operand(depth);
    }
  }

  std::string unary_tests(int depth) {
    if (pick(10) == 0) return "-";
    std::string out = test(depth);
    while (pick(3) == 0) out += ", " + test(depth);
    return pick(4) == 0 ? "not(" + out + ")" : out;
  }

 private:
  std::uint32_t pick(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }
  std::string one_of(std::initializer_list<const char*> words) {
    return *(words.begin() + pick(static_cast<std::uint32_t>(words.size())));
  }
  std::string gap() { return one_of({" ", " ", " ", "  ", "\n", " /* + */ ", " // in\n"}); }

  // An expression that binds as an operand of any operator.
  std::string operand(int depth) {
    if (depth <= 0) {
      return pick(2) == 0 ? name()
                          : one_of({"1", "0.5", "-3", "1e3", "\"x\"", "\"\\u00e9\\n\"", "true",
                                    "null", "@\"2024-02-29\"", "@\"P1DT2H\"", "[]", "{}"});
    }
    switch (pick(9)) {
      case 0:
        return "(" + expression(depth - 1) + ")";
      case 1:
        return operand(depth - 1) + "." + one_of({"a", "full name", "time offset", "start"});
      case 2:
        return filtered(depth);
      case 3:
        return call(depth);
      case 4:
        return list(depth);
      case 5:
        return context(depth);
      case 6:
        return range(depth);
      case 7:
        return "(" + one_of({"<", "<=", ">", ">=", "=", "!="}) + operand(depth - 1) + ")";
      default:
        return operand(0);
    }
  }

  // An operand, or an operation whose own operators decide how it groups.
  std::string sub(int depth) { return pick(3) == 0 ? open(depth - 1) : operand(depth - 1); }
  std::string open(int depth) {
    if (depth <= 0) return operand(0);
    return operand(depth - 1) + gap() + one_of({"+", "-", "*", "/", "**", "<", "=", "and", "or"}) +
           gap() + operand(depth - 1);
  }

  // What may stand between `between` and its `and`.
  std::string sum(int depth) {
    return operand(depth - 1) + (pick(2) == 0 ? " - " + operand(depth - 1) : "");
  }

  std::string name() { return names_[pick(static_cast<std::uint32_t>(names_.size()))]; }

  std::string filtered(int depth) {
    const std::string list = operand(depth - 1);
    names_.push_back("item");
    std::string out = list + "[" + expression(depth - 1) + "]";
    names_.pop_back();
    return out;
  }

  std::string call(int depth) {
    switch (pick(4)) {
      case 0:
        return one_of({"date and time", "string length", "not", "abs", "min"}) + "(" +
               expression(depth - 1) + ")";
      case 1:
        return "substring(string: " + expression(depth - 1) +
               ", start position : " + expression(depth - 1) + ")";
      case 2:
        return name() + "()";
      default:
        return operand(depth - 1) + "(" + expression(depth - 1) + ", " + expression(depth - 1) +
               ")";
    }
  }

  std::string range(int depth) {
    const std::string inner = expression(depth - 1) + ".." + expression(depth - 1);
    // Behind a `[` that ends a range most texts would read as a filter.
    if (pick(4) == 0) return "([(" + expression(depth - 1) + ")..(" + expression(depth - 1) + ")[)";
    if (pick(4) == 0) return "(]" + inner + "])";  // `[]` would be an empty list
    return one_of({"[", "("}) + inner + one_of({"]", ")"});
  }

  std::string list(int depth) {
    std::string out = "[" + expression(depth - 1);
    while (pick(2) == 0) out += "," + gap() + expression(depth - 1);
    return out + "]";
  }

  std::string context(int depth) {
    const std::size_t before = names_.size();
    std::string out = "{";
    for (const char* key : {"k", "long key", "\"k+(\"", "m-n"}) {
      if (pick(2) == 0) continue;
      if (out.size() > 1) out += ", ";
      out += std::string(key) + ": " + expression(depth - 1);
      if (key[0] != '"') names_.push_back(key);
    }
    names_.resize(before);
    return out + "}";
  }

  std::string iteration(const char* word, const char* before_body, int depth) {
    const std::size_t before = names_.size();
    std::string out = word;
    const std::uint32_t iterators = 1 + pick(2);
    for (std::uint32_t i = 0; i < iterators; ++i) {
      const std::string variable = one_of({"i", "the item", "x"});
      out += (i > 0 ? ", " : " ") + variable + " in " +
             (pick(3) == 0 ? operand(0) + ".." + operand(depth - 1) : expression(depth - 1));
      names_.push_back(variable);
    }
    out += std::string(" ") + before_body + " " + expression(depth - 1);
    names_.resize(before);
    return out;
  }

  std::string function(int depth) {
    const std::size_t before = names_.size();
    std::string out = "function(";
    if (pick(2) == 0) {
      out += "p, q r: " + type(1);
      names_.push_back("p");
      names_.push_back("q r");
    }
    out += ") " + expression(depth - 1);
    names_.resize(before);
    return out;
  }

  std::string type(int depth) {
    if (depth > 0) {
      switch (pick(6)) {
        case 0:
          return "list<" + type(depth - 1) + ">";
        case 1:
          return "context<a: " + type(depth - 1) + ", b c: " + type(depth - 1) + ">";
        case 2:
          return "function<" + type(depth - 1) + "> -> " + type(depth - 1);
        default:
          break;
      }
    }
    return one_of({"number", "string", "date and time", "days and time duration", "Any"});
  }

  std::string test(int depth) {
    names_.push_back("?");
    std::string out =
        pick(3) == 0 ? one_of({"< ", "!=", ">= "}) + operand(depth - 1) : expression(depth - 1);
    names_.pop_back();
    return out;
  }
  std::string tests(int depth) {
    if (pick(3) == 0) return operand(depth - 1);
    std::string out = "(" + test(depth);
    while (pick(2) == 0) out += ", " + test(depth);
    return out + ")";
  }

  std::mt19937 random_;
  std::vector<std::string> names_;
};

void round_trips(bool tests, std::uint32_t seeds, int depth) {
  // Not `a-b`, which `a - b` would be, too.
  const std::vector<std::string> names = {
      "a", "b", "b-d", "full name", "values in list", "مهلة الدعوة", "people", "n"};
  std::uint64_t bytes = 0;
  for (std::uint32_t seed = 0; seed < seeds; ++seed) {
    Types types;
    ParseOptions options;
    std::vector<Declaration> inputs;
    for (const std::string& name : names) inputs.push_back({name, types.any()});
    inputs[6].type = types.parse("list<context<name: string, full name: string, n: number>>");
    inputs[7].type = types.parse("number");
    options.inputs = inputs;
    options.unary_tests = tests;
    Generator generator(seed, names);
    const std::string text = tests ? generator.unary_tests(depth) : generator.expression(depth);
    std::vector<Diagnostic> found;
    const auto first = parse(text, types, options, found);
    ASSERT_NE(first, nullptr) << seed << ": " << text << "\n" << text_of(found);
    const std::string full = full_text(*first);
    const auto second = parse(full, types, options, found);
    ASSERT_NE(second, nullptr) << text << "\n" << full << "\n" << text_of(found);
    ASSERT_EQ(difference(*first, *second), "") << text << "\n" << full;
    ASSERT_EQ(full_text(*second), full);
    bytes += text.size();
  }
  EXPECT_GT(bytes, seeds * 10);
}

TEST(FeelGenerated, ExpressionsKeepTheirTree) {
  for (const int depth : {1, 2, 3, 4}) round_trips(false, 3000, depth);
  round_trips(false, 300, 6);
}

TEST(FeelGenerated, UnaryTestsKeepTheirTree) {
  for (const int depth : {1, 2, 3}) round_trips(true, 2000, depth);
}

}  // namespace
}  // namespace partnership::feel
