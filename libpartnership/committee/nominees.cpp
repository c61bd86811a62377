// SPDX-License-Identifier: Apache-2.0
#include "committee/nominees.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "committee/spelling.hpp"

namespace partnership {
namespace {

constexpr std::size_t most_problems = 100;

// One cell as text; Column::is_null was asked before.
std::string cell_text(const Column& column, std::int64_t row) {
  const auto i = static_cast<std::size_t>(row);
  std::string out;
  switch (column.type) {
    case ColumnType::boolean:
      return column.booleans[i] != 0 ? "true" : "false";
    case ColumnType::int32:
      return std::to_string(column.int32s[i]);
    case ColumnType::int64:
      return std::to_string(column.int64s[i]);
    case ColumnType::real:
      json::append_number(out, column.reals[i]);
      return out;
    case ColumnType::date:
      append_iso(out, column.int32s[i]);
      return out;
    case ColumnType::text:
      return std::string(column.text(row));
  }
  return out;
}

// Why a cell cannot be read at all, or an empty text.
std::string_view unreadable(const Column& column, std::int64_t row) {
  const auto i = static_cast<std::size_t>(row);
  if (column.type == ColumnType::text &&
      utf8_invalid_at(column.text(row)) != std::string_view::npos) {
    return "is not UTF-8";
  }
  if (column.type == ColumnType::real && !(column.reals[i] - column.reals[i] == 0)) {
    return "is not a finite number";
  }
  if (column.type == ColumnType::date &&
      (column.int32s[i] < date_min || column.int32s[i] > date_max)) {
    return "is a day outside the years 1 to 9999";
  }
  return {};
}

std::vector<std::string> pieces(std::string_view text, std::string_view separator) {
  std::vector<std::string> out;
  for (;;) {
    const std::size_t end = separator.empty() ? std::string_view::npos : text.find(separator);
    std::string piece = spelling(text.substr(0, end));
    if (!piece.empty()) out.push_back(std::move(piece));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + separator.size());
  }
}

// White space around a separator never matters; one that is nothing else is kept as it is.
std::string separator_of(const std::string& separator) {
  if (utf8_invalid_at(separator) != std::string_view::npos) {
    throw Error(Code::invalid_argument, "the separator of nominees' values is not UTF-8");
  }
  const std::string_view inner = trimmed(separator);
  return inner.empty() ? separator : std::string(inner);
}

}  // namespace

// Collects rows, interns values, notes what is wrong.
class NomineesBuilder {
 public:
  explicit NomineesBuilder(std::size_t rows, const std::vector<std::int64_t>* lines = nullptr)
      : lines_(lines), nominees_(new Nominees) {
    nominees_->ids_.reserve(rows);  // by_id_ holds views of these
  }

  void add_column(std::string name) {
    nominees_->columns_.push_back({std::move(name), {}, {0}, {}, {}});
    interned_.emplace_back();
  }

  // Of the whole, or of the names of its columns.
  void complain(std::string message) {
    problems_.add({std::move(message), {}, no_offset, of_text() ? 1 : 0, 0});
  }
  // Of the row that was begun last.
  void complain_here(const std::string& message) {
    const std::size_t row = nominees_->ids_.size() - 1;
    if (!of_text()) return problems_.add(Problem{place_of_row(row) + ": " + message, {}});
    problems_.add({message, {}, no_offset, (*lines_)[row], 0});
  }
  // The table was read from a text with lines.
  bool of_text() const noexcept { return lines_ != nullptr; }

  // Begins a row; `why_not` says what is wrong with an id that is absent or blank.
  void begin_row(std::optional<std::string> id, std::string_view why_not) {
    const auto row = static_cast<std::uint32_t>(nominees_->ids_.size());
    nominees_->ids_.push_back(std::move(id).value_or(std::string()));
    const std::string& kept = nominees_->ids_.back();
    if (kept.empty()) return complain_here("the id " + std::string(why_not));
    if (const auto [at, fresh] = nominees_->by_id_.emplace(kept, row); !fresh) {
      complain_here("the id " + backticked(kept) + " is repeated; it was first in " +
                    place_of_row(at->second));
    }
  }

  void add_unknown(std::size_t column) {
    Nominees::Facts& to = nominees_->columns_[column];
    to.known.push_back(0);
    to.offsets.push_back(static_cast<std::uint32_t>(to.cells.size()));
  }

  void add_values(std::size_t column, const std::vector<std::string>& values) {
    Nominees::Facts& to = nominees_->columns_[column];
    const std::size_t begin = to.cells.size();
    for (const std::string& value : values) to.cells.push_back(intern(column, value));
    const auto first = to.cells.begin() + static_cast<std::ptrdiff_t>(begin);
    std::sort(first, to.cells.end());
    to.cells.erase(std::unique(first, to.cells.end()), to.cells.end());
    to.known.push_back(1);
    to.offsets.push_back(static_cast<std::uint32_t>(to.cells.size()));
  }

  std::shared_ptr<const Nominees> finish() {
    problems_.raise(Code::invalid_document);
    return std::move(nominees_);
  }

 private:
  std::string place_of_row(std::size_t row) const {
    return of_text() ? "line " + std::to_string((*lines_)[row]) : "row " + std::to_string(row + 1);
  }

  std::uint32_t intern(std::size_t column, const std::string& value) {
    std::vector<std::string>& values = nominees_->columns_[column].values;
    const auto [at, fresh] =
        interned_[column].emplace(value, static_cast<std::uint32_t>(values.size()));
    if (fresh) values.push_back(value);
    return at->second;
  }

  const std::vector<std::int64_t>* lines_;
  std::shared_ptr<Nominees> nominees_;
  std::vector<std::unordered_map<std::string, std::uint32_t>> interned_;
  json::Problems problems_;
};

namespace {

std::int32_t find_id_column(const Table& table, const std::string& wanted) {
  const std::string name = spelling(wanted);
  std::vector<std::string_view> names;
  for (std::int32_t c = 0; c < table.columns(); ++c) {
    if (spelling(table.column(c).name) == name) return c;
    names.emplace_back(table.column(c).name);
  }
  const std::string_view nearest = nearest_spelling(wanted, names);
  Error error(Code::invalid_argument,
              "there is no column " + backticked(wanted) + " with the ids" +
                  (nearest.empty() ? "" : ", did you mean " + backticked(nearest) + "?"));
  if (!nearest.empty()) error.with("nearest", std::string(nearest));
  throw error;
}

void read_cell(NomineesBuilder& builder, std::size_t to, const Column& column, std::int64_t row,
               const std::string& separator) {
  if (column.is_null(row)) return builder.add_unknown(to);
  if (const std::string_view why = unreadable(column, row); !why.empty()) {
    builder.complain_here(backticked(column.name) + " " + std::string(why));
    return builder.add_unknown(to);
  }
  const bool several = column.type == ColumnType::text;
  builder.add_values(to, pieces(cell_text(column, row), several ? separator : std::string()));
}

void read_id(NomineesBuilder& builder, const Column& ids, std::int64_t row) {
  if (ids.is_null(row)) {
    builder.begin_row(std::nullopt, builder.of_text() ? "is blank" : "is null");
  } else if (const std::string_view why = unreadable(ids, row); !why.empty()) {
    builder.begin_row(std::nullopt, why);
  } else {
    builder.begin_row(spelling(cell_text(ids, row)), "is blank");
  }
}

bool readable(std::string_view text) {
  return utf8_invalid_at(text) == std::string_view::npos;
}

// One nominee of a C++ program; `columns` are the spellings of all attributes.
void read_nominee(NomineesBuilder& builder, const Nominee& nominee,
                  const std::map<std::string, std::size_t>& columns) {
  if (readable(nominee.id)) {
    builder.begin_row(spelling(nominee.id), "is blank");
  } else {
    builder.begin_row(std::nullopt, "is not UTF-8");
  }
  std::vector<const std::optional<std::vector<std::string>>*> cells(columns.size(), nullptr);
  for (const auto& [name, values] : nominee.attributes) {
    if (!readable(name)) {
      builder.complain_here("an attribute's name is not UTF-8");
      continue;
    }
    auto& cell = cells[columns.at(spelling(name))];
    if (cell != nullptr) {
      builder.complain_here("two attributes are " + backticked(spelling(name)));
    }
    cell = &values;
  }
  for (std::size_t c = 0; c < cells.size(); ++c) {
    if (cells[c] == nullptr || !cells[c]->has_value()) {
      builder.add_unknown(c);
      continue;
    }
    std::vector<std::string> texts;
    for (const std::string& value : **cells[c]) {
      if (!readable(value)) {
        builder.complain_here("a value is not UTF-8");
      } else if (std::string text = spelling(value); !text.empty()) {
        texts.push_back(std::move(text));
      }
    }
    builder.add_values(c, texts);
  }
}

}  // namespace

std::shared_ptr<const Nominees> Nominees::of(const Table& table, const NomineeColumns& columns,
                                             const std::vector<std::int64_t>* lines) {
  const std::int32_t id_column = find_id_column(table, columns.id_column);
  const std::string separator = separator_of(columns.separator);
  NomineesBuilder builder(static_cast<std::size_t>(table.rows()), lines);
  std::unordered_set<std::string> names;
  for (std::int32_t c = 0; c < table.columns(); ++c) {
    if (c == id_column) continue;
    std::string name = spelling(table.column(c).name);
    if (!names.insert(name).second) builder.complain("two columns are " + backticked(name));
    builder.add_column(std::move(name));
  }
  for (std::int64_t row = 0; row < table.rows(); ++row) {
    read_id(builder, table.column(id_column), row);
    std::size_t to = 0;
    for (std::int32_t c = 0; c < table.columns(); ++c) {
      if (c != id_column) read_cell(builder, to++, table.column(c), row, separator);
    }
  }
  return builder.finish();
}

std::shared_ptr<const Nominees> Nominees::of(std::span<const Nominee> nominees) {
  std::map<std::string, std::size_t> columns;  // spelling to index
  for (const Nominee& nominee : nominees) {
    for (const auto& [name, values] : nominee.attributes) {
      if (readable(name)) columns.emplace(spelling(name), 0);
    }
  }
  NomineesBuilder builder(nominees.size());
  std::size_t index = 0;
  for (auto& [name, column] : columns) {
    column = index++;
    builder.add_column(name);
  }
  for (const Nominee& nominee : nominees) read_nominee(builder, nominee, columns);
  return builder.finish();
}

std::optional<std::uint32_t> Nominees::find(std::string_view id) const {
  if (const auto at = by_id_.find(id); at != by_id_.end()) return at->second;
  if (utf8_invalid_at(id) != std::string_view::npos) return std::nullopt;
  if (const auto at = by_id_.find(spelling(id)); at != by_id_.end()) return at->second;
  return std::nullopt;
}

const Nominees::Facts* Nominees::column(std::string_view name) const noexcept {
  for (const Facts& column : columns_) {
    if (column.name == name) return &column;
  }
  return nullptr;
}

void Nominees::throw_missing(std::span<const std::string_view> missing) const {
  std::vector<Problem> problems;
  for (const std::string_view id : missing.first(std::min(missing.size(), most_problems))) {
    const bool readable = utf8_invalid_at(id) == std::string_view::npos;
    problems.push_back(
        {readable ? backticked(id) + " is no nominee" : "a member's id is not UTF-8", {}});
  }
  Error error(Code::not_found, std::move(problems));
  const std::vector<std::string_view> ids(ids_.begin(), ids_.end());
  const std::string_view nearest = utf8_invalid_at(missing.front()) == std::string_view::npos
                                       ? nearest_spelling(spelling(missing.front()), ids)
                                       : std::string_view();
  if (!nearest.empty()) error.with("nearest", std::string(nearest));
  throw error;
}

void Nominees::throw_repeated(std::span<const std::uint32_t> ascending) const {
  std::vector<Problem> problems;
  for (std::size_t i = 1; i < ascending.size() && problems.size() < most_problems; ++i) {
    const bool first_repetition = i < 2 || ascending[i - 2] != ascending[i];
    if (ascending[i] == ascending[i - 1] && first_repetition) {
      problems.push_back({"the member " + backticked(id(ascending[i])) + " is named twice", {}});
    }
  }
  throw Error(Code::invalid_argument, std::move(problems));
}

std::vector<std::uint32_t> Nominees::members(std::span<const std::string_view> ids) const {
  std::vector<std::uint32_t> found;
  found.reserve(ids.size());
  std::vector<std::string_view> missing;
  for (const std::string_view id : ids) {
    if (const auto nominee = find(id)) {
      found.push_back(*nominee);
    } else {
      missing.push_back(id);
    }
  }
  if (!missing.empty()) throw_missing(missing);
  std::sort(found.begin(), found.end());
  if (std::adjacent_find(found.begin(), found.end()) != found.end()) throw_repeated(found);
  return found;
}

}  // namespace partnership
