// SPDX-License-Identifier: Apache-2.0
//
// The texts of temporal values, both ways.
#include <charconv>
#include <limits>

#include "feel/temporal_parts.hpp"

namespace partnership::feel {

namespace {

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

// Takes a text from its front.
class Reader {
 public:
  explicit Reader(std::string_view text) noexcept : rest_(text) {}

  bool at_end() const noexcept { return rest_.empty(); }
  std::string_view rest() const noexcept { return rest_; }
  bool take(char c) noexcept {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Exactly two digits, of at most `most`.
  bool two_digits(std::int32_t most, std::int32_t& out) noexcept {
    if (rest_.size() < 2 || !is_digit(rest_[0]) || !is_digit(rest_[1])) return false;
    out = (rest_[0] - '0') * 10 + (rest_[1] - '0');
    rest_.remove_prefix(2);
    return out <= most;
  }
  std::string_view digits() noexcept {
    std::size_t count = 0;
    while (count < rest_.size() && is_digit(rest_[count])) ++count;
    const std::string_view out = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return out;
  }

 private:
  std::string_view rest_;
};

// The digits behind a point as nanoseconds; those behind the ninth are dropped.
std::int64_t fraction_of(std::string_view digits) noexcept {
  std::int64_t out = 0;
  for (std::size_t i = 0; i < 9; ++i) out = out * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  return out;
}

std::optional<std::int64_t> take_date(Reader& reader) noexcept {
  const bool negative = reader.take('-');
  const std::string_view year = reader.digits();
  if (year.size() < 4 || year.size() > 9 || (year.size() > 4 && year[0] == '0')) {
    return std::nullopt;
  }
  Civil civil{0, 0, 0};
  for (const char c : year) civil.year = civil.year * 10 + (c - '0');
  if (negative && civil.year == 0) return std::nullopt;
  if (negative) civil.year = -civil.year;
  if (!reader.take('-') || !reader.two_digits(12, civil.month) || !reader.take('-') ||
      !reader.two_digits(31, civil.day)) {
    return std::nullopt;
  }
  return days_of(civil);
}

// Z, +hh:mm, +hh:mm:ss, @Zone/Id or nothing; to the end of the text.
bool take_zone(Reader& reader, DateTime& out) {
  out.zoning = Zoning::local;
  out.offset = 0;
  out.zone = 0;
  if (reader.at_end()) return true;
  if (reader.take('@')) {
    const auto zone = find_zone(reader.rest());
    if (!zone) return false;
    out.zoning = Zoning::zone;
    out.zone = *zone;
    return true;
  }
  out.zoning = Zoning::offset;
  if (reader.take('Z')) return reader.at_end();
  const bool negative = reader.take('-');
  if (!negative && !reader.take('+')) return false;
  std::int32_t hours = 0, minutes = 0, seconds = 0;
  if (!reader.two_digits(18, hours) || !reader.take(':') || !reader.two_digits(59, minutes)) {
    return false;
  }
  if (reader.take(':') && !reader.two_digits(59, seconds)) return false;
  out.offset = hours * 3600 + minutes * 60 + seconds;
  if (out.offset > most_offset) return false;
  if (negative) out.offset = -out.offset;
  return reader.at_end();
}

// hh:mm:ss with a fraction and a zone, to the end of the text. 24:00:00 becomes midnight and
// `next_day`.
bool take_time(Reader& reader, DateTime& out, bool& next_day) {
  std::int32_t hour = 0, minute = 0, second = 0;
  if (!reader.two_digits(24, hour) || !reader.take(':') || !reader.two_digits(59, minute) ||
      !reader.take(':') || !reader.two_digits(59, second)) {
    return false;
  }
  std::int64_t fraction = 0;
  if (reader.take('.')) {
    const std::string_view digits = reader.digits();
    if (digits.empty()) return false;
    fraction = fraction_of(digits);
    if (hour == 24 && digits.find_first_not_of('0') != std::string_view::npos) return false;
  }
  if (hour == 24 && (minute != 0 || second != 0)) return false;
  next_day = hour == 24;
  out.nanoseconds =
      std::int64_t{hour % 24 * 3600 + minute * 60 + second} * nanoseconds_per_second + fraction;
  return take_zone(reader, out);
}

// One number of a duration with its letter: "12M". nullopt in `amount` when it is too large.
struct Component {
  std::optional<std::int64_t> amount;
  std::string_view fraction;  // behind the point
  bool point = false;
  char letter = 0;
};
bool take_component(Reader& reader, Component& out) noexcept {
  const std::string_view digits = reader.digits();
  if (digits.empty()) return false;
  std::int64_t amount = 0;
  out = Component();
  out.amount = 0;
  for (const char c : digits) {
    if (__builtin_mul_overflow(amount, 10, &amount) ||
        __builtin_add_overflow(amount, c - '0', &amount)) {
      out.amount.reset();
      break;
    }
  }
  if (out.amount) out.amount = amount;
  if (reader.take('.')) {
    out.point = true;
    out.fraction = reader.digits();
  }
  if (reader.at_end()) return false;
  out.letter = reader.rest().front();
  return reader.take(out.letter);
}

// The components of a duration must come in this order, each at most once.
struct Unit {
  char letter;
  bool time;  // behind T
  std::int64_t size;
};
constexpr Unit years_months_units[]{{'Y', false, 12}, {'M', false, 1}};
constexpr Unit days_time_units[]{
    {'D', false, seconds_per_day}, {'H', true, 3600}, {'M', true, 60}, {'S', true, 1}};

// nullopt: not of this kind, or too large. `total` is in the smallest unit.
struct Amount {
  std::int64_t total = 0, nanoseconds = 0;
};
std::optional<Amount> take_units(Reader reader, std::span<const Unit> units) noexcept {
  Amount out;
  bool time = false, any = false;
  std::size_t next = 0;
  while (!reader.at_end()) {
    if (!time && reader.take('T')) {
      time = true;
      any = false;  // something must follow
      continue;
    }
    Component component{};
    if (!take_component(reader, component)) return std::nullopt;
    while (next < units.size() &&
           (units[next].letter != component.letter || units[next].time != time)) {
      ++next;
    }
    if (next == units.size() || (component.point && component.letter != 'S')) return std::nullopt;
    std::int64_t amount = 0;
    if (!component.amount || __builtin_mul_overflow(*component.amount, units[next].size, &amount) ||
        __builtin_add_overflow(out.total, amount, &out.total)) {
      return std::nullopt;
    }
    out.nanoseconds = fraction_of(component.fraction);
    ++next;
    any = true;
  }
  return any ? std::optional(out) : std::nullopt;
}

void append_padded(std::string& out, std::int64_t number, std::size_t width) {
  char buffer[20];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number);
  const auto count = static_cast<std::size_t>(end.ptr - buffer);
  if (count < width) out.append(width - count, '0');
  out.append(buffer, count);
}

void append_fraction(std::string& out, std::int64_t nanoseconds) {
  if (nanoseconds == 0) return;
  out += '.';
  append_padded(out, nanoseconds, 9);
  out.erase(out.find_last_not_of('0') + 1);
}

void append_date(std::string& out, std::int64_t days) {
  const Civil civil = civil_of(days);
  if (civil.year < 0) out += '-';
  append_padded(out, civil.year < 0 ? -civil.year : civil.year, 4);
  out += '-';
  append_padded(out, civil.month, 2);
  out += '-';
  append_padded(out, civil.day, 2);
}

void append_time(std::string& out, const DateTime& at) {
  const std::int64_t second = at.nanoseconds / nanoseconds_per_second;
  append_padded(out, second / 3600, 2);
  out += ':';
  append_padded(out, second / 60 % 60, 2);
  out += ':';
  append_padded(out, second % 60, 2);
  append_fraction(out, at.nanoseconds % nanoseconds_per_second);
  if (at.zoning == Zoning::zone) {
    out += '@';
    out += zone_id(at.zone);
  } else if (at.zoning == Zoning::offset && at.offset == 0) {
    out += 'Z';
  } else if (at.zoning == Zoning::offset) {
    const std::int32_t magnitude = at.offset < 0 ? -at.offset : at.offset;
    out += at.offset < 0 ? '-' : '+';
    append_padded(out, magnitude / 3600, 2);
    out += ':';
    append_padded(out, magnitude / 60 % 60, 2);
    if (magnitude % 60 != 0) {
      out += ':';
      append_padded(out, magnitude % 60, 2);
    }
  }
}

void append_part(std::string& out, std::int64_t amount, char letter) {
  if (amount == 0) return;
  append_padded(out, amount, 1);
  out += letter;
}

void append_days_time(std::string& out, Value duration) {
  std::int64_t seconds = duration.seconds();
  std::int64_t nanoseconds = duration.nanoseconds();
  if (seconds == 0 && nanoseconds == 0) {
    out += "PT0S";
    return;
  }
  if (seconds < 0) {
    out += '-';
    seconds = -seconds;
    if (nanoseconds > 0) {
      --seconds;
      nanoseconds = nanoseconds_per_second - nanoseconds;
    }
  }
  out += 'P';
  append_part(out, seconds / seconds_per_day, 'D');
  seconds %= seconds_per_day;
  if (seconds == 0 && nanoseconds == 0) return;
  out += 'T';
  append_part(out, seconds / 3600, 'H');
  append_part(out, seconds / 60 % 60, 'M');
  if (seconds % 60 == 0 && nanoseconds == 0) return;
  append_padded(out, seconds % 60, 1);
  append_fraction(out, nanoseconds);
  out += 'S';
}

void append_years_months(std::string& out, std::int64_t months) {
  if (months == 0) {
    out += "P0M";
    return;
  }
  if (months < 0) out += '-';
  const std::int64_t magnitude = months < 0 ? -months : months;
  out += 'P';
  append_part(out, magnitude / 12, 'Y');
  append_part(out, magnitude % 12, 'M');
}

}  // namespace

std::optional<Value> parse_date(std::string_view text) {
  Reader reader(text);
  const auto days = take_date(reader);
  if (!days || !reader.at_end()) return std::nullopt;
  return Value::date(*days);
}

std::optional<Value> parse_time(std::string_view text) {
  Reader reader(text);
  DateTime at{};
  bool next_day = false;
  if (!take_time(reader, at, next_day)) return std::nullopt;
  return Value::time(at.nanoseconds, at.zoning, at.offset, at.zone);
}

std::optional<Value> parse_date_time(Arena& arena, std::string_view text) {
  Reader reader(text);
  const auto days = take_date(reader);
  if (!days) return std::nullopt;
  DateTime at{*days, 0, 0, 0, Zoning::local};
  if (reader.at_end()) return make_date_time(arena, at);
  bool next_day = false;
  if (!reader.take('T') || !take_time(reader, at, next_day)) return std::nullopt;
  if (next_day && ++at.days > most_day) return std::nullopt;
  return make_date_time(arena, at);
}

std::optional<Value> parse_duration(std::string_view text) {
  Reader reader(text);
  const bool negative = reader.take('-');
  if (!reader.take('P')) return std::nullopt;
  std::optional<Value> out;
  if (const auto months = take_units(reader, years_months_units)) {
    out = bounded_years_months(months->total);
  } else if (const auto time = take_units(reader, days_time_units)) {
    out = bounded_days_time(time->total, static_cast<std::uint32_t>(time->nanoseconds));
  }
  if (out && negative) out = temporal_negate(*out);
  return out;
}

std::optional<Value> parse_at_literal(Arena& arena, std::string_view text) {
  if (text.starts_with('P') || text.starts_with("-P")) return parse_duration(text);
  if (text.size() > 2 && text[2] == ':') return parse_time(text);
  if (const auto date = parse_date(text)) return date;
  return parse_date_time(arena, text);
}

void append_temporal(std::string& out, Value value) {
  switch (value.kind()) {
    case Kind::date:
      append_date(out, value.days());
      break;
    case Kind::time:
      append_time(out, parts_of_time(value));
      break;
    case Kind::date_time:
      append_date(out, value.date_time().days);
      out += 'T';
      append_time(out, value.date_time());
      break;
    case Kind::days_time_duration:
      append_days_time(out, value);
      break;
    case Kind::years_months_duration:
      append_years_months(out, value.months());
      break;
    default:
      break;
  }
}

}  // namespace partnership::feel
