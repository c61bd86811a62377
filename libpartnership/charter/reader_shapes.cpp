// SPDX-License-Identifier: Apache-2.0
//
// What a norm demands: its conditions and the one shape that it has.
#include <array>
#include <set>

#include "base/text.hpp"
#include "charter/reader.hpp"
#include "feel/lexer.hpp"

namespace partnership::charter {

namespace {

constexpr std::array shapes = {Shape::require,  Shape::deadline,   Shape::notice,
                               Shape::duration, Shape::recurrence, Shape::coverage};
constexpr std::array<std::string_view, 4> silences = {"breach", "refusal", "acceptance", "lapse"};
constexpr std::array<std::string_view, 1> day_off = {"next working day"};

constexpr std::int64_t most_times = 1'000'000;

}  // namespace

void CharterReader::read_shape(json::ObjectReader& reader, json::Value norm, NormVersion& version,
                               NormSource& source) {
  expression(reader, "applies", false, Wanted::boolean, version.applies);
  if (const auto unless = reader.any("unless")) {
    read_unless(*unless, version.unless.emplace());
  }
  std::optional<json::Value> found;
  for (const Shape shape : shapes) {
    const auto value = reader.any(shape_name(shape));
    if (!value) continue;
    if (found) {
      problems_.add(*value, "this norm has the shape " + backticked(found->key()) +
                                " already; expected exactly one");
      continue;
    }
    found = value;
    version.shape = shape;
  }
  if (!found) {
    problems_.add(norm,
                  "expected exactly one of `require`, `deadline`, `notice`, `duration`, "
                  "`recurrence` and `coverage`");
    return;
  }
  switch (version.shape) {
    case Shape::require:
      return read_require(*found, version.require);
    case Shape::deadline:
      return read_deadline(*found, version.deadline, source);
    case Shape::notice:
      return read_notice(*found, version.notice);
    case Shape::duration:
      return read_duration(*found, version.duration);
    case Shape::recurrence:
      return read_recurrence(*found, version.recurrence);
    case Shape::coverage:
      return read_coverage(*found, version.coverage, source);
  }
}

// ---- pieces

void CharterReader::read_expression(std::optional<json::Value> value, Wanted wanted,
                                    Expression& out) {
  if (!value) return;
  if (!value->is(json::Type::string)) {
    problems_.add(*value, "expected an expression in a text, found " + json::a_type(value->type()));
    return;
  }
  if (value->text().empty()) {
    problems_.add(*value, "expected an expression, found an empty text");
    return;
  }
  out.text = value->text();
  if (known_kind_) places_.push_back({kind_, *value, &out, wanted});
}

void CharterReader::expression(json::ObjectReader& reader, std::string_view key, bool required,
                               Wanted wanted, Expression& out) {
  read_expression(reader.any(key, required), wanted, out);
}

bool CharterReader::read_period(json::Value value, Allowed allowed, PeriodOf& out) {
  if (value.is(json::Type::object)) {
    out.unit = PeriodOf::Unit::feel;
    json::ObjectReader reader(value, problems_);
    expression(reader, "feel", true, Wanted::period, out.feel);
    reader.finish();
    return out.feel.given();
  }
  const auto found = parts_.period(value);
  if (!found) return false;
  out = *found;
  if (out.unit == PeriodOf::Unit::next_year) {
    if (allowed.next_year) return true;
    problems_.add(value, "a date of the next year is a period only as `within` of a deadline");
    return false;
  }
  if (out.count == 0 && !allowed.none) {
    problems_.add(value, "expected a period of at least 1, not " + backticked(value.text()));
    return false;
  }
  if (out.unit == PeriodOf::Unit::working_days && charter_->calendar() == nullptr) {
    problems_.add(value, "working days need the charter's `calendar`");
    return false;
  }
  return true;
}

bool CharterReader::period(json::ObjectReader& reader, std::string_view key, bool required,
                           Allowed allowed, PeriodOf& out) {
  const auto value = reader.any(key, required);
  return value && read_period(*value, allowed, out);
}

void CharterReader::read_unless(json::Value value, Unless& unless) {
  json::ObjectReader reader(value, problems_);
  expression(reader, "when", true, Wanted::boolean, unless.when);
  expression(reader, "reason", true, Wanted::reason, unless.reason);
  reader.finish();
}

// ---- shapes

void CharterReader::read_require(json::Value value, Require& require) {
  if (!value.is(json::Type::object)) {
    return read_expression(value, Wanted::boolean, require.that);
  }
  json::ObjectReader reader(value, problems_);
  expression(reader, "that", true, Wanted::boolean, require.that);
  expression(reader, "by", false, Wanted::date, require.by);
  reader.finish();
}

void CharterReader::read_deadline(json::Value value, Deadline& deadline, NormSource& source) {
  json::ObjectReader reader(value, problems_);
  if (const auto after = reader.any("after", true)) {
    if (after->is(json::Type::object)) {
      json::ObjectReader inner(*after, problems_);
      source.breach_of = inner.any("breach of", true);
      inner.finish();
    } else {
      read_expression(after, Wanted::date, deadline.after);
    }
  }
  period(reader, "within", true, {true, true}, deadline.within);
  expression(reader, "done", true, Wanted::date, deadline.done);
  if (const auto moved = reader.any("on a day off")) {
    deadline.to_next_working_day = parts_.one_of(*moved, day_off).has_value();
    if (charter_->calendar() == nullptr) {
      problems_.add(*moved, "days off need the charter's `calendar`");
    }
  }
  if (const auto extension = reader.any("extension")) {
    read_extension(*extension, deadline.extension.emplace());
  }
  if (const auto silence = reader.any("silence")) {
    if (const auto which = parts_.one_of(*silence, silences)) {
      deadline.silence = static_cast<Silence>(*which);
    }
  }
  reader.finish();
}

void CharterReader::read_extension(json::Value value, Extension& extension) {
  json::ObjectReader reader(value, problems_);
  period(reader, "by", true, {}, extension.by);
  expression(reader, "when", true, Wanted::boolean, extension.when);
  expression(reader, "reason", true, Wanted::reason, extension.reason);
  expression(reader, "told", false, Wanted::date, extension.told);
  reader.finish();
}

void CharterReader::read_notice(json::Value value, Notice& notice) {
  json::ObjectReader reader(value, problems_);
  expression(reader, "before", true, Wanted::date, notice.before);
  period(reader, "at least", true, {true, false}, notice.at_least);
  expression(reader, "done", true, Wanted::date, notice.done);
  reader.finish();
}

void CharterReader::read_duration(json::Value value, Duration& duration) {
  json::ObjectReader reader(value, problems_);
  expression(reader, "from", true, Wanted::date, duration.from);
  expression(reader, "to", true, Wanted::date, duration.to);
  period(reader, "at least", true, {}, duration.at_least);
  const auto grows = reader.array("grows");
  if (grows && grows->size() > most_links) {
    problems_.add(*grows, "expected at most " + std::to_string(most_links) + " of them");
  } else if (grows) {
    duration.grows.reserve(grows->size());  // places_ points into them
    std::set<std::uint32_t> met;
    for (const json::Value item : *grows) {
      if (problems_.full()) break;
      json::ObjectReader inner(item, problems_);
      const auto window = parts_.known(inner, "when it meets", true, windows_, "window");
      Duration::Growth& growth = duration.grows.emplace_back();
      growth.window = window.value_or(0);
      period(inner, "by", true, {}, growth.by);
      inner.finish();
      if (window && !met.insert(*window).second) {
        problems_.add(item, "this grows already when it meets " +
                                backticked(charter_->windows()[*window].id));
      }
    }
  }
  reader.finish();
}

void CharterReader::read_recurrence(json::Value value, Recurrence& recurrence) {
  json::ObjectReader reader(value, problems_);
  if (!reader.ok()) return;
  expression(reader, "of", true, Wanted::dates, recurrence.of);
  expression(reader, "from", true, Wanted::date, recurrence.from);
  expression(reader, "to", false, Wanted::date, recurrence.to);
  const bool gap = reader.any("gap").has_value();
  const auto times = reader.any("at least"), per = reader.any("per");
  if (gap == (times || per)) {
    problems_.add(value, "expected either `gap`, or `at least` and `per`");
  }
  if (gap) period(reader, "gap", true, {}, recurrence.gap.emplace());
  if (times) {
    if (times->is(json::Type::integer) && times->integer() >= 1 && times->integer() <= most_times) {
      recurrence.at_least = static_cast<std::int32_t>(times->integer());
    } else {
      problems_.add(*times, "expected a number from 1 to " + std::to_string(most_times));
    }
  } else if (per) {
    problems_.add(value, "missing member `at least`");
  }
  if (per && per->is(json::Type::string) && per->text() == "calendar year") {
    recurrence.calendar_year = true;
  } else if (per) {
    read_period(*per, {}, recurrence.per.emplace());
  } else if (times) {
    problems_.add(value, "missing member `per`");
  }
  reader.finish();
}

// ---- coverage

void CharterReader::read_coverage(json::Value value, Coverage& coverage, NormSource& source) {
  json::ObjectReader reader(value, problems_);
  expression(reader, "of", true, Wanted::contexts, coverage.of);
  if (const auto rows = reader.any("rows", true)) read_axis(*rows, coverage.rows, source.rows_by);
  if (const auto columns = reader.any("columns", true)) {
    read_axis(*columns, coverage.columns, source.columns_by);
  }
  if (coverage.rows.values.size() * coverage.columns.values.size() > most_cells) {
    problems_.add(value, "expected at most " + std::to_string(most_cells) + " cells");
  } else if (const auto required = reader.any("required", true)) {
    read_required(*required, coverage);
  }
  expression(reader, "by", false, Wanted::date, coverage.by);
  reader.finish();
}

void CharterReader::read_axis(json::Value value, Coverage::Axis& axis,
                              std::optional<json::Value>& by) {
  json::ObjectReader reader(value, problems_);
  by = parts_.text(reader, "by", true);
  if (by) axis.member = feel::normal_name(by->text());
  const auto values = reader.array("values", true);
  reader.finish();
  if (!values) return;
  if (values->size() == 0 || values->size() > most_cells) {
    problems_.add(*values, "expected 1 to " + std::to_string(most_cells) + " values");
    return;
  }
  std::set<std::string> seen;
  for (const json::Value item : *values) {
    if (problems_.full()) return;
    std::string text;
    LangMap label;
    if (item.is(json::Type::object)) {
      json::ObjectReader inner(item, problems_);
      text = inner.text("value", true).value_or("");
      label = parts_.label(inner, "label");
      inner.finish();
    } else if (item.is(json::Type::string)) {
      text = item.text();
      if (text.empty()) problems_.add(item, "expected a value that is not empty");
    } else {
      problems_.add(
          item, "expected a text, or a value with its label, found " + json::a_type(item.type()));
    }
    if (!text.empty() && !seen.insert(text).second) {
      problems_.add(item, "the value " + backticked(text) + " is given twice");
    }
    axis.values.push_back(std::move(text));
    axis.labels.push_back(std::move(label));
  }
}

void CharterReader::read_required(json::Value value, Coverage& coverage) {
  static constexpr std::array<std::string_view, 3> words = {"every cell", "every row",
                                                            "every column"};
  if (!value.is(json::Type::array)) {
    if (const auto which = parts_.one_of(value, words)) {
      coverage.required = static_cast<Coverage::Required>(*which + 1);
    }
    return;
  }
  coverage.required = Coverage::Required::cells;
  if (value.size() == 0 || value.size() > most_cells) {
    problems_.add(value, "expected 1 to " + std::to_string(most_cells) + " cells");
    return;
  }
  // Values are compared as they are written, since cases are.
  const auto number = [&](json::Value at, const Ids& values, std::string_view what) {
    std::optional<std::uint32_t> found;
    if (!at.is(json::Type::string)) {
      problems_.add(at, "expected a " + std::string(what) + ", found " + json::a_type(at.type()));
    } else if (found = values.find(std::string(at.text())); !found) {
      problems_.add(at, "there is no " + std::string(what) + " " + backticked(at.text()) +
                            parts_.hint(at.text(), values.all()));
    }
    return found;
  };
  Ids rows, columns;
  for (const std::string& row : coverage.rows.values) rows.add(row);
  for (const std::string& column : coverage.columns.values) columns.add(column);
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  for (const json::Value cell : value) {
    if (problems_.full()) return;
    if (!cell.is(json::Type::array) || cell.size() != 2) {
      problems_.add(cell, "expected a cell: a value of the rows and one of the columns");
      continue;
    }
    const auto row = number(cell[0], rows, "row"), column = number(cell[1], columns, "column");
    if (!row || !column) continue;
    if (!seen.emplace(*row, *column).second) problems_.add(cell, "this cell is given twice");
    coverage.cells.emplace_back(*row, *column);
  }
}

}  // namespace partnership::charter
