// SPDX-License-Identifier: Apache-2.0
//
// Why there is no committee, and what would have to change: a minimal conflict among the criteria,
// counted out, and the cheapest relaxations that make a committee possible.
//
// - The conflict is minimal: the criteria in it cannot be met together, and without any one of them
//   the others can. Both are exact: a certificate (verify/certificate.hpp, "infeasible") proves the
//   first by addition and the second by examples. There may be other conflicts beside it.
// - A relaxation changes numbers of criteria (and, last of all, lists of members); its cost is how
//   much all of them change together, in members (values, of a spread). Each comes with a committee
//   of which the check says `met` under the changed criteria. That none costs less rests on the
//   integer search.
//
// What it will not do: change the criteria.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "committee/lottery_certificate.hpp"
#include "committee/panel_model_builder.hpp"

namespace partnership {

// One criterion of a conflict: all rows of one name.
struct ConflictPart {
  std::string criterion;
  RowOrigin origin;                                     // of its first row
  bool least = false, most = false;                     // which of its ends the conflict needs
  std::optional<std::int64_t> asked_least, asked_most;  // these ends, in members or values
  std::int64_t nominees = 0;  // who count for it (for certain, where least is needed)
  // What it could come to at most where least is needed (less than is asked), and at least where
  // most is, by all else that the conflict needs; nothing where the search ended early, or of
  // shares of a number that is not fixed.
  std::optional<std::int64_t> reach_most, reach_least;
};

struct Conflict {
  std::vector<ConflictPart> parts;  // in the order of the model's rows
  std::vector<std::uint32_t> rows;  // all rows of these criteria
  bool minimal = false;  // false: the limits came first, some of the parts may not matter
  Proof proof;  // of 0 <= -1 from these rows; empty: the limits came first, and there is no
                // certificate
  std::vector<ConflictOf::Witness> witnesses;  // one a part, where minimal

  bool proved() const noexcept { return !proof.empty(); }
};

// The certificate, of the model that was explained. Throws Error(state) where nothing is proved,
// else as that of lottery_certificate.hpp.
std::string conflict_certificate(const PanelModel& model, const Conflict& conflict,
                                 const CertificateOf& of);

enum class Reach : std::uint8_t {
  flexible,  // min and max as far as `flexible` lets them
  numbers,   // any number of a quota or another rule but the size
  size,      // the size as well
  members,   // and who must sit or must not
};
std::string_view reach_name(Reach reach) noexcept;

struct Change {
  enum class What : std::uint8_t { least, most, share_least, share_most, include, exclude };
  std::string criterion;  // as the check calls it: the rule's id, "RULE/PLACE"
  std::uint32_t rule = 0;
  std::int32_t place = -1;
  What what = What::least;
  std::string from, to;   // numbers or shares; include and exclude: the member's id, and nothing
  std::int64_t by = 0;    // members (values)
  bool flexible = false;  // within what `flexible` says
};
std::string_view change_name(Change::What what) noexcept;  // "min", "max", "share min", ...

struct Relaxation {
  Reach reach = Reach::numbers;
  std::vector<Change> changes;  // in the order of the rules
  std::int64_t cost = 0;
  bool cheapest = false;                 // no other of this reach costs less
  std::vector<std::uint32_t> committee;  // indices of nominees; the check says `met`
};

struct InfeasibleRequest {
  ModelOptions options;
  std::int64_t nodes = 1'000'000;  // of branch and bound, all together
  std::int64_t proof_numbers = 5'000'000;
  std::function<Pace()> pace;  // asked often; may be empty
};

enum class InfeasibleStatus : std::uint8_t {
  feasible,    // there is a committee after all: `committee`
  infeasible,  // explained
  limit,       // ended early: there is what had been found
  cancelled,
  trouble,
};
std::string_view infeasible_status_name(InfeasibleStatus status) noexcept;

struct Infeasibility {
  InfeasibleStatus status = InfeasibleStatus::trouble;
  std::vector<std::uint32_t> committee;  // status feasible
  BuiltModel built;
  std::optional<Conflict> conflict;
  // The cheapest, of the first reach that is enough, and where that is `flexible` the cheapest of
  // `numbers`, too, if it costs less; then those that change one criterion of the conflict alone,
  // by cost.
  std::vector<Relaxation> relaxations;
};

// Throws the errors of build_model, and Error(limit) for numbers that the solver refuses.
Infeasibility explain_infeasible(const std::shared_ptr<const Checker>& checker,
                                 const InfeasibleRequest& request = {});

// Criteria with the changes made, for a check or another composition; their hash is zeros, since
// they are of no document. Throws Error(invalid_argument) where a change is none of these criteria.
std::shared_ptr<const Criteria> relaxed(const Criteria& criteria,
                                        const std::vector<Change>& changes);

// The same as a document (JSON): that of the criteria, with the numbers and lists of changed rules
// as they become, without what was flexible about them. Throws as load_criteria and relaxed().
std::string relaxed_document(std::string_view json, const std::vector<Change>& changes);

// One row a part: criterion, label, needs ("min", "max", "min and max"), asked_least, asked_most,
// nominees, reach_least, reach_most, reason (a sentence).
Table conflict_table(const Infeasibility& found, const Checker& checker, Language language);
// One row a change: relaxation (from 1), reach, cost, cheapest, criterion, label, what, from, to,
// by, flexible.
Table relaxation_table(const Infeasibility& found, const Checker& checker, Language language);
// One row a relaxation and member of its committee: relaxation (from 1), member.
Table relaxed_committees_table(const Infeasibility& found, const Nominees& nominees);

}  // namespace partnership
