// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "capi/feel_handles.hpp"
#include "feel/case_maker.hpp"
#include "feel/number.hpp"
#include "feel/temporal.hpp"

using namespace partnership;
using namespace partnership::capi;

struct pship_feel_builder {
  feel::CaseMaker maker;
};

namespace {

using Name = feel::ValueBuilder::Name;

Name name_of(const char* name) {
  if (name == nullptr) return std::nullopt;
  return std::string_view(name);
}

// Adds what `make` makes in a scratch arena.
template <class Make>
pship_status add(pship_feel_builder* builder, const char* name, pship_error** err,
                 const Make& make) {
  return guard(err, [&] {
    require(builder, "builder");
    feel::Arena scratch;
    builder->maker.values().add(name_of(name), make(scratch));
  });
}

// The numbers of PSHIP_RANGE_* as a range without ends.
feel::Range range_of(std::int32_t form) {
  constexpr std::int32_t known =
      PSHIP_RANGE_LOW_CLOSED | PSHIP_RANGE_HIGH_CLOSED | PSHIP_RANGE_TEST | PSHIP_RANGE_DIFFERS;
  if (form < 0 || (form & ~known) != 0) {
    throw Error(Code::invalid_argument,
                "`form` is " + std::to_string(form) + ", expected PSHIP_RANGE_* joined by `|`");
  }
  feel::Range range{};
  range.low_closed = (form & PSHIP_RANGE_LOW_CLOSED) != 0;
  range.high_closed = (form & PSHIP_RANGE_HIGH_CLOSED) != 0;
  if ((form & PSHIP_RANGE_TEST) != 0) range.form = feel::Range::Form::test;
  if ((form & PSHIP_RANGE_DIFFERS) != 0) range.form = feel::Range::Form::differs;
  return range;
}

feel::Value demand(const std::optional<feel::Value>& value, std::string_view text,
                   const char* what) {
  if (value) return *value;
  throw Error(Code::malformed, backticked(text) + " is no " + what);
}

}  // namespace

pship_status pship_feel_builder_new(const pship_feel* feel, pship_feel_builder** out,
                                    pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(feel, "feel");
    require(out, "out");
    *out = new pship_feel_builder{feel::CaseMaker(feel->set)};
  });
}

pship_status pship_feel_builder_null(pship_feel_builder* builder, const char* name,
                                     pship_error** err) {
  return add(builder, name, err, [](feel::Arena&) { return feel::Value(); });
}

pship_status pship_feel_builder_bool(pship_feel_builder* builder, const char* name,
                                     std::int32_t value, pship_error** err) {
  return add(builder, name, err, [&](feel::Arena&) { return feel::Value::boolean(value != 0); });
}

pship_status pship_feel_builder_int(pship_feel_builder* builder, const char* name,
                                    std::int64_t value, pship_error** err) {
  return add(builder, name, err, [&](feel::Arena& arena) { return feel::number(arena, value); });
}

pship_status pship_feel_builder_number(pship_feel_builder* builder, const char* name,
                                       const char* decimal, std::size_t size, pship_error** err) {
  return add(builder, name, err, [&](feel::Arena& arena) {
    const std::string_view text = view(decimal, size, "decimal");
    return demand(feel::parse_number(arena, text), text, "number");
  });
}

pship_status pship_feel_builder_text(pship_feel_builder* builder, const char* name,
                                     const char* text, std::size_t size, pship_error** err) {
  return guard(err, [&] {
    require(builder, "builder");
    builder->maker.values().add_text(name_of(name), view(text, size, "text"));
  });
}

pship_status pship_feel_builder_date(pship_feel_builder* builder, const char* name, pship_date date,
                                     pship_error** err) {
  return add(builder, name, err, [&](feel::Arena&) {
    if (date == PSHIP_DATE_NONE) throw Error(Code::invalid_argument, "`date` is no day");
    return feel::Value::date(date);
  });
}

pship_status pship_feel_builder_temporal(pship_feel_builder* builder, const char* name,
                                         const char* text, std::size_t size, pship_error** err) {
  return add(builder, name, err, [&](feel::Arena& arena) {
    const std::string_view literal = view(text, size, "text");
    return demand(feel::parse_at_literal(arena, literal), literal,
                  "date, time, date and time or duration");
  });
}

pship_status pship_feel_builder_value(pship_feel_builder* builder, const char* name,
                                      const pship_value* value, pship_error** err) {
  return guard(err, [&] {
    require(builder, "builder");
    require(value, "value");
    builder->maker.add(name_of(name), value_of(value));
  });
}

pship_status pship_feel_builder_list(pship_feel_builder* builder, const char* name,
                                     pship_error** err) {
  return guard(err, [&] {
    require(builder, "builder");
    builder->maker.values().begin_list(name_of(name));
  });
}

pship_status pship_feel_builder_context(pship_feel_builder* builder, const char* name,
                                        pship_error** err) {
  return guard(err, [&] {
    require(builder, "builder");
    builder->maker.values().begin_context(name_of(name));
  });
}

pship_status pship_feel_builder_end(pship_feel_builder* builder, pship_error** err) {
  return guard(err, [&] {
    require(builder, "builder");
    builder->maker.values().end();
  });
}

pship_status pship_feel_builder_range(pship_feel_builder* builder, const char* name,
                                      std::int32_t form, pship_error** err) {
  return guard(err, [&] {
    require(builder, "builder");
    builder->maker.values().begin_range(name_of(name), range_of(form));
  });
}

pship_status pship_feel_builder_finish(pship_feel_builder* builder, pship_feel_case** out,
                                       pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(builder, "builder");
    require(out, "out");
    auto made = std::make_unique<pship_feel_case>();
    made->content = builder->maker.finish();
    *out = made.release();
  });
}

pship_status pship_feel_builder_add(pship_feel_builder* builder, pship_error** err) {
  return guard(err, [&] {
    require(builder, "builder");
    builder->maker.append();
  });
}

pship_status pship_feel_builder_cases(pship_feel_builder* builder, pship_feel_cases** out,
                                      pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(builder, "builder");
    require(out, "out");
    auto made = std::make_unique<pship_feel_cases>();
    made->content = builder->maker.take_all();
    *out = made.release();
  });
}

void pship_feel_builder_free(pship_feel_builder* builder) {
  delete builder;
}
