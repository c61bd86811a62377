// SPDX-License-Identifier: Apache-2.0
//
// Reads a charter's document into its structures. What stands for itself is read first; then what
// refers to other parts is looked up, the expressions are compiled, and the whole is searched for
// contradictions, so that one reading tells everything that is wrong.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "charter/charter.hpp"
#include "charter/program.hpp"
#include "charter/reader_parts.hpp"

namespace partnership::charter {

inline constexpr std::size_t most_charter_bytes = std::size_t{16} << 20;
inline constexpr std::size_t most_kinds = 200;
inline constexpr std::size_t most_facts = 1000;    // of a kind
inline constexpr std::size_t most_named = 10'000;  // parties, principles, windows
inline constexpr std::size_t most_versions = 10'000;
inline constexpr std::size_t most_tests = 1000;    // of a version of a norm
inline constexpr std::size_t most_links = 100;     // exceptions and evidence of a version
inline constexpr std::size_t most_cells = 10'000;  // of a coverage

// Where the parts of a version of a norm stand that refer to others.
struct NormSource {
  explicit NormSource(json::Value value) : norm(value) {}
  json::Value norm;
  bool about_known = false;
  std::vector<json::Value> exception_of, tests;  // tests: their cases
  std::optional<json::Value> reparation, breach_of, rows_by, columns_by;
  std::vector<json::Value> evidence;
};

class CharterReader {
 public:
  CharterReader(json::Value root, std::span<const Calendar> calendars, json::Problems& problems);
  // Everything of the document; the charter is of use only when there is no problem.
  std::shared_ptr<const Charter> read();

 private:
  // ---- reader.cpp
  void read_head(json::ObjectReader& reader);
  void read_calendar(json::Value value);
  void read_inline_calendar(json::Value value);
  void read_named(json::Value members, std::vector<Named>& list, Ids& ids, std::string_view what);
  void read_windows(json::Value members);
  // ---- reader_kinds.cpp
  void read_kinds(json::Value members);
  void read_kind(json::Value value, std::uint32_t number);
  const feel::Type* read_facts(json::Value members, std::uint32_t kind, feel::Types& types);
  const feel::Type* read_fact(json::Value value, Fact& fact, feel::Types& types);
  // ---- reader_norms.cpp
  void read_norms(json::Value norms);
  void read_norm(json::Value value, std::size_t number);
  void read_identity(json::ObjectReader& reader, NormVersion& version);
  void read_about(json::ObjectReader& reader, NormVersion& version, NormSource& source);
  std::vector<json::Value> links(std::optional<json::Value> value);
  void read_relations(json::ObjectReader& reader, NormSource& source);
  void read_tests(json::Value tests, NormVersion& version, NormSource& source);
  void read_test(json::Value value, NormVersion& version, NormSource& source);
  void read_expected(json::Value value, TestCase& test);
  // ---- reader_shapes.cpp
  void read_shape(json::ObjectReader& reader, json::Value norm, NormVersion& version,
                  NormSource& source);
  void read_require(json::Value value, Require& require);
  void read_deadline(json::Value value, Deadline& deadline, NormSource& source);
  void read_extension(json::Value value, Extension& extension);
  void read_notice(json::Value value, Notice& notice);
  void read_duration(json::Value value, Duration& duration);
  void read_recurrence(json::Value value, Recurrence& recurrence);
  void read_coverage(json::Value value, Coverage& coverage, NormSource& source);
  void read_axis(json::Value value, Coverage::Axis& axis, std::optional<json::Value>& by);
  void read_required(json::Value value, Coverage& coverage);
  void read_unless(json::Value value, Unless& unless);
  void read_expression(std::optional<json::Value> value, Wanted wanted, Expression& out);
  void expression(json::ObjectReader& reader, std::string_view key, bool required, Wanted wanted,
                  Expression& out);
  // What a period may be where it stands.
  struct Allowed {
    bool none = false;       // "0 days"
    bool next_year = false;  // a date of the next year
  };
  bool period(json::ObjectReader& reader, std::string_view key, bool required, Allowed allowed,
              PeriodOf& out);
  bool read_period(json::Value value, Allowed allowed, PeriodOf& out);
  // ---- reader_links.cpp
  void link_norms();
  void link_versions();
  void link_relations();
  void check_overlaps(const Norm& norm);
  std::optional<std::uint32_t> other_norm(json::Value value, std::uint32_t version,
                                          std::string_view relation);
  void check_breach(const Norm& norm, json::Value where);
  void check_evidence();
  void check_axes();
  void check_tests();

  json::Value root_;
  std::span<const Calendar> calendars_;
  json::Problems& problems_;
  Parts parts_;
  std::shared_ptr<Charter> charter_;
  Ids parties_, principles_, windows_, kinds_, norms_;
  std::vector<Ids> fact_names_;      // one a kind
  std::vector<KindFacts> facts_;     // one a kind
  std::vector<NormSource> sources_;  // one a version
  std::vector<ExpressionPlace> places_;
  std::uint32_t kind_ = 0;  // of the expressions that are being read
  bool known_kind_ = false;
};

}  // namespace partnership::charter
