// SPDX-License-Identifier: Apache-2.0
#include "partnership/committee.h"

#include <algorithm>
#include <vector>

#include "capi/committee_handles.hpp"
#include "committee/category_file.hpp"
#include "committee/composition.hpp"

using namespace partnership;
using namespace partnership::capi;

struct pship_check {
  Check check;
};

namespace {

std::vector<std::string_view> ids_of(const char* const* members, std::int64_t n) {
  if (n < 0) {
    throw Error(Code::invalid_argument,
                "`n` is " + std::to_string(n) + ", expected -1 with `members` NULL, or a count");
  }
  if (n > 0) require(members, "members");
  std::vector<std::string_view> ids;
  ids.reserve(static_cast<std::size_t>(std::min<std::int64_t>(n, 1 << 20)));
  for (std::int64_t i = 0; i < n; ++i) {
    if (members[i] == nullptr) {
      throw Error(Code::invalid_argument, "`members[" + std::to_string(i) + "]` is NULL");
    }
    ids.emplace_back(members[i]);
  }
  return ids;
}

// The pieces of a text between semicolons; empty ones go.
std::vector<std::string> pieces(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

// ---- criteria

pship_status pship_criteria_schema(pship_text** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    *out = new_text(std::string(criteria_schema()));
  });
}

pship_status pship_criteria_load(const char* json, std::size_t size, pship_criteria** out,
                                 pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    const std::string_view text = view(json, size, "json");
    *out = new pship_criteria{load_criteria(text), std::string(text)};
  });
}

pship_status pship_criteria_of_categories(const char* csv, std::size_t size,
                                          const pship_options* options, pship_text** out,
                                          pship_error** err) {
  clear(out);
  return guard(err, [&] {
    constexpr std::string_view scope = "committee.categories";
    require(out, "out");
    const std::string_view text = view(csv, size, "csv");
    const Options& chosen = options_for(options, scope);
    CategoryFile file;
    file.name = chosen.text(scope, "name");
    if (chosen.has("size")) file.size = chosen.integer(scope, "size");
    file.one_per = pieces(chosen.text(scope, "one_per"));
    *out = new_text(criteria_of_categories(text, file));
  });
}

pship_status pship_criteria_table(const pship_criteria* criteria, pship_table** out,
                                  pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(criteria, "criteria");
    require(out, "out");
    *out = new_table(criteria_table(*criteria->criteria));
  });
}

pship_status pship_criteria_hash(const pship_criteria* criteria, std::uint8_t* out,
                                 pship_error** err) {
  return guard(err, [&] {
    require(out, "out");
    std::fill_n(out, PSHIP_HASH_SIZE, std::uint8_t{0});
    require(criteria, "criteria");
    std::copy(criteria->criteria->hash.begin(), criteria->criteria->hash.end(), out);
  });
}

void pship_criteria_free(pship_criteria* criteria) {
  delete criteria;
}

// ---- nominees

pship_status pship_nominees_new(const pship_table* table, const pship_options* options,
                                pship_nominees** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(table, "table");
    require(out, "out");
    const Options& chosen = options_for(options, "nominees");
    const NomineeColumns columns{chosen.text("nominees", "id_column"),
                                 chosen.text("nominees", "separator")};
    auto made = std::make_unique<pship_nominees>();
    made->nominees = Nominees::of(table->table, columns);
    *out = made.release();
  });
}

pship_status pship_nominees_of_respondents(const char* csv, std::size_t size,
                                           const pship_options* options, pship_nominees** out,
                                           pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    const std::string_view text = view(csv, size, "csv");
    constexpr std::string_view scope = "nominees.respondents";
    const Options& chosen = options_for(options, scope);
    const NomineeColumns columns{chosen.text(scope, "id_column"), chosen.text(scope, "separator")};
    const Blank blank = chosen.text(scope, "blank") == "unknown" ? Blank::unknown : Blank::none;
    auto made = std::make_unique<pship_nominees>();
    made->nominees = nominees_of_respondents(text, columns, blank);
    *out = made.release();
  });
}

std::int64_t pship_nominees_count(const pship_nominees* nominees) {
  return nominees == nullptr ? 0 : nominees->nominees->count();
}

pship_status pship_nominees_hash(const pship_nominees* nominees, std::uint8_t* out,
                                 pship_error** err) {
  return guard(err, [&] {
    require(out, "out");
    std::fill_n(out, PSHIP_HASH_SIZE, std::uint8_t{0});
    require(nominees, "nominees");
    const Hash hash = pool_hash(*nominees->nominees);
    std::copy(hash.begin(), hash.end(), out);
  });
}

void pship_nominees_free(pship_nominees* nominees) {
  delete nominees;
}

// ---- checks

pship_status pship_criteria_check(const pship_criteria* criteria, const pship_nominees* nominees,
                                  const char* const* members, std::int64_t n, pship_date on,
                                  pship_check** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(criteria, "criteria");
    require(nominees, "nominees");
    require(out, "out");
    const std::shared_ptr<const Checker> checker = nominees->checker(criteria->criteria);
    if (members == nullptr && n == -1) {
      *out = new pship_check{checker->check_all(on)};
    } else {
      *out = new pship_check{checker->check(nominees->nominees->members(ids_of(members, n)), on)};
    }
  });
}

std::int32_t pship_check_outcome(const pship_check* check) {
  return check == nullptr ? 0 : static_cast<std::int32_t>(check->check.outcome());
}

pship_status pship_check_criteria(const pship_check* check, std::int32_t language,
                                  pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(check, "check");
    require(out, "out");
    *out = new_table(check->check.criteria(capi::language(language)));
  });
}

pship_status pship_check_counts(const pship_check* check, pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(check, "check");
    require(out, "out");
    *out = new_table(check->check.counts());
  });
}

pship_status pship_check_unmet(const pship_check* check, pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(check, "check");
    require(out, "out");
    *out = new_table(check->check.unmet());
  });
}

void pship_check_free(pship_check* check) {
  delete check;
}
