// SPDX-License-Identifier: Apache-2.0
#include "committee/category_file.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>

#include "base/csv.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "committee/criteria.hpp"
#include "committee/spelling.hpp"

namespace partnership {
namespace {

enum Field : std::size_t { attribute, value, least, most, flexible_least, flexible_most, fields };
constexpr std::array<std::string_view, fields> field_names = {"attribute", "value",    "min",
                                                              "max",       "min_flex", "max_flex"};

std::string lower(std::string_view text) {
  std::string out(trimmed(text));
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// Which of them the first line has most often outside quotes; the comma where it has none.
char delimiter_of(std::string_view csv) {
  constexpr std::string_view delimiters = ",;\t";
  std::array<std::size_t, delimiters.size()> found{};
  bool within_quotes = false;
  for (const char c : csv) {
    if (c == '\n' && !within_quotes) break;
    if (c == '"') within_quotes = !within_quotes;
    if (const auto at = delimiters.find(c); at != std::string_view::npos && !within_quotes) {
      ++found[at];
    }
  }
  const auto most = std::max_element(found.begin(), found.end());
  return delimiters[static_cast<std::size_t>(most - found.begin())];
}

// Without empty lines at its end.
std::string_view without_end(std::string_view csv) {
  while (!csv.empty() && (csv.back() == '\n' || csv.back() == '\r')) csv.remove_suffix(1);
  return csv;
}

struct Category {
  std::string attribute, value;
  std::array<std::optional<std::int64_t>, fields> counts;
  std::int64_t line;
};

// All that is wrong with a text: what is no CSV, and what `reads` finds in the rest, by their
// lines.
template <class Reads>
auto read_all(const CsvRows& rows, const Reads& reads) -> decltype(reads()) {
  if (rows.problems.empty()) return reads();
  std::vector<Problem> problems = rows.problems;
  try {
    if (rows.table.columns() > 0) reads();
  } catch (const Error& error) {
    problems.insert(problems.end(), error.problems().begin(), error.problems().end());
  }
  const auto place = [](const Problem& problem) {  // those without a line last
    return problem.line > 0 ? problem.line : std::numeric_limits<std::int64_t>::max();
  };
  std::stable_sort(problems.begin(), problems.end(),
                   [&](const Problem& a, const Problem& b) { return place(a) < place(b); });
  throw Error(Code::malformed, std::move(problems));
}

class CategoryReader {
 public:
  CategoryReader(const CsvRows& rows, const CategoryFile& file)
      : table_(rows.table),
        lines_(rows.lines),
        whole_(rows.problems.empty()),
        size_(file.size),
        most_categories_(most_rules - std::min(most_rules, file.one_per.size())) {}

  std::vector<Category> read() {
    find_columns();
    if (problems_.empty()) {
      for (std::int64_t row = 0; row < table_.rows(); ++row) {
        if (!blank(row)) read_row(row, lines_[static_cast<std::size_t>(row)]);
      }
      if (rows_ == 0 && whole_)
        complain("there are no categories below the names of the columns", 1);
    }
    if (!problems_.empty()) {
      Error error(Code::invalid_document, problems_.all());
      if (!nearest_.empty()) error.with("nearest", nearest_);
      throw error;
    }
    return std::move(categories_);
  }

 private:
  void complain(std::string message, std::int64_t line) {
    problems_.add({std::move(message), {}, no_offset, line, 0});
  }

  // ---- columns

  static std::optional<Field> field_of(std::string_view name, bool feature_is_value) {
    if (name == "category") return attribute;
    if (name == "name") return value;
    if (name == "feature") return feature_is_value ? value : attribute;
    for (std::size_t f = 0; f < fields; ++f) {
      if (name == field_names[f]) return static_cast<Field>(f);
    }
    return std::nullopt;
  }

  void find_columns() {
    std::vector<std::string> names;
    names.reserve(static_cast<std::size_t>(table_.columns()));
    for (std::int32_t c = 0; c < table_.columns(); ++c) {
      names.push_back(lower(table_.column(c).name));
    }
    const bool category = std::find(names.begin(), names.end(), "category") != names.end() ||
                          std::find(names.begin(), names.end(), "attribute") != names.end();
    columns_.fill(-1);
    std::vector<std::string_view> unknown;
    for (std::size_t c = 0; c < names.size(); ++c) {
      const std::optional<Field> field = field_of(names[c], category);
      if (!field) {
        unknown.push_back(table_.column(static_cast<std::int32_t>(c)).name);
      } else if (columns_[*field] >= 0) {
        complain("two columns are the " + std::string(field_names[*field]) + ", " +
                     backticked(table_.column(columns_[*field]).name) + " and " +
                     backticked(table_.column(static_cast<std::int32_t>(c)).name),
                 1);
      } else {
        columns_[*field] = static_cast<std::int32_t>(c);
      }
    }
    for (const std::string_view name : unknown) refuse_column(name);
    for (const Field field : {attribute, value, least, most}) {
      if (columns_[field] < 0) require_column(field, unknown);
    }
  }

  void refuse_column(std::string_view name) {
    const std::string_view near = nearest_spelling(trimmed(name), field_names);
    if (nearest_.empty()) nearest_ = near;
    complain("the column " + backticked(name) + " is none of a category file" +
                 (near.empty() ? "" : ", did you mean " + backticked(near) + "?"),
             1);
  }

  void require_column(Field field, const std::vector<std::string_view>& unknown) {
    static constexpr std::array<std::string_view, 4> wanted = {
        "`attribute`, `category` or `feature`", "`value`, `feature` or `name`", "`min`", "`max`"};
    const std::string_view near = nearest_spelling(field_names[field], unknown);
    complain("there is no column " + std::string(wanted[field]) +
                 (near.empty() ? "" : "; the nearest is " + backticked(near)),
             1);
  }

  // ---- rows

  std::string_view cell(Field field, std::int64_t row) const {
    return columns_[field] < 0 ? std::string_view()
                               : trimmed(table_.column(columns_[field]).text(row));
  }

  bool blank(std::int64_t row) const {
    for (std::int32_t c = 0; c < table_.columns(); ++c) {
      if (!trimmed(table_.column(c).text(row)).empty()) return false;
    }
    return true;
  }

  void read_row(std::int64_t row, std::int64_t line) {
    if (++rows_ == most_categories_ + 1) {
      complain("expected at most " + std::to_string(most_categories_) + " categories", line);
    }
    Category category;
    category.line = line;
    category.attribute = spelling(cell(attribute, row));
    category.value = spelling(cell(value, row));
    for (const Field field : {attribute, value}) {
      if (cell(field, row).empty()) {
        complain("the " + std::string(field_names[field]) + " is blank", line);
      }
    }
    for (const Field field : {least, most}) {
      category.counts[field] = count(field, row, line);
      if (cell(field, row).empty()) {
        complain("the " + std::string(field_names[field]) + " is blank", line);
      }
    }
    for (const Field field : {flexible_least, flexible_most}) {
      category.counts[field] = count(field, row, line);
    }
    settle_flexible(category);
    check_numbers(category);
    if (!category.attribute.empty() && !category.value.empty()) add(std::move(category));
  }

  std::optional<std::int64_t> count(Field field, std::int64_t row, std::int64_t line) {
    const std::string_view text = cell(field, row);
    if (text.empty()) return std::nullopt;
    std::int64_t number = 0;
    for (const char c : text) {
      if (c < '0' || c > '9' || number > most_count) {
        number = most_count + 1;
        break;
      }
      number = number * 10 + (c - '0');
    }
    if (number <= most_count) return number;
    complain("the " + std::string(field_names[field]) + " is not a count from 0 to " +
                 std::to_string(most_count) + ": " + backticked(text),
             line);
    return std::nullopt;
  }

  static void settle_flexible(Category& category) {
    std::optional<std::int64_t>& lowered = category.counts[flexible_least];
    std::optional<std::int64_t>& raised = category.counts[flexible_most];
    if (lowered == 0 && raised == 0 && category.counts[most] != 0) lowered = raised = std::nullopt;
  }

  // What one row alone makes impossible; numbers that a fault left out are not asked.
  void check_numbers(const Category& category) {
    const auto& counts = category.counts;
    const auto refuse = [&](Field lower_one, Field upper_one) {
      if (!counts[lower_one] || !counts[upper_one] || *counts[lower_one] <= *counts[upper_one]) {
        return;
      }
      complain("the " + std::string(field_names[lower_one]) + " " +
                   std::to_string(*counts[lower_one]) + " is above the " +
                   std::string(field_names[upper_one]) + " " + std::to_string(*counts[upper_one]),
               category.line);
    };
    refuse(least, most);
    refuse(flexible_least, least);
    refuse(most, flexible_most);
    if (size_ && counts[least] && *counts[least] > *size_) {
      complain("the min " + std::to_string(*counts[least]) +
                   " is above the size of the committee, " + std::to_string(*size_),
               category.line);
    }
  }

  void add(Category category) {
    const auto [at, fresh] =
        seen_.emplace(std::pair(category.attribute, category.value), category.line);
    if (!fresh) {
      complain(backticked(category.attribute) + " has a row for " + backticked(category.value) +
                   " already, in line " + std::to_string(at->second),
               category.line);
    }
    categories_.push_back(std::move(category));
  }

  const Table& table_;
  const std::vector<std::int64_t>& lines_;
  bool whole_;  // no row is left out
  std::optional<std::int64_t> size_;
  std::size_t most_categories_, rows_ = 0;
  std::array<std::int32_t, fields> columns_{};
  std::vector<Category> categories_;
  std::map<std::pair<std::string, std::string>, std::int64_t> seen_;
  json::Problems problems_;
  std::string nearest_;
};

// ---- the document

class DocumentWriter {
 public:
  DocumentWriter(const std::vector<Category>& categories, const CategoryFile& file)
      : categories_(categories), file_(file) {}

  std::string write() {
    out_.begin_object();
    out_.key("criteria").value(file_.name).key("version").value("1");
    out_.key("title").value(file_.name);
    if (file_.size) out_.key("size").value(*file_.size);
    write_attributes();
    out_.key("rules").begin_array();
    for (const Category& category : categories_) write_quota(category);
    for (const std::string& column : file_.one_per) {
      out_.begin_object().key("id").value(row_id("one per " + spelling(column)));
      out_.key("kind").value("at_most_per").key("attribute").value(spelling(column)).end_object();
    }
    out_.end_array().end_object();
    return out_.take();
  }

 private:
  void write_attributes() {
    std::vector<std::string> names;  // in the order of the file
    std::map<std::string, std::vector<std::string_view>> values;
    for (const Category& category : categories_) {
      auto& list = values[category.attribute];
      if (list.empty()) names.push_back(category.attribute);
      list.push_back(category.value);
    }
    out_.key("attributes").begin_object();
    for (const std::string& name : names) {
      out_.key(name).begin_object().key("multiple").value(true).key("values").begin_object();
      for (const std::string_view text : values[name]) out_.key(text).value(text);
      out_.end_object().end_object();
    }
    for (const std::string& column : file_.one_per) {
      if (values.try_emplace(spelling(column)).second) {
        out_.key(spelling(column)).begin_object().end_object();
      }
    }
    out_.end_object();
  }

  void write_quota(const Category& category) {
    const auto& counts = category.counts;
    out_.begin_object().key("id").value(row_id(category.attribute + ": " + category.value));
    out_.key("kind").value("quota").key("attribute").value(category.attribute);
    out_.key("value").value(category.value);
    out_.key("min").value(*counts[least]).key("max").value(*counts[most]);
    if (counts[flexible_least] || counts[flexible_most]) {
      out_.key("flexible").begin_object();
      if (counts[flexible_least]) out_.key("min").value(*counts[flexible_least]);
      if (counts[flexible_most]) out_.key("max").value(*counts[flexible_most]);
      out_.end_object();
    }
    out_.end_object();
  }

  // `a: b` and `c` may look like `a` and `b: c`.
  std::string row_id(const std::string& wanted) {
    std::string id = wanted;
    for (int n = 2; !ids_.insert(id).second; ++n) id = wanted + " (" + std::to_string(n) + ")";
    return id;
  }

  const std::vector<Category>& categories_;
  const CategoryFile& file_;
  json::Writer out_;
  std::set<std::string> ids_{"size"};
};

void require_arguments(const CategoryFile& file) {
  const auto named = [](const std::string& text) {
    return utf8_invalid_at(text) == std::string_view::npos && !spelling(text).empty();
  };
  if (!named(file.name)) throw Error(Code::invalid_argument, "the criteria need a name");
  if (file.size && (*file.size < 0 || *file.size > most_count)) {
    throw Error(Code::invalid_argument, "a size is from 0 to " + std::to_string(most_count));
  }
  std::set<std::string> columns;
  for (const std::string& column : file.one_per) {
    if (!named(column)) throw Error(Code::invalid_argument, "a column's name is blank");
    if (!columns.insert(spelling(column)).second) {
      throw Error(Code::invalid_argument, "the column " + backticked(column) + " is named twice");
    }
  }
}

}  // namespace

std::string criteria_of_categories(std::string_view csv, const CategoryFile& file) {
  require_arguments(file);
  const CsvRows rows = read_csv_rows(without_end(csv), {delimiter_of(csv), false});
  const std::vector<Category> categories =
      read_all(rows, [&] { return CategoryReader(rows, file).read(); });
  return DocumentWriter(categories, file).write();
}

std::string criteria_of_categories(std::string_view csv, std::optional<std::int64_t> size,
                                   const std::string& name) {
  CategoryFile file;
  file.size = size;
  file.name = name;
  return criteria_of_categories(csv, file);
}

std::shared_ptr<const Nominees> nominees_of_respondents(std::string_view csv,
                                                        const NomineeColumns& columns,
                                                        Blank blank) {
  const CsvRows rows =
      read_csv_rows(without_end(csv), {delimiter_of(csv), blank == Blank::unknown});
  return read_all(rows, [&] { return Nominees::of(rows.table, columns, &rows.lines); });
}

}  // namespace partnership
