// SPDX-License-Identifier: Apache-2.0
//
// The attributes of a criteria document: those it declares, and which of their values its rules
// speak of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/json.hpp"
#include "committee/criteria.hpp"
#include "committee/criteria_reader_parts.hpp"

namespace partnership {

class AttributeReader {
 public:
  // `attributes` is filled, in the order in which they are declared or named first.
  AttributeReader(std::vector<Attribute>& attributes, CriteriaParts& parts,
                  json::Problems& problems)
      : attributes_(attributes), parts_(parts), problems_(problems) {}

  // The member `attributes`: from then on no others are known.
  void read(json::Value attributes);

  // attribute with value or values; `required`: one of the two must be there. Without `required`
  // only `values` is known.
  Selection selection(json::ObjectReader& reader, json::Value where, bool required);
  // attribute with `values` where they are listed, else with those that it declares.
  Selection listed(json::ObjectReader& reader, json::Value where);
  // The index of the attribute that `value` names.
  std::optional<std::uint32_t> attribute_of(json::Value value);

 private:
  void read_values(json::Value values, Attribute& attribute);
  void add_value(Selection& selection, json::Value value);

  std::vector<Attribute>& attributes_;
  CriteriaParts& parts_;
  json::Problems& problems_;
  bool declared_ = false;  // by the document
  std::unordered_map<std::string, std::uint32_t> attribute_index_;
  std::vector<std::unordered_map<std::string, std::uint32_t>> value_index_;  // an attribute each
  std::unordered_set<std::uint32_t> listed_;  // values of the selection that is being read
};

}  // namespace partnership
