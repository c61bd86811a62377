// SPDX-License-Identifier: Apache-2.0
#include "committee/criteria.hpp"

#include "committee/sentences.hpp"
#include "committee/where.hpp"
#include "packs/packs.hpp"

namespace partnership {

std::string_view kind_name(Kind kind) noexcept {
  switch (kind) {
    case Kind::size:
      return "size";
    case Kind::quota:
      return "quota";
    case Kind::each:
      return "each";
    case Kind::spread:
      return "spread";
    case Kind::at_most_per:
      return "at_most_per";
    case Kind::must_include:
      return "must_include";
    case Kind::must_exclude:
      return "must_exclude";
    case Kind::incompatible:
      return "incompatible";
    case Kind::places:
      return "places";
    case Kind::where:
      return "where";
  }
  return "unknown";
}

std::string Criteria::row_id(const CriterionRow& row) const {
  const Rule& rule = rules[row.rule];
  if (row.place < 0) return rule.id;
  return rule.id + "/" + rule.places[static_cast<std::size_t>(row.place)].id;
}

std::string Criteria::row_label(const CriterionRow& row, Language language) const {
  const Rule& rule = rules[row.rule];
  if (row.place >= 0) {
    const PlaceRule& place = rule.places[static_cast<std::size_t>(row.place)];
    return place.label.empty() ? values_label(place.who, language)
                               : std::string(place.label.get(language));
  }
  return rule.label.empty() ? made_label(*this, rule, language)
                            : std::string(rule.label.get(language));
}

std::string Criteria::attribute_label(std::uint32_t attribute, Language language) const {
  const Attribute& named = attributes[attribute];
  return named.label.empty() ? named.name : std::string(named.label.get(language));
}

std::string Criteria::value_label(std::uint32_t attribute, std::uint32_t value,
                                  Language language) const {
  const Attribute::Value& named = attributes[attribute].values[value];
  return named.label.empty() ? named.text : std::string(named.label.get(language));
}

std::string Criteria::values_label(const Selection& selection, Language language) const {
  std::string out;
  for (const std::uint32_t value : selection.values) {
    if (!out.empty()) out += " / ";
    out += value_label(selection.attribute, value, language);
  }
  return out;
}

namespace {

class CriteriaTable {
 public:
  explicit CriteriaTable(const Criteria& criteria) : criteria_(criteria) {
    for (const char* name : {"criterion", "kind", "attribute", "value", "within_attribute",
                             "within_value", "label_ar", "label_en", "label_fr"}) {
      builder_.add(name, ColumnType::text);
    }
    builder_.add("least", ColumnType::int64);
    builder_.add("most", ColumnType::int64);
    for (const char* name : {"share_least", "share_most", "counting"}) {
      builder_.add(name, ColumnType::text);
    }
    builder_.add("from", ColumnType::date);
    builder_.add("to", ColumnType::date);
    builder_.add("flexible_least", ColumnType::int64);
    builder_.add("flexible_most", ColumnType::int64);
  }

  void add(const CriterionRow& row) {
    const Rule& rule = criteria_.rules[row.rule];
    const PlaceRule* place =
        row.place < 0 ? nullptr : &rule.places[static_cast<std::size_t>(row.place)];
    builder_.text(0, criteria_.row_id(row));
    builder_.text(1, kind_name(rule.kind));
    if (!rule.members.empty()) {
      add_members(rule);
    } else if (rule.predicate != nullptr) {
      builder_.null(2);
      builder_.text(3, rule.predicate->text());
    } else {
      const bool by_value = rule.kind != Kind::size;
      add_selection(2, by_value ? (place != nullptr ? &place->who : &rule.who) : nullptr);
    }
    add_selection(4, rule.within ? &*rule.within : nullptr);
    add_labels(row, place != nullptr ? place->label : rule.label);
    const Bounds bounds =
        place != nullptr ? Bounds{place->least, place->most, {}, {}, {}, {}} : rule.bounds;
    add_count(9, bounds.least);
    add_count(10, bounds.most);
    add_share(11, bounds.share_least);
    add_share(12, bounds.share_most);
    add_counting(rule);
    add_date(14, rule.from);
    add_date(15, rule.to);
    add_count(16, bounds.flexible_least);
    add_count(17, bounds.flexible_most);
  }

  Table finish() { return builder_.finish(); }

 private:
  void add_members(const Rule& rule) {
    std::string joined;
    for (const std::string& member : rule.members) {
      if (!joined.empty()) joined += ";";
      joined += member;
    }
    builder_.null(2);
    builder_.text(3, joined);
  }

  void add_selection(std::int32_t column, const Selection* selection) {
    if (selection == nullptr) {
      builder_.null(column);
      builder_.null(column + 1);
      return;
    }
    const Attribute& attribute = criteria_.attributes[selection->attribute];
    builder_.text(column, attribute.name);
    if (selection->values.empty()) return builder_.null(column + 1);
    std::string joined;
    for (const std::uint32_t value : selection->values) {
      if (!joined.empty()) joined += ";";
      joined += attribute.values[value].text;
    }
    builder_.text(column + 1, joined);
  }

  // The document's own words; made ones where it has none in any language.
  void add_labels(const CriterionRow& row, const LangMap& label) {
    std::int32_t column = 6;
    for (const Language language : all_languages) {
      if (label.empty() || label.has(language)) {
        builder_.text(column++, criteria_.row_label(row, language));
      } else {
        builder_.null(column++);
      }
    }
  }

  void add_counting(const Rule& rule) {
    const bool by_value = rule.kind == Kind::quota || rule.kind == Kind::each ||
                          rule.kind == Kind::spread || rule.kind == Kind::at_most_per ||
                          rule.kind == Kind::where;
    if (rule.kind == Kind::places) {
      builder_.text(13, "assignment");
    } else if (by_value) {
      builder_.text(13, "overlap");
    } else {
      builder_.null(13);
    }
  }

  void add_count(std::int32_t column, std::optional<std::int64_t> count) {
    if (count) {
      builder_.int64(column, *count);
    } else {
      builder_.null(column);
    }
  }

  void add_share(std::int32_t column, std::optional<Fraction> share) {
    if (share) {
      builder_.text(column, share->text());
    } else {
      builder_.null(column);
    }
  }

  void add_date(std::int32_t column, Date date) {
    if (date == date_none) {
      builder_.null(column);
    } else {
      builder_.date(column, date);
    }
  }

  const Criteria& criteria_;
  TableBuilder builder_;
};

}  // namespace

Table criteria_table(const Criteria& criteria) {
  CriteriaTable table(criteria);
  for (const CriterionRow& row : criteria.rows) table.add(row);
  return table.finish();
}

std::string_view criteria_schema() noexcept {
  return pack("schemas/criteria.schema.json");
}

}  // namespace partnership
