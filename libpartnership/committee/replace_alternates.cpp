// SPDX-License-Identifier: Apache-2.0
//
// Alternates chosen in advance: a maximum coverage problem. See replace.hpp.
#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "base/error.hpp"
#include "base/random.hpp"
#include "committee/replace_parts.hpp"
#include "solver/branch_proof.hpp"

namespace partnership {

namespace {

using replace::SeatTest;
using replace::Standing;
using solver::IntegerProgram;
using solver::Status;

constexpr std::uint32_t heaviest = 1'000'000;

// Types of whom each can take the places of the same types of members.
struct Group {
  std::vector<std::size_t> places;  // those that can be taken, ascending
  std::vector<std::uint32_t> nominees;
};

// A type with members: what their departures weigh, all together.
struct Place {
  std::uint32_t type;
  std::int64_t weight = 0;
  bool possible = false;
};

// Weights of places covered; the first decides.
struct Worth {
  std::int64_t once = 0, twice = 0;
  auto operator<=>(const Worth&) const = default;
};

using Taken = std::vector<std::int64_t>;  // how many of each group

class Choosing {
 public:
  Choosing(const PanelModel& model, const std::vector<std::uint32_t>& members,
           const AlternatesRequest& request)
      : members_(members),
        request_(request),
        space_(model),
        watch_(request.search),
        standing_(replace::standing_of(model, {members, {}, request.unavailable})) {}
  Alternates run();

 private:
  void check() const;
  void find_places();
  bool find_groups();
  std::vector<std::int64_t> covers_of(const Taken& taken) const;  // a place
  Worth worth(const Taken& taken) const;
  void fill(Taken& taken) const;
  void make_program();
  void improve(Taken& taken, const std::vector<Rational>& terms);
  void prove(Taken& taken);
  void cover_twice(Taken& taken);
  void choose(const Taken& taken);
  void list_covers(const std::vector<std::vector<std::uint32_t>>& chosen);

  const std::vector<std::uint32_t>& members_;
  const AlternatesRequest& request_;
  lottery::Space space_;
  lottery::Watch watch_;
  Standing standing_;
  std::vector<Place> places_;
  std::vector<std::size_t> place_of_;  // a member
  std::vector<Group> groups_;
  IntegerProgram program_;  // how many of a group; then of places whether covered, and twice
  std::vector<Rational> once_, twice_;  // its columns' weights
  Alternates out_;
};

void Choosing::check() const {
  if (!request_.weights.empty() && request_.weights.size() != members_.size()) {
    throw Error(Code::invalid_argument, "there is not one weight for each member");
  }
  for (const std::uint32_t weight : request_.weights) {
    if (weight >= 1 && weight <= heaviest) continue;
    throw Error(Code::invalid_argument, "a member's weight is not within 1 and 1000000");
  }
}

void Choosing::find_places() {
  std::vector<std::uint32_t> type_of(space_.model().nominees);
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    for (const std::uint32_t nominee : space_.model().types[t]) type_of[nominee] = t;
  }
  std::vector<std::size_t> index(space_.types());
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    index[t] = places_.size();
    if (standing_.staying(t) > 0) places_.push_back({t});
  }
  for (std::size_t i = 0; i < members_.size(); ++i) {
    const std::size_t place = index[type_of[members_[i]]];
    place_of_.push_back(place);
    places_[place].weight += request_.weights.empty() ? 1 : request_.weights[i];
  }
}

// False when it was not found out who can take whose place.
bool Choosing::find_groups() {
  SeatTest test(space_, watch_);
  std::vector<std::int64_t> counts;
  for (std::uint32_t t = 0; t < space_.types(); ++t) counts.push_back(standing_.staying(t));
  test.set(counts);
  std::map<std::vector<std::size_t>, std::vector<std::uint32_t>> groups;
  for (std::uint32_t t = 0; t < space_.types(); ++t) {
    if (standing_.free[t].empty()) continue;
    test.move(t, 1);
    std::vector<std::size_t> fits;
    for (std::size_t place = 0; place < places_.size(); ++place) {
      test.move(places_[place].type, -1);
      const std::optional<bool> answer = test.is_committee();
      test.move(places_[place].type, 1);
      if (!answer) {
        out_.status = test.ended();
        return false;
      }
      if (!*answer) continue;
      fits.push_back(place);
      places_[place].possible = true;
    }
    test.move(t, -1);
    if (fits.empty()) continue;
    auto& nominees = groups[std::move(fits)];
    nominees.insert(nominees.end(), standing_.free[t].begin(), standing_.free[t].end());
  }
  for (auto& [fits, nominees] : groups) {
    std::sort(nominees.begin(), nominees.end());
    groups_.push_back({fits, std::move(nominees)});
  }
  return true;
}

std::vector<std::int64_t> Choosing::covers_of(const Taken& taken) const {
  std::vector<std::int64_t> covers(places_.size());
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    for (const std::size_t p : groups_[g].places) covers[p] += taken[g];
  }
  return covers;
}

Worth Choosing::worth(const Taken& taken) const {
  Worth all;
  const std::vector<std::int64_t> covers = covers_of(taken);
  for (std::size_t p = 0; p < places_.size(); ++p) {
    if (covers[p] >= 1) all.once += places_[p].weight;
    if (covers[p] >= 2) all.twice += places_[p].weight;
  }
  return all;
}

// Up to the number of alternates, whoever adds most, one by one.
void Choosing::fill(Taken& taken) const {
  std::int64_t left = request_.count;
  for (const std::int64_t one : taken) left -= one;
  std::vector<std::int64_t> covers = covers_of(taken);
  for (; left > 0; --left) {
    std::size_t best = groups_.size();
    Worth most;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (taken[g] == static_cast<std::int64_t>(groups_[g].nominees.size())) continue;
      Worth more;
      for (const std::size_t p : groups_[g].places) {
        if (covers[p] == 0) more.once += places_[p].weight;
        if (covers[p] == 1) more.twice += places_[p].weight;
      }
      if (more <= most) continue;
      most = more;
      best = g;
    }
    if (best == groups_.size()) break;
    ++taken[best];
    for (const std::size_t p : groups_[best].places) ++covers[p];
  }
}

// At first second covers do not count: their columns are 0.
void Choosing::make_program() {
  IntegerProgram::Row count{-no_end, static_cast<std::int64_t>(request_.count), {}};
  std::vector<IntegerProgram::Row> covers(places_.size(), {0, no_end, {}});
  const auto add = [&](std::int64_t upper, std::int64_t once, std::int64_t twice) {
    program_.columns.push_back({0, upper});
    once_.emplace_back(once);
    twice_.emplace_back(twice);
    return static_cast<std::int32_t>(program_.columns.size() - 1);
  };
  for (const Group& group : groups_) {
    const auto there = static_cast<std::int64_t>(group.nominees.size());
    const std::int32_t column = add(std::min<std::int64_t>(2, there), 0, 0);
    count.terms.push_back({column, 1});
    for (const std::size_t p : group.places) covers[p].terms.push_back({column, 1});
  }
  program_.rows.push_back(std::move(count));
  for (std::size_t p = 0; p < places_.size(); ++p) {
    if (!places_[p].possible) continue;
    covers[p].terms.push_back({add(1, places_[p].weight, 0), -1});
    covers[p].terms.push_back({add(0, 0, places_[p].weight), -1});
    program_.rows.push_back(std::move(covers[p]));
  }
}

void Choosing::improve(Taken& taken, const std::vector<Rational>& terms) {
  std::vector<double> costs;
  costs.reserve(terms.size());
  for (const Rational& term : terms) costs.push_back(-term.approximate());
  solver::IntegerQuestion question;
  question.costs = costs;
  question.limits = replace::limits_of(watch_);
  const solver::IntegerAnswer answer = solver::IntegerSolver(program_).solve(question);
  watch_.nodes_left -= answer.nodes;
  if (answer.values.empty()) return;
  const auto groups = static_cast<std::ptrdiff_t>(groups_.size());
  Taken other(answer.values.begin(), answer.values.begin() + groups);
  fill(other);
  if (worth(other) > worth(taken)) taken = std::move(other);
}

// That no choice covers more. A refutation is one that does.
void Choosing::prove(Taken& taken) {
  for (;;) {
    solver::ProofQuestion question;
    question.terms = once_;
    question.bound = Rational(worth(taken).once);
    question.limits = replace::limits_of(watch_);
    question.rounded = true;
    const solver::ProofAnswer proof = solver::prove_bound(program_, question);
    watch_.nodes_left -= proof.nodes;
    if (proof.status != Status::infeasible) {
      out_.status = proof.status == Status::optimal ? LotteryStatus::proved : LotteryStatus::bound;
      return;
    }
    const auto groups = static_cast<std::ptrdiff_t>(groups_.size());
    taken.assign(proof.against.begin(), proof.against.begin() + groups);
    fill(taken);
  }
}

// As many as possible twice, while no fewer are covered.
void Choosing::cover_twice(Taken& taken) {
  IntegerProgram::Row keep{worth(taken).once, no_end, {}};
  for (std::size_t j = 0; j < program_.columns.size(); ++j) {
    if (once_[j].sign() > 0) {
      keep.terms.push_back({static_cast<std::int32_t>(j), once_[j].num().small()});
    }
    if (twice_[j].sign() > 0) program_.columns[j].upper = 1;
  }
  program_.rows.push_back(std::move(keep));
  improve(taken, twice_);
}

// Of a group whoever the seed says.
void Choosing::choose(const Taken& taken) {
  RandomStream random{std::string_view(request_.seed)};
  std::vector<std::vector<std::uint32_t>> chosen;
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    std::vector<std::uint32_t> order = groups_[g].nominees;
    random.shuffle(std::span(order));
    order.resize(static_cast<std::size_t>(taken[g]));
    std::sort(order.begin(), order.end());
    out_.alternates.insert(out_.alternates.end(), order.begin(), order.end());
    chosen.push_back(std::move(order));
  }
  std::sort(out_.alternates.begin(), out_.alternates.end());
  list_covers(chosen);
}

void Choosing::list_covers(const std::vector<std::vector<std::uint32_t>>& chosen) {
  std::vector<std::vector<std::uint32_t>> by(places_.size());
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    for (const std::size_t p : groups_[g].places) {
      by[p].insert(by[p].end(), chosen[g].begin(), chosen[g].end());
    }
  }
  for (std::size_t p = 0; p < places_.size(); ++p) {
    std::sort(by[p].begin(), by[p].end());
    if (!by[p].empty()) out_.covered += places_[p].weight;
    if (by[p].size() > 1) out_.twice += places_[p].weight;
  }
  for (std::size_t i = 0; i < members_.size(); ++i) {
    const std::size_t p = place_of_[i];
    out_.covers.push_back({members_[i], by[p], places_[p].possible});
  }
}

Alternates Choosing::run() {
  check();
  find_places();
  if (!find_groups()) return std::move(out_);
  for (const Place& place : places_) {
    if (place.possible) out_.possible += place.weight;
  }
  Taken taken(groups_.size());
  fill(taken);
  make_program();
  if (watch_.keep_on()) improve(taken, once_);
  prove(taken);
  if (watch_.keep_on()) cover_twice(taken);
  if (watch_.pace() == Pace::cancel) out_.status = LotteryStatus::cancelled;
  choose(taken);
  out_.most = out_.status == LotteryStatus::proved ? out_.covered : out_.possible;
  return std::move(out_);
}

}  // namespace

Alternates choose_alternates(const PanelModel& model, const std::vector<std::uint32_t>& members,
                             const AlternatesRequest& request) {
  return Choosing(model, members, request).run();
}

}  // namespace partnership
