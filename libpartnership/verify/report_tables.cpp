// SPDX-License-Identifier: Apache-2.0
#include "verify/report_tables.hpp"

#include <optional>
#include <string_view>

namespace partnership::verify {
namespace {

// A table of one row, filled from left to right.
class OneRow {
 public:
  void text(const char* name, std::optional<std::string_view> value) {
    table_.text_or_null(table_.add(name, ColumnType::text), value);
  }
  void number(const char* name, std::optional<std::int64_t> value) {
    const std::int32_t column = table_.add(name, ColumnType::int64);
    value ? table_.int64(column, *value) : table_.null(column);
  }
  void truth(const char* name, bool value) {
    table_.boolean(table_.add(name, ColumnType::boolean), value);
  }
  void fraction(const char* name, bool there, const Rational& value) {
    const std::int32_t column = table_.add(name, ColumnType::text);
    there ? table_.text(column, value.text()) : table_.null(column);
  }
  Table finish() { return table_.finish(); }

 private:
  TableBuilder table_;
};

Table texts_table(const char* name, const std::vector<std::string>& texts) {
  TableBuilder table;
  const std::int32_t column = table.add(name, ColumnType::text);
  for (const std::string& text : texts) table.text(column, text);
  return table.finish();
}

}  // namespace

Table about_table(const CertificateReport& report) {
  using Verdict = CertificateReport::Verdict;
  const bool lottery = report.verdict == Verdict::proved || report.verdict == Verdict::bound;
  const bool nash = report.verdict == Verdict::proved && report.objective == "nash";
  OneRow row;
  row.text("verdict", verdict_name(report.verdict));
  row.text("objective", report.objective.empty()
                            ? std::nullopt
                            : std::optional<std::string_view>(report.objective));
  row.text("hash", hex(report.document));
  row.number("nominees", report.nominees);
  row.number("types", report.types);
  row.number("columns", report.columns);
  row.number("rows", report.rows);
  row.number("panels", report.panels);
  row.number("levels", report.levels);
  row.number("nodes", report.nodes);
  row.fraction("delta", lottery, report.delta);
  row.fraction("deviation", lottery, report.deviation);
  row.fraction("least", lottery, report.least);
  row.fraction("bound", report.verdict == Verdict::bound, report.bound);
  row.fraction("gap", nash || report.verdict == Verdict::bound, report.gap);
  row.truth("minimal", report.minimal);
  return row.finish();
}

Table about_table(const DrawReport& report) {
  const bool drawn = report.drawn && report.sound;
  OneRow row;
  row.text("verdict", report.sound ? "sound" : "refused");
  row.truth("drawn", report.drawn);
  row.text("hash", hex(report.panels_document));
  row.text("lottery", hex(report.lottery));
  row.number("panels", report.panels);
  row.fraction("deviation", report.sound, report.deviation);
  row.number("lost", report.lost);
  row.text("seed", drawn ? std::optional<std::string_view>(report.seed) : std::nullopt);
  row.number("number", drawn ? std::optional(report.number) : std::nullopt);
  return row.finish();
}

Table checked_table(const std::vector<std::string>& checked) {
  return texts_table("checked", checked);
}

Table members_table(const std::vector<std::string>& members) {
  return texts_table("member", members);
}

Table faults_table(const std::vector<Problem>& faults) {
  TableBuilder table;
  const std::int32_t message = table.add("message", ColumnType::text);
  const std::int32_t pointer = table.add("pointer", ColumnType::text);
  const std::int32_t line = table.add("line", ColumnType::int64);
  const std::int32_t column = table.add("column", ColumnType::int64);
  for (const Problem& fault : faults) {
    const bool placed = fault.line > 0;
    table.text(message, fault.message);
    table.text_or_null(pointer, fault.pointer.empty()
                                    ? std::nullopt
                                    : std::optional<std::string_view>(fault.pointer));
    placed ? table.int64(line, fault.line) : table.null(line);
    placed ? table.int64(column, fault.column) : table.null(column);
  }
  return table.finish();
}

}  // namespace partnership::verify
