// SPDX-License-Identifier: Apache-2.0
#include "base/csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <vector>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"

namespace partnership {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t most_problems = 100;

void demand_delimiter(char delimiter) {
  const bool visible = delimiter >= ' ' && delimiter <= '~' && delimiter != '"';
  if (visible || delimiter == '\t') return;
  throw Error(Code::invalid_argument,
              "the delimiter must be a tab or an ASCII character other than a quote");
}

struct Cell {
  std::size_t begin, end;  // in the text, without the quotes around it
  bool quoted, doubled;    // doubled: it holds quotes, each written twice
};

// Finds the cells of one record after another, and what is wrong with them.
class CsvReader {
 public:
  CsvReader(std::string_view text, const CsvOptions& options) : text_(text), options_(options) {
    if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
    utf8_ = utf8_invalid_at(text_) == std::string_view::npos;
  }

  Table read() {
    read_records();
    place_problems();
    if (!problems_.empty()) throw Error(Code::malformed, std::move(problems_));
    return builder_.finish();
  }

  // The rows that are right, whatever is wrong with others.
  CsvRows read_rows() {
    keeps_rows_ = true;
    read_records();
    place_problems();
    CsvRows out;
    if (named_) out.table = builder_.finish();
    out.problems = std::move(problems_);
    std::size_t before = 0;
    std::int64_t line = 1;
    for (const std::size_t start : starts_) {
      const std::string_view passed = text_.substr(before, start - before);
      line += std::count(passed.begin(), passed.end(), '\n');
      out.lines.push_back(line);
      before = start;
    }
    return out;
  }

 private:
  void read_records() {
    if (at_ == text_.size()) {
      note(at_, "empty text, expected a record that names the columns");
    } else if (record()) {
      name_columns();
    }
    named_ = problems_.empty();
    while (at_ < text_.size() && problems_.size() < most_problems) {
      if (!record() || !right_count() || !named_) continue;
      if (keeps_rows_) starts_.push_back(start_);
      if (keeps_rows_ || problems_.empty()) append_row();
    }
  }

  // Reads the next record into cells_. When it is wrong, notes why, goes on to the next line and
  // answers false.
  bool record() {
    start_ = at_;
    cells_.clear();
    while (true) {
      if (!cell()) return false;
      if (at_ < text_.size() && text_[at_] == options_.delimiter) {
        ++at_;
        continue;
      }
      end_line();
      return valid_utf8();
    }
  }

  bool at_end_of_line() const noexcept {
    if (at_ == text_.size() || text_[at_] == '\n') return true;
    return text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
  }

  void end_line() noexcept {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size()) ++at_;
  }

  bool cell() {
    if (at_ < text_.size() && text_[at_] == '"') return quoted_cell();
    const std::size_t begin = at_;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == options_.delimiter || c == '\n') break;
      if (c == '"') return wrong(at_, "quote inside a cell that does not begin with one");
      if (c == '\r') {
        if (at_end_of_line()) break;
        return wrong(at_, "carriage return without a line feed after it");
      }
    }
    cells_.push_back({begin, at_, false, false});
    return true;
  }

  bool quoted_cell() {
    const std::size_t quote = at_;
    bool doubled = false;
    for (++at_;; at_ += 2) {
      at_ = text_.find('"', at_);
      if (at_ == std::string_view::npos) {
        at_ = text_.size();
        note(quote, "quote that is never closed");
        return false;
      }
      if (at_ + 1 == text_.size() || text_[at_ + 1] != '"') break;
      doubled = true;
    }
    cells_.push_back({quote + 1, at_, true, doubled});
    ++at_;
    if (at_end_of_line() || text_[at_] == options_.delimiter) return true;
    return wrong(at_, std::string("text after a closing quote, expected `") + options_.delimiter +
                          "` or the end of the line");
  }

  // The record is wrong at `offset`; reading resumes on the next line.
  bool wrong(std::size_t offset, std::string message) {
    note(offset, std::move(message));
    at_ = std::min(text_.find('\n', offset), text_.size());
    end_line();
    return false;
  }

  bool valid_utf8() {
    if (utf8_) return true;
    const std::size_t invalid = utf8_invalid_at(text_.substr(start_, at_ - start_));
    if (invalid == std::string_view::npos) return true;
    note(start_ + invalid, "bytes that are not UTF-8");
    return false;
  }

  bool right_count() {
    if (columns_ == 0 || cells_.size() == columns_) return true;  // 0: the header is wrong
    const std::string found = std::to_string(cells_.size());
    note(start_, "record of " + found + (cells_.size() == 1 ? " cell" : " cells") + ", expected " +
                     std::to_string(columns_));
    return false;
  }

  std::string_view content(const Cell& cell) {
    const std::string_view raw = text_.substr(cell.begin, cell.end - cell.begin);
    if (!cell.doubled) return raw;
    unquoted_.clear();
    for (std::size_t i = 0; i < raw.size(); ++i) {
      unquoted_ += raw[i];
      if (raw[i] == '"') ++i;
    }
    return unquoted_;
  }

  void name_columns() {
    columns_ = cells_.size();
    std::set<std::string, std::less<>> names;
    for (const Cell& cell : cells_) {
      const std::string_view name = content(cell);
      const std::size_t place = cell.begin - (cell.quoted ? 1 : 0);
      if (name.empty()) {
        note(place, "column without a name");
      } else if (!names.emplace(name).second) {
        note(place, "column " + quoted(name) + " stands twice");
      } else if (problems_.empty()) {
        builder_.add(std::string(name), ColumnType::text);
      }
    }
  }

  void append_row() {
    std::int32_t column = 0;
    for (const Cell& cell : cells_) {
      if (options_.empty_is_null && !cell.quoted && cell.begin == cell.end) {
        builder_.null(column);
      } else {
        builder_.text(column, content(cell));
      }
      ++column;
    }
  }

  void note(std::size_t offset, std::string message) {
    if (problems_.size() == most_problems) return;
    problems_.push_back({std::move(message), {}, static_cast<std::int64_t>(offset), 0, 0});
  }

  // Problems were noted in the order of the text: one walk over it gives every line and column.
  void place_problems() {
    Place place;
    std::size_t before = 0;
    for (Problem& problem : problems_) {
      const auto offset = static_cast<std::size_t>(problem.offset);
      const Place step = place_of(text_.substr(before), offset - before);
      place.column = step.line == 1 ? place.column + step.column - 1 : step.column;
      place.line += step.line - 1;
      problem.line = place.line;
      problem.column = place.column;
      before = offset;
    }
  }

  std::string_view text_;
  const CsvOptions& options_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;            // of the current record
  bool utf8_ = true;                 // the whole text is
  bool named_ = false;               // the columns are
  bool keeps_rows_ = false;          // also where others are wrong
  std::vector<std::size_t> starts_;  // of the rows kept
  std::vector<Cell> cells_;
  std::size_t columns_ = 0;
  std::string unquoted_;
  std::vector<Problem> problems_;
  TableBuilder builder_;
};

class CsvWriter {
 public:
  CsvWriter(const Table& table, char delimiter) : table_(table), delimiter_(delimiter) {}

  std::string write() {
    for (std::int32_t c = 0; c < table_.columns(); ++c) {
      separate(c);
      text(table_.column(c).name);
    }
    if (table_.columns() > 0) out_ += "\r\n";
    for (std::int64_t row = 0; row < table_.rows(); ++row) {
      for (std::int32_t c = 0; c < table_.columns(); ++c) {
        separate(c);
        if (!table_.column(c).is_null(row)) cell(table_.column(c), row);
      }
      out_ += "\r\n";
    }
    return std::move(out_);
  }

 private:
  void separate(std::int32_t column) {
    if (column > 0) out_ += delimiter_;
  }

  // An empty text is quoted to differ from a null, and a text that begins like a byte order mark
  // so that it is not taken for one.
  void text(std::string_view value) {
    const bool plain = !value.empty() && !value.starts_with(byte_order_mark) &&
                       std::none_of(value.begin(), value.end(), [this](char c) {
                         return c == delimiter_ || c == '"' || c == '\r' || c == '\n';
                       });
    if (plain) {
      out_ += value;
      return;
    }
    out_ += '"';
    for (const char c : value) {
      if (c == '"') out_ += '"';
      out_ += c;
    }
    out_ += '"';
  }

  void integer(std::int64_t value) {
    char digits[24];
    text({digits, static_cast<std::size_t>(
                      std::to_chars(digits, digits + sizeof digits, value).ptr - digits)});
  }

  void real(double value) {
    std::string digits;
    if (std::isnan(value)) {
      digits = "NaN";
    } else if (std::isinf(value)) {
      digits = value < 0 ? "-Infinity" : "Infinity";
    } else {
      json::append_number(digits, value);
    }
    text(digits);
  }

  void date(std::int32_t days) {
    if (days == date_none) return;  // an open end reads like a null
    std::string iso_text;
    append_iso(iso_text, days);
    text(iso_text);
  }

  void cell(const Column& column, std::int64_t row) {
    const auto at = static_cast<std::size_t>(row);
    switch (column.type) {
      case ColumnType::boolean:
        return text(column.booleans[at] != 0 ? "true" : "false");
      case ColumnType::int32:
        return integer(column.int32s[at]);
      case ColumnType::int64:
        return integer(column.int64s[at]);
      case ColumnType::real:
        return real(column.reals[at]);
      case ColumnType::date:
        demand_date(column, row);
        return date(column.int32s[at]);
      case ColumnType::text:
        return text(column.text(row));
    }
  }

  static void demand_date(const Column& column, std::int64_t row) {
    const std::int32_t days = column.int32s[static_cast<std::size_t>(row)];
    if (days == date_none || (days >= date_min && days <= date_max)) return;
    throw Error(Code::invalid_argument,
                "day " + std::to_string(days) + " in row " + std::to_string(row) + " of column " +
                    quoted(column.name) + " is not between 0001-01-01 and 9999-12-31");
  }

  const Table& table_;
  const char delimiter_;
  std::string out_;
};

}  // namespace

Table read_csv(std::string_view text, const CsvOptions& options) {
  demand_delimiter(options.delimiter);
  return CsvReader(text, options).read();
}

CsvRows read_csv_rows(std::string_view text, const CsvOptions& options) {
  demand_delimiter(options.delimiter);
  return CsvReader(text, options).read_rows();
}

std::string write_csv(const Table& table, const CsvOptions& options) {
  demand_delimiter(options.delimiter);
  return CsvWriter(table, options.delimiter).write();
}

}  // namespace partnership
