// SPDX-License-Identifier: Apache-2.0
//
// `matches`, `replace` and `split`: regular expressions over texts (DMN 1.5, table 75, which says
// that they are those of XPath).
#include <string>
#include <vector>

#include "feel/builtins_arguments.hpp"
#include "feel/builtins_functions.hpp"
#include "feel/regex.hpp"

namespace partnership::feel::builtin {

namespace {

// The compiled pattern, or nullptr and a warning that says what is wrong with it.
Regex* compiled(Evaluation& evaluation, Arguments& in, std::string_view pattern,
                std::string_view flags) {
  auto& cache = evaluation.regexes();
  if (cache == nullptr) cache.reset(new RegexCache);
  evaluation.spend(1 + pattern.size());
  std::string problem;
  const std::uint64_t before = cache->compiled();
  Regex* const out = cache->get(pattern, flags, problem);
  evaluation.spend((cache->compiled() - before) * (200 + 4 * pattern.size()));
  if (out == nullptr) {
    in.wrong(WarningKind::wrong_text, Value::string(pattern),
             make_string(evaluation.arena(), problem));
  }
  return out;
}

// Looks for the next match; pays for the steps at the end.
class Search {
 public:
  Search(Evaluation& evaluation, Regex& regex, std::string_view input)
      : evaluation_(evaluation), regex_(regex) {
    evaluation.spend(1 + input.size() / 4);
    regex.begin(to_utf16(input), evaluation.budget().regex_steps);
  }
  // The expression stays in the cache, its text does not.
  ~Search() { regex_.forget(); }
  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;
  bool next() {
    const auto outcome = regex_.find();
    const std::uint64_t steps = regex_.steps();
    evaluation_.spend(1 + steps - paid_);
    paid_ = steps;
    if (outcome == Regex::Outcome::exhausted) throw OutOfBudget{"regex steps"};
    return outcome == Regex::Outcome::found;
  }

 private:
  Evaluation& evaluation_;
  Regex& regex_;
  std::uint64_t paid_ = 0;
};

// A replacement: texts and references to groups by turns.
class Replacement {
 public:
  // nullopt: a `$` or `\` with nothing it may stand before.
  static std::optional<Replacement> read(std::u16string_view text, std::uint32_t groups,
                                         bool literal) {
    Replacement out;
    for (std::size_t at = 0; at < text.size(); ++at) {
      const char16_t c = text[at];
      if (literal || (c != u'\\' && c != u'$')) {
        out.parts_.back().text += c;
        continue;
      }
      if (++at == text.size()) return {};
      if (c == u'\\') {
        if (text[at] != u'\\' && text[at] != u'$') return {};
        out.parts_.back().text += text[at];
        continue;
      }
      if (!is_digit(text[at])) return {};
      at = out.reference(text, at, groups);
    }
    return out;
  }

  void append_to(std::u16string& out, const Regex& regex) const {
    for (const Part& part : parts_) {
      if (part.group != none) {
        const auto [from, to] = regex.place(part.group);
        out.append(regex.text(), from, to - from);
      }
      out += part.text;
    }
  }

 private:
  static constexpr std::uint32_t none = 0xffffffff;
  struct Part {
    std::uint32_t group = none;
    std::u16string text;  // behind the group
  };
  static constexpr bool is_digit(char16_t c) noexcept { return c >= u'0' && c <= u'9'; }

  // As many digits as name a group; one digit past the last group stands for nothing. Gives the
  // place of the last digit.
  std::size_t reference(std::u16string_view text, std::size_t at, std::uint32_t groups) {
    std::uint32_t number = text[at] - u'0';
    while (at + 1 < text.size() && is_digit(text[at + 1])) {
      const std::uint32_t longer = number * 10 + (text[at + 1] - u'0');
      if (longer > groups) break;
      number = longer;
      ++at;
    }
    parts_.push_back({number <= groups ? number : none, {}});
    return at;
  }

  std::vector<Part> parts_{Part{}};
};

}  // namespace

Value matches(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "matches", given);
  const std::string_view input = in.text(0), pattern = in.text(1);
  const std::string_view flags = in.text_or_nothing(2);
  Regex* const regex = in.failed() ? nullptr : compiled(evaluation, in, pattern, flags);
  if (regex == nullptr) return {};
  return yes_or_no(Search(evaluation, *regex, input).next());
}

Value replace(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "replace", given);
  const std::string_view input = in.text(0), pattern = in.text(1), with = in.text(2);
  const std::string_view flags = in.text_or_nothing(3);
  Regex* const regex = in.failed() ? nullptr : compiled(evaluation, in, pattern, flags);
  if (regex == nullptr) return {};
  // It would be replaced everywhere and nowhere.
  if (regex->matches_nothing()) return in.wrong(WarningKind::no_result, Value::string(pattern));
  const bool literal = flags.find('q') != std::string_view::npos;
  const auto replacement = Replacement::read(to_utf16(with), regex->groups(), literal);
  if (!replacement) return in.wrong(WarningKind::wrong_text, Value::string(with));
  Search search(evaluation, *regex, input);
  std::u16string out;
  std::size_t behind = 0;
  while (search.next()) {
    const auto [from, to] = regex->place(0);
    out.append(regex->text(), behind, from - behind);
    replacement->append_to(out, *regex);
    behind = to;
    if (out.size() > evaluation.budget().memory) throw OutOfBudget{"memory"};
  }
  out.append(regex->text(), behind);
  evaluation.spend(out.size() / 16);
  return make_string(evaluation.arena(), to_utf8(out));
}

Value split(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "split", given);
  const std::string_view input = in.text(0), pattern = in.text(1);
  Regex* const regex = in.failed() ? nullptr : compiled(evaluation, in, pattern, {});
  if (regex == nullptr) return {};
  if (regex->matches_nothing()) return in.wrong(WarningKind::no_result, Value::string(pattern));
  Search search(evaluation, *regex, input);
  std::vector<Value> parts;
  std::size_t behind = 0;
  const auto part = [&](std::size_t to) {
    const std::u16string_view units = regex->text();
    parts.push_back(make_string(evaluation.arena(), to_utf8(units.substr(behind, to - behind))));
    evaluation.check_list(parts.size());
  };
  while (search.next()) {
    const auto [from, to] = regex->place(0);
    part(from);
    behind = to;
  }
  part(regex->text().size());
  ListMaker out(evaluation, parts.size());
  out.push(parts);
  return out.done();
}

}  // namespace partnership::feel::builtin
