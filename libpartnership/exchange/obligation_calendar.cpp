// SPDX-License-Identifier: Apache-2.0
#include "exchange/obligation_calendar.hpp"

#include <vector>

#include "base/hash.hpp"
#include "exchange/icalendar.hpp"

namespace partnership::exchange {

namespace {

using charter::Charter;
using charter::NormVersion;
using charter::Obligation;

// A name that holds whatever the ids are, and says nothing about whose case it is. What is due once
// keeps it when its day moves; what is due again and again has one a day.
std::string uid_of(const Charter& charter, const Obligation& obligation, std::string_view kind) {
  std::string named;
  for (const std::string_view part :
       {std::string_view(charter.id()), std::string_view(charter.norms()[obligation.norm].id),
        std::string_view(obligation.id)}) {
    named += std::to_string(part.size());
    named += ':';
    named += part;
  }
  if (version_of(charter, obligation).shape == charter::Shape::recurrence) {
    named += iso(obligation.due());
  }
  return hex(sha256(named)).substr(0, 32) + "-" + std::string(kind) + "@libpartnership";
}

std::string label_of(const Charter& charter, std::string_view party, Language language) {
  const LangMap* const label = charter.party(party);
  return label == nullptr ? std::string() : std::string(label->get(language));
}

std::string description_of(const Charter& charter, const Obligation& obligation,
                           const ObligationCalendar& calendar) {
  const NormVersion& version = version_of(charter, obligation);
  const Language language = calendar.language;
  std::string out(charter.title().get(language));
  const auto line = [&out](std::string_view text) {
    if (text.empty()) return;
    out += '\n';
    out += text;
  };
  line(version.citation);
  line(version.text.get(language));
  line(say_next_step(charter, obligation, calendar.on, language));
  return out;
}

CalendarEntry entry_of(const Charter& charter, const Obligation& obligation,
                       const ObligationCalendar& calendar) {
  const NormVersion& version = version_of(charter, obligation);
  CalendarEntry out;
  out.uid = uid_of(charter, obligation, "todo");
  out.status = CalendarEntry::Status::needs_action;
  out.summary = std::string(version.label.get(calendar.language)) + " (" + obligation.id + ")";
  out.description = description_of(charter, obligation, calendar);
  out.link = calendar.link;
  if (std::string bearer = label_of(charter, version.bearer, calendar.language); !bearer.empty()) {
    out.categories.push_back(std::move(bearer));
  }
  out.language = version.label.answered_in(calendar.language);  // the summary's
  out.due = obligation.due();
  return out;
}

}  // namespace

std::string obligation_calendar(const Charter& charter, std::span<const Obligation> obligations,
                                const ObligationCalendar& calendar) {
  std::vector<CalendarEntry> entries;
  entries.reserve(2 * obligations.size());
  for (const Obligation& obligation : obligations) {
    CalendarEntry task = entry_of(charter, obligation, calendar);
    CalendarEntry event = task;
    event.kind = CalendarEntry::Kind::event;
    event.uid = uid_of(charter, obligation, "event");
    event.status = CalendarEntry::Status::confirmed;
    event.start = task.due;
    event.due = date_none;
    entries.push_back(std::move(task));
    entries.push_back(std::move(event));
  }
  CalendarFile file;
  file.stamp = calendar.stamp;
  file.name = std::string(charter.title().get(calendar.language));
  file.entries = entries;
  return icalendar(file);
}

}  // namespace partnership::exchange
