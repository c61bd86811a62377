// SPDX-License-Identifier: Apache-2.0
#include "partnership/feel.h"

#include <algorithm>
#include <limits>

#include "capi/feel_handles.hpp"
#include "feel/temporal.hpp"

using namespace partnership;
using namespace partnership::capi;

namespace {

feel::ExpressionSet::Choice choice_of(const pship_options* options) {
  constexpr std::string_view scope = "feel.compile";
  const Options& chosen = options_for(options, scope);
  return {chosen.boolean(scope, "strict"), chosen.boolean(scope, "unknown_types")};
}

// The instant of the call as the machine wants it: its day in UTC and the nanoseconds of that day.
void set_now(feel::Moment& moment, const std::string& text, bool day_given) {
  feel::Arena arena;
  const std::optional<feel::Value> value = feel::parse_date_time(arena, text);
  if (!value || !feel::offset_of(value->date_time())) {
    throw Error(Code::invalid_argument,
                "option `now` expects an instant such as 2026-01-05T10:00:00Z, got `" + text + "`");
  }
  const feel::Instant instant = feel::instant_of(value->date_time());
  std::int64_t day = instant.seconds / feel::seconds_per_day;
  if (instant.seconds % feel::seconds_per_day < 0) --day;
  if (!day_given) moment.today = day;
  moment.clock = true;
  moment.shift = day - moment.today;
  moment.nanoseconds =
      (instant.seconds - day * feel::seconds_per_day) * feel::nanoseconds_per_second +
      instant.nanoseconds;
}

}  // namespace

namespace partnership::capi {

std::uint32_t expression_of(const pship_feel* feel, std::int32_t expression) {
  if (expression < 0 || static_cast<std::uint32_t>(expression) >= feel->set->size()) {
    throw Error(Code::invalid_argument, "there is no expression " + std::to_string(expression) +
                                            ", the set has " + std::to_string(feel->set->size()));
  }
  return static_cast<std::uint32_t>(expression);
}

// Only what is set is read: this is on the way of every call.
feel::Circumstances circumstances_of(const pship_calendar* calendar, const pship_options* options) {
  constexpr std::string_view scope = "feel.evaluate";
  feel::Circumstances out;
  if (calendar != nullptr) out.moment.calendar = &calendar->calendar;
  if (options == nullptr) return out;
  const Options& chosen = options_for(options, scope);
  const auto whole = [&](std::string_view name, auto& into) {
    using T = std::remove_reference_t<decltype(into)>;
    if (chosen.has(name)) into = static_cast<T>(chosen.integer(scope, name));
  };
  whole("max_steps", out.budget.steps);
  whole("max_depth", out.budget.depth);
  whole("max_list_items", out.budget.list);
  whole("max_memory", out.budget.memory);
  whole("threads", out.threads);
  const Date today = chosen.has("today") ? chosen.date(scope, "today") : date_none;
  const bool now = chosen.has("now");
  out.moment.given = now || today != date_none;
  out.moment.clock = false;
  if (today != date_none) out.moment.today = today;
  if (now) set_now(out.moment, chosen.text(scope, "now"), today != date_none);
  return out;
}

}  // namespace partnership::capi

// ---- compiling

pship_status pship_feel_compile(const char* expressions, std::size_t size, const char* schema,
                                std::size_t schema_size, const pship_options* options,
                                pship_feel** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(expressions, "expressions");
    require(out, "out");
    *out = new pship_feel{feel::ExpressionSet::compile(view(expressions, size, "expressions"),
                                                       view(schema, schema_size, "schema"),
                                                       choice_of(options))};
  });
}

pship_status pship_feel_diagnose(const char* expressions, std::size_t size, const char* schema,
                                 std::size_t schema_size, const pship_options* options,
                                 pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(expressions, "expressions");
    require(out, "out");
    *out = new_table(feel::ExpressionSet::diagnose(view(expressions, size, "expressions"),
                                                   view(schema, schema_size, "schema"),
                                                   choice_of(options)));
  });
}

pship_status pship_feel_table(const pship_feel* feel, pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(feel, "feel");
    require(out, "out");
    *out = new_table(feel->set->table());
  });
}

std::int32_t pship_feel_size(const pship_feel* feel) {
  return feel == nullptr ? 0 : static_cast<std::int32_t>(feel->set->size());
}

std::int32_t pship_feel_find(const pship_feel* feel, const char* expression) {
  if (feel == nullptr || expression == nullptr) return -1;
  return feel->set->find(expression);
}

void pship_feel_free(pship_feel* feel) {
  delete feel;
}

pship_status pship_feel_functions(pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    *out = new_table(feel::ExpressionSet::functions());
  });
}

// ---- cases

pship_status pship_feel_case_read(const pship_feel* feel, const char* json, std::size_t size,
                                  pship_feel_case** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(feel, "feel");
    require(out, "out");
    *out = new pship_feel_case{feel->set->read_case(view(json, size, "json"))};
  });
}

pship_status pship_feel_case_value(const pship_feel_case* feel_case, pship_value** out,
                                   pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(feel_case, "feel_case");
    require(out, "out");
    feel::Arena arena;
    *out = new_value(feel::KeptValue::of(feel_case->content->value(arena),
                                         std::numeric_limits<std::size_t>::max(),
                                         [&] { return feel::Keepers{feel_case->content}; }));
  });
}

void pship_feel_case_free(pship_feel_case* feel_case) {
  delete feel_case;
}

pship_status pship_feel_cases_read(const pship_feel* feel, const char* json, std::size_t size,
                                   pship_feel_cases** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(feel, "feel");
    require(out, "out");
    *out = new pship_feel_cases{feel->set->read_cases(view(json, size, "json"))};
  });
}

pship_status pship_feel_cases_from_tables(const pship_feel* feel, const pship_table* cases,
                                          const char* const* lists, const pship_table* const* items,
                                          std::size_t n, pship_feel_cases** out,
                                          pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(feel, "feel");
    require(cases, "cases");
    require(out, "out");
    if (n > 0) require(lists, "lists");
    if (n > 0) require(items, "items");
    std::vector<feel::ItemTable> tables;
    for (std::size_t i = 0; i < n; ++i) {
      require(items[i], "items");
      const Table& table = items[i]->table;
      const std::string list(name(lists[i], "lists"));
      if (table.columns() == 0) {
        throw Error(Code::invalid_argument, "the table of the list `" + list + "` has no columns");
      }
      tables.push_back({list, &table, table.column(0).name});
    }
    *out = new pship_feel_cases{feel->set->read_tables(cases->table, tables)};
  });
}

pship_status pship_feel_cases_from_arrow(const pship_feel* feel, ArrowArrayStream* stream,
                                         pship_feel_cases** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(stream, "stream");
    if ((feel == nullptr || out == nullptr) && stream->release != nullptr) {
      stream->release(stream);  // the promise to release it holds for every failure
    }
    require(feel, "feel");
    require(out, "out");
    *out = new pship_feel_cases{feel->set->read_arrow(stream)};
  });
}

std::int64_t pship_feel_cases_count(const pship_feel_cases* cases) {
  return cases == nullptr ? 0 : std::int64_t{cases->content->batch.rows()};
}

void pship_feel_cases_free(pship_feel_cases* cases) {
  delete cases;
}

// ---- answers

pship_status pship_feel_decide(const pship_feel* feel, const pship_feel_case* feel_case,
                               const pship_calendar* calendar, const pship_options* options,
                               std::uint8_t* verdicts, std::size_t n, pship_error** err) {
  const pship_status status = guard(err, [&] {
    require(feel, "feel");
    require(feel_case, "feel_case");
    if (n != feel->set->size()) {
      throw Error(Code::invalid_argument, "`n` is " + std::to_string(n) + ", the set has " +
                                              std::to_string(feel->set->size()) + " expressions");
    }
    if (n > 0) require(verdicts, "verdicts");
    feel->set->decide(*feel_case->content, circumstances_of(calendar, options), {verdicts, n});
  });
  if (status != PSHIP_OK && verdicts != nullptr) {
    std::fill_n(verdicts, n, std::uint8_t{PSHIP_FEEL_UNDETERMINED});
  }
  return status;
}

pship_status pship_feel_decide_all(const pship_feel* feel, const pship_feel_cases* cases,
                                   const pship_calendar* calendar, const pship_options* options,
                                   pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(feel, "feel");
    require(cases, "cases");
    require(out, "out");
    *out = new_table(feel->set->decide_all(*cases->content, circumstances_of(calendar, options)));
  });
}

pship_status pship_feel_evaluate(const pship_feel* feel, std::int32_t expression,
                                 const pship_feel_case* feel_case, const pship_calendar* calendar,
                                 const pship_options* options, pship_value** value,
                                 pship_table** warnings, pship_error** err) {
  clear(value);
  clear(warnings);
  return guard(err, [&] {
    require(feel, "feel");
    require(value, "value");
    feel::ExpressionSet::Answer answer = feel->set->evaluate(
        expression_of(feel, expression), feel_case == nullptr ? nullptr : feel_case->content,
        circumstances_of(calendar, options), warnings != nullptr);
    std::unique_ptr<pship_table> table;
    if (answer.warnings) table.reset(new_table(std::move(*answer.warnings)));
    *value = new_value(std::move(answer.value));
    if (warnings != nullptr) *warnings = table.release();
  });
}

pship_status pship_feel_evaluate_all(const pship_feel* feel, std::int32_t expression,
                                     const pship_feel_cases* cases, const pship_calendar* calendar,
                                     const pship_options* options, pship_table** out,
                                     pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(feel, "feel");
    require(cases, "cases");
    require(out, "out");
    *out = new_table(feel->set->evaluate_all(expression_of(feel, expression), *cases->content,
                                             circumstances_of(calendar, options)));
  });
}

namespace {

// The three forms of an explanation differ in what is made of the trace.
template <class Out, class Tell>
pship_status explain(const pship_feel* feel, std::int32_t expression,
                     const pship_feel_case* feel_case, const pship_calendar* calendar,
                     const pship_options* options, Out** out, pship_error** err, const Tell& tell) {
  clear(out);
  return guard(err, [&] {
    require(feel, "feel");
    require(out, "out");
    *out = feel->set->explain(expression_of(feel, expression),
                              feel_case == nullptr ? nullptr : feel_case->content.get(),
                              circumstances_of(calendar, options), tell);
  });
}

}  // namespace

pship_status pship_feel_explain(const pship_feel* feel, std::int32_t expression,
                                const pship_feel_case* feel_case, const pship_calendar* calendar,
                                const pship_options* options, pship_table** out,
                                pship_error** err) {
  return explain(feel, expression, feel_case, calendar, options, out, err,
                 [](const feel::Trace& trace, const feel::Ast& ast) {
                   return new_table(feel::trace_table(trace, ast));
                 });
}

pship_status pship_feel_explain_text(const pship_feel* feel, std::int32_t expression,
                                     const pship_feel_case* feel_case,
                                     const pship_calendar* calendar, const pship_options* options,
                                     pship_text** out, pship_error** err) {
  return explain(feel, expression, feel_case, calendar, options, out, err,
                 [](const feel::Trace& trace, const feel::Ast& ast) {
                   return new_text(feel::trace_text(trace, ast));
                 });
}

pship_status pship_feel_explain_json(const pship_feel* feel, std::int32_t expression,
                                     const pship_feel_case* feel_case,
                                     const pship_calendar* calendar, const pship_options* options,
                                     pship_text** out, pship_error** err) {
  return explain(feel, expression, feel_case, calendar, options, out, err,
                 [](const feel::Trace& trace, const feel::Ast& ast) {
                   return new_text(feel::trace_json(trace, ast));
                 });
}
