// SPDX-License-Identifier: Apache-2.0
//
// The rules of a criteria document, the committee's size among them, a kind at a time.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "base/json.hpp"
#include "committee/contradictions.hpp"
#include "committee/criteria.hpp"
#include "committee/criteria_reader_attributes.hpp"
#include "committee/criteria_reader_parts.hpp"
#include "committee/where.hpp"

namespace partnership {

class RuleReader {
 public:
  // The rules and rows of `criteria` are filled; its attributes are those of `attributes`.
  RuleReader(Criteria& criteria, AttributeReader& attributes, CriteriaParts& parts,
             json::Problems& problems)
      : criteria_(criteria), attributes_(attributes), parts_(parts), problems_(problems) {}

  // To be called once the declared attributes were read: expressions may speak of them.
  void declare_attributes() { predicates_.declare(criteria_.attributes); }
  void read_size(json::Value size);
  void read_rules(json::Value rules);

  // Where each of the rules stood.
  const std::vector<RuleSource>& sources() const noexcept { return sources_; }

 private:
  void read_rule(json::Value value);
  bool read_kind(json::Value value, Rule& rule);
  void read_body(json::ObjectReader& reader, json::Value value, Rule& rule,
                 std::vector<json::Value>& members);
  void read_quota(json::ObjectReader& reader, json::Value value, Rule& rule);
  void read_spread(json::ObjectReader& reader, json::Value value, Rule& rule);
  void read_places(json::ObjectReader& reader, Rule& rule);
  // Fills Rule::members and gives where each stood.
  std::vector<json::Value> read_members(json::ObjectReader& reader, json::Value value, Rule& rule,
                                        std::size_t least);
  void take_row_id(json::Value where, const std::string& id);
  void add(Rule rule, json::Value value, std::vector<json::Value> members);

  Criteria& criteria_;
  AttributeReader& attributes_;
  CriteriaParts& parts_;
  json::Problems& problems_;
  PredicateCompiler predicates_;
  std::vector<RuleSource> sources_;
  std::unordered_set<std::string> row_ids_{"size"};
};

}  // namespace partnership
