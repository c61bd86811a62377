// SPDX-License-Identifier: Apache-2.0
#include "committee/criteria_reader_attributes.hpp"

#include "base/text.hpp"
#include "committee/spelling.hpp"

namespace partnership {

void AttributeReader::read(json::Value attributes) {
  declared_ = true;
  for (const json::Value declared : attributes) {
    if (problems_.full()) return;
    const std::string name = spelling(declared.key());
    if (name.empty()) problems_.add(declared, "the attribute's name is blank");
    const auto [at, fresh] =
        attribute_index_.emplace(name, static_cast<std::uint32_t>(attributes_.size()));
    if (!fresh) {
      problems_.add(declared, "the attribute " + backticked(name) + " is declared twice");
      continue;
    }
    Attribute& attribute = attributes_.emplace_back();
    value_index_.emplace_back();
    attribute.name = name;
    attribute.declared = true;
    json::ObjectReader reader(declared, problems_);
    attribute.label = parts_.label(reader, "label");
    attribute.multiple = reader.boolean("multiple").value_or(false);
    if (const auto values = reader.object("values")) read_values(*values, attribute);
    reader.finish();
  }
}

void AttributeReader::read_values(json::Value values, Attribute& attribute) {
  attribute.closed = true;
  if (values.size() == 0) problems_.add(values, "expected at least one value");
  for (const json::Value declared : values) {
    if (problems_.full()) return;
    const std::string text = spelling(declared.key());
    if (text.empty()) problems_.add(declared, "the value is blank");
    const auto [at, fresh] =
        value_index_.back().emplace(text, static_cast<std::uint32_t>(attribute.values.size()));
    if (!fresh) {
      problems_.add(declared, "the value " + backticked(text) + " is declared twice");
    } else {
      attribute.values.push_back({text, LangMap::read(declared, problems_)});
    }
  }
}

Selection AttributeReader::selection(json::ObjectReader& reader, json::Value where, bool required) {
  Selection found;
  const auto name = parts_.text(reader, "attribute", true);
  const auto one = required ? parts_.text(reader, "value", false) : std::nullopt;
  const auto several = reader.array("values");
  if (required && !reader.any("value") && !reader.any("values")) {
    problems_.add(where, "expected value or values");
  }
  if (one && several) problems_.add(where, "expected value or values, not both");
  if (several && several->size() == 0) problems_.add(*several, "expected at least one value");
  const auto attribute = name ? attribute_of(*name) : std::nullopt;
  if (!attribute) return found;
  found.attribute = *attribute;
  listed_.clear();
  if (one) add_value(found, *one);
  if (several) {
    for (const json::Value value : *several) {
      if (problems_.full()) break;
      add_value(found, value);
    }
  }
  return found;
}

Selection AttributeReader::listed(json::ObjectReader& reader, json::Value where) {
  const std::size_t before = problems_.size();
  Selection found = selection(reader, where, false);
  if (!found.values.empty() || problems_.size() != before) return found;
  const Attribute& attribute = attributes_[found.attribute];
  if (!attribute.closed) {
    problems_.add(
        where, "this needs values: the attribute " + backticked(attribute.name) + " declares none");
    return found;
  }
  for (std::uint32_t v = 0; v < attribute.values.size(); ++v) found.values.push_back(v);
  return found;
}

std::optional<std::uint32_t> AttributeReader::attribute_of(json::Value value) {
  const std::string name = parts_.name_of(value);
  if (name.empty()) return std::nullopt;
  if (const auto at = attribute_index_.find(name); at != attribute_index_.end()) {
    return at->second;
  }
  if (declared_) {
    std::vector<std::string_view> names;
    for (const Attribute& attribute : attributes_) names.push_back(attribute.name);
    problems_.add(value, "the attribute " + backticked(name) + " is not among those declared" +
                             CriteriaParts::hint(name, names));
    return std::nullopt;
  }
  const auto index = static_cast<std::uint32_t>(attributes_.size());
  attributes_.emplace_back().name = name;
  value_index_.emplace_back();
  attribute_index_.emplace(name, index);
  return index;
}

void AttributeReader::add_value(Selection& selection, json::Value value) {
  const std::string text = parts_.name_of(value);
  if (text.empty()) return;
  Attribute& attribute = attributes_[selection.attribute];
  auto& index = value_index_[selection.attribute];
  auto at = index.find(text);
  if (at == index.end() && attribute.closed) {
    std::vector<std::string_view> texts;
    for (const Attribute::Value& known : attribute.values) texts.push_back(known.text);
    problems_.add(value, backticked(text) + " is not among the values of " +
                             backticked(attribute.name) + CriteriaParts::hint(text, texts));
    return;
  }
  if (at == index.end()) {
    at = index.emplace(text, static_cast<std::uint32_t>(attribute.values.size())).first;
    attribute.values.push_back({text, {}});
  }
  if (!listed_.insert(at->second).second) {
    problems_.add(value, backticked(text) + " is listed twice");
    return;
  }
  selection.values.push_back(at->second);
}

}  // namespace partnership
