// SPDX-License-Identifier: Apache-2.0
#include "platform/event.hpp"

#include <algorithm>

#include "base/commitment.hpp"
#include "base/langmap.hpp"
#include "base/text.hpp"

namespace partnership::platform {

namespace {

constexpr std::int64_t largest_integer = (std::int64_t{1} << 53) - 1;  // RFC 7493 section 2.2

bool has_nul(std::string_view text) {
  return text.find('\0') != std::string_view::npos;
}

std::string list_choices(std::string_view choices) {
  std::string out = "one of ";
  for (const char c : choices) {
    if (c == '|') {
      out += ", ";
    } else {
      out += c;
    }
  }
  return out;
}

bool is_choice(std::string_view choices, std::string_view text) {
  while (!choices.empty()) {
    const std::size_t bar = choices.find('|');
    if (choices.substr(0, bar) == text) return true;
    if (bar == std::string_view::npos) break;
    choices.remove_prefix(bar + 1);
  }
  return false;
}

// Numbers in a record are exact on every machine, or they are texts.
void check_numbers(json::Value value, json::Problems& problems) {
  switch (value.type()) {
    case json::Type::real:
      problems.add(value, "a record holds no decimals and no integers beyond 2^53 - 1, expected `" +
                              std::string(value.source()) + "` as a text");
      return;
    case json::Type::integer:
      if (value.integer() > largest_integer || value.integer() < -largest_integer) {
        problems.add(value,
                     backticked(value.source()) + " is beyond 2^53 - 1, expected it as a text");
      }
      return;
    case json::Type::array:
    case json::Type::object:
      for (const json::Value child : value) check_numbers(child, problems);
      return;
    default:
      return;
  }
}

// Reads one value as its field wants it. What is wrong goes to `problems`; the cell is then empty.
class CellReader {
 public:
  CellReader(const Field& field, json::Value value, json::Problems& problems)
      : field_(field), value_(value), problems_(problems) {}

  Cell read() {
    switch (field_.type) {
      case FieldType::boolean:
        if (!value_.is(json::Type::boolean)) return wrong("true or false");
        return Cell(std::int64_t{value_.boolean() ? 1 : 0});
      case FieldType::integer:
        return integer();
      case FieldType::langmap:
        return langmap();
      case FieldType::texts:
      case FieldType::terms:
      case FieldType::refs:
        return texts();
      case FieldType::json:
        check_numbers(value_, problems_);
        return Cell(json::canonical(value_));
      default:
        if (!value_.is(json::Type::string)) return wrong("a text");
        return from_text(value_.text());
    }
  }

 private:
  Cell wrong(const std::string& expected) {
    problems_.add(value_, backticked(field_.name) + " is " + json::a_type(value_.type()) +
                              ", expected " + expected);
    return {};
  }
  Cell wrong_text(std::string_view text, const std::string& expected) {
    problems_.add(value_,
                  backticked(field_.name) + " is " + backticked(text) + ", expected " + expected);
    return {};
  }

  Cell integer() {
    if (!value_.is(json::Type::integer)) return wrong("an integer");
    check_numbers(value_, problems_);
    return Cell(value_.integer());
  }

  Cell langmap() {
    const std::size_t before = problems_.size();
    const LangMap map = LangMap::read(value_, problems_);
    if (problems_.size() != before) return {};
    std::string out;
    map.append_canonical(out);
    return Cell(std::move(out));
  }

  Cell texts() {
    if (!value_.is(json::Type::array)) return wrong("an array of texts");
    std::vector<std::string_view> seen;
    for (const json::Value item : value_) {
      const bool is_text = item.is(json::Type::string);
      if (!is_text || item.text().empty() || has_nul(item.text())) {
        problems_.add(item, "an item of " + backticked(field_.name) + " is " +
                                (is_text ? backticked(item.text()) : json::a_type(item.type())) +
                                ", expected a text that is not empty and has no U+0000");
      } else if (field_.type == FieldType::terms &&
                 item.text().find(';') != std::string_view::npos) {
        problems_.add(item, "an item of " + backticked(field_.name) + " is " +
                                backticked(item.text()) +
                                ", expected one without `;`: each is an item of its own");
      } else if (std::ranges::find(seen, item.text()) != seen.end()) {
        problems_.add(
            item, backticked(item.text()) + " stands twice in `" + std::string(field_.name) + "`");
      } else {
        seen.push_back(item.text());
      }
    }
    return Cell(json::canonical(value_));
  }

  Cell from_text(std::string_view text) {
    if (text.empty()) return wrong_text(text, "a text that is not empty");
    if (has_nul(text)) return wrong_text(text, "a text without U+0000");
    switch (field_.type) {
      case FieldType::id:
      case FieldType::ref:
      case FieldType::bound:
        if (!valid_id(text)) {
          return wrong_text(text,
                            "an id: 1 to 200 bytes, no control characters, no space at an end");
        }
        break;
      case FieldType::date:
        return date(text);
      case FieldType::period:
        if (!period_of(text)) {
          return wrong_text(text,
                            "a period such as 2004, 2004-01, 2004-01-24 or 2018-09-25/2018-09-26");
        }
        break;
      case FieldType::choice:
        if (!is_choice(field_.choices, text)) {
          return wrong_text(text, list_choices(field_.choices));
        }
        break;
      case FieldType::hash:
        if (!hash_of(text)) return wrong_text(text, "64 hex digits");
        break;
      default:
        break;
    }
    return Cell(std::string(text));
  }

  Cell date(std::string_view text) {
    try {
      return Cell(std::int64_t{parse_date(text)});
    } catch (const Error& error) {
      problems_.add(value_, backticked(field_.name) + ": " + error.problems().front().message);
      return {};
    }
  }

  const Field& field_;
  json::Value value_;
  json::Problems& problems_;
};

std::vector<std::string_view> field_names(const Kind& kind, bool personal) {
  std::vector<std::string_view> names;
  for (const Field& field : kind.fields) {
    if (field.personal == personal) names.push_back(field.name);
  }
  return names;
}

void unknown_member(const Kind& kind, json::Value member, bool personal, json::Problems& problems) {
  std::string message = backticked(kind.name) + " has no field " + backticked(member.key());
  const auto other = field_names(kind, !personal);
  if (std::ranges::find(other, member.key()) != other.end()) {
    message += personal ? " in its personal payload: it is public"
                        : " in public: it belongs to the personal payload";
  } else if (const auto near = nearest_spelling(member.key(), field_names(kind, personal));
             !near.empty()) {
    message += ", did you mean `" + std::string(near) + "`?";
  }
  problems.add(member, std::move(message));
}

// Reads the members of a payload into the values of the fields that belong there.
void read_payload(json::Value payload, bool personal, Event& event, json::Problems& problems) {
  if (!payload.is(json::Type::object)) {
    problems.add(payload, std::string(personal ? "the personal payload" : "`public`") + " is " +
                              json::a_type(payload.type()) + ", expected an object");
    return;
  }
  const Kind& kind = *event.kind;
  for (const json::Value member : payload) {
    const std::string_view name = member.key();
    const auto field = std::ranges::find_if(kind.fields, [&](const Field& candidate) {
      return candidate.name == name && candidate.personal == personal;
    });
    if (field == kind.fields.end()) {
      unknown_member(kind, member, personal, problems);
      continue;
    }
    FieldValue& value = event.values[static_cast<std::size_t>(field - kind.fields.begin())];
    value.given = true;
    if (member.is(json::Type::null)) {
      if (field->required) {
        problems.add(member, backticked(field->name) + " is null, but it is required");
      }
      continue;  // a null clears the field
    }
    value.cell = CellReader(*field, member, problems).read();
  }
}

void check_required(Event& event, json::Problems& problems) {
  for (std::size_t i = 0; i < event.values.size(); ++i) {
    const Field& field = event.kind->fields[i];
    if (field.required && !event.values[i].given) {
      problems.add(event.public_part, backticked(event.kind->name) + " needs `" +
                                          std::string(field.name) +
                                          "`: " + std::string(field.sentence));
    }
  }
}

std::string made_id(const Event& event) {
  std::string out;
  std::string_view parts = event.kind->id_from;
  while (!parts.empty()) {
    const std::size_t slash = parts.find('/');
    const std::string_view part = event.text(parts.substr(0, slash));
    if (!part.empty()) {
      if (!out.empty()) out += '/';
      out += part;
    }
    if (slash == std::string_view::npos) break;
    parts.remove_prefix(slash + 1);
  }
  return out;
}

// The kind and version, or nullptr with a problem noted.
const Kind* read_kind(json::ObjectReader& reader, json::Value object, json::Problems& problems) {
  const auto name = reader.text("kind", true);
  const auto version = reader.integer("version");
  if (!name) return nullptr;
  const Kind* newest = newest_kind(*name);
  if (newest == nullptr) {
    std::vector<std::string_view> names;
    for (const Kind& kind : kinds()) names.push_back(kind.name);
    const auto near = nearest_spelling(*name, names);
    problems.add(object.find("kind").value_or(object),
                 "there is no event kind " + backticked(*name) +
                     (near.empty() ? "" : ", did you mean `" + std::string(near) + "`?"));
    return nullptr;
  }
  if (!version) return newest;
  const Kind* kind = *version >= 1 && *version <= newest->version
                         ? find_kind(*name, static_cast<std::int32_t>(*version))
                         : nullptr;
  if (kind == nullptr) {
    problems.add(object.find("version").value_or(object),
                 backticked(*name) + " has no version " + std::to_string(*version) +
                     ", expected 1 to " + std::to_string(newest->version));
  }
  return kind;
}

void read_common(json::ObjectReader& reader, json::Value object, Event& event,
                 json::Problems& problems) {
  if (const auto effective = reader.text("effective", true)) {
    try {
      event.effective = parse_date(*effective);
    } catch (const Error& error) {
      problems.add(*object.find("effective"), "`effective`: " + error.problems().front().message);
    }
  }
  if (const auto recorded = reader.text("recorded", true)) {
    if (!is_instant(*recorded)) {
      problems.add(*object.find("recorded"),
                   "`recorded` is " + backticked(*recorded) +
                       ", expected an instant such as 2026-11-23T10:00:00Z (RFC 3339, UTC)");
    }
    event.recorded = *recorded;
  }
  if (const auto actor = reader.text("actor", true)) {
    if (!valid_id(*actor)) {
      problems.add(*object.find("actor"),
                   "`actor` is no id: 1 to 200 bytes, no control characters");
    }
    event.actor = *actor;
  }
}

void read_salted(json::Value object, Event& event, json::Problems& problems) {
  json::ObjectReader reader(object, problems);
  const auto salt = reader.text("salt", true);
  const auto payload = reader.any("payload", true);
  reader.finish();
  if (salt) {
    if (const auto bytes = hash_of(*salt)) {
      event.salt = *bytes;
    } else {
      problems.add(*object.find("salt"), "`salt` is no salt, expected 64 hex digits");
    }
  }
  if (!payload) return;
  if (field_names(*event.kind, true).empty()) {
    problems.add(*payload, backticked(event.kind->name) + " has no personal fields");
    return;
  }
  read_payload(*payload, true, event, problems);
  event.personal = json::canonical(*payload);
  event.commitment = commitment(event.salt, event.personal);
}

// What callers' events and stored entries have in common; `personal` reads the member of that name.
std::optional<Event> read(json::Value object, json::Problems& problems, auto&& personal) {
  const std::size_t before = problems.size();
  json::ObjectReader reader(object, problems);
  if (!reader.ok()) return std::nullopt;
  Event event(object);
  event.kind = read_kind(reader, object, problems);
  read_common(reader, object, event, problems);
  const auto public_part = reader.any("public", true);
  const auto personal_part = reader.any("personal");
  reader.finish();
  if (event.kind == nullptr) return std::nullopt;
  event.values.resize(event.kind->fields.size());
  if (public_part) {
    event.public_part = *public_part;
    read_payload(*public_part, false, event, problems);
    if (public_part->is(json::Type::object)) check_required(event, problems);
  }
  if (personal_part && !personal_part->is(json::Type::null)) {
    personal(*personal_part, event);
  }
  if (problems.size() != before) return std::nullopt;
  if (event.kind->id_from.empty()) {
    if (event.kind->effect != Effect::erase) event.id = event.text("id");
  } else {
    event.id = made_id(event);
  }
  return event;
}

}  // namespace

const FieldValue& Event::value(std::string_view field) const noexcept {
  static const FieldValue absent;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (kind->fields[i].name == field) return values[i];
  }
  return absent;
}

std::string_view Event::text(std::string_view field) const noexcept {
  const auto* text = std::get_if<HeldText>(&value(field).cell);
  return text == nullptr ? std::string_view() : *text;
}

json::Value Event::place(std::string_view field) const noexcept {
  return public_part.find(field).value_or(source);
}

std::optional<Event> read_event(json::Value value, json::Problems& problems) {
  return read(value, problems,
              [&](json::Value part, Event& event) { read_salted(part, event, problems); });
}

std::optional<Event> read_entry(json::Value value, const std::optional<json::Value>& payload,
                                json::Problems& problems) {
  return read(value, problems, [&](json::Value part, Event& event) {
    event.commitment = part.is(json::Type::string) ? hash_of(part.text()) : std::nullopt;
    if (!event.commitment)
      problems.add(part, "`personal` is no commitment, expected 64 hex digits");
    if (payload) read_payload(*payload, true, event, problems);
  });
}

std::string entry_bytes(const Event& event) {
  std::string out;
  out.reserve(event.public_part.source().size() + event.actor.size() + 160);
  out += "{\"actor\":";
  json::append_string(out, event.actor);
  out += ",\"effective\":\"";
  append_iso(out, event.effective);
  out += "\",\"kind\":\"";
  out += event.kind->name;
  out += "\",\"personal\":";
  if (event.commitment) {
    out += '"';
    out += hex(*event.commitment);
    out += '"';
  } else {
    out += "null";
  }
  out += ",\"public\":";
  json::append_canonical(out, event.public_part);
  out += ",\"recorded\":\"";
  out += event.recorded;
  out += "\",\"version\":";
  out += std::to_string(event.kind->version);
  out += '}';
  return out;
}

}  // namespace partnership::platform
