// SPDX-License-Identifier: Apache-2.0
#include "programme.hpp"

#include <array>

namespace partnership::benchmarks {

namespace {

// What one event of a kind says: `#` stands for the number of the block it belongs to.
struct Pattern {
  const char* kind;
  const char* day;
  const char* payload;
  const char* personal = nullptr;
};

constexpr std::array<Pattern, 20> pattern_list = {{
    {"body.registered", "2015-01-05",
     R"({"id":"ministry.#","name":{"en":"Ministry #","fr":"Ministère #","ar":"وزارة #"},)"
     R"("side":"public","form":"ministry","sectors":["social"]})"},
    {"body.registered", "2015-01-05",
     R"({"id":"association.#","name":{"en":"Association #","ar":"جمعية #"},)"
     R"("side":"civil_society","form":"cso","sectors":["health","social"],"region":"north"})"},
    {"person.registered", "2015-02-01", R"({"id":"person.#","title":{"en":"Director #"}})",
     R"({"name":{"ar":"اسم #"},"gender":"f","email":"person.#@example.org"})"},
    {"post.created", "2015-02-01",
     R"({"id":"post.#","body":"ministry.#","title":{"en":"Director of unit #"}})"},
    {"mandate.began", "2015-03-02",
     R"({"id":"mandate.#","body":"ministry.#","person":"person.#","post":"post.#",)"
     R"("tenure":"substantive","decided":"2015-02-20","instrument":"decree #"})"},
    {"mandate.began", "2015-03-02",
     R"({"id":"delegate.#","body":"association.#","tenure":"assigned","capacity":"head"})"},
    {"committee.formed", "2015-04-01",
     R"({"id":"committee.#","name":{"en":"Committee #","ar":"لجنة #"},"form":"follow_up"})"},
    {"seat.created", "2015-04-01",
     R"({"id":"seat.#/1","committee":"committee.#","side":"public","role":"member"})"},
    {"seat.created", "2015-04-01",
     R"({"id":"seat.#/2","committee":"committee.#","side":"civil_society","role":"chair"})"},
    {"seat.filled", "2015-04-15", R"({"id":"seat.#/1","body":"ministry.#","mandate":"mandate.#"})"},
    {"seat.filled", "2015-04-15", R"({"id":"seat.#/2","body":"association.#"})"},
    {"issue.proposed", "2015-05-01",
     R"({"id":"issue.#","title":{"en":"Issue #","ar":"قضية #"},"body":"association.#"})"},
    {"issue.moved", "2015-06-01", R"({"id":"issue.#","stage":"admitted"})"},
    {"request.made", "2015-06-02",
     R"({"id":"request.#","body":"association.#","asks":"workshop",)"
     R"("topic":{"en":"Topic #"},"issue":"issue.#"})"},
    {"dialogue.held", "2015-09-10",
     R"({"id":"dialogue.#","name":{"en":"Round table #"},"form":"round_table",)"
     R"("request":"request.#","committee":"committee.#","issues":["issue.#"]})"},
    {"attendance.recorded", "2015-09-10", R"({"dialogue":"dialogue.#","body":"association.#"})"},
    {"request.answered", "2015-09-11", R"({"id":"request.#","dialogue":"dialogue.#"})"},
    {"body.changed", "2016-01-01", R"({"id":"association.#","region":"south"})"},
    {"claim.made", "2016-01-02",
     R"({"id":"claim.#","subject":"dialogue.#","property":{"en":"participants"},"value":#,)"
     R"("standing":"read","sources":["http://example.org/page?article=#"]})"},
    {"mandate.ended", "2017-01-01", R"({"id":"delegate.#","reason":"end of term"})"},
}};

std::string numbered(std::string_view pattern, const std::string& number) {
  std::string out;
  for (const char c : pattern) {
    if (c == '#') {
      out += number;
    } else {
      out += c;
    }
  }
  return out;
}

std::string event(const Pattern& pattern, std::int64_t number) {
  const std::string n = std::to_string(number);
  std::string out = R"({"kind":")";
  out += pattern.kind;
  out += R"(","effective":")";
  out += pattern.day;
  out += R"(","recorded":"2026-11-23T10:00:00Z","actor":"benchmark","public":)";
  out += numbered(pattern.payload, n);
  if (pattern.personal != nullptr) {
    // No secret: it only has to be of the right size.
    out += R"(,"personal":{"salt":")" + std::string(64 - n.size(), 'a') + n;
    out += R"(","payload":)" + numbered(pattern.personal, n) + "}";
  }
  return out + "}";
}

}  // namespace

std::string claim(std::int64_t number) {
  static constexpr Pattern pattern = {
      "claim.made", "2019-12-04",
      R"({"id":"claim.#","subject":"phase.3","property":{"en":"projects funded"},"value":#,)"
      R"("standing":"read","sources":["http://example.org/page?article=#"]})"};
  return event(pattern, number);
}

std::string body(std::int64_t number) {
  static constexpr Pattern pattern = {
      "body.registered", "2010-01-01",
      R"({"id":"body.#","name":{"en":"Association #","ar":"جمعية #"},"side":"civil_society",)"
      R"("form":"cso","sectors":["social"]})"};
  return event(pattern, number);
}

std::string mixed(std::int64_t number) {
  constexpr auto block = static_cast<std::int64_t>(pattern_list.size());
  return event(pattern_list[static_cast<std::size_t>(number % block)], number / block);
}

std::string batch(Programme programme, std::int64_t first, std::int64_t count) {
  std::string out = "[";
  for (std::int64_t i = 0; i < count; ++i) {
    if (i != 0) out += ',';
    out += programme(first + i);
  }
  return out + "]";
}

}  // namespace partnership::benchmarks
