// SPDX-License-Identifier: Apache-2.0
#include "capi/feel_handles.hpp"
#include "feel/compare.hpp"
#include "feel/number.hpp"

using namespace partnership;
using namespace partnership::capi;

static_assert(static_cast<int>(feel::Kind::null) == PSHIP_VALUE_NULL &&
              static_cast<int>(feel::Kind::boolean) == PSHIP_VALUE_BOOL &&
              static_cast<int>(feel::Kind::number) == PSHIP_VALUE_NUMBER &&
              static_cast<int>(feel::Kind::string) == PSHIP_VALUE_STRING &&
              static_cast<int>(feel::Kind::date) == PSHIP_VALUE_DATE &&
              static_cast<int>(feel::Kind::time) == PSHIP_VALUE_TIME &&
              static_cast<int>(feel::Kind::date_time) == PSHIP_VALUE_DATE_TIME &&
              static_cast<int>(feel::Kind::days_time_duration) == PSHIP_VALUE_DAYS_TIME_DURATION &&
              static_cast<int>(feel::Kind::years_months_duration) ==
                  PSHIP_VALUE_YEARS_MONTHS_DURATION &&
              static_cast<int>(feel::Kind::list) == PSHIP_VALUE_LIST &&
              static_cast<int>(feel::Kind::context) == PSHIP_VALUE_CONTEXT &&
              static_cast<int>(feel::Kind::range) == PSHIP_VALUE_RANGE &&
              static_cast<int>(feel::Kind::function) == PSHIP_VALUE_FUNCTION);

namespace {

const pship_value* handle(const feel::Value* value) noexcept {
  return reinterpret_cast<const pship_value*>(value);
}

bool is(const pship_value* value, feel::Kind kind) noexcept {
  return value != nullptr && value_of(value).is(kind);
}

const char* hand_out(std::string_view text, std::size_t* size) noexcept {
  if (size != nullptr) *size = text.size();
  return text.empty() ? "" : text.data();
}

const char* nothing(std::size_t* size) noexcept {
  if (size != nullptr) *size = 0;
  return nullptr;
}

// The text that `append` writes of a value.
pship_status write(const pship_value* value, pship_text** out, pship_error** err,
                   void (*append)(std::string&, feel::Value)) {
  clear(out);
  return guard(err, [&] {
    require(value, "value");
    require(out, "out");
    std::string text;
    append(text, value_of(value));
    *out = new_text(std::move(text));
  });
}

}  // namespace

std::int32_t pship_value_kind(const pship_value* value) {
  return value == nullptr ? PSHIP_VALUE_NULL : static_cast<std::int32_t>(value_of(value).kind());
}

std::int32_t pship_value_bool(const pship_value* value) {
  return value != nullptr && value_of(value).is_true() ? 1 : 0;
}

double pship_value_double(const pship_value* value) {
  return is(value, feel::Kind::number) ? feel::to_double(value_of(value)) : 0;
}

std::int64_t pship_value_int(const pship_value* value, std::int32_t* fits) {
  std::optional<std::int64_t> whole;
  if (is(value, feel::Kind::number)) whole = feel::to_int64(value_of(value));
  if (fits != nullptr) *fits = whole ? 1 : 0;
  return whole.value_or(0);
}

pship_date pship_value_date(const pship_value* value) {
  if (!is(value, feel::Kind::date)) return PSHIP_DATE_NONE;
  const std::int64_t days = value_of(value).days();
  return days < date_min || days > date_max ? PSHIP_DATE_NONE : static_cast<pship_date>(days);
}

std::int64_t pship_value_amount(const pship_value* value) {
  switch (pship_value_kind(value)) {
    case PSHIP_VALUE_TIME:
      return value_of(value).nanoseconds_of_day();
    case PSHIP_VALUE_DAYS_TIME_DURATION:
      return value_of(value).seconds();
    case PSHIP_VALUE_YEARS_MONTHS_DURATION:
      return value_of(value).months();
    default:
      return 0;
  }
}

const char* pship_value_string(const pship_value* value, std::size_t* size) {
  return is(value, feel::Kind::string) ? hand_out(value_of(value).text(), size) : nothing(size);
}

std::int64_t pship_value_size(const pship_value* value) {
  switch (pship_value_kind(value)) {
    case PSHIP_VALUE_LIST:
      return static_cast<std::int64_t>(value_of(value).items().size());
    case PSHIP_VALUE_CONTEXT:
      return static_cast<std::int64_t>(value_of(value).context().size());
    case PSHIP_VALUE_RANGE:
      return 2;
    default:
      return 0;
  }
}

const pship_value* pship_value_item(const pship_value* value, std::int64_t index) {
  if (index < 0 || index >= pship_value_size(value)) return nullptr;
  switch (pship_value_kind(value)) {
    case PSHIP_VALUE_LIST:
      return handle(value_of(value).items().data() + index);
    case PSHIP_VALUE_CONTEXT:
      return handle(value_of(value).context().values + index);
    default:
      return handle(index == 0 ? &value_of(value).range().low : &value_of(value).range().high);
  }
}

const char* pship_value_key(const pship_value* value, std::int64_t index, std::size_t* size) {
  const bool there =
      is(value, feel::Kind::context) && index >= 0 && index < pship_value_size(value);
  if (!there) return nothing(size);
  return hand_out(value_of(value).context().shape->keys[static_cast<std::size_t>(index)], size);
}

const pship_value* pship_value_find(const pship_value* value, const char* key) {
  if (!is(value, feel::Kind::context) || key == nullptr) return nullptr;
  return handle(value_of(value).context().find(key));
}

std::int32_t pship_value_range(const pship_value* value) {
  if (!is(value, feel::Kind::range)) return 0;
  const feel::Range& range = value_of(value).range();
  return (range.low_closed ? PSHIP_RANGE_LOW_CLOSED : 0) |
         (range.high_closed ? PSHIP_RANGE_HIGH_CLOSED : 0) |
         (range.form == feel::Range::Form::test ? PSHIP_RANGE_TEST : 0) |
         (range.form == feel::Range::Form::differs ? PSHIP_RANGE_DIFFERS : 0);
}

pship_status pship_value_text(const pship_value* value, pship_text** out, pship_error** err) {
  return write(value, out, err, feel::append_string);
}

pship_status pship_value_expression(const pship_value* value, pship_text** out, pship_error** err) {
  return write(value, out, err, feel::append_expression);
}

pship_status pship_value_json(const pship_value* value, pship_text** out, pship_error** err) {
  return write(value, out, err, feel::append_json);
}

pship_status pship_value_equal(const pship_value* left, const pship_value* right, std::int32_t* out,
                               pship_error** err) {
  return guard(err, [&] {
    require(out, "out");
    *out = 0;
    require(left, "left");
    require(right, "right");
    const std::optional<bool> equal = feel::equal(value_of(left), value_of(right));
    *out = !equal ? -1 : *equal ? 1 : 0;
  });
}

void pship_value_free(pship_value* value) {
  if (value == nullptr) return;
  // The first member of a ValueRoot.
  delete reinterpret_cast<ValueRoot*>(value);
}
