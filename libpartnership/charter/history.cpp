// SPDX-License-Identifier: Apache-2.0
#include "charter/history.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "base/error.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"

namespace partnership::charter {

namespace {

constexpr std::string_view white_space = " \t\r\n";

}  // namespace

class HistoryReader {
 public:
  explicit HistoryReader(std::shared_ptr<const Charter> charter)
      : history_(new History), charter_(*charter), readers_(charter->kinds().size()) {
    history_->charter_ = std::move(charter);
    for (const Kind& kind : charter_.kinds()) kind_ids_.push_back(kind.id);
  }

  std::shared_ptr<const History> read(std::string_view text) {
    if (is_lines(text)) {
      read_lines(text);
    } else {
      history_->documents_.push_back(json::Document::parse(text));
      read_document(history_->documents_.back()->root());
    }
    problems_.raise(Code::invalid_document);
    finish();
    return std::move(history_);
  }

 private:
  // Whether the first line is an object by itself, and not the whole document on one line.
  static bool is_lines(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(white_space);
    if (begin == std::string_view::npos) return true;  // no events
    const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
    try {
      const auto document = json::Document::parse(line);
      return document->root().is(json::Type::object) && !document->root().find("events");
    } catch (const Error& error) {
      if (error.code() != Code::malformed) throw;
      return false;
    }
  }

  void read_document(json::Value root) {
    Parts parts(problems_);
    json::ObjectReader reader(root, problems_);
    history_->complete_ = reader.boolean("complete").value_or(false);
    if (const auto events = reader.array("events", true)) {
      for (const json::Value event : *events) read_event(event, parts);
    }
    reader.finish();
  }

  void read_lines(std::string_view text) {
    std::int64_t above = 0;  // lines
    for (std::size_t at = 0; at < text.size(); ++above) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const std::string_view line = text.substr(at, end - at);
      if (line.find_first_not_of(white_space) != std::string_view::npos) {
        read_line(line, at, above);
      }
      at = end + 1;
    }
  }

  // What is wrong with a line is told by its place in the whole text.
  void read_line(std::string_view line, std::size_t at, std::int64_t above) {
    json::Problems problems;
    try {
      history_->documents_.push_back(json::Document::parse(line));
      Parts parts(problems);
      read_event(history_->documents_.back()->root(), parts);
      problems.raise(Code::invalid_document);
    } catch (const Error& error) {
      json::Problems moved;
      json::Problems& into = error.code() == Code::invalid_document ? problems_ : moved;
      for (Problem problem : error.problems()) {
        if (problem.offset != no_offset) problem.offset += static_cast<std::int64_t>(at);
        problem.line = std::max<std::int64_t>(problem.line, 1) + above;
        into.add(std::move(problem));
      }
      moved.raise(error.code());
    }
  }

  void read_event(json::Value value, Parts& parts) {
    json::ObjectReader reader(value, parts.problems());
    if (!reader.ok()) return;
    const Date on = parts.date(reader, "on", true);
    const auto id = reader.text("case", true);
    const auto kind = reader.text("kind");
    const auto of =
        id ? case_of(*id, value, kind ? reader.any("kind") : std::nullopt, parts) : std::nullopt;
    if (of && history_->cases_[*of].kind != no_kind) {
      const auto first = static_cast<std::uint32_t>(history_->changes_.size());
      changes_of(history_->cases_[*of].kind).read(reader, parts, history_->changes_);
      const auto count = static_cast<std::uint32_t>(history_->changes_.size()) - first;
      history_->cases_[*of].events.push_back({on, first, count});
      ++history_->events_;
    } else {  // which facts it may have is not known
      for (const char* const name : {"facts", "append", "withdraw"}) (void)reader.any(name);
    }
    reader.finish();
  }

  // The number of the case that an event is about. `kind`: what the event says of its kind.
  std::optional<std::uint32_t> case_of(std::string_view id, json::Value event,
                                       std::optional<json::Value> kind, Parts& parts) {
    const auto next = static_cast<std::uint32_t>(history_->cases_.size());
    const auto [at, fresh] = numbers_.try_emplace(std::string(id), next);
    if (fresh) {
      history_->cases_.push_back({std::string(id), no_kind, {}});
      if (!kind) {
        parts.problem(event, "the first event of the case " + quoted(id) +
                                 " must say its kind in a member `kind`");
      }
    }
    History::CaseHistory& of = history_->cases_[at->second];
    if (!kind) return at->second;
    const std::int32_t named = charter_.find_kind(kind->text());
    if (named < 0) {
      parts.problem(*kind, "no kind of case " + quoted(kind->text()) + " is declared" +
                               parts.hint(kind->text(), kind_ids_));
    } else if (of.kind == no_kind) {
      of.kind = static_cast<std::uint32_t>(named);
    } else if (of.kind != static_cast<std::uint32_t>(named)) {
      parts.problem(*kind, "the case " + quoted(id) + " was said to be of the kind " +
                               quoted(charter_.kinds()[of.kind].id));
    }
    return at->second;
  }

  ChangeReader& changes_of(std::uint32_t kind) {
    if (readers_[kind] == nullptr) {
      readers_[kind] = std::make_unique<ChangeReader>(charter_.kinds()[kind]);
    }
    return *readers_[kind];
  }

  void finish() {
    History& history = *history_;
    for (History::CaseHistory& of : history.cases_) {
      std::ranges::stable_sort(of.events, {}, &History::Event::on);
      const Date first = of.events.front().on, last = of.events.back().on;
      history.first_ = history.first_ == date_none ? first : std::min(history.first_, first);
      history.last_ = std::max(history.last_, last);
      history.by_id_.push_back(static_cast<std::uint32_t>(history.by_id_.size()));
    }
    std::ranges::sort(history.by_id_, {},
                      [&](std::uint32_t i) -> std::string_view { return history.cases_[i].id; });
  }

  static constexpr std::uint32_t no_kind = 0xffffffff;
  std::shared_ptr<History> history_;
  const Charter& charter_;
  std::vector<std::unique_ptr<ChangeReader>> readers_;  // one a kind
  std::vector<std::string_view> kind_ids_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  json::Problems problems_;
};

std::shared_ptr<const History> History::read(std::shared_ptr<const Charter> charter,
                                             std::string_view json) {
  return HistoryReader(std::move(charter)).read(json);
}

const History::CaseHistory* History::find(std::string_view id) const noexcept {
  const auto at = std::ranges::lower_bound(
      by_id_, id, {}, [&](std::uint32_t i) -> std::string_view { return cases_[i].id; });
  return at == by_id_.end() || cases_[*at].id != id ? nullptr : &cases_[*at];
}

std::int32_t History::kind_of(std::string_view id) const noexcept {
  const CaseHistory* const of = find(id);
  return of == nullptr ? -1 : static_cast<std::int32_t>(of->kind);
}

bool History::fold(const CaseHistory& of, Date day, FactSheet& sheet) const {
  if (of.events.front().on > day) return false;
  for (const Event& event : of.events) {
    if (event.on > day) break;
    for (std::uint32_t i = 0; i < event.count; ++i) sheet.apply(changes_[event.first + i]);
  }
  return true;
}

std::vector<CasesOfKind> History::as_of(Date day) const {
  const std::vector<Kind>& kinds = charter_->kinds();
  std::vector<CasesOfKind> out(kinds.size());
  std::vector<std::string> lines(kinds.size());
  std::vector<FactSheet> sheets;
  sheets.reserve(kinds.size());
  for (const Kind& kind : kinds) sheets.emplace_back(*kind.set->schema());
  for (const CaseHistory& of : cases_) {
    FactSheet& sheet = sheets[of.kind];
    sheet.clear();
    if (!fold(of, day, sheet)) continue;
    out[of.kind].ids.push_back(of.id);
    sheet.append_json(lines[of.kind], complete_);
    lines[of.kind] += '\n';
  }
  for (std::uint32_t i = 0; i < kinds.size(); ++i) {
    out[i].kind = i;
    out[i].cases = kinds[i].set->read_cases(lines[i]);
  }
  return out;
}

std::string History::facts(std::string_view id, Date day) const {
  const CaseHistory* const of = find(id);
  std::string out;
  if (of != nullptr) {
    FactSheet sheet(*charter_->kinds()[of->kind].set->schema());
    if (fold(*of, day, sheet)) {
      sheet.append_json(out, complete_);
      return out;
    }
  }
  throw Error(Code::not_found, "no event of the case " + quoted(id) + " on or before " + iso(day));
}

}  // namespace partnership::charter
