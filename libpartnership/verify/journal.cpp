// SPDX-License-Identifier: Apache-2.0
#include "verify/journal.hpp"

#include <array>
#include <optional>
#include <string>

#include "base/date.hpp"
#include "base/json.hpp"
#include "base/merkle.hpp"
#include "base/text.hpp"

namespace partnership::verify {

namespace {

using json::Type;

// What is wrong with the members of an entry, or an empty text. They stand in canonical order.
std::string wrong_member(json::Value entry) {
  constexpr std::array<std::string_view, 7> names = {"actor",  "effective", "kind",   "personal",
                                                     "public", "recorded",  "version"};
  if (!entry.is(Type::object)) return "the entry is no object";
  std::size_t at = 0;
  for (const json::Value member : entry) {
    if (at == names.size() || member.key() != names[at]) {
      return "the member " + backticked(member.key()) + " is not of an entry";
    }
    ++at;
  }
  if (at != names.size()) return "the member `" + std::string(names[at]) + "` is missing";
  const auto text = [&](std::size_t index) {
    const json::Value value = entry[index];
    return value.is(Type::string) ? value.text() : std::string_view();
  };
  if (text(0).empty()) return "`actor` is no text";
  if (!date_of(text(1))) return "`effective` is no date";
  if (text(2).empty()) return "`kind` is no text";
  const auto commitment = hash_of(text(3));  // takes capitals, too
  const bool written = commitment && hex(*commitment) == text(3);
  if (!entry[3].is(Type::null) && !written) return "`personal` is no commitment";
  if (!entry[4].is(Type::object)) return "`public` is no object";
  if (!is_instant(text(5))) return "`recorded` is no instant";
  if (!entry[6].is(Type::integer) || entry[6].integer() < 1) return "`version` is no number";
  return {};
}

std::optional<Problem> check_line(std::string_view line, std::int64_t number, std::int64_t offset) {
  const auto at = [&](std::string message) {
    return Problem{std::move(message), {}, offset, number, 1};
  };
  try {
    const auto document = json::Document::parse(line);
    if (std::string wrong = wrong_member(document->root()); !wrong.empty()) return at(wrong);
    if (json::canonical(document->root()) != line) return at("the entry is not canonical JSON");
  } catch (const Error& error) {
    Problem problem = error.problems().front();
    problem.offset = offset + (problem.offset == no_offset ? 0 : problem.offset);
    problem.line = number;
    return problem;
  }
  return std::nullopt;
}

}  // namespace

JournalReport verify_journal(std::string_view lines) {
  MerkleFrontier frontier;
  std::vector<Problem> problems;
  std::size_t offset = 0;
  for (std::int64_t number = 1; offset < lines.size() && problems.size() < 100; ++number) {
    const std::size_t end = lines.find('\n', offset);
    const std::string_view line = lines.substr(offset, end - offset);
    if (auto problem = check_line(line, number, static_cast<std::int64_t>(offset))) {
      problems.push_back(std::move(*problem));
    }
    frontier.append(merkle_leaf(line));
    offset = end == std::string_view::npos ? lines.size() : end + 1;
  }
  if (!problems.empty()) throw Error(Code::corrupt, std::move(problems));
  return {static_cast<std::int64_t>(frontier.size()), frontier.root()};
}

}  // namespace partnership::verify
