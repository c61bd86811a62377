// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a history: refused with what is wrong and where, or one that is folded to cases of
// any day, the same each time; whose cases no event of a later day changes; by which obligations
// are due in their order, each with an explanation.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/json.hpp"
#include "charter/explain.hpp"
#include "charter/obligations.hpp"
#include "charter/what_if.hpp"
#include "fuzz/demand.hpp"

using namespace partnership;
using namespace partnership::charter;

namespace {

const std::shared_ptr<const Charter>& the_charter() {
  static const std::shared_ptr<const Charter> charter = Charter::load(R"({
    "charter": "c", "version": "1", "title": "C", "parties": {"s": "The state"},
    "kinds": {
      "k": {"label": "K", "dated by": "d", "facts": {"a": "boolean", "n": "number", "d": "date",
        "e": "date?", "l": ["date"], "p": [{"s": "string", "j": "date"}], "x": "Any"}},
      "o": {"label": "O", "facts": {"z": "string?"}}},
    "norms": [
      {"id": "r", "citation": "1", "label": "R", "modality": "obligation", "bearer": "s", "about": "k",
       "require": {"that": "a and every i in p satisfies i.s = \"y\"", "by": "e"}, "evidence": ["d"]},
      {"id": "t", "citation": "2", "label": "T", "modality": "obligation", "bearer": "s", "about": "k",
       "deadline": {"after": "d", "within": "2 months", "done": "e",
         "extension": {"by": {"feel": "n"}, "when": "a", "reason": "a"}}},
      {"id": "g", "citation": "3", "label": "G", "modality": "obligation", "bearer": "s", "about": "k",
       "recurrence": {"of": "l", "from": "d", "gap": "3 weeks"}},
      {"id": "c", "citation": "4", "label": "C", "modality": "obligation", "bearer": "s", "about": "k",
       "recurrence": {"of": "l", "from": "d", "to": "e", "at least": 2, "per": "calendar year"}},
      {"id": "z", "citation": "5", "label": "Z", "modality": "obligation", "bearer": "s", "about": "o",
       "require": "z != null"}]})");
  return charter;
}

void ask(const History& history, Date day) {
  Question question;
  question.on = day;
  question.budget.steps = 20'000;
  for (const CasesOfKind& of : history.as_of(day)) {
    demand(of.ids.size() == of.cases->batch.rows(), "an id a row");
    for (std::size_t row = 0; row < of.ids.size() && row < 3; ++row) {
      const std::string facts = history.facts(of.ids[row], day);
      demand(facts == history.facts(of.ids[row], day), "the same each time");
      demand(what_if(history.charter(), of.kind, facts, "{}", question, Language::en).rows() == 0,
             "nothing changed, nothing differs");
      const auto one = history.charter().kinds()[of.kind].set->read_case(facts);
      for (const std::uint32_t norm : history.charter().kinds()[of.kind].norms) {
        const Explanation told = explain(history.charter(), of.kind, *one, norm, question);
        json::Document::parse(told.json());
        demand(!told.text(Language::ar).empty(), "it is said");
      }
    }
  }
  Date last = date_none;
  for (const Obligation& due : obligations(history, question)) {
    demand(due.due() >= last, "in the order of their days");
    demand(!say_next_step(history.charter(), due, day, Language::fr).empty(), "what is next");
    last = due.due();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::shared_ptr<const History> history;
  try {
    history = History::read(the_charter(), text);
  } catch (const Error& error) {
    demand_places(error, size);
    return 0;
  }
  if (history->first() == date_none) return 0;
  demand(history->first() <= history->last(), "from the first event to the last");
  if (history->first() > date_min) {
    for (const CasesOfKind& of : history->as_of(history->first() - 1)) {
      demand(of.ids.empty(), "no case before the first event");
    }
  }
  ask(*history, history->first());
  ask(*history, history->last());
  return 0;
}
