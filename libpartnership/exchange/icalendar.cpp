// SPDX-License-Identifier: Apache-2.0
#include "exchange/icalendar.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "exchange/characters.hpp"

namespace partnership::exchange {
namespace {

using Entry = CalendarEntry;
using Status = Entry::Status;

constexpr std::size_t most_octets = 75;  // of a line, without its end

std::string_view status_value(Status status) noexcept {
  switch (status) {
    case Status::none:
      break;
    case Status::needs_action:
      return "NEEDS-ACTION";
    case Status::in_process:
      return "IN-PROCESS";
    case Status::completed:
      return "COMPLETED";
    case Status::cancelled:
      return "CANCELLED";
    case Status::tentative:
      return "TENTATIVE";
    case Status::confirmed:
      return "CONFIRMED";
  }
  return {};
}

bool has_status(Entry::Kind kind, Status status) noexcept {
  switch (status) {
    case Status::none:
    case Status::cancelled:
      return true;
    case Status::needs_action:
    case Status::in_process:
    case Status::completed:
      return kind == Entry::Kind::todo;
    case Status::tentative:
    case Status::confirmed:
      return kind == Entry::Kind::event;
  }
  return false;
}

// RFC 3986 in as far as a line of iCalendar must have it: a scheme, and none but the characters of
// a URI.
bool is_uri(std::string_view text) noexcept {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto other = [](char c) {
    return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  };
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || !letter(text.front())) return false;
  const std::string_view scheme = text.substr(0, colon);
  if (!std::all_of(scheme.begin(), scheme.end(), [&](char c) { return letter(c) || other(c); })) {
    return false;
  }
  return colon + 1 < text.size() && std::all_of(text.begin(), text.end(), [](char c) {
           return c > ' ' && c < 0x7f &&
                  std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos;
         });
}

// ----------------------------------------------------------------------------------- checking

class Checker {
 public:
  explicit Checker(const CalendarFile& file) : file_(file) {}

  void check() {
    if (!is_instant(file_.stamp)) {
      add("/stamp",
          "expected an instant such as `2026-11-25T10:00:00Z`, got " + backticked(file_.stamp));
    }
    if (!file_.organizer.empty() && !is_uri(file_.organizer)) {
      add("/organizer", backticked(file_.organizer) + " is no uri");
    }
    if (file_.publish && file_.organizer.empty())
      add("/organizer", "publishing needs an organizer");
    for (std::size_t i = 0; i < file_.entries.size(); ++i) {
      place_ = "/entries/" + std::to_string(i);
      check(file_.entries[i]);
    }
    if (!problems_.empty()) throw Error(Code::invalid_argument, std::move(problems_));
  }

 private:
  void check(const Entry& entry) {
    if (entry.uid.empty()) add(place_ + "/uid", "an entry needs a uid");
    if (!uids_.insert(entry.uid).second && !entry.uid.empty()) {
      add(place_ + "/uid", "there are two entries of uid " + backticked(entry.uid));
    }
    if (!has_status(entry.kind, entry.status)) {
      const char* kind = entry.kind == Entry::Kind::todo ? "a todo" : "an event";
      add(place_ + "/status",
          std::string(kind) + " cannot be `" + std::string(status_value(entry.status)) + "`");
    }
    if (!entry.link.empty() && !is_uri(entry.link)) {
      add(place_ + "/link", backticked(entry.link) + " is no uri");
    }
    if (!entry.modified.empty() && !is_instant(entry.modified)) {
      add(place_ + "/modified", "expected an instant, got " + backticked(entry.modified));
    }
    check_days(entry);
  }

  void check_days(const Entry& entry) {
    const bool todo = entry.kind == Entry::Kind::todo;
    const Date last = todo ? entry.due : entry.end;
    need(entry.start, "/start", !todo || file_.publish);
    need(entry.due, "/due", todo);
    need(entry.end, "/end", false);
    if (todo && entry.end != date_none) add(place_ + "/end", "a todo has no end, only a due day");
    if (!todo && entry.due != date_none) add(place_ + "/due", "an event has no due day");
    if (entry.start != date_none && last != date_none && entry.start >= last) {
      add(place_ + "/start", todo ? "expected a start before the day when it is due"
                                  : "expected a start before the first day after it");
    }
  }

  void need(Date day, const char* member, bool required) {
    if (day == date_none) {
      if (required) add(place_ + member, "expected a day");
    } else if (day < date_min || day > date_max) {
      add(place_ + member, "expected a day of the years 1 to 9999");
    }
  }

  void add(std::string pointer, std::string message) {
    problems_.push_back({std::move(message), std::move(pointer), -1, 0, 0});
  }

  const CalendarFile& file_;
  std::string place_;
  std::set<std::string_view> uids_;
  std::vector<Problem> problems_;
};

// ------------------------------------------------------------------------------------ writing

class Writer {
 public:
  explicit Writer(const CalendarFile& file) : file_(file) {}

  std::string write() {
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//libpartnership//libpartnership//EN");
    line("CALSCALE:GREGORIAN");
    if (file_.publish) line("METHOD:PUBLISH");
    if (!file_.name.empty()) {
      text("NAME", {}, file_.name);          // RFC 7986
      text("X-WR-CALNAME", {}, file_.name);  // what is read in fact
    }
    for (const Entry& entry : file_.entries) write(entry);
    line("END:VCALENDAR");
    return std::move(out_);
  }

 private:
  void write(const Entry& entry) {
    const bool todo = entry.kind == Entry::Kind::todo;
    line(todo ? "BEGIN:VTODO" : "BEGIN:VEVENT");
    text("UID", {}, entry.uid);
    instant("DTSTAMP", file_.stamp);
    if (!entry.modified.empty()) instant("LAST-MODIFIED", entry.modified);
    if (!file_.organizer.empty()) line("ORGANIZER:" + file_.organizer);
    date("DTSTART", entry.start);
    date("DUE", entry.due);
    date("DTEND", entry.end);
    text("SUMMARY", entry.language, entry.summary);
    const std::string description = described(entry);
    if (!description.empty()) text("DESCRIPTION", entry.language, description);
    if (!entry.link.empty()) line("URL:" + entry.link);
    categories(entry);
    if (entry.status != Status::none) line("STATUS:" + std::string(status_value(entry.status)));
    if (todo && file_.publish) line("PRIORITY:0");
    if (!todo) line("TRANSP:TRANSPARENT");  // a day with an event in it is not a day without time
    line(todo ? "END:VTODO" : "END:VEVENT");
  }

  static std::string described(const Entry& entry) {
    if (entry.link.empty() || entry.description.empty()) return entry.description + entry.link;
    return entry.description + "\n" + entry.link;
  }

  void categories(const Entry& entry) {
    if (entry.categories.empty()) return;
    std::string value = named("CATEGORIES", entry.language);
    for (std::size_t i = 0; i < entry.categories.size(); ++i) {
      if (i > 0) value += ',';
      append_escaped(value, entry.categories[i]);
    }
    line(value);
  }

  static std::string named(std::string_view name, std::optional<Language> language) {
    std::string out(name);
    if (language) out.append(";LANGUAGE=").append(language_tag(*language));
    return out += ':';
  }

  void text(std::string_view name, std::optional<Language> language, std::string_view value) {
    std::string out = named(name, language);
    append_escaped(out, value);
    line(out);
  }

  // 3.3.11. Line ends, whatever they are, become `\n`.
  static void append_escaped(std::string& out, std::string_view text) {
    const std::string clean = plain_text(text);
    for (const char c : clean) {
      if (c == '\n') {
        out += "\\n";
        continue;
      }
      if (c == '\\' || c == ';' || c == ',') out += '\\';
      out += c;
    }
  }

  void date(std::string_view name, Date day) {
    if (day == date_none) return;
    std::string value(name);
    value += ";VALUE=DATE:";
    for (const char c : iso(day)) {
      if (c != '-') value += c;
    }
    line(value);
  }

  void instant(std::string_view name, std::string_view value) {
    std::string out(name);
    out += ':';
    for (const char c : value) {
      if (c != '-' && c != ':') out += c;
    }
    line(out);
  }

  // 3.1: what is longer goes on in lines that begin with a space.
  void line(std::string_view content) {
    std::size_t room = most_octets;
    while (content.size() > room) {
      std::size_t cut = room;
      while ((static_cast<unsigned char>(content[cut]) & 0xc0U) == 0x80U) --cut;
      out_.append(content.substr(0, cut)).append("\r\n ");
      content.remove_prefix(cut);
      room = most_octets - 1;  // the space counts
    }
    out_.append(content).append("\r\n");
  }

  const CalendarFile& file_;
  std::string out_;
};

}  // namespace

std::string icalendar(const CalendarFile& file) {
  Checker(file).check();
  return Writer(file).write();
}

}  // namespace partnership::exchange
