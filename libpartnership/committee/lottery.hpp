// SPDX-License-Identifier: Apache-2.0
//
// Lotteries over committees: which committees, with which probability, so that chances to sit are
// shared as fairly as the criteria allow; with proofs that they are.
//
// - leximin: the least probability of a nominee is as large as it can be, then the second least,
//   and so on. There is one such vector of probabilities.
// - maximin: the least probability is as large as it can be. The rest is as leximin has it where
//   that is found at no cost, else whatever came out.
// - nash: the product of the probabilities of those who can sit at all is the largest, up to a gap
//   that is proved.
// - legacy: panels drawn one by one as practitioners have done (greedy, by the category that is
//   most in need). For comparison; nothing is proved.
//
// Nominees of a type have equal probability. The target is exact; the lottery's own probabilities
// are within `delta` of it, which is checked exactly (`deviation` says how far they are).
//
// What it will not do: read the clock, print, draw (draw.hpp), or call proved what it has not
// proved. The same request gives the same answer on the same machine.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/rational.hpp"
#include "committee/panel_model.hpp"

namespace partnership {

enum class LotteryKind : std::uint8_t { leximin, maximin, nash, legacy };

enum class LotteryStatus : std::uint8_t {
  proved,      // no lottery is better (nash: by more than `gap`, at most small_gap); legacy: drawn
  bound,       // a lottery, but the least probability that is not proved may be as high as `bound`
               // (nash: the gap is larger)
  infeasible,  // there is no committee: see `infeasible`
  limit,       // ended before there was a lottery
  cancelled,
  trouble,  // the solver's numbers could not be trusted and could not be mended
};
std::string_view lottery_status_name(LotteryStatus status) noexcept;  // "proved", "bound", ...

inline constexpr double small_gap = 1e-6;  // of nash: as good as proved

enum class Pace : std::uint8_t {
  go_on,
  finish,  // come to an end with what there is: `bound`, or `limit`
  cancel,
};

struct LotteryProgress {
  enum class Phase : std::uint8_t { levels, panels, columns, proofs, sampling };
  Phase phase;
  std::int64_t done, of;  // steps of this phase; of: 0 where it is not known
};

struct LotteryRequest {
  LotteryKind kind = LotteryKind::leximin;
  Rational delta{Integer(1), 1000000000};  // at least 1/10^12
  std::uint64_t seed = 0;                  // of what is tried in which order; legacy: of the draws
  std::int64_t samples = 10000;            // legacy: panels to draw, at least 1
  std::int64_t nodes = 1'000'000;          // of branch and bound, all together
  std::int64_t proof_numbers = 5'000'000;  // in levels and their proofs, all together

  std::function<Pace()> pace;                            // asked often; may be empty
  std::function<void(const LotteryProgress&)> progress;  // may be empty
};

// How many of a type sit, or the value of an auxiliary column.
struct Seat {
  std::uint32_t column;
  std::int32_t count;
  bool operator==(const Seat&) const = default;
};

using Terms = std::vector<std::pair<std::uint32_t, Rational>>;  // by index, without zeros

// A proof that sum of terms * x <= bound for every committee: a tree in preorder, as
// verify/certificate.hpp describes it.
struct ProofNode {
  enum class Kind : std::uint8_t { branch, rows, infeasible };
  Kind kind = Kind::rows;
  std::uint32_t column = 0;  // branch: column <= at is the first subtree, >= at + 1 the second
  std::int64_t at = 0;
  Terms rows;  // leaves: multipliers of rows
};
using Proof = std::vector<ProofNode>;

struct LotteryLevel {
  Rational value;                    // nash: of no meaning for the last level
  std::vector<std::uint32_t> types;  // fixed at the value, ascending; of an open level none
  Terms terms;                       // of types
  Rational bound;
  Proof proof;
};

struct LotteryPanel {
  std::vector<Seat> seats;  // not zero, by column
  Integer weight;           // > 0, over Lottery::denominator
};

struct LotteryStatistics {
  std::int64_t peeled = 0, fitted = 0, priced = 0;  // panels, by how they were found
  std::int64_t levels_by_rows = 0, levels_by_branching = 0;
  std::int64_t nodes = 0;     // of branch and bound
  std::int64_t attempts = 0;  // legacy: panels begun
};

struct Lottery {
  LotteryKind kind = LotteryKind::leximin;
  LotteryStatus status = LotteryStatus::trouble;
  std::vector<Rational> target;  // a type: the probability of each of its nominees
  std::vector<LotteryPanel> panels;
  Integer denominator = 1;
  std::vector<LotteryLevel> levels;
  Rational delta;
  Rational deviation;   // the largest of a type's probability from the target
  Rational bound, gap;  // status bound: as in the certificate; nash: the gap
  Proof infeasible;     // of 0 <= -1
  LotteryStatistics statistics;
};

// Throws Error(invalid_argument) where the model or the request is not as described, and
// Error(limit) where numbers of the model are beyond 2^31 - 1.
Lottery compose_lottery(const PanelModel& model, const LotteryRequest& request);

}  // namespace partnership
