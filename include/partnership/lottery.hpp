// SPDX-License-Identifier: Apache-2.0
//
// C++17 owner types over the C API, see partnership.hpp: lotteries over committees, draws,
// replacements, alternates, verifications.
//
//   const pship::Composition made = pship::Composition::compose(criteria, nominees);
//   made.probabilities();                                    // a row a nominee
//   const pship::Text panels = pship::draw_panels(made.document().view());
//   const pship::Text result = pship::draw_result(panels.view(), "a public seed");
//   pship::verify_certificate(made.certificate().view()).holds();
#ifndef PARTNERSHIP_LOTTERY_HPP
#define PARTNERSHIP_LOTTERY_HPP

#include <exception>
#include <functional>

#include "partnership/committee.hpp"
#include "partnership/lottery.h"

namespace pship {

enum class LotteryStatus : std::int32_t {
  none = 0,
  proved = PSHIP_LOTTERY_PROVED,
  bound = PSHIP_LOTTERY_BOUND,
  infeasible = PSHIP_LOTTERY_INFEASIBLE,
  limit = PSHIP_LOTTERY_LIMIT,
  trouble = PSHIP_LOTTERY_TROUBLE,
  drawn = PSHIP_LOTTERY_DRAWN,
};

enum class Pace : std::int32_t {
  go_on = PSHIP_PACE_GO_ON,
  finish = PSHIP_PACE_FINISH,
  cancel = PSHIP_PACE_CANCEL,
};
struct Progress {
  std::int32_t phase;     // PSHIP_PHASE_*
  std::int64_t done, of;  // steps; of: 0 where it is not known
};
// Asked often while a long call runs. What it throws ends the call and comes out of it.
using PaceFunction = std::function<Pace(const Progress&)>;

namespace detail {

// A PaceFunction for C, through which no exception may go.
class PaceBridge {
 public:
  explicit PaceBridge(const PaceFunction& function) : function_(function) {}
  pship_pace raw() const noexcept { return function_ ? &PaceBridge::ask : nullptr; }
  void rethrow() const {
    if (thrown_) std::rethrow_exception(thrown_);
  }

 private:
  static std::int32_t ask(void* context, std::int32_t phase, std::int64_t done, std::int64_t of) {
    auto& self = *static_cast<PaceBridge*>(context);
    try {
      return static_cast<std::int32_t>(self.function_(Progress{phase, done, of}));
    } catch (...) {
      self.thrown_ = std::current_exception();
      return PSHIP_PACE_CANCEL;
    }
  }
  const PaceFunction& function_;
  std::exception_ptr thrown_;
};

// call(), for functions that are told a pace.
template <class Call>
void paced(const PaceFunction& pace, Call&& call) {
  PaceBridge bridge(pace);
  try {
    call(bridge.raw(), static_cast<void*>(&bridge));
  } catch (...) {
    bridge.rethrow();
    throw;
  }
}

// Ids for C, in the texts' own memory.
class IdList {
 public:
  IdList(const std::vector<std::string>& texts, const char* argument) {
    for (const std::string& text : texts) {
      (void)name(text, argument);
      ids_.push_back(text.c_str());
    }
  }
  const char* const* data() const noexcept { return ids_.data(); }
  std::int64_t count() const noexcept { return static_cast<std::int64_t>(ids_.size()); }

 private:
  std::vector<const char*> ids_;
};

}  // namespace detail

// A lottery over committees. Immutable.
class Composition {
 public:
  Composition() noexcept = default;
  explicit Composition(pship_composition* adopted) : handle_(adopted) {}

  // Options: lottery, on, size, size_min, size_max, delta, seed, samples, nodes, proof_numbers.
  // Throws PSHIP_INVALID_DOCUMENT: everything that keeps criteria and nominees apart;
  // PSHIP_CANCELLED. That there is no committee is an answer.
  static Composition compose(const Criteria& criteria, const Nominees& nominees,
                             const Options& options = {}, const PaceFunction& pace = {}) {
    pship_composition* composition = nullptr;
    detail::paced(pace, [&](pship_pace function, void* context) {
      detail::call(pship_compose, criteria.raw(), nominees.raw(), options.raw(), function, context,
                   &composition);
    });
    return Composition(composition);
  }

  // The composition of which these were published: document() and certificate() (empty: there is
  // none), with the criteria and nominees that they are of. Nothing is composed again or taken on
  // trust. Throws PSHIP_MALFORMED, PSHIP_INVALID_DOCUMENT, PSHIP_LIMIT.
  static Composition read(const Criteria& criteria, const Nominees& nominees,
                          std::string_view lottery, std::string_view certificate = {}) {
    pship_composition* composition = nullptr;
    detail::call(pship_composition_read, criteria.raw(), nominees.raw(), lottery.data(),
                 lottery.size(), certificate.data(), certificate.size(), &composition);
    return Composition(composition);
  }

  LotteryStatus status() const noexcept {
    return static_cast<LotteryStatus>(pship_composition_status(raw()));
  }
  // One row: lottery, status, nominees, selectable, types, panels, levels, size, least, largest,
  // gini, geometric_mean, deviation, delta, bound, gap, on, criteria, pool.
  Table about() const { return made(pship_composition_about); }
  // The same for several, a row each.
  static Table compare(const std::vector<Composition>& compositions) {
    std::vector<const pship_composition*> handles;
    for (const Composition& one : compositions) handles.push_back(one.raw());
    return detail::table_of(pship_compositions_compare, handles.data(),
                            static_cast<std::int64_t>(handles.size()));
  }
  // A row a nominee: id, probability, exact, target, type, level.
  Table probabilities() const { return made(pship_composition_probabilities); }
  // A row a value: attribute, attribute_label, value, label, nominees, pool_share, expected, exact,
  // seat_share, least, most, lowest, highest, quota_least, quota_most.
  Table values(Language language) const { return made(pship_composition_values, language); }
  // A row a criterion: criterion, kind, label, least, most, expected, lowest, highest, at_least,
  // at_most, met.
  Table quotas(Language language) const { return made(pship_composition_quotas, language); }
  // A row a panel and member: panel, probability, exact, member.
  Table panels() const { return made(pship_composition_panels); }
  // A row a level: level, value, probability, types, nominees, proof, nodes.
  Table levels() const { return made(pship_composition_levels); }
  // Where there is no committee: criterion, label, needs, asked_least, asked_most, nominees,
  // reach_least, reach_most, reason.
  Table conflict(Language language) const { return made(pship_composition_conflict, language); }
  // relaxation, reach, cost, cheapest, criterion, label, what, from, to, by, flexible.
  Table relaxations(Language language) const {
    return made(pship_composition_relaxations, language);
  }
  // A committee for each relaxation, which shows that it works: relaxation, member.
  Table relaxed_committees() const { return made(pship_composition_relaxed_committees); }
  // The criteria document that a relaxation (from 1) makes, to be composed with the same options.
  // Throws PSHIP_NOT_FOUND: there is no such relaxation.
  Text relaxed(std::int64_t relaxation) const {
    return detail::text_of(pship_composition_relaxed, raw(), relaxation);
  }
  // The lottery's document, from which panels are drawn. Throws PSHIP_STATE: there is no lottery.
  Text document() const { return text(pship_composition_document); }
  // Throws PSHIP_STATE: there is nothing to certify.
  Text certificate() const { return text(pship_composition_certificate); }
  const pship_composition* raw() const noexcept { return handle_.get(); }

 private:
  template <class Function>
  Table made(Function function) const {
    return detail::table_of(function, raw());
  }
  template <class Function>
  Table made(Function function, Language language) const {
    return detail::table_of(function, raw(), static_cast<std::int32_t>(language));
  }
  template <class Function>
  Text text(Function function) const {
    return detail::text_of(function, raw());
  }
  detail::Shared<pship_composition, pship_composition_free> handle_;
};

// One committee: any, or the best for whole weights, one a nominee. Immutable.
class Selection {
 public:
  Selection() noexcept = default;
  explicit Selection(pship_selection* adopted) : handle_(adopted) {}

  // Options: worst, on, size, size_min, size_max, nodes. Throws as Composition::compose does.
  static Selection select(const Criteria& criteria, const Nominees& nominees,
                          const std::vector<std::int64_t>& weights = {},
                          const Options& options = {}, const PaceFunction& pace = {}) {
    pship_selection* selection = nullptr;
    detail::paced(pace, [&](pship_pace function, void* context) {
      detail::call(
          pship_select, criteria.raw(), nominees.raw(), weights.empty() ? nullptr : weights.data(),
          static_cast<std::int64_t>(weights.size()), options.raw(), function, context, &selection);
    });
    return Selection(selection);
  }
  Table about() const { return made(pship_selection_about); }      // status, found, members, ...
  Table members() const { return made(pship_selection_members); }  // member, weight
  const pship_selection* raw() const noexcept { return handle_.get(); }

 private:
  template <class Function>
  Table made(Function function) const {
    return detail::table_of(function, raw());
  }
  detail::Shared<pship_selection, pship_selection_free> handle_;
};

// Members leave: who may join. Immutable.
class Replacement {
 public:
  Replacement() noexcept = default;
  explicit Replacement(pship_replacement* adopted) : handle_(adopted) {}

  // Options: rule, places, on, size, size_min, size_max, nodes. Throws PSHIP_NOT_FOUND: an id that
  // is no nominee's; PSHIP_INVALID_ARGUMENT: one that does not belong where it stands.
  static Replacement replace(const Criteria& criteria, const Nominees& nominees,
                             const std::vector<std::string>& members,
                             const std::vector<std::string>& leaving,
                             const std::vector<std::string>& unavailable = {},
                             const Options& options = {}, const PaceFunction& pace = {}) {
    const detail::IdList of(members, "members"), out(leaving, "leaving"),
        off(unavailable, "unavailable");
    pship_replacement* replacement = nullptr;
    detail::paced(pace, [&](pship_pace function, void* context) {
      detail::call(pship_replace, criteria.raw(), nominees.raw(), of.data(), of.count(), out.data(),
                   out.count(), off.data(), off.count(), options.raw(), function, context,
                   &replacement);
    });
    return Replacement(replacement);
  }
  Table about() const { return made(pship_replacement_about); }  // status, rule, complete, ...
  Table candidates() const {                                     // id, probability, exact, alike
    return made(pship_replacement_candidates);
  }
  Table changes() const { return made(pship_replacement_changes); }  // member, change
  // The lottery over who joins, for draw_panels. Throws PSHIP_STATE: there is none.
  Text document() const { return detail::text_of(pship_replacement_document, raw()); }
  const pship_replacement* raw() const noexcept { return handle_.get(); }

 private:
  template <class Function>
  Table made(Function function) const {
    return detail::table_of(function, raw());
  }
  detail::Shared<pship_replacement, pship_replacement_free> handle_;
};

// Alternates, chosen before anybody leaves. Immutable.
class Alternates {
 public:
  Alternates() noexcept = default;
  explicit Alternates(pship_alternates* adopted) : handle_(adopted) {}

  // `weights`: how much the departure of each member counts, one a member, from 1 to 1,000,000;
  // empty: all the same. Options: count (1), public_seed, on, size, size_min, size_max, nodes.
  // Throws as Replacement::replace does.
  static Alternates choose(const Criteria& criteria, const Nominees& nominees,
                           const std::vector<std::string>& members,
                           const std::vector<std::string>& unavailable = {},
                           const std::vector<std::int64_t>& weights = {},
                           const Options& options = {}, const PaceFunction& pace = {}) {
    const detail::IdList of(members, "members"), off(unavailable, "unavailable");
    pship_alternates* alternates = nullptr;
    detail::paced(pace, [&](pship_pace function, void* context) {
      detail::call(pship_alternates_choose, criteria.raw(), nominees.raw(), of.data(), of.count(),
                   off.data(), off.count(), weights.empty() ? nullptr : weights.data(),
                   static_cast<std::int64_t>(weights.size()), options.raw(), function, context,
                   &alternates);
    });
    return Alternates(alternates);
  }
  // One row: status, members, alternates, weight, covered, twice, most, possible.
  Table about() const { return made(pship_alternates_about); }
  Table list() const { return made(pship_alternates_list); }  // id, covers, weight
  // A row a member and alternate: member, weight, possible, alternate (null: none).
  Table covers() const { return made(pship_alternates_covers); }
  const pship_alternates* raw() const noexcept { return handle_.get(); }

 private:
  template <class Function>
  Table made(Function function) const {
    return detail::table_of(function, raw());
  }
  detail::Shared<pship_alternates, pship_alternates_free> handle_;
};

// Equally likely, numbered panels of a lottery's document, published before the seed is known.
// Options: panels, work. Throws PSHIP_MALFORMED, PSHIP_INVALID_DOCUMENT, PSHIP_CANCELLED.
inline Text draw_panels(std::string_view lottery, const Options& options = {},
                        const PaceFunction& pace = {}) {
  pship_text* text = nullptr;
  detail::paced(pace, [&](pship_pace function, void* context) {
    detail::call(pship_draw_panels, lottery.data(), lottery.size(), options.raw(), function,
                 context, &text);
  });
  return Text(text);
}
// Which of them the seed draws.
inline Text draw_result(std::string_view panels, std::string_view seed) {
  return detail::text_of(pship_draw_result, panels.data(), panels.size(), seed.data(), seed.size());
}

// What the independent verifier says. Immutable.
class Verification {
 public:
  Verification() noexcept = default;
  explicit Verification(pship_verification* adopted) : handle_(adopted) {}

  bool holds() const noexcept { return pship_verification_holds(raw()) != 0; }
  Table about() const { return made(pship_verification_about); }
  Table checked() const { return made(pship_verification_checked); }  // checked
  Table faults() const {
    return made(pship_verification_faults);
  }  // message, pointer, line, column
  Table members() const { return made(pship_verification_members); }  // of a draw: member
  const pship_verification* raw() const noexcept { return handle_.get(); }

 private:
  template <class Function>
  Table made(Function function) const {
    return detail::table_of(function, raw());
  }
  detail::Shared<pship_verification, pship_verification_free> handle_;
};

// Options: criteria, pool, delta. What does not hold is an answer.
inline Verification verify_certificate(std::string_view certificate, const Options& options = {}) {
  pship_verification* verdict = nullptr;
  detail::call(pship_verify_certificate, certificate.data(), certificate.size(), options.raw(),
               &verdict);
  return Verification(verdict);
}
// Where a certificate is not of these criteria and nominees: message, pointer, line, column; no
// rows where it is. Options: on, size, size_min, size_max as when it was composed.
inline Table compare_certificate(std::string_view certificate, const Criteria& criteria,
                                 const Nominees& nominees, const Options& options = {}) {
  return detail::table_of(pship_certificate_compare, certificate.data(), certificate.size(),
                          criteria.raw(), nominees.raw(), options.raw());
}
// Either document of a draw, with the lottery's certificate where it is there.
inline Verification verify_draw(std::string_view draw, std::string_view certificate = {}) {
  pship_verification* verdict = nullptr;
  detail::call(pship_verify_draw, draw.data(), draw.size(), certificate.data(), certificate.size(),
               &verdict);
  return Verification(verdict);
}

}  // namespace pship

#endif
