// SPDX-License-Identifier: Apache-2.0
//
// Names of what a charter and its findings are made of, as documents and tables write them.
#include "charter/assess.hpp"
#include "charter/charter.hpp"

namespace partnership::charter {

std::string_view shape_name(Shape shape) noexcept {
  switch (shape) {
    case Shape::require:
      return "require";
    case Shape::deadline:
      return "deadline";
    case Shape::notice:
      return "notice";
    case Shape::duration:
      return "duration";
    case Shape::recurrence:
      return "recurrence";
    case Shape::coverage:
      return "coverage";
  }
  return "unknown";
}

std::string_view modality_name(Modality modality) noexcept {
  switch (modality) {
    case Modality::obligation:
      return "obligation";
    case Modality::prohibition:
      return "prohibition";
    case Modality::permission:
      return "permission";
  }
  return "unknown";
}

std::string_view outcome_name(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::met:
      return "met";
    case Outcome::not_met:
      return "not met";
    case Outcome::undetermined:
      return "undetermined";
    case Outcome::not_applicable:
      return "not applicable";
    case Outcome::pending:
      return "pending";
    case Outcome::met_by_exception:
      return "met by exception";
  }
  return "unknown";
}

std::string_view state_name(State state) noexcept {
  switch (state) {
    case State::none:
      return "";
    case State::pending:
      return "pending";
    case State::fulfilled:
      return "fulfilled";
    case State::fulfilled_late:
      return "fulfilled late";
    case State::overdue:
      return "overdue";
    case State::violated:
      return "violated";
    case State::excused:
      return "excused";
    case State::compensated:
      return "compensated";
    case State::deemed:
      return "deemed";
    case State::lapsed:
      return "lapsed";
  }
  return "unknown";
}

std::string_view why_name(Why why) noexcept {
  switch (why) {
    case Why::none:
      return "";
    case Why::not_in_force:
      return "not in force";
    case Why::does_not_apply:
      return "does not apply";
    case Why::not_triggered:
      return "not triggered";
    case Why::missing_facts:
      return "missing facts";
    case Why::no_answer:
      return "no answer";
    case Why::condition:
      return "condition";
    case Why::in_time:
      return "in time";
    case Why::late:
      return "late";
    case Why::open:
      return "open";
    case Why::silence:
      return "silence";
    case Why::long_enough:
      return "long enough";
    case Why::too_short:
      return "too short";
    case Why::gap:
      return "gap";
    case Why::count:
      return "count";
    case Why::cells:
      return "cells";
    case Why::exception:
      return "exception";
    case Why::exception_no_reason:
      return "exception without reason";
    case Why::extension_no_reason:
      return "extension without reason";
    case Why::extension_not_told:
      return "extension not told";
    case Why::defeated:
      return "defeated";
    case Why::no_evidence:
      return "no evidence";
  }
  return "unknown";
}

std::string_view part_name(Part part) noexcept {
  switch (part) {
    case Part::dated_by:
      return "dated by";
    case Part::applies:
      return "applies";
    case Part::that:
      return "require";
    case Part::by:
      return "by";
    case Part::after:
      return "after";
    case Part::within:
      return "within";
    case Part::done:
      return "done";
    case Part::extended:
      return "extension when";
    case Part::extension_reason:
      return "extension reason";
    case Part::told:
      return "extension told";
    case Part::extension:
      return "extension by";
    case Part::before:
      return "before";
    case Part::at_least:
      return "at least";
    case Part::from:
      return "from";
    case Part::to:
      return "to";
    case Part::grows:
      return "grows by";
    case Part::of:
      return "of";
    case Part::gap:
      return "gap";
    case Part::per:
      return "per";
    case Part::evidence:
      return "evidence";
    case Part::unless:
      return "unless";
    case Part::unless_reason:
      return "unless reason";
  }
  return "unknown";
}

namespace {

template <class List>
std::int32_t find_id(const List& list, std::string_view id) noexcept {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].id == id) return static_cast<std::int32_t>(i);
  }
  return -1;
}

}  // namespace

std::int32_t Charter::find_norm(std::string_view id) const noexcept {
  return find_id(norms_, id);
}

std::int32_t Charter::find_kind(std::string_view id) const noexcept {
  return find_id(kinds_, id);
}

const LangMap* Charter::party(std::string_view id) const noexcept {
  const std::int32_t at = find_id(parties_, id);
  return at < 0 ? nullptr : &parties_[static_cast<std::size_t>(at)].label;
}

}  // namespace partnership::charter
