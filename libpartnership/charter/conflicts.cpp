// SPDX-License-Identifier: Apache-2.0
#include "charter/conflicts.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "base/text.hpp"
#include "feel/lexer.hpp"

namespace partnership::charter {

namespace {

// ---- cycles

std::string_view need_name(Need need) noexcept {
  switch (need) {
    case Need::exception:
      return "exception";
    case Need::reparation:
      return "reparation";
    case Need::breach:
      return "breach";
  }
  return "need";
}

// A walk in depth without recursion over the norms and whose findings they need.
class CycleFinder {
 public:
  CycleFinder(std::span<const Norm> norms, std::span<const Dependence> dependences,
              json::Problems& problems)
      : norms_(norms), problems_(problems), sorted_(dependences.begin(), dependences.end()) {
    // Versions of one norm may say the same; the first that does stands for all.
    std::ranges::stable_sort(sorted_, [](const Dependence& a, const Dependence& b) {
      return std::tuple(a.norm, a.on, a.need) < std::tuple(b.norm, b.on, b.need);
    });
    const auto same = [](const Dependence& a, const Dependence& b) {
      return a.norm == b.norm && a.on == b.on && a.need == b.need;
    };
    sorted_.erase(std::unique(sorted_.begin(), sorted_.end(), same), sorted_.end());
    first_.assign(norms.size() + 1, 0);
    for (const Dependence& dependence : sorted_) ++first_[dependence.norm + 1];
    for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
    seen_.assign(norms.size(), Seen::no);
  }

  void run() {
    for (std::uint32_t norm = 0; norm < norms_.size(); ++norm) {
      if (seen_[norm] == Seen::no) walk(norm);
    }
  }

 private:
  enum class Seen : std::uint8_t { no, on_path, done };

  void walk(std::uint32_t root) {
    std::vector<std::uint32_t> next;  // of each norm on the path: its next dependence
    const auto enter = [&](std::uint32_t norm) {
      seen_[norm] = Seen::on_path;
      path_.push_back(norm);
      next.push_back(first_[norm]);
    };
    enter(root);
    while (!path_.empty()) {
      const std::uint32_t norm = path_.back();
      if (next.back() == first_[norm + 1]) {
        seen_[norm] = Seen::done;
        path_.pop_back();
        next.pop_back();
        if (!taken_.empty()) taken_.pop_back();
        continue;
      }
      const std::uint32_t edge = next.back()++;
      const std::uint32_t on = sorted_[edge].on;
      if (seen_[on] == Seen::on_path) {
        tell(edge);
      } else if (seen_[on] == Seen::no) {
        taken_.push_back(edge);
        enter(on);
      }
    }
  }

  // The dependence that closes the cycle, behind those of the path from where it leads to.
  void tell(std::uint32_t closing) {
    if (problems_.full()) return;
    constexpr std::size_t most_named = 8;
    const Dependence& last = sorted_[closing];
    const auto begin = static_cast<std::size_t>(std::ranges::find(path_, last.on) - path_.begin());
    bool needs[3] = {};
    needs[static_cast<std::size_t>(last.need)] = true;
    std::string names;
    for (std::size_t i = begin; i < path_.size(); ++i) {
      if (i > begin) needs[static_cast<std::size_t>(sorted_[taken_[i - 1]].need)] = true;
      if (i - begin < most_named) names += backticked(norms_[path_[i]].id) + ", ";
      if (i - begin == most_named) names += "..., ";
    }
    names += backticked(norms_[last.on].id);
    std::string kinds;
    for (std::size_t need = 0; need < 3; ++need) {
      if (!needs[need]) continue;
      if (!kinds.empty()) kinds += " and ";
      kinds += need_name(static_cast<Need>(need));
    }
    problems_.add(last.where, "a cycle of " + kinds + ": " + names);
  }

  std::span<const Norm> norms_;
  json::Problems& problems_;
  std::vector<Dependence> sorted_;    // by norm
  std::vector<std::uint32_t> first_;  // of each norm in sorted_
  std::vector<Seen> seen_;
  std::vector<std::uint32_t> path_, taken_;  // taken_: the dependences between those of the path
};

// ---- clashes

// The words of an expression, one space between them: the same for the same text however it is
// laid out.
std::string words_of(std::string_view text) {
  std::string out;
  feel::Lexer lexer(text);
  while (lexer.peek().token != feel::Token::end) {
    if (!out.empty()) out += ' ';
    out += lexer.peek_text();
    lexer.take();
  }
  return out;
}

// What stands between `not (` and the `)` that closes it at the end; empty: it is no negation.
std::string negated(std::string_view text) {
  feel::Lexer lexer(text);
  if (lexer.peek_text() != "not") return {};
  lexer.take();
  if (lexer.peek().token != feel::Token::left_round) return {};
  lexer.take();
  std::string out;
  for (std::size_t depth = 1; lexer.peek().token != feel::Token::end;) {
    const feel::Lexeme next = lexer.take();
    depth += next.token == feel::Token::left_round ? 1 : 0;
    depth -= next.token == feel::Token::right_round ? 1 : 0;
    if (depth == 0) return lexer.peek().token == feel::Token::end ? out : std::string();
    if (!out.empty()) out += ' ';
    out += lexer.text(next);
  }
  return {};
}

class ClashFinder {
 public:
  ClashFinder(std::span<const NormVersion> versions, std::span<const Norm> norms,
              std::span<const json::Value> places, json::Problems& problems)
      : versions_(versions), places_(places), problems_(problems), norm_of_(versions.size()) {
    for (std::uint32_t n = 0; n < norms.size(); ++n) {
      for (const std::uint32_t v : norms[n].versions) norm_of_[v] = n;
    }
  }

  void run() {
    applies_.resize(versions_.size());
    for (std::uint32_t v = 0; v < versions_.size(); ++v) {
      const NormVersion& version = versions_[v];
      if (version.shape != Shape::require || !version.require.that.given() || !version.enabled ||
          version.id.empty() || version.bearer.empty()) {
        continue;
      }
      applies_[v] = words_of(version.applies.text);
      const std::string whom = std::to_string(version.kind) + '\n' + version.bearer + '\n';
      const auto same = same_.try_emplace(whom + words_of(version.require.that.text)).first;
      same->second.push_back(v);
      const std::string opposite = negated(version.require.that.text);
      if (!opposite.empty()) negations_.emplace_back(v, whom + opposite);
    }
    for (const auto& [v, opposite] : negations_) {
      const auto at = same_.find(opposite);
      if (at == same_.end()) continue;
      for (const std::uint32_t other : at->second) {
        if (problems_.full()) return;
        if (clash(v, other)) tell(v, other, "require what excludes the other");
      }
    }
    for (const auto& [what, all] : same_) find_prohibited(all);
  }

 private:
  // Among norms that require the same.
  void find_prohibited(const std::vector<std::uint32_t>& all) {
    for (const std::uint32_t v : all) {
      if (versions_[v].modality != Modality::prohibition) continue;
      for (const std::uint32_t other : all) {
        if (problems_.full()) return;
        if (versions_[other].modality == Modality::obligation && clash(v, other)) {
          tell(v, other, "oblige to and prohibit the same");
        }
      }
    }
  }

  bool defeats(std::uint32_t a, std::uint32_t b) const {
    const auto& of = versions_[a].exception_of;
    return std::ranges::find(of, norm_of_[b]) != of.end();
  }

  bool clash(std::uint32_t a, std::uint32_t b) const {
    return norm_of_[a] != norm_of_[b] && overlap(versions_[a].in_force, versions_[b].in_force) &&
           (applies_[a].empty() || applies_[b].empty() || applies_[a] == applies_[b]) &&
           !defeats(a, b) && !defeats(b, a);
  }

  void tell(std::uint32_t a, std::uint32_t b, std::string_view what) {
    const std::uint32_t first = std::min(a, b), second = std::max(a, b);
    problems_.add(places_[second],
                  backticked(versions_[second].id) + " and " + backticked(versions_[first].id) +
                      " (line " + std::to_string(versions_[first].line) + ") " + std::string(what));
  }

  std::span<const NormVersion> versions_;
  std::span<const json::Value> places_;
  json::Problems& problems_;
  std::vector<std::uint32_t> norm_of_;
  std::vector<std::string> applies_;  // one a version, as words
  std::map<std::string, std::vector<std::uint32_t>> same_;
  std::vector<std::pair<std::uint32_t, std::string>> negations_;
};

}  // namespace

bool overlap(const InForce& a, const InForce& b) noexcept {
  return (a.to == date_none || b.from == date_none || b.from < a.to) &&
         (b.to == date_none || a.from == date_none || a.from < b.to);
}

void find_cycles(std::span<const Norm> norms, std::span<const Dependence> dependences,
                 json::Problems& problems) {
  CycleFinder(norms, dependences, problems).run();
}

void find_clashes(std::span<const NormVersion> versions, std::span<const Norm> norms,
                  std::span<const json::Value> places, json::Problems& problems) {
  ClashFinder(versions, norms, places, problems).run();
}

}  // namespace partnership::charter
