// SPDX-License-Identifier: Apache-2.0
#include "charter/tables.hpp"

#include <functional>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "base/hash.hpp"

namespace partnership::charter {

namespace {

std::optional<std::string_view> given(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

// A table whose columns are written side by side.
template <class Row>
class Columns {
 public:
  using Text = std::function<std::optional<std::string_view>(const Row&)>;
  void text(std::string name, Text of) {
    const auto column = builder_.add(std::move(name), ColumnType::text);
    writers_.push_back([this, column, of = std::move(of)](const Row& row) {
      builder_.text_or_null(column, of(row));
    });
  }
  // What is made for the row alone.
  void made(std::string name, std::function<std::string(const Row&)> of) {
    const auto column = builder_.add(std::move(name), ColumnType::text);
    writers_.push_back([this, column, of = std::move(of)](const Row& row) {
      builder_.text_or_null(column, given(of(row)));
    });
  }
  void date(std::string name, std::function<Date(const Row&)> of) {
    const auto column = builder_.add(std::move(name), ColumnType::date);
    writers_.push_back([this, column, of = std::move(of)](const Row& row) {
      const Date day = of(row);
      if (day == date_none) {
        builder_.null(column);
      } else {
        builder_.date(column, day);
      }
    });
  }
  void number(std::string name, std::function<std::size_t(const Row&)> of) {
    const auto column = builder_.add(std::move(name), ColumnType::int64);
    writers_.push_back([this, column, of = std::move(of)](const Row& row) {
      builder_.int64(column, static_cast<std::int64_t>(of(row)));
    });
  }
  void boolean(std::string name, std::function<bool(const Row&)> of) {
    const auto column = builder_.add(std::move(name), ColumnType::boolean);
    writers_.push_back(
        [this, column, of = std::move(of)](const Row& row) { builder_.boolean(column, of(row)); });
  }
  void add(const Row& row) {
    for (const auto& write : writers_) write(row);
  }
  Table finish() { return builder_.finish(); }

 private:
  TableBuilder builder_;
  std::vector<std::function<void(const Row&)>> writers_;
};

std::string quoted(const Expression& expression) {
  return "`" + expression.text + "`";
}

std::string until(const Expression& by) {
  return by.given() ? ", by " + quoted(by) : std::string();
}

std::string text_of(const Deadline& of) {
  std::string out = quoted(of.done) + " <= ";
  out += of.after.given() ? quoted(of.after) : "the breach of `" + of.breach_of + "`";
  out += " + " + period_text(of.within);
  if (of.to_next_working_day) out += ", or the next working day";
  if (of.extension) {
    out += "; once " + period_text(of.extension->by) + " more where " + quoted(of.extension->when) +
           ", for a reason: " + quoted(of.extension->reason);
    if (of.extension->told.given()) out += ", told on " + quoted(of.extension->told);
  }
  static constexpr std::string_view silence[] = {
      "", "; silence is a refusal", "; silence is an acceptance", "; with silence it lapses"};
  out += silence[static_cast<std::size_t>(of.silence)];
  return out;
}

std::string text_of(const Duration& of, const std::vector<Window>* windows) {
  std::string out = quoted(of.to) + " >= " + quoted(of.from) + " + " + period_text(of.at_least);
  for (const Duration::Growth& growth : of.grows) {
    out += ", " + period_text(growth.by) + " more";
    if (windows != nullptr) out += " where it meets `" + (*windows)[growth.window].id + "`";
  }
  return out;
}

std::string text_of(const Recurrence& of) {
  std::string out = of.gap ? "no gap of " + quoted(of.of) + " longer than " + period_text(*of.gap)
                           : "at least " + std::to_string(of.at_least) + " of " + quoted(of.of) +
                                 " in each " +
                                 (of.calendar_year ? "calendar year" : period_text(*of.per));
  out += ", from " + quoted(of.from);
  if (of.to.given()) out += " to " + quoted(of.to);
  return out;
}

std::string text_of(const Coverage& of) {
  std::string out = quoted(of.of) + " in ";
  switch (of.required) {
    case Coverage::Required::every_cell:
      out += "every cell";
      break;
    case Coverage::Required::every_row:
      out += "every row";
      break;
    case Coverage::Required::every_column:
      out += "every column";
      break;
    case Coverage::Required::cells:
      for (std::size_t i = 0; i < of.cells.size(); ++i) {
        if (i != 0) out += ", ";
        out += of.rows.values[of.cells[i].first] + " / " + of.columns.values[of.cells[i].second];
      }
      break;
  }
  return out + " of `" + of.rows.member + "` by `" + of.columns.member + "`" + until(of.by);
}

std::string of_shape(const NormVersion& version, const std::vector<Window>* windows) {
  switch (version.shape) {
    case Shape::require:
      return version.require.that.text + until(version.require.by);
    case Shape::deadline:
      return text_of(version.deadline);
    case Shape::notice:
      return quoted(version.notice.done) + " <= " + quoted(version.notice.before) + " - " +
             period_text(version.notice.at_least);
    case Shape::duration:
      return text_of(version.duration, windows);
    case Shape::recurrence:
      return text_of(version.recurrence);
    case Shape::coverage:
      return text_of(version.coverage);
  }
  return {};
}

std::string condition(const NormVersion& version, const std::vector<Window>* windows) {
  std::string out = of_shape(version, windows);
  for (std::size_t i = 0; i < version.evidence.size(); ++i) {
    out += (i == 0 ? "; proved by `" : ", `") + version.evidence[i] + "`";
  }
  if (version.unless) {
    out += "; unless " + quoted(version.unless->when) +
           ", for a reason: " + quoted(version.unless->reason);
  }
  return out;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += ';';
    out += part;
  }
  return out;
}

std::string_view label_of(const LangMap* map, Language language) {
  return map == nullptr ? std::string_view() : map->get(language);
}

std::string_view principle_of(const Charter& charter, std::string_view id, Language language) {
  for (const Named& principle : charter.principles()) {
    if (principle.id == id) return principle.label.get(language);
  }
  return {};
}

std::string defeated(const Charter& charter, const NormVersion& version) {
  std::vector<std::string> ids;
  for (const std::uint32_t norm : version.exception_of) ids.push_back(charter.norms()[norm].id);
  return joined(ids);
}

}  // namespace

std::string period_text(const PeriodOf& period) {
  using Unit = PeriodOf::Unit;
  const auto of = [&](std::string_view one, std::string_view many) {
    return std::to_string(period.count) + " " + std::string(period.count == 1 ? one : many);
  };
  const auto two = [](std::int32_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  switch (period.unit) {
    case Unit::days:
      return of("day", "days");
    case Unit::working_days:
      return of("working day", "working days");
    case Unit::weeks:
      return of("week", "weeks");
    case Unit::months:
      return of("month", "months");
    case Unit::years:
      return of("year", "years");
    case Unit::next_year:
      return two(period.month) + "-" + two(period.day) + " of the next year";
    case Unit::feel:
      return quoted(period.feel);
  }
  return {};
}

std::string condition_text(const NormVersion& version) {
  return condition(version, nullptr);
}

Table about_table(const Charter& charter, Language language) {
  Columns<Charter> columns;
  columns.text("charter", [](const Charter& c) { return given(c.id()); });
  columns.text("version", [](const Charter& c) { return given(c.version()); });
  columns.text("title", [=](const Charter& c) { return given(c.title().get(language)); });
  columns.text("status", [](const Charter& c) { return given(c.status()); });
  columns.date("in_force_from", [](const Charter& c) { return c.in_force().from; });
  columns.date("in_force_to", [](const Charter& c) { return c.in_force().to; });
  columns.text("source", [=](const Charter& c) {
    return c.sources().empty() ? std::nullopt : given(c.sources()[0].title.get(language));
  });
  columns.text("address", [](const Charter& c) {
    return c.sources().empty() ? std::nullopt : given(c.sources()[0].address);
  });
  columns.text("calendar", [](const Charter& c) {
    return c.calendar() == nullptr ? std::nullopt : given(c.calendar()->id());
  });
  columns.number("norms", [](const Charter& c) { return c.norms().size(); });
  columns.made("hash", [](const Charter& c) { return hex(c.hash()); });
  columns.add(charter);
  return columns.finish();
}

Table norms_table(const Charter& charter, Language language) {
  using Row = NormVersion;
  Columns<Row> columns;
  columns.text("norm", [](const Row& v) { return given(v.id); });
  columns.text("kind", [&](const Row& v) { return given(charter.kinds()[v.kind].id); });
  columns.text("article", [](const Row& v) { return given(v.article); });
  columns.text("citation", [](const Row& v) { return given(v.citation); });
  columns.text("label", [=](const Row& v) { return given(v.label.get(language)); });
  columns.text("text", [=](const Row& v) { return given(v.text.get(language)); });
  columns.text("note", [=](const Row& v) { return given(v.note.get(language)); });
  columns.text("modality", [](const Row& v) { return given(modality_name(v.modality)); });
  columns.text("bearer_id", [](const Row& v) { return given(v.bearer); });
  columns.text("bearer", [&, language](const Row& v) {
    return given(label_of(charter.party(v.bearer), language));
  });
  columns.text("counterparty_id", [](const Row& v) { return given(v.counterparty); });
  columns.text("counterparty", [&, language](const Row& v) {
    return given(label_of(charter.party(v.counterparty), language));
  });
  columns.text("shape", [](const Row& v) { return given(shape_name(v.shape)); });
  columns.text("applies", [](const Row& v) { return given(v.applies.text); });
  columns.made("condition", [&](const Row& v) { return condition(v, &charter.windows()); });
  columns.date("in_force_from", [](const Row& v) { return v.in_force.from; });
  columns.date("in_force_to", [](const Row& v) { return v.in_force.to; });
  columns.text("principle", [&, language](const Row& v) {
    return given(principle_of(charter, v.principle, language));
  });
  columns.text("source", [=](const Row& v) {
    return v.sources.empty() ? std::nullopt : given(v.sources[0].title.get(language));
  });
  columns.text("address", [](const Row& v) {
    return v.sources.empty() ? std::nullopt : given(v.sources[0].address);
  });
  columns.made("exception_of", [&](const Row& v) { return defeated(charter, v); });
  columns.text("reparation", [&](const Row& v) {
    return v.reparation < 0 ? std::nullopt
                            : given(charter.norms()[static_cast<std::size_t>(v.reparation)].id);
  });
  columns.made("covers", [](const Row& v) { return joined(v.covers); });
  columns.text("standing", [](const Row& v) { return given(v.standing); });
  columns.boolean("enabled", [](const Row& v) { return v.enabled; });
  columns.number("tests", [](const Row& v) { return v.tests.size(); });
  for (const NormVersion& version : charter.versions()) columns.add(version);
  return columns.finish();
}

Table kinds_table(const Charter& charter, Language language) {
  struct Row {
    const Kind& kind;
    const Fact& fact;
  };
  Columns<Row> columns;
  columns.text("kind", [](const Row& r) { return given(r.kind.id); });
  columns.text("kind_label", [=](const Row& r) { return given(r.kind.label.get(language)); });
  columns.text("fact", [](const Row& r) { return given(r.fact.name); });
  columns.text("type", [](const Row& r) { return given(r.fact.type); });
  columns.text("label", [=](const Row& r) { return given(r.fact.label.get(language)); });
  columns.boolean("optional", [](const Row& r) { return r.fact.optional; });
  for (const Kind& kind : charter.kinds()) {
    for (const Fact& fact : kind.facts) columns.add({kind, fact});
  }
  return columns.finish();
}

}  // namespace partnership::charter
