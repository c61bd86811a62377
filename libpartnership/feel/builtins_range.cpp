// SPDX-License-Identifier: Apache-2.0
//
// The relations of points and ranges (DMN 1.5, table 80). An end that is missing lies before or
// behind every point, and is open. Names: `low` and `high` of one range, as in the table.
#include <functional>

#include "feel/builtins_arguments.hpp"
#include "feel/builtins_functions.hpp"
#include "feel/compare.hpp"

namespace partnership::feel::builtin {

namespace {

// An end of a range.
struct End {
  Value point;  // null: there is none
  bool closed;
  int beyond;  // -1: a low end, where it is missing before every point; 1: a high end
};

struct Span {
  End low, high;
};

// Compares points and ends; remembers whether two of them had no order.
class Scale {
 public:
  explicit Scale(Evaluation& evaluation) : evaluation_(evaluation) {}

  int compare(Value left, Value right) {
    spend_on_comparison(evaluation_, left, right);
    const auto compared = order(left, right);
    if (!compared) failed_ = true;
    return compared.value_or(0);
  }
  int compare(const End& left, Value right) {
    return left.point.is_null() ? left.beyond : compare(left.point, right);
  }
  int compare(const End& left, const End& right) {
    const int left_beyond = left.point.is_null() ? left.beyond : 0;
    const int right_beyond = right.point.is_null() ? right.beyond : 0;
    if (left_beyond != 0 || right_beyond != 0) return left_beyond - right_beyond;
    return compare(left.point, right.point);
  }
  bool failed() const noexcept { return failed_; }

 private:
  Evaluation& evaluation_;
  bool failed_ = false;
};

bool before_point(Scale& scale, const Span& range, Value point) {
  const int end = scale.compare(range.high, point);
  return end < 0 || (end == 0 && !range.high.closed);
}

bool point_before(Scale& scale, Value point, const Span& range) {
  const int end = scale.compare(range.low, point);
  return end > 0 || (end == 0 && !range.low.closed);
}

bool before_range(Scale& scale, const Span& a, const Span& b) {
  const int ends = scale.compare(a.high, b.low);
  return ends < 0 || (ends == 0 && !(a.high.closed && b.low.closed));
}

bool meets_range(Scale& scale, const Span& a, const Span& b) {
  return scale.compare(a.high, b.low) == 0 && a.high.closed && b.low.closed;
}

// Whether a point of `a` lies in or behind the beginning of `b`.
bool reaches(Scale& scale, const Span& a, const Span& b) {
  const int ends = scale.compare(a.high, b.low);
  return ends > 0 || (ends == 0 && a.high.closed && b.low.closed);
}

bool overlaps_range(Scale& scale, const Span& a, const Span& b) {
  return reaches(scale, a, b) && reaches(scale, b, a);
}

bool overlaps_before_range(Scale& scale, const Span& a, const Span& b) {
  const int lows = scale.compare(a.low, b.low), highs = scale.compare(a.high, b.high);
  const bool begins_before = lows < 0 || (lows == 0 && a.low.closed && !b.low.closed);
  const bool ends_within = highs < 0 || (highs == 0 && (!a.high.closed || b.high.closed));
  return begins_before && ends_within && reaches(scale, a, b);
}

bool overlaps_after_range(Scale& scale, const Span& a, const Span& b) {
  const int lows = scale.compare(b.low, a.low), highs = scale.compare(b.high, a.high);
  const bool begins_within = lows < 0 || (lows == 0 && b.low.closed && !a.low.closed);
  const bool ends_after = highs < 0 || (highs == 0 && (!b.high.closed || a.high.closed));
  return begins_within && ends_after && reaches(scale, b, a);
}

bool same_end(Scale& scale, const End& a, const End& b) {
  return scale.compare(a, b) == 0 && a.closed == b.closed;
}

// Whether `a` begins where `b` does, or later; whether it ends where `b` does, or sooner.
bool begins_in(Scale& scale, const Span& a, const Span& b) {
  const int lows = scale.compare(a.low, b.low);
  return lows > 0 || (lows == 0 && (!a.low.closed || b.low.closed));
}
bool ends_in(Scale& scale, const Span& a, const Span& b) {
  const int highs = scale.compare(a.high, b.high);
  return highs < 0 || (highs == 0 && (!a.high.closed || b.high.closed));
}

bool point_in(Scale& scale, Value point, const Span& range) {
  return !point_before(scale, point, range) && !before_point(scale, range, point);
}
bool range_in(Scale& scale, const Span& a, const Span& b) {
  const bool begins = begins_in(scale, a, b), ends = ends_in(scale, a, b);
  return begins && ends;
}

bool point_ends(Scale& scale, Value point, const Span& range) {
  return range.high.closed && scale.compare(range.high, point) == 0;
}
bool range_ends(Scale& scale, const Span& a, const Span& b) {
  return same_end(scale, a.high, b.high) && begins_in(scale, a, b);
}
bool point_begins(Scale& scale, Value point, const Span& range) {
  return range.low.closed && scale.compare(range.low, point) == 0;
}
bool range_begins(Scale& scale, const Span& a, const Span& b) {
  return same_end(scale, a.low, b.low) && ends_in(scale, a, b);
}

bool same_range(Scale& scale, const Span& a, const Span& b) {
  const bool lows = same_end(scale, a.low, b.low), highs = same_end(scale, a.high, b.high);
  return lows && highs;
}

Span span_of(Value value) {
  const Range& range = value.range();
  return {{range.low, range.low_closed, -1}, {range.high, range.high_closed, 1}};
}

// The relation for each pair of kinds; nullptr: there is none.
struct Relation {
  bool (*points)(Scale&, Value, Value) = nullptr;
  bool (*point_range)(Scale&, Value, const Span&) = nullptr;
  bool (*range_point)(Scale&, const Span&, Value) = nullptr;
  bool (*ranges)(Scale&, const Span&, const Span&) = nullptr;
};

// The relation that holds for (b, a) where `relation` holds for (a, b).
Value asked(Evaluation& evaluation, std::string_view function, std::span<const Value> given,
            const Relation& relation, bool turned = false) {
  Arguments in(evaluation, function, given);
  const Value first = in.single(turned ? 1 : 0), second = in.single(turned ? 0 : 1);
  if (first.is_null() || second.is_null()) {
    return in.wrong(WarningKind::null_operand, in.value(0), in.value(1));
  }
  Scale scale(evaluation);
  const bool ranges[] = {first.is(Kind::range), second.is(Kind::range)};
  bool holds = false, known = false;
  const auto ask = [&](auto question, const auto& left, const auto& right) {
    if (question == nullptr) return;
    known = true;
    holds = question(scale, left, right);
  };
  if (ranges[0] && ranges[1]) {
    ask(relation.ranges, span_of(first), span_of(second));
  } else if (ranges[0]) {
    ask(relation.range_point, span_of(first), second);
  } else if (ranges[1]) {
    ask(relation.point_range, first, span_of(second));
  } else {
    ask(relation.points, first, second);
  }
  if (!known || scale.failed()) {
    return in.wrong(WarningKind::wrong_type, in.value(0), in.value(1));
  }
  return yes_or_no(holds);
}

bool point_less(Scale& scale, Value a, Value b) {
  return scale.compare(a, b) < 0;
}
bool point_equal(Scale& scale, Value a, Value b) {
  return scale.compare(a, b) == 0;
}

constexpr Relation is_before{point_less, point_before, before_point, before_range};
constexpr Relation is_in{nullptr, point_in, nullptr, range_in};
constexpr Relation finishing{nullptr, point_ends, nullptr, range_ends};
constexpr Relation starting{nullptr, point_begins, nullptr, range_begins};
constexpr Relation meeting{nullptr, nullptr, nullptr, meets_range};
constexpr Relation overlapping{nullptr, nullptr, nullptr, overlaps_range};
constexpr Relation overlapping_before{nullptr, nullptr, nullptr, overlaps_before_range};
constexpr Relation overlapping_after{nullptr, nullptr, nullptr, overlaps_after_range};
constexpr Relation coinciding{point_equal, nullptr, nullptr, same_range};
constexpr bool turned = true;

}  // namespace

Value before(Evaluation& evaluation, std::span<const Value> given) {
  return asked(evaluation, "before", given, is_before);
}
Value after(Evaluation& evaluation, std::span<const Value> given) {
  return asked(evaluation, "after", given, is_before, turned);
}
Value meets(Evaluation& evaluation, std::span<const Value> given) {
  return asked(evaluation, "meets", given, meeting);
}
Value met_by(Evaluation& evaluation, std::span<const Value> given) {
  return asked(evaluation, "met by", given, meeting, turned);
}
Value overlaps(Evaluation& evaluation, std::span<const Value> given) {
  return asked(evaluation, "overlaps", given, overlapping);
}
Value overlaps_before(Evaluation& evaluation, std::span<const Value> given) {
  return asked(evaluation, "overlaps before", given, overlapping_before);
}
Value overlaps_after(Evaluation& evaluation, std::span<const Value> given) {
  return asked(evaluation, "overlaps after", given, overlapping_after);
}
Value finishes(Evaluation& evaluation, std::span<const Value> given) {
  return asked(evaluation, "finishes", given, finishing);
}
Value finished_by(Evaluation& evaluation, std::span<const Value> given) {
  return asked(evaluation, "finished by", given, finishing, turned);
}
Value includes(Evaluation& evaluation, std::span<const Value> given) {
  return asked(evaluation, "includes", given, is_in, turned);
}
Value during(Evaluation& evaluation, std::span<const Value> given) {
  return asked(evaluation, "during", given, is_in);
}
Value starts(Evaluation& evaluation, std::span<const Value> given) {
  return asked(evaluation, "starts", given, starting);
}
Value started_by(Evaluation& evaluation, std::span<const Value> given) {
  return asked(evaluation, "started by", given, starting, turned);
}
Value coincides(Evaluation& evaluation, std::span<const Value> given) {
  return asked(evaluation, "coincides", given, coinciding);
}

}  // namespace partnership::feel::builtin
