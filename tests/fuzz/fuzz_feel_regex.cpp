// SPDX-License-Identifier: Apache-2.0
//
// A line of flags, a line of pattern, a line of replacement and a text, of any bytes: refused with
// one line, or matched within its steps, with the three functions of the language in agreement.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "feel/builtins.hpp"
#include "feel/regex.hpp"
#include "fuzz/demand.hpp"

using namespace partnership;
using namespace partnership::feel;

namespace {

constexpr std::uint64_t most_steps = 100'000;

std::string_view line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  const std::string_view out = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return out;
}

// How often it matches; the places lie within the text, one behind the other.
std::size_t search(Regex& regex, std::string_view text) {
  regex.begin(to_utf16(text), most_steps);
  std::size_t found = 0, behind = 0;
  while (regex.find() == Regex::Outcome::found) {
    const auto [from, to] = regex.place(0);
    demand(behind <= from && from <= to && to <= regex.text().size(), "places in order");
    for (std::uint32_t group = 1; group <= regex.groups(); ++group) {
      const auto inner = regex.place(group);
      demand(inner.from <= inner.to && inner.to <= regex.text().size(), "groups in the text");
    }
    behind = to;
    ++found;
  }
  demand(regex.steps() <= most_steps + 10'000, "steps within the budget");
  return found;
}

Value ask(Evaluation& evaluation, std::string_view function,
          std::initializer_list<std::string_view> texts) {
  std::vector<Value> arguments;
  for (const std::string_view text : texts) arguments.push_back(Value::string(text));
  const Signature* signature = signature_for(*find_builtin(function), arguments.size());
  return signature->call(evaluation, arguments);
}

void call(std::string_view flags, std::string_view pattern, std::string_view with,
          std::string_view text, bool compiles, std::size_t found) {
  Budget budget;
  budget.regex_steps = most_steps;
  budget.memory = std::size_t{16} << 20;
  budget.list = 100'000;
  Evaluation evaluation(budget);
  evaluation.begin({});
  try {
    const Value matches = ask(evaluation, "matches", {text, pattern, flags});
    demand(matches.is_null() == !compiles, "an answer where it compiles");
    if (compiles) demand(matches.is_true() == (found > 0), "matches where it is found");
    const Value replaced = ask(evaluation, "replace", {text, pattern, with, flags});
    demand(compiles || replaced.is_null(), "no replacement without a pattern");
    if (found == 0 && !replaced.is_null()) {
      demand(replaced.text() == to_utf8(to_utf16(text)), "nothing to replace");
    }
    if (!flags.empty()) return;
    const Value parts = ask(evaluation, "split", {text, pattern});
    demand(parts.is_null() || parts.items().size() == found + 1, "a part more than matches");
    demand(parts.is_null() == replaced.is_null() || replaced.is_null(), "both or none");
  } catch (const OutOfBudget&) {
    demand(compiles, "a pattern that takes long is a pattern");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest{reinterpret_cast<const char*>(data), size};
  const std::string_view flags = line(rest), pattern = line(rest), with = line(rest);
  std::string problem;
  const auto regex = Regex::compile(pattern, flags, problem);
  demand((regex == nullptr) == !problem.empty(), "a problem or an expression");
  demand(problem.find('\n') == std::string::npos, "a problem on one line");
  demand(problem.find("INTERNAL") == std::string::npos, "icu takes what is given to it");
  const std::size_t found = regex == nullptr ? 0 : search(*regex, rest);
  call(flags, pattern, with, rest, regex != nullptr, found);
  return 0;
}
