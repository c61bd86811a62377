// SPDX-License-Identifier: Apache-2.0
//
// C++17 owner types over the C API, see partnership.hpp: criteria, nominees, checks.
#ifndef PARTNERSHIP_COMMITTEE_HPP
#define PARTNERSHIP_COMMITTEE_HPP

#include "partnership/committee.h"
#include "partnership/table.hpp"

namespace pship {

enum class Outcome : std::int32_t {
  met = PSHIP_MET,
  not_met = PSHIP_NOT_MET,
  undetermined = PSHIP_UNDETERMINED,
  not_applicable = PSHIP_NOT_APPLICABLE,
  pending = 5,  // of charters, see charter.h
  met_by_exception = 6,
};

// Nominees, a row each. Options: id_column, separator. Throws PSHIP_INVALID_DOCUMENT with every row
// that is wrong.
class Nominees {
 public:
  Nominees() noexcept = default;
  explicit Nominees(pship_nominees* adopted) : handle_(adopted) {}
  explicit Nominees(const Table& table, const Options& options = {}) {
    pship_nominees* nominees = nullptr;
    detail::call(pship_nominees_new, table.raw(), options.raw(), &nominees);
    handle_ = Handle(nominees);
  }
  // From the CSV that goes with a category file: a blank cell means that there is no value.
  // Options: id_column, separator, blank. Throws PSHIP_MALFORMED and PSHIP_INVALID_DOCUMENT with
  // every row that is wrong, each with its line.
  static Nominees of_respondents(std::string_view csv, const Options& options = {}) {
    pship_nominees* nominees = nullptr;
    detail::call(pship_nominees_of_respondents, csv.data(), csv.size(), options.raw(), &nominees);
    return Nominees(nominees);
  }
  std::int64_t count() const noexcept { return pship_nominees_count(raw()); }
  // SHA-256 of their canonical table.
  Hash hash() const {
    Hash hash{};
    detail::call(pship_nominees_hash, raw(), hash.data());
    return hash;
  }
  const pship_nominees* raw() const noexcept { return handle_.get(); }

 private:
  using Handle = detail::Shared<pship_nominees, pship_nominees_free>;
  Handle handle_;
};

// The answer of a check. Not met and undetermined are answers, not errors.
class Check {
 public:
  Check() noexcept = default;
  explicit Check(pship_check* adopted) : handle_(adopted) {}

  Outcome outcome() const noexcept { return static_cast<Outcome>(pship_check_outcome(raw())); }
  // A row a criterion: criterion, kind, label, outcome, count, unknown, least, most, reason.
  Table criteria(Language language) const {
    return detail::table_of(pship_check_criteria, raw(), static_cast<std::int32_t>(language));
  }
  // Who counts where: criterion, member, value, certain.
  Table counts() const { return detail::table_of(pship_check_counts, raw()); }
  // Minimal unmet sets: set (from 1), criterion.
  Table unmet() const { return detail::table_of(pship_check_unmet, raw()); }
  const pship_check* raw() const noexcept { return handle_.get(); }

 private:
  detail::Shared<pship_check, pship_check_free> handle_;
};

class Criteria {
 public:
  Criteria() noexcept = default;
  explicit Criteria(pship_criteria* adopted) : handle_(adopted) {}
  // Throws PSHIP_MALFORMED, PSHIP_INVALID_DOCUMENT: every problem with its pointer and line.
  static Criteria load(std::string_view json) {
    pship_criteria* criteria = nullptr;
    detail::call(pship_criteria_load, json.data(), json.size(), &criteria);
    return Criteria(criteria);
  }
  // A criteria document made of a category file (CSV). Options: name, size, one_per. Throws
  // PSHIP_MALFORMED and PSHIP_INVALID_DOCUMENT with everything that is wrong, each with its line.
  static Text of_categories(std::string_view csv, const Options& options = {}) {
    return detail::text_of(pship_criteria_of_categories, csv.data(), csv.size(), options.raw());
  }
  // The JSON Schema (draft 2020-12) of the document.
  static Text schema() { return detail::text_of(pship_criteria_schema); }

  // A row a criterion: criterion, kind, attribute, value, label_ar, label_en, label_fr, least,
  // most, share_least, share_most, counting, from, to, flexible_least, flexible_most.
  Table table() const { return detail::table_of(pship_criteria_table, raw()); }
  Hash hash() const {
    Hash hash{};
    detail::call(pship_criteria_hash, raw(), hash.data());
    return hash;
  }
  // Checks the members with these ids as the criteria stand on a date (none: all of them, whatever
  // their dates). Throws PSHIP_NOT_FOUND: an id that is no nominee; PSHIP_INVALID_ARGUMENT: a
  // member named twice.
  Check check(const Nominees& nominees, const std::vector<std::string>& members,
              Date on = Date()) const {
    std::vector<const char*> ids;
    ids.reserve(members.size() + 1);
    for (const std::string& member : members) {
      detail::name(member, "members");
      ids.push_back(member.c_str());
    }
    ids.push_back(nullptr);  // so that no members is not the NULL that means all of them
    return check(nominees, ids.data(), static_cast<std::int64_t>(members.size()), on);
  }
  // Checks all nominees together.
  Check check(const Nominees& nominees, Date on = Date()) const {
    return check(nominees, nullptr, -1, on);
  }
  const pship_criteria* raw() const noexcept { return handle_.get(); }

 private:
  Check check(const Nominees& nominees, const char* const* members, std::int64_t n, Date on) const {
    pship_check* check = nullptr;
    detail::call(pship_criteria_check, raw(), nominees.raw(), members, n, on.days(), &check);
    return Check(check);
  }
  detail::Shared<pship_criteria, pship_criteria_free> handle_;
};

}  // namespace pship

#endif
