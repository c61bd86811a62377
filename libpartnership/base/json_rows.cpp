// SPDX-License-Identifier: Apache-2.0
//
// A JSON array of objects as a table, and back.
#include <cmath>
#include <map>
#include <vector>

#include "base/csv.hpp"
#include "base/date.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "base/quote.hpp"

namespace partnership {

namespace {

using json::Type;
using json::Value;

constexpr std::size_t most_problems = 100;
constexpr std::int64_t exact_integers = std::int64_t{1} << 53U;

// What the values of one member name have in common.
struct Member {
  std::string_view name;
  bool any = false;      // a value that is not null
  bool booleans = true;  // every value that is not null is one
  bool integers = true;
  bool numbers = true;
  bool exact = true;  // every integer is a double, too

  void see(Value value) {
    if (value.is(Type::null)) return;
    any = true;
    booleans = booleans && value.is(Type::boolean);
    integers = integers && value.is(Type::integer);
    numbers = numbers && value.is_number();
    if (value.is(Type::integer)) {
      exact = exact && value.integer() >= -exact_integers && value.integer() <= exact_integers;
    }
  }

  ColumnType type() const {
    if (!any) return ColumnType::text;
    if (booleans) return ColumnType::boolean;
    if (integers) return ColumnType::int64;
    return numbers && exact ? ColumnType::real : ColumnType::text;
  }
};

bool texts_only(Value array) {
  for (const Value item : array) {
    if (!item.is(Type::string) || item.text().find(';') != std::string_view::npos) return false;
  }
  return true;
}

std::string text_of(Value value) {
  if (value.is(Type::string)) return std::string(value.text());
  if (value.is(Type::integer)) return std::to_string(value.integer());
  if (!value.is(Type::array) || !texts_only(value)) return json::canonical(value);
  std::string out;
  for (const Value item : value) {
    if (item.offset() != value[0].offset()) out += ';';
    out += item.text();
  }
  return out;
}

class RowReader {
 public:
  explicit RowReader(std::string_view text) : document_(json::Document::parse(text)) {}

  Table read() {
    find_members();
    TableBuilder builder;
    for (const Member& member : members_) builder.add(std::string(member.name), member.type());
    std::vector<bool> there(members_.size());
    for (const Value row : document_->root()) append(builder, row, there);
    return builder.finish();
  }

 private:
  void find_members() {
    const Value rows = document_->root();
    json::Problems problems;
    if (!rows.is(Type::array)) {
      problems.add(rows, "expected an array of objects, found " + json::a_type(rows.type()));
      problems.raise(Code::malformed);
    }
    for (const Value row : rows) {
      if (problems.size() == most_problems) break;
      if (!row.is(Type::object)) {
        problems.add(row, "expected an object, found " + json::a_type(row.type()));
        continue;
      }
      std::size_t guess = 0;
      for (const Value member : row) members_[index_of(member.key(), guess++)].see(member);
    }
    problems.raise(Code::malformed);
    demand_size(rows.size());
  }

  // Rows mostly have their members in the same order.
  std::size_t index_of(std::string_view name, std::size_t guess) {
    if (guess < members_.size() && members_[guess].name == name) return guess;
    const auto [found, added] = index_.emplace(name, members_.size());
    if (added) members_.push_back({name});
    return found->second;
  }

  // A million rows of one name each, all different, would make 10^12 cells.
  void demand_size(std::size_t rows) const {
    const std::size_t most = (std::size_t{1} << 20U) + 8 * document_->source().size();
    if (members_.empty() || rows <= most / members_.size()) return;
    throw Error(Code::limit, std::to_string(rows) + " rows of " + std::to_string(members_.size()) +
                                 " columns are mostly empty, expected at most " +
                                 std::to_string(most) + " cells for a text of this size");
  }

  void append(TableBuilder& builder, Value row, std::vector<bool>& there) {
    there.assign(members_.size(), false);
    std::size_t guess = 0;
    for (const Value value : row) {
      const std::size_t index = index_of(value.key(), guess++);
      there[index] = true;
      append_cell(builder, static_cast<std::int32_t>(index), members_[index].type(), value);
    }
    for (std::size_t index = 0; index < there.size(); ++index) {
      if (!there[index]) builder.null(static_cast<std::int32_t>(index));
    }
  }

  static void append_cell(TableBuilder& builder, std::int32_t column, ColumnType type,
                          Value value) {
    if (value.is(Type::null)) {
      builder.null(column);
    } else if (type == ColumnType::boolean) {
      builder.boolean(column, value.boolean());
    } else if (type == ColumnType::int64) {
      builder.int64(column, value.integer());
    } else if (type == ColumnType::real) {
      builder.real(column, value.real());
    } else {
      builder.text(column, text_of(value));
    }
  }

  std::unique_ptr<const json::Document> document_;
  std::vector<Member> members_;
  std::map<std::string_view, std::size_t> index_;
};

[[noreturn]] void refuse(const Column& column, std::int64_t row, const std::string& what) {
  throw Error(Code::invalid_argument,
              what + " in row " + std::to_string(row) + " of column " + quoted(column.name));
}

// Whole reals keep a fraction, so that they are read back as reals.
void write_real(json::Writer& writer, const Column& column, std::int64_t row) {
  const double value = column.reals[static_cast<std::size_t>(row)];
  if (!std::isfinite(value)) refuse(column, row, "JSON has no infinity and no NaN: found one");
  std::string digits;
  json::append_number(digits, value);
  if (digits.find_first_of(".e") == std::string::npos) digits += ".0";
  writer.raw(digits);
}

void write_date(json::Writer& writer, const Column& column, std::int64_t row) {
  const std::int32_t days = column.int32s[static_cast<std::size_t>(row)];
  if (days == date_none) {
    writer.null();
  } else if (days < date_min || days > date_max) {
    refuse(column, row,
           "expected a day between 0001-01-01 and 9999-12-31, found day " + std::to_string(days));
  } else {
    writer.value(iso(days));
  }
}

void write_cell(json::Writer& writer, const Column& column, std::int64_t row) {
  const auto at = static_cast<std::size_t>(row);
  if (column.is_null(row)) {
    writer.null();
    return;
  }
  switch (column.type) {
    case ColumnType::boolean:
      writer.value(column.booleans[at] != 0);
      break;
    case ColumnType::int32:
      writer.value(column.int32s[at]);
      break;
    case ColumnType::int64:
      writer.value(column.int64s[at]);
      break;
    case ColumnType::real:
      write_real(writer, column, row);
      break;
    case ColumnType::date:
      write_date(writer, column, row);
      break;
    case ColumnType::text:
      writer.value(column.text(row));
      break;
  }
}

}  // namespace

Table read_json_rows(std::string_view text) {
  return RowReader(text).read();
}

std::string write_json_rows(const Table& table) {
  std::string out = "[";
  for (std::int64_t row = 0; row < table.rows(); ++row) {
    json::Writer writer;
    writer.begin_object();
    for (std::int32_t c = 0; c < table.columns(); ++c) {
      writer.key(table.column(c).name);
      write_cell(writer, table.column(c), row);
    }
    writer.end_object();
    out += row == 0 ? "\n" : ",\n";
    out += writer.take();
  }
  out += table.rows() == 0 ? "]" : "\n]";
  return out;
}

}  // namespace partnership
