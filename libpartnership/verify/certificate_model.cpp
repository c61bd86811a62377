// SPDX-License-Identifier: Apache-2.0
#include "verify/certificate_model.hpp"

#include <algorithm>

#include "base/quote.hpp"

namespace partnership::verify {

namespace {

constexpr std::uint32_t nowhere = UINT32_MAX;

bool read_types(const Reader& reader, json::Value array, Model& model) {
  model.type_of.assign(model.nominees, nowhere);
  bool good = true;
  for (const json::Value type : array) {
    const auto of_type = reader.indices(type, "nominee", model.nominees);
    if (!of_type) return false;
    if (of_type->empty()) {
      reader.problems.add(type, "a type without nominees");
      good = false;
    }
    for (const std::uint32_t nominee : *of_type) {
      if (model.type_of[nominee] != nowhere) {
        reader.problems.add(type, "nominee " + std::to_string(nominee) + " is of two types");
        good = false;
      }
      model.type_of[nominee] = static_cast<std::uint32_t>(model.members.size());
    }
    model.members.push_back(static_cast<std::int64_t>(of_type->size()));
  }
  const auto untyped = std::find(model.type_of.begin(), model.type_of.end(), nowhere);
  if (good && untyped != model.type_of.end()) {
    reader.problems.add(
        array, "nominee " + std::to_string(untyped - model.type_of.begin()) + " is of no type");
    good = false;
  }
  return good;
}

bool read_column(const Reader& reader, json::Value pair, Model& model) {
  if (!pair.is(json::Type::array) || pair.size() != 2) {
    reader.problems.add(pair, "expected the lower and the upper bound of a column");
    return false;
  }
  const auto lower = reader.integer(pair[0], "a lower bound");
  const auto upper = reader.integer(pair[1], "an upper bound");
  if (!lower || !upper) return false;
  const std::size_t at = model.columns();
  const bool type = at < model.types();
  const bool good = *lower <= *upper && (!type || (*lower >= 0 && *upper <= model.members[at]));
  if (!good) {
    reader.problems.add(pair, type ? "the bounds of a type are not within 0 and its nominees, or "
                                     "cross each other"
                                   : "the bounds of a column cross each other");
  }
  model.lower.push_back(*lower);
  model.upper.push_back(*upper);
  return good;
}

bool read_columns(const Reader& reader, json::Value array, Model& model) {
  if (array.size() > Model::most_columns) {
    throw Error(Code::limit, "more than 2^20 columns");
  }
  if (array.size() < model.types()) {
    reader.problems.add(array, "there are fewer columns than types");
    return false;
  }
  bool good = true;
  for (const json::Value pair : array) good = read_column(reader, pair, model) && good;
  return good;
}

bool read_row(const Reader& reader, json::Value value, Model& model) {
  json::ObjectReader object(value, reader.problems);
  Model::Row row{};
  bool good = object.ok();
  const auto criterion = object.text("criterion", true);
  if (criterion) row.criterion = *criterion;
  for (const auto& [key, bound] :
       {std::pair{"lower", &row.lower}, std::pair{"upper", &row.upper}}) {
    const auto found = object.any(key, true);
    if (found && !found->is(json::Type::null)) {
      *bound = reader.integer(*found, quoted(key));
      good = good && *bound;
    }
    good = good && found;
  }
  const auto terms = object.array("terms", true);
  const auto pairs = terms ? reader.integers(*terms, "column", model.columns()) : std::nullopt;
  object.finish();
  if (!good || !criterion || !pairs) return false;
  row.begin = static_cast<std::uint32_t>(model.terms.size());
  for (const auto& [column, coefficient] : *pairs) model.terms.push_back({column, coefficient});
  row.end = static_cast<std::uint32_t>(model.terms.size());
  model.rows.push_back(row);
  return true;
}

bool read_rows(const Reader& reader, json::Value array, Model& model) {
  if (array.size() > Model::most_rows) throw Error(Code::limit, "more than 2^20 rows");
  bool good = true;
  for (const json::Value row : array) good = read_row(reader, row, model) && good;
  return good;
}

void turn(Model& model) {
  model.entries_begin.assign(model.columns() + 1, 0);
  for (const Model::Term& term : model.terms) ++model.entries_begin[term.index + 1];
  for (std::size_t i = 1; i <= model.columns(); ++i) {
    model.entries_begin[i] += model.entries_begin[i - 1];
  }
  model.entries.resize(model.terms.size());
  std::vector<std::uint32_t> next(model.entries_begin.begin(), model.entries_begin.end() - 1);
  for (std::uint32_t row = 0; row < model.rows.size(); ++row) {
    for (const Model::Term& term : model.row(row)) {
      model.entries[next[term.index]++] = {row, term.coefficient};
    }
  }
}

}  // namespace

bool read_ids(const Reader& reader, json::Value array) {
  struct Id {
    std::string_view text;
    json::Value where;
  };
  std::vector<Id> ids;
  ids.reserve(array.size());
  bool good = true;
  for (const json::Value item : array) {
    if (item.is(json::Type::string) && !item.text().empty()) {
      ids.push_back({item.text(), item});
    } else {
      reader.problems.add(item, "a nominee's id is no text, or an empty one");
      good = false;
    }
  }
  std::stable_sort(ids.begin(), ids.end(),
                   [](const Id& a, const Id& b) { return a.text < b.text; });
  for (std::size_t i = 1; i < ids.size(); ++i) {
    if (ids[i].text != ids[i - 1].text) continue;
    reader.problems.add(ids[i].where, "the nominee " + backticked(ids[i].text) + " is there twice");
    good = false;
  }
  return good;
}

std::optional<Model> read_model(const Reader& reader, json::Value nominees, json::Value value) {
  Model model;
  bool good = read_ids(reader, nominees);
  model.nominees = nominees.size();
  json::ObjectReader object(value, reader.problems);
  const auto types = object.array("types", true);
  const auto columns = object.array("columns", true);
  const auto rows = object.array("rows", true);
  object.finish();
  good = good && types && read_types(reader, *types, model);
  good = good && columns && read_columns(reader, *columns, model);
  good = good && rows && read_rows(reader, *rows, model);
  if (!good) return std::nullopt;
  turn(model);
  return model;
}

void Point::clear() {
  std::fill(values_.begin(), values_.end(), 0);
}

void Point::add_up(Meter& meter) {
  std::fill(sums_.begin(), sums_.end(), Wide{0});
  std::uint64_t steps = values_.size() + sums_.size();
  for (std::uint32_t column = 0; column < values_.size(); ++column) {
    if (values_[column] == 0) continue;
    const auto entries = model_.column(column);
    steps += entries.size();
    for (const Model::Term& entry : entries) {
      sums_[entry.index] += Wide{entry.coefficient} * values_[column];
    }
  }
  meter.spend(steps);
}

// Messages only while they are listed: a document of many panels and rows has room for many faults.
bool Point::check_columns(const Reader& reader, json::Value where) const {
  bool good = true;
  for (std::size_t column = 0; column < values_.size(); ++column) {
    const std::int64_t value = values_[column];
    const std::int64_t lower = model_.lower[column], upper = model_.upper[column];
    if (value >= lower && value <= upper) continue;
    good = false;
    reader.complain(where, [&] {
      return "column " + std::to_string(column) + " is " + std::to_string(value) + ", not within " +
             std::to_string(lower) + " and " + std::to_string(upper);
    });
  }
  return good;
}

bool Point::check_row(const Reader& reader, json::Value where, std::uint32_t at) const {
  const Model::Row& row = model_.rows[at];
  const bool good =
      (!row.lower || sums_[at] >= *row.lower) && (!row.upper || sums_[at] <= *row.upper);
  if (good) return true;
  reader.complain(where, [&] {
    return "row " + std::to_string(at) + ", " + quoted(row.criterion) + ", is not met";
  });
  return false;
}

}  // namespace partnership::verify
