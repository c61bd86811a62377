// SPDX-License-Identifier: Apache-2.0
//
// C++17 owner types over the C API, see partnership.hpp: FEEL expressions, cases, values.
//
//   const auto feel = pship::Feel::compile(R"({"enough": "sum(votes) >= 3"})");
//   feel.evaluate("enough", feel.read_case(R"({"votes": [1, 2]})")).value.boolean();  // true
#ifndef PARTNERSHIP_FEEL_HPP
#define PARTNERSHIP_FEEL_HPP

#include "partnership/feel.h"
#include "partnership/table.hpp"

namespace pship {

enum class ValueKind : std::int32_t {
  null = PSHIP_VALUE_NULL,
  boolean = PSHIP_VALUE_BOOL,
  number = PSHIP_VALUE_NUMBER,
  string = PSHIP_VALUE_STRING,
  date = PSHIP_VALUE_DATE,
  time = PSHIP_VALUE_TIME,
  date_time = PSHIP_VALUE_DATE_TIME,
  days_time_duration = PSHIP_VALUE_DAYS_TIME_DURATION,
  years_months_duration = PSHIP_VALUE_YEARS_MONTHS_DURATION,
  list = PSHIP_VALUE_LIST,
  context = PSHIP_VALUE_CONTEXT,
  range = PSHIP_VALUE_RANGE,
  function = PSHIP_VALUE_FUNCTION,
};

enum class Verdict : std::uint8_t {
  no = PSHIP_FEEL_FALSE,
  yes = PSHIP_FEEL_TRUE,
  undetermined = PSHIP_FEEL_UNDETERMINED,
};

// A FEEL value, or one inside another, which it keeps alive. A default-made one is null. What is
// asked of another kind is answered with nothing, as in C.
class Value {
 public:
  Value() noexcept = default;
  explicit Value(pship_value* adopted) : root_(adopted), value_(adopted) {}

  ValueKind kind() const noexcept { return static_cast<ValueKind>(pship_value_kind(value_)); }
  bool is_null() const noexcept { return kind() == ValueKind::null; }
  bool boolean() const noexcept { return pship_value_bool(value_) != 0; }
  double real() const noexcept { return pship_value_double(value_); }
  // The value of an integer within int64.
  std::optional<std::int64_t> integer() const noexcept {
    std::int32_t fits = 0;
    const std::int64_t whole = pship_value_int(value_, &fits);
    return fits != 0 ? std::optional<std::int64_t>(whole) : std::nullopt;
  }
  // None outside the years 1 to 9999.
  Date date() const noexcept { return Date(pship_value_date(value_)); }
  // Nanoseconds since midnight; whole seconds, or months, of a duration.
  std::int64_t amount() const noexcept { return pship_value_amount(value_); }
  // The characters of a string; they live as long as the value.
  std::string_view string() const noexcept {
    std::size_t size = 0;
    const char* text = pship_value_string(value_, &size);
    return text == nullptr ? std::string_view() : std::string_view(text, size);
  }
  std::int32_t range() const noexcept { return pship_value_range(value_); }  // PSHIP_RANGE_*

  // Items of a list, members of a context, the two ends of a range.
  std::int64_t size() const noexcept { return pship_value_size(value_); }
  Value operator[](std::int64_t index) const noexcept {
    return Value(root_, pship_value_item(value_, index));
  }
  std::string_view key(std::int64_t index) const noexcept {
    std::size_t size = 0;
    const char* text = pship_value_key(value_, index, &size);
    return text == nullptr ? std::string_view() : std::string_view(text, size);
  }
  // The member of this name; nullopt: there is none.
  std::optional<Value> find(std::string_view name) const {
    if (name.find('\0') != std::string_view::npos) return std::nullopt;
    const pship_value* found = pship_value_find(value_, std::string(name).c_str());
    return found == nullptr ? std::nullopt : std::optional<Value>(Value(root_, found));
  }

  // As FEEL's string() has it, as an expression, as JSON. Throw PSHIP_LIMIT for texts past 64 MiB,
  // PSHIP_INVALID_ARGUMENT for a default-made value.
  Text text() const { return write(pship_value_text); }
  Text expression() const { return write(pship_value_expression); }
  Text json() const { return write(pship_value_json); }
  // FEEL's `=`; nullopt where that is null.
  std::optional<bool> equals(const Value& other) const {
    std::int32_t answer = 0;
    detail::call(pship_value_equal, value_, other.value_, &answer);
    return answer < 0 ? std::nullopt : std::optional<bool>(answer != 0);
  }
  const pship_value* raw() const noexcept { return value_; }

 private:
  using Root = detail::Shared<pship_value, pship_value_free>;
  Value(Root root, const pship_value* value) noexcept : root_(std::move(root)), value_(value) {}
  Text write(pship_status (*function)(const pship_value*, pship_text**, pship_error**)) const {
    return detail::text_of(function, value_);
  }
  Root root_;
  const pship_value* value_ = nullptr;
};

// One case, read for one set of expressions. A default-made one has no members.
class FeelCase {
 public:
  FeelCase() noexcept = default;
  explicit FeelCase(pship_feel_case* adopted) : handle_(adopted) {}
  Value value() const {
    pship_value* value = nullptr;
    detail::call(pship_feel_case_value, raw(), &value);
    return Value(value);
  }
  const pship_feel_case* raw() const noexcept { return handle_.get(); }

 private:
  detail::Shared<pship_feel_case, pship_feel_case_free> handle_;
};

// Many cases, in columns.
class FeelCases {
 public:
  FeelCases() noexcept = default;
  explicit FeelCases(pship_feel_cases* adopted) : handle_(adopted) {}
  std::int64_t count() const noexcept { return pship_feel_cases_count(raw()); }
  const pship_feel_cases* raw() const noexcept { return handle_.get(); }

 private:
  detail::Shared<pship_feel_cases, pship_feel_cases_free> handle_;
};

// What the expressions are asked under: the calendar of the working-day functions, and the options
// today, now, max_steps, max_depth, max_list_items, max_memory, threads. Both must outlive the
// call.
struct Circumstances {
  const Calendar* calendar = nullptr;
  const Options* options = nullptr;

  const pship_calendar* raw_calendar() const noexcept {
    return calendar == nullptr ? nullptr : calendar->raw();
  }
  const pship_options* raw_options() const noexcept {
    return options == nullptr ? nullptr : options->raw();
  }
};

struct Evaluated {
  Value value;
  Table warnings;  // kind, message, offset, length, line, column
};

// A compiled set of expressions. The calls that take an expression by its name throw
// PSHIP_NOT_FOUND where there is none.
class Feel {
 public:
  Feel() noexcept = default;
  explicit Feel(pship_feel* adopted) : handle_(adopted) {}

  // Options: strict, unknown_types. Throws PSHIP_INVALID_DOCUMENT with all that is wrong.
  static Feel compile(std::string_view expressions, std::string_view schema = {},
                      const Options& options = {}) {
    pship_feel* feel = nullptr;
    detail::call(pship_feel_compile, expressions.data(), expressions.size(), schema.data(),
                 schema.size(), options.raw(), &feel);
    return Feel(feel);
  }
  // Columns expression, severity, offset, length, line, column, message, hint.
  static Table diagnose(std::string_view expressions, std::string_view schema = {},
                        const Options& options = {}) {
    return detail::table_of(pship_feel_diagnose, expressions.data(), expressions.size(),
                            schema.data(), schema.size(), options.raw());
  }
  // The built-in functions: function, signature, result, sentence.
  static Table functions() { return detail::table_of(pship_feel_functions); }

  std::int32_t size() const noexcept { return pship_feel_size(raw()); }
  // The number of an expression, or -1.
  std::int32_t find(std::string_view expression) const {
    if (expression.find('\0') != std::string_view::npos) return -1;
    return pship_feel_find(raw(), std::string(expression).c_str());
  }
  // A row an expression: expression, feel, type, columns, memory.
  Table table() const { return detail::table_of(pship_feel_table, raw()); }

  // Throw PSHIP_MALFORMED, PSHIP_INVALID_DOCUMENT, PSHIP_LIMIT with every place.
  FeelCase read_case(std::string_view json) const {
    pship_feel_case* made = nullptr;
    detail::call(pship_feel_case_read, raw(), json.data(), json.size(), &made);
    return FeelCase(made);
  }
  FeelCases read_cases(std::string_view json) const {
    pship_feel_cases* made = nullptr;
    detail::call(pship_feel_cases_read, raw(), json.data(), json.size(), &made);
    return FeelCases(made);
  }
  // Items of a list of the cases: its name and the table, whose first column is the case's number.
  using Items = std::pair<std::string, Table>;
  FeelCases cases(const Table& table, const std::vector<Items>& lists = {}) const {
    std::vector<const char*> names;
    std::vector<const pship_table*> items;
    for (const Items& list : lists) {
      detail::name(list.first, "lists");
      names.push_back(list.first.c_str());
      items.push_back(list.second.raw());
    }
    pship_feel_cases* made = nullptr;
    detail::call(pship_feel_cases_from_tables, raw(), table.raw(), names.data(), items.data(),
                 names.size(), &made);
    return FeelCases(made);
  }
  // Reads the whole stream and releases it, also on failure.
  FeelCases cases_from_arrow(ArrowArrayStream* stream) const {
    pship_feel_cases* made = nullptr;
    detail::call(pship_feel_cases_from_arrow, raw(), stream, &made);
    return FeelCases(made);
  }

  // One verdict an expression, in the order of the document.
  void decide(const FeelCase& of, Span<Verdict> verdicts, const Circumstances& under = {}) const {
    static_assert(sizeof(Verdict) == 1, "verdicts are bytes");
    detail::call(pship_feel_decide, raw(), of.raw(), under.raw_calendar(), under.raw_options(),
                 reinterpret_cast<std::uint8_t*>(verdicts.data()), verdicts.size());
  }
  std::vector<Verdict> decide(const FeelCase& of, const Circumstances& under = {}) const {
    std::vector<Verdict> verdicts(static_cast<std::size_t>(size()));
    decide(of, Span<Verdict>(verdicts.data(), verdicts.size()), under);
    return verdicts;
  }
  // A bool column an expression, a row a case, null where undetermined.
  Table decide_all(const FeelCases& cases, const Circumstances& under = {}) const {
    return detail::table_of(pship_feel_decide_all, raw(), cases.raw(), under.raw_calendar(),
                            under.raw_options());
  }

  template <class Key>
  Evaluated evaluate(Key expression, const FeelCase& of = {},
                     const Circumstances& under = {}) const {
    pship_value* value = nullptr;
    pship_table* warnings = nullptr;
    detail::call(pship_feel_evaluate, raw(), resolve(expression), of.raw(), under.raw_calendar(),
                 under.raw_options(), &value, &warnings);
    Table table(warnings);
    return Evaluated{Value(value), std::move(table)};
  }
  // Columns value, kind, warnings.
  template <class Key>
  Table evaluate_all(Key expression, const FeelCases& cases,
                     const Circumstances& under = {}) const {
    return detail::table_of(pship_feel_evaluate_all, raw(), resolve(expression), cases.raw(),
                            under.raw_calendar(), under.raw_options());
  }
  // A row a part: part, parent, round, decisive, value, kind, offset, length, source.
  template <class Key>
  Table explain(Key expression, const FeelCase& of = {}, const Circumstances& under = {}) const {
    return explained<pship_table, Table>(pship_feel_explain, resolve(expression), of, under);
  }
  template <class Key>
  Text explain_text(Key expression, const FeelCase& of = {},
                    const Circumstances& under = {}) const {
    return explained<pship_text, Text>(pship_feel_explain_text, resolve(expression), of, under);
  }
  template <class Key>
  Text explain_json(Key expression, const FeelCase& of = {},
                    const Circumstances& under = {}) const {
    return explained<pship_text, Text>(pship_feel_explain_json, resolve(expression), of, under);
  }

  const pship_feel* raw() const noexcept { return handle_.get(); }

 private:
  std::int32_t resolve(std::int32_t expression) const noexcept { return expression; }
  std::int32_t resolve(std::string_view name) const {
    const std::int32_t found = find(name);
    if (found < 0 && raw() != nullptr) {
      throw Error(PSHIP_NOT_FOUND, "there is no expression `" + std::string(name) + "`");
    }
    return found;
  }
  template <class Raw, class Owner>
  Owner explained(pship_status (*function)(const pship_feel*, std::int32_t, const pship_feel_case*,
                                           const pship_calendar*, const pship_options*, Raw**,
                                           pship_error**),
                  std::int32_t expression, const FeelCase& of, const Circumstances& under) const {
    Raw* made = nullptr;
    detail::call(function, raw(), expression, of.raw(), under.raw_calendar(), under.raw_options(),
                 &made);
    return Owner(made);
  }
  detail::Shared<pship_feel, pship_feel_free> handle_;
};

// A case in the making; see pship_feel_builder_new. Members take a name; items of lists and ends of
// ranges take nullopt:
//   builder.add("n", 3).begin_list("tags").add(std::nullopt, "a").end();
// Calls throw PSHIP_STATE, PSHIP_INVALID_ARGUMENT, PSHIP_MALFORMED and then change nothing.
class FeelBuilder {
 public:
  using Name = std::optional<std::string_view>;

  FeelBuilder() noexcept = default;
  explicit FeelBuilder(const Feel& feel) {
    pship_feel_builder* made = nullptr;
    detail::call(pship_feel_builder_new, feel.raw(), &made);
    handle_.reset(made);
  }

  FeelBuilder& add_null(Name name) { return apply(pship_feel_builder_null, name); }
  FeelBuilder& add(Name name, bool value) {
    return apply(pship_feel_builder_bool, name, static_cast<std::int32_t>(value));
  }
  template <class Integer,
            std::enable_if_t<std::is_integral_v<Integer> && !std::is_same_v<Integer, bool> &&
                                 !std::is_same_v<Integer, char>,
                             int> = 0>
  FeelBuilder& add(Name name, Integer value) {
    static_assert(sizeof(Integer) < 8 || std::is_signed_v<Integer>, "integers are int64");
    return apply(pship_feel_builder_int, name, static_cast<std::int64_t>(value));
  }
  FeelBuilder& add(Name name, std::string_view text) {
    return apply(pship_feel_builder_text, name, text.data(), text.size());
  }
  // Without this a string literal would become a bool.
  FeelBuilder& add(Name name, const char* text) { return add(name, std::string_view(text)); }
  FeelBuilder& add(Name name, Date date) {
    return apply(pship_feel_builder_date, name, date.days());
  }
  FeelBuilder& add(Name name, const Value& value) {
    return apply(pship_feel_builder_value, name, value.raw());
  }
  // A number as decimal text.
  FeelBuilder& add_number(Name name, std::string_view decimal) {
    return apply(pship_feel_builder_number, name, decimal.data(), decimal.size());
  }
  // What FEEL has behind `@`.
  FeelBuilder& add_temporal(Name name, std::string_view text) {
    return apply(pship_feel_builder_temporal, name, text.data(), text.size());
  }
  FeelBuilder& begin_list(Name name) { return apply(pship_feel_builder_list, name); }
  FeelBuilder& begin_context(Name name) { return apply(pship_feel_builder_context, name); }
  // `form`: PSHIP_RANGE_* joined by `|`.
  FeelBuilder& begin_range(Name name, std::int32_t form) {
    return apply(pship_feel_builder_range, name, form);
  }
  FeelBuilder& end() {
    detail::call(pship_feel_builder_end, handle_.get());
    return *this;
  }

  // The case; the builder may then build the next.
  FeelCase finish() {
    pship_feel_case* made = nullptr;
    detail::call(pship_feel_builder_finish, handle_.get(), &made);
    return FeelCase(made);
  }
  // Ends the case and keeps it for cases().
  FeelBuilder& next() {
    detail::call(pship_feel_builder_add, handle_.get());
    return *this;
  }
  FeelCases cases() {
    pship_feel_cases* made = nullptr;
    detail::call(pship_feel_builder_cases, handle_.get(), &made);
    return FeelCases(made);
  }
  pship_feel_builder* raw() noexcept { return handle_.get(); }

 private:
  template <class Function, class... Arguments>
  FeelBuilder& apply(Function function, Name name, Arguments... arguments) {
    const std::string text = name ? detail::name(*name, "name") : std::string();
    detail::call(function, handle_.get(), name ? text.c_str() : nullptr, arguments...);
    return *this;
  }
  detail::Unique<pship_feel_builder, pship_feel_builder_free> handle_;
};

}  // namespace pship

#endif
