// SPDX-License-Identifier: Apache-2.0
#include "charter/reader.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "charter/conflicts.hpp"
#include "charter/engine.hpp"
#include "packs/packs.hpp"

namespace partnership::charter {

namespace {

constexpr std::array<std::string_view, 4> statuses = {"in force", "proposed", "superseded",
                                                      "example"};

std::vector<std::string> calendars_that_ship() {
  constexpr std::string_view before = "calendars/", behind = ".json";
  std::vector<std::string> out;
  for (const Packs::Entry& entry : Packs().list()) {
    if (entry.kind != "calendars") continue;
    out.push_back(
        entry.name.substr(before.size(), entry.name.size() - before.size() - behind.size()));
  }
  return out;
}

}  // namespace

CharterReader::CharterReader(json::Value root, std::span<const Calendar> calendars,
                             json::Problems& problems)
    : root_(root),
      calendars_(calendars),
      problems_(problems),
      parts_(problems),
      charter_(new Charter) {}

std::shared_ptr<const Charter> CharterReader::read() {
  json::ObjectReader reader(root_, problems_);
  read_head(reader);
  if (const auto parties = reader.object("parties", true)) {
    read_named(*parties, charter_->parties_, parties_, "party");
  }
  if (const auto principles = reader.object("principles")) {
    read_named(*principles, charter_->principles_, principles_, "principle");
  }
  if (const auto windows = reader.object("windows")) read_windows(*windows);
  if (const auto kinds = reader.object("kinds", true)) read_kinds(*kinds);
  if (const auto norms = reader.array("norms", true)) read_norms(*norms);
  reader.finish();
  link_norms();
  compile_kinds(charter_->kinds_, facts_, places_, problems_);
  check_axes();
  check_tests();
  if (!problems_.empty()) return charter_;
  charter_->hash_ = sha256(json::canonical(root_));
  const auto windows = window_days(*charter_);
  for (std::uint32_t i = 0; i < charter_->kinds_.size(); ++i) {
    charter_->kinds_[i].engine = make_engine(*charter_, i, windows);
  }
  return charter_;
}

void CharterReader::read_head(json::ObjectReader& reader) {
  charter_->id_ = parts_.id(reader, "charter", true);
  charter_->version_ = reader.text("version", true).value_or("");
  charter_->title_ = parts_.label(reader, "title", true);
  charter_->text_ = parts_.label(reader, "text");
  if (const auto status = reader.any("status")) {
    if (const auto which = parts_.one_of(*status, statuses)) charter_->status_ = statuses[*which];
  }
  charter_->sources_ = parts_.sources(reader);
  charter_->in_force_ = parts_.in_force(reader);
  if (const auto calendar = reader.any("calendar")) read_calendar(*calendar);
}

// ---- calendar

void CharterReader::read_calendar(json::Value value) {
  if (value.is(json::Type::object)) return read_inline_calendar(value);
  if (!value.is(json::Type::string)) {
    problems_.add(
        value, "expected the id of a calendar, or a calendar, found " + json::a_type(value.type()));
    return;
  }
  const std::string_view id = value.text();
  for (const Calendar& calendar : calendars_) {
    if (calendar.id() == id) {
      charter_->calendar_ = calendar;
      return;
    }
  }
  if (const std::string_view shipped = pack("calendars/" + std::string(id) + ".json");
      !shipped.empty()) {
    charter_->calendar_ = Calendar::load(shipped);
    return;
  }
  const std::vector<std::string> shipped_ids = calendars_that_ship();
  std::vector<std::string_view> ids(shipped_ids.begin(), shipped_ids.end());
  for (const Calendar& calendar : calendars_) ids.push_back(calendar.id());
  problems_.add(value, "there is no calendar " + backticked(id) + parts_.hint(id, ids));
}

void CharterReader::read_inline_calendar(json::Value value) {
  try {
    charter_->calendar_ = Calendar::load(value.source());
  } catch (const Error& error) {
    if (error.code() != Code::invalid_document && error.code() != Code::malformed) throw;
    parts_.add_inner(value, error);
  }
}

// ---- what is named

void CharterReader::read_named(json::Value members, std::vector<Named>& list, Ids& ids,
                               std::string_view what) {
  if (members.size() > most_named) {
    problems_.add(members, "expected at most " + std::to_string(most_named));
    return;
  }
  for (const json::Value member : members) {
    if (problems_.full()) return;
    Named named{parts_.id(member, member.key()), LangMap::read(member, problems_)};
    if (named.id.empty()) continue;
    if (!ids.add(named.id)) {
      problems_.add(member,
                    "there are two of the " + std::string(what) + " " + backticked(named.id));
      continue;
    }
    list.push_back(std::move(named));
  }
}

void CharterReader::read_windows(json::Value members) {
  if (members.size() > most_named) {
    problems_.add(members, "expected at most " + std::to_string(most_named));
    return;
  }
  for (const json::Value member : members) {
    if (problems_.full()) return;
    Window window;
    window.id = parts_.id(member, member.key());
    json::ObjectReader reader(member, problems_);
    window.label = parts_.label(reader, "label");
    if (const auto from = reader.any("from", true)) window.from = parts_.day(*from);
    if (const auto to = reader.any("to", true)) window.to = parts_.day(*to);
    reader.finish();
    if (window.id.empty()) continue;
    if (!windows_.add(window.id)) {
      problems_.add(member, "there are two of the window " + backticked(window.id));
      continue;
    }
    charter_->windows_.push_back(std::move(window));
  }
}

std::shared_ptr<const Charter> Charter::load(std::string_view json,
                                             std::span<const Calendar> calendars) {
  json::Limits limits;
  limits.bytes = most_charter_bytes;
  const auto document = json::Document::parse(json, limits);
  json::Problems problems;
  CharterReader reader(document->root(), calendars, problems);
  auto charter = reader.read();
  problems.raise(Code::invalid_document);
  return charter;
}

}  // namespace partnership::charter
