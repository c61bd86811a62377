// SPDX-License-Identifier: Apache-2.0
#include "platform/invariants.hpp"

#include <algorithm>
#include <string>

#include "base/text.hpp"
#include "committee/criteria.hpp"
#include "verify/draw.hpp"

namespace partnership::platform {

namespace {

std::string listed(const std::vector<std::string>& ids) {
  std::string out;
  for (const std::string& id : ids) out += (out.empty() ? "" : ", ") + backticked(id);
  return out;
}

std::string days_of(const std::vector<Version>& versions) {
  std::string out = "from " + iso(versions.front().from);
  if (versions.back().to) out += " to " + iso(static_cast<Date>(*versions.back().to));
  return out;
}

class Judge {
 public:
  Judge(const Event& event, Projection& projection, const Journal& journal, Sql& sql,
        json::Problems& reasons)
      : event_(event), projection_(projection), journal_(journal), sql_(sql), reasons_(reasons) {}

  void judge() {
    switch (event_.kind->effect) {
      case Effect::create:
        must_be_new();
        break;
      case Effect::change:
        must_hold();
        break;
      case Effect::settle:
        if (projection_.exists(event_.kind->table, event_.id)) must_hold();
        break;
      case Effect::end:
        may_end();
        break;
      case Effect::strike:
        may_be_struck();
        return;
      case Effect::erase:
        may_be_erased();
        return;
    }
    check_references();
    for (const Rule rule : event_.kind->rules) check(rule);
  }

 private:
  void against(std::string_view field, std::string reason) {
    reasons_.add(event_.place(field), std::move(reason));
  }
  std::string_view table() const { return event_.kind->table; }
  std::string thing() const { return std::string(table()) + " " + backticked(event_.id); }
  std::string day() const { return iso(event_.effective); }

  void must_be_new() {
    if (projection_.exists(table(), event_.id)) {
      against("id", thing() + " is recorded already");
    }
  }

  // false, with the reason noted, unless the thing holds on the day of the event.
  bool must_hold() {
    if (projection_.holds(table(), event_.id, event_.effective)) return true;
    const auto versions = projection_.versions(table(), event_.id);
    if (versions.empty()) {
      against("id", thing() + " is not recorded");
    } else {
      against("id", thing() + " does not hold on " + day() + ", but " + days_of(versions));
    }
    return false;
  }

  void may_end() {
    if (!must_hold()) return;
    if (projection_.versions(table(), event_.id).front().from == event_.effective) {
      reasons_.add(event_.source, thing() + " began on " + day() +
                                      " itself; use `record.struck` if it never held");
    }
    for (const TableSpec& other : tables()) {
      for (const Field& column : other.columns) {
        if (column.type != FieldType::bound || column.choices != table()) continue;
        const auto ids = projection_.holding(other.name, column.name, event_.id, event_.effective);
        if (!ids.empty()) {
          against("id", thing() + " cannot end on " + day() +
                            " while these hold: " + std::string(other.name) + " " + listed(ids));
        }
      }
    }
  }

  void may_be_struck() {
    const std::string_view name = event_.text("table");
    const TableSpec* spec = find_table(name);
    if (spec == nullptr) return against("table", "there is no table " + backticked(name));
    if (!projection_.exists(name, event_.id)) {
      return against("id", std::string(name) + " " + backticked(event_.id) + " is not recorded");
    }
    for (const TableSpec& other : tables()) {
      for (const Field& column : other.columns) {
        const bool refers = column.type == FieldType::bound || column.type == FieldType::ref ||
                            column.type == FieldType::refs;
        if (!refers || column.choices != name) continue;
        auto ids = projection_.naming(other.name, column, event_.id);
        if (other.name == name) std::erase(ids, event_.id);
        if (!ids.empty()) {
          against("id", std::string(name) + " " + backticked(event_.id) +
                            " cannot be struck while these name it: " + std::string(other.name) +
                            " " + listed(ids));
        }
      }
    }
  }

  void may_be_erased() {
    const auto* position = std::get_if<std::int64_t>(&event_.value("position").cell);
    if (position == nullptr || *position < 0 || *position >= journal_.size()) {
      return against("position",
                     "there is no such entry; the journal has " + std::to_string(journal_.size()));
    }
    Use use = sql_.use("SELECT 1 FROM personal WHERE position = ?");
    if (!use.bind(1, *position).step()) {
      against("position",
              "entry " + std::to_string(*position) + " has no personal payload, or none any more");
    }
  }

  // ---- what the event names

  void check_references() {
    for (std::size_t i = 0; i < event_.values.size(); ++i) {
      const Field& field = event_.kind->fields[i];
      const auto* text = std::get_if<HeldText>(&event_.values[i].cell);
      if (text == nullptr) continue;
      if (field.type == FieldType::ref || field.type == FieldType::bound) {
        check_reference(field, *text, event_.place(field.name));
      } else if (field.type == FieldType::refs) {
        for (const json::Value item : event_.place(field.name)) {
          check_reference(field, std::string(item.text()), item);
        }
      }
    }
  }

  void check_reference(const Field& field, const std::string& id, json::Value place) {
    const std::string_view other = field.choices;
    if (field.type == FieldType::bound && projection_.holds(other, id, event_.effective)) return;
    if (field.type != FieldType::bound && projection_.exists(other, id)) return;
    const auto versions = projection_.versions(other, id);
    const std::string named = std::string(other) + " " + backticked(id);
    if (versions.empty()) {
      reasons_.add(place, named + " is not recorded");
    } else {
      reasons_.add(place, named + " does not hold on " + day() + ", but " + days_of(versions));
    }
  }

  // ---- rules

  // A text column as the event leaves it: its own value, else the one that holds on its day.
  std::string text_after(std::string_view field) {
    const FieldValue& value = event_.value(field);
    if (value.given) return std::string(event_.text(field));
    return text_before(table(), event_.id, field);
  }
  std::string text_before(std::string_view of, const std::string& id, std::string_view column) {
    const auto version = projection_.on(of, id, event_.effective);
    if (!version) return {};
    const std::string* text = std::get_if<HeldText>(&projection_.cell(of, *version, column));
    return text == nullptr ? std::string() : *text;
  }

  void check(Rule rule) {
    switch (rule) {
      case Rule::body_or_person:
        if (event_.text("body").empty() && event_.text("person").empty()) {
          reasons_.add(event_.public_part, "neither `body` nor `person` is named");
        }
        return;
      case Rule::body_or_mandate:
        return body_or_mandate();
      case Rule::one_substantive_holder:
        return one_substantive_holder();
      case Rule::dates_in_order:
        return dates_in_order();
      case Rule::stage_forward:
        return stage_forward();
      case Rule::day_in_period:
        return day_in_period();
      case Rule::was_held:
        return was_held();
      case Rule::still_open:
        return still_open();
      case Rule::some_panels:
        return some_panels();
      case Rule::still_announced:
        return still_announced();
      case Rule::number_of_seed:
        return number_of_seed();
      case Rule::criteria_load:
        return criteria_load();
      case Rule::both_not_itself:
        return not_itself();
    }
  }

  void body_or_mandate() {
    const std::string body(event_.text("body"));
    const std::string mandate(event_.text("mandate"));
    if (body.empty()) {
      reasons_.add(event_.public_part, "the `body` that takes the seat is not named");
    }
    if (body.empty() || mandate.empty()) return;
    const std::string holder = text_before("mandate", mandate, "body");
    if (!holder.empty() && holder != body) {
      against("mandate", "mandate " + backticked(mandate) + " is one of body " +
                             backticked(holder) + ", not of " + backticked(body));
    }
  }

  void one_substantive_holder() {
    const std::string post = text_after("post");
    if (post.empty() || text_after("tenure") != "substantive") return;
    auto rivals = projection_.holding("mandate", "post", post, event_.effective);
    std::erase_if(rivals, [&](const std::string& id) {
      if (id == event_.id) return true;
      const auto versions = projection_.versions("mandate", id);
      return std::ranges::none_of(versions, [&](const Version& version) {
        const auto* tenure = std::get_if<HeldText>(&projection_.cell("mandate", version, "tenure"));
        const auto* of = std::get_if<HeldText>(&projection_.cell("mandate", version, "post"));
        return (!version.to || *version.to > event_.effective) && tenure != nullptr &&
               *tenure == "substantive" && of != nullptr && *of == post;
      });
    });
    if (!rivals.empty()) {
      against("post", "post " + backticked(post) + " has a substantive holder on or after " +
                          day() + ": mandate " + listed(rivals));
    }
  }

  void dates_in_order() {
    const auto* decided = std::get_if<std::int64_t>(&event_.value("decided").cell);
    const auto* instrument = std::get_if<std::int64_t>(&event_.value("instrument_date").cell);
    if (decided == nullptr || instrument == nullptr || *decided <= *instrument) return;
    against("instrument_date",
            "the instrument is dated before the decision of " + iso(static_cast<Date>(*decided)));
  }

  void stage_forward() {
    const std::string_view stages = stage_choices();
    const std::string before = text_before("issue", event_.id, "stage");
    const std::string after(event_.text("stage"));
    if (before.empty() || stages.find(before) < stages.find(after)) return;
    against("stage", "issue " + backticked(event_.id) + " is at stage " + backticked(before) +
                         " and goes forward from there, not to " + backticked(after));
  }
  static std::string_view stage_choices() {
    for (const Field& field : find_table("issue")->columns) {
      if (field.name == "stage") return field.choices;
    }
    return {};
  }

  void day_in_period() {
    const std::string period = text_after("period");
    if (period.empty()) return;
    const auto days = period_of(period);
    if (days && days->from <= event_.effective && event_.effective < days->to) return;
    against("period", "the effective day " + day() + " is not in the period " + backticked(period));
  }

  void was_held() {
    const bool named = !event_.text("dialogue").empty();
    const std::string id(named ? event_.text("dialogue") : std::string_view(event_.id));
    if (text_before("dialogue", id, "state") == "held") return;
    if (!projection_.exists("dialogue", id)) return;  // that is said elsewhere
    against(named ? "dialogue" : "id",
            "dialogue " + backticked(id) + " was not held on or before " + day());
  }

  void still_open() {
    const std::string state = text_before("request", event_.id, "state");
    if (state.empty() || state == "open") return;
    against("id", "request " + backticked(event_.id) + " is " + state + " already");
  }

  void some_panels() {
    const auto* count = std::get_if<std::int64_t>(&event_.value("panel_count").cell);
    if (count == nullptr || *count > 0) return;
    against("panel_count", "a draw is of one panel or more, not of " + std::to_string(*count));
  }

  void still_announced() {
    if (text_before("draw", event_.id, "state") != "held") return;
    against("id", "draw " + backticked(event_.id) + " is held already");
  }

  void number_of_seed() {
    const auto version = projection_.on("draw", event_.id, event_.effective);
    const auto* number = std::get_if<std::int64_t>(&event_.value("number").cell);
    const std::string_view seed = event_.text("seed");
    if (!version || number == nullptr || seed.empty()) return;  // that is said elsewhere
    const auto panels = hash_of(text_before("draw", event_.id, "panels"));
    const auto* count =
        std::get_if<std::int64_t>(&projection_.cell("draw", *version, "panel_count"));
    if (!panels || count == nullptr || *count < 1) return;
    const std::uint64_t drawn =
        verify::repeat_draw(*panels, seed, static_cast<std::uint64_t>(*count));
    if (*number >= 0 && static_cast<std::uint64_t>(*number) == drawn) return;
    against("number", "the seed draws number " + std::to_string(drawn) + " of the " +
                          std::to_string(*count) + " panels, not " + std::to_string(*number));
  }

  void criteria_load() {
    const json::Value document = event_.place("document");
    try {
      (void)load_criteria(document.source());
    } catch (const Error& error) {
      for (Problem problem : error.problems()) {
        problem.pointer = document.pointer() + problem.pointer;
        // Its place counts from the start of the document; give that of the event.
        if (problem.offset != no_offset) {
          problem.offset += static_cast<std::int64_t>(document.offset());
          const Place place =
              place_of(document.document().source(), static_cast<std::size_t>(problem.offset));
          problem.line = place.line;
          problem.column = place.column;
        }
        reasons_.add(std::move(problem));
      }
    }
  }

  void not_itself() {
    const json::Value list = event_.place("conflicts_with");
    if (!list.is(json::Type::array)) return;
    for (const json::Value item : list) {
      if (item.text() == event_.id) {
        reasons_.add(item, "claim " + backticked(event_.id) + " is said to conflict with itself");
      }
    }
  }

  const Event& event_;
  Projection& projection_;
  const Journal& journal_;
  Sql& sql_;
  json::Problems& reasons_;
};

}  // namespace

void check_invariants(const Event& event, Projection& projection, const Journal& journal, Sql& sql,
                      json::Problems& reasons) {
  Judge(event, projection, journal, sql, reasons).judge();
}

}  // namespace partnership::platform
