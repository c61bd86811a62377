// SPDX-License-Identifier: Apache-2.0
#include "committee/infeasible.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "committee/infeasible_search.hpp"

namespace partnership {

std::string_view reach_name(Reach reach) noexcept {
  switch (reach) {
    case Reach::flexible:
      return "flexible";
    case Reach::numbers:
      return "numbers";
    case Reach::size:
      return "size";
    case Reach::members:
      return "members";
  }
  return "unknown";
}

std::string_view change_name(Change::What what) noexcept {
  switch (what) {
    case Change::What::least:
      return "min";
    case Change::What::most:
      return "max";
    case Change::What::share_least:
      return "share min";
    case Change::What::share_most:
      return "share max";
    case Change::What::include:
      return "must include";
    case Change::What::exclude:
      return "must exclude";
  }
  return "unknown";
}

std::string_view infeasible_status_name(InfeasibleStatus status) noexcept {
  switch (status) {
    case InfeasibleStatus::feasible:
      return "feasible";
    case InfeasibleStatus::infeasible:
      return "infeasible";
    case InfeasibleStatus::limit:
      return "limit";
    case InfeasibleStatus::cancelled:
      return "cancelled";
    case InfeasibleStatus::trouble:
      return "trouble";
  }
  return "unknown";
}

std::string conflict_certificate(const PanelModel& model, const Conflict& conflict,
                                 const CertificateOf& of) {
  if (!conflict.proved()) throw Error(Code::state, "the conflict is not proved");
  return conflict_certificate(model, ConflictOf{conflict.rows, conflict.proof, conflict.witnesses},
                              of);
}

namespace {

LotteryRequest watched(const InfeasibleRequest& request) {
  LotteryRequest out;
  out.nodes = request.nodes;
  out.proof_numbers = request.proof_numbers;
  out.pace = request.pace;
  return out;
}

InfeasibleStatus early_end(const lottery::Watch& watch) {
  if (watch.pace() == Pace::cancel) return InfeasibleStatus::cancelled;
  const bool limit =
      watch.pace() == Pace::finish || watch.nodes_left <= 0 || watch.numbers_left < 0;
  return limit ? InfeasibleStatus::limit : InfeasibleStatus::trouble;
}

bool same(const Relaxation& a, const Relaxation& b) {
  return std::equal(a.changes.begin(), a.changes.end(), b.changes.begin(), b.changes.end(),
                    [](const Change& x, const Change& y) {
                      return x.rule == y.rule && x.place == y.place && x.what == y.what &&
                             x.to == y.to && x.from == y.from;
                    });
}

// The first reach that is enough; beyond what is flexible where that costs less.
void find_relaxations(infeasible::RelaxationSearch& search, Infeasibility& found) {
  for (const Reach reach : {Reach::flexible, Reach::numbers, Reach::size, Reach::members}) {
    const bool only_flexible =
        found.relaxations.size() == 1 && found.relaxations.front().reach == Reach::flexible;
    if (!found.relaxations.empty() && !(reach == Reach::numbers && only_flexible)) break;
    std::optional<Relaxation> next = search.cheapest(reach);
    if (!next) continue;
    if (only_flexible && next->cost >= found.relaxations.front().cost) continue;
    found.relaxations.push_back(std::move(*next));
  }
  if (!found.conflict) return;
  const std::size_t begin = found.relaxations.size();
  for (Relaxation& alone : search.alone(*found.conflict)) {
    const bool known = std::any_of(found.relaxations.begin(), found.relaxations.end(),
                                   [&](const Relaxation& other) { return same(alone, other); });
    if (!known) found.relaxations.push_back(std::move(alone));
  }
  std::stable_sort(found.relaxations.begin() + static_cast<std::ptrdiff_t>(begin),
                   found.relaxations.end(),
                   [](const Relaxation& a, const Relaxation& b) { return a.cost < b.cost; });
}

}  // namespace

Infeasibility explain_infeasible(const std::shared_ptr<const Checker>& checker,
                                 const InfeasibleRequest& request) {
  Infeasibility found;
  ModelOptions options = request.options;
  options.counts = false;  // criteria are left out and their bounds moved: their own rows only
  found.built = build_model(*checker, options);
  const LotteryRequest limits = watched(request);
  lottery::Watch watch(limits);
  infeasible::ConflictSearch search(*checker, found.built, watch);
  switch (search.feasible()) {
    case infeasible::Found::yes:
      found.status = InfeasibleStatus::feasible;
      found.committee = members_of(found.built.model, search.values());
      return found;
    case infeasible::Found::unknown:
      found.status = early_end(watch);
      return found;
    case infeasible::Found::no:
      break;
  }
  found.conflict = search.find();
  if (!found.conflict || watch.pace() != Pace::go_on) {
    found.status = early_end(watch);
    return found;
  }
  infeasible::RelaxationSearch relaxations(checker, request.options, watch);
  find_relaxations(relaxations, found);
  if (watch.pace() == Pace::cancel) {
    found.status = InfeasibleStatus::cancelled;
  } else if (!found.conflict->minimal || !found.conflict->proved()) {
    found.status = InfeasibleStatus::limit;
  } else {
    found.status = relaxations.ended() ? early_end(watch) : InfeasibleStatus::infeasible;
  }
  return found;
}

namespace {

[[noreturn]] void refuse(const Change& change) {
  throw Error(Code::invalid_argument,
              "no change of these criteria: " + backticked(change.criterion));
}

std::int64_t count_of(const Change& change) {
  const auto number = Integer::parse(change.to);
  if (!number || !number->fits() || number->sign() < 0) refuse(change);
  return number->small();
}

Fraction share_of(const Change& change) {
  const auto share = Fraction::parse(change.to);
  if (!share) refuse(change);
  return *share;
}

void apply_to_list(Rule& rule, const Change& change) {
  const auto at = std::find(rule.members.begin(), rule.members.end(), change.from);
  if (at == rule.members.end()) refuse(change);
  rule.members.erase(at);
  if (change.what == Change::What::include) {
    rule.bounds.least = static_cast<std::int64_t>(rule.members.size());
  }
}

void apply(Criteria& criteria, const Change& change) {
  if (change.rule >= criteria.rules.size()) refuse(change);
  Rule& rule = criteria.rules[change.rule];
  if (change.place >= 0) {
    if (static_cast<std::size_t>(change.place) >= rule.places.size()) refuse(change);
    PlaceRule& place = rule.places[static_cast<std::size_t>(change.place)];
    if (change.what == Change::What::least) {
      place.least = count_of(change);
    } else if (change.what == Change::What::most) {
      place.most = count_of(change);
    } else {
      refuse(change);
    }
    return;
  }
  switch (change.what) {
    case Change::What::least:
      rule.bounds.least = count_of(change);
      break;
    case Change::What::most:
      rule.bounds.most = count_of(change);
      break;
    case Change::What::share_least:
      rule.bounds.share_least = share_of(change);
      break;
    case Change::What::share_most:
      rule.bounds.share_most = share_of(change);
      break;
    case Change::What::include:
    case Change::What::exclude:
      apply_to_list(rule, change);
      break;
  }
}

}  // namespace

std::shared_ptr<const Criteria> relaxed(const Criteria& criteria,
                                        const std::vector<Change>& changes) {
  auto out = std::make_shared<Criteria>(criteria);
  for (const Change& change : changes) apply(*out, change);
  if (!changes.empty()) out->hash = Hash{};
  return out;
}

}  // namespace partnership
