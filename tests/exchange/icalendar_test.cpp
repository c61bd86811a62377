// SPDX-License-Identifier: Apache-2.0
//
// iCalendar files: by hand, by properties of their lines, and as libical reads them.
#include "exchange/icalendar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libical/ical.h>

#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"

namespace partnership::exchange {
namespace {

using Kind = CalendarEntry::Kind;
using Status = CalendarEntry::Status;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* stamp = "2026-11-25T10:00:00Z";

CalendarEntry todo(std::string uid, std::string summary, std::string_view due) {
  CalendarEntry entry;
  entry.uid = std::move(uid);
  entry.summary = std::move(summary);
  entry.due = parse_date(due);
  return entry;
}

CalendarEntry event(std::string uid, std::string summary, std::string_view start) {
  CalendarEntry entry;
  entry.kind = Kind::event;
  entry.uid = std::move(uid);
  entry.summary = std::move(summary);
  entry.start = parse_date(start);
  return entry;
}

std::string written(const std::vector<CalendarEntry>& entries, bool publish = false) {
  CalendarFile file;
  file.stamp = stamp;
  file.entries = entries;
  if (publish) {
    file.publish = true;
    file.organizer = "mailto:desk@example.org";
  }
  return icalendar(file);
}

// Every kind of thing that an entry may say.
std::vector<CalendarEntry> several() {
  std::vector<CalendarEntry> all;
  all.push_back(todo("reply-17@example.org", "Reply to request 17", "2018-11-27"));
  all.back().description = "Law 28/2017, article 16; 15 days,\none extension \\ reasoned";
  all.back().link = "https://example.org/requests/17?a=1,2;b";
  all.back().categories = {"access to information", "state, ministry; press"};
  all.back().language = Language::en;
  all.back().status = Status::needs_action;
  all.back().start = parse_date("2018-11-12");
  all.back().modified = "2018-11-13T08:30:00Z";
  all.push_back(
      todo("ar", "ردّ الإدارة على الطلب رقم ١٧ خلال خمسة عشر يوماً من تاريخ تسلّمه", "2018-11-28"));
  all.back().language = Language::ar;
  all.back().status = Status::completed;
  all.back().start = parse_date("2018-11-13");
  all.push_back(event("round-table", "Table ronde", "2018-09-25"));
  all.back().end = parse_date("2018-09-27");
  all.back().language = Language::fr;
  all.back().status = Status::confirmed;
  all.back().link = "https://example.org/";
  all.push_back(event("day", "One day", "2018-09-25"));
  return all;
}

// ------------------------------------------------------------------------------------- by hand

TEST(ICalendar, ATaskByHand) {
  EXPECT_EQ(written({several()[0]}),
            "BEGIN:VCALENDAR\r\n"
            "VERSION:2.0\r\n"
            "PRODID:-//libpartnership//libpartnership//EN\r\n"
            "CALSCALE:GREGORIAN\r\n"
            "BEGIN:VTODO\r\n"
            "UID:reply-17@example.org\r\n"
            "DTSTAMP:20261125T100000Z\r\n"
            "LAST-MODIFIED:20181113T083000Z\r\n"
            "DTSTART;VALUE=DATE:20181112\r\n"
            "DUE;VALUE=DATE:20181127\r\n"
            "SUMMARY;LANGUAGE=en:Reply to request 17\r\n"
            "DESCRIPTION;LANGUAGE=en:Law 28/2017\\, article 16\\; 15 days\\,\\none extension\r\n"
            "  \\\\ reasoned\\nhttps://example.org/requests/17?a=1\\,2\\;b\r\n"
            "URL:https://example.org/requests/17?a=1,2;b\r\n"
            "CATEGORIES;LANGUAGE=en:access to information,state\\, ministry\\; press\r\n"
            "STATUS:NEEDS-ACTION\r\n"
            "END:VTODO\r\n"
            "END:VCALENDAR\r\n");
}

TEST(ICalendar, PublishedFilesNameWhoPublishes) {
  CalendarFile file;
  file.stamp = stamp;
  file.name = "Due, all";
  file.organizer = "mailto:desk@example.org";
  file.publish = true;
  const std::vector<CalendarEntry> entries = several();
  file.entries = entries;
  const std::string text = icalendar(file);
  EXPECT_THAT(text,
              HasSubstr("\r\nMETHOD:PUBLISH\r\nNAME:Due\\, all\r\nX-WR-CALNAME:Due\\, all\r\n"));
  EXPECT_THAT(text, HasSubstr("\r\nORGANIZER:mailto:desk@example.org\r\n"));
  EXPECT_THAT(text, HasSubstr("\r\nPRIORITY:0\r\n"));
  EXPECT_EQ(text, icalendar(file));  // the same bytes again
  EXPECT_THAT(written({}), testing::EndsWith("CALSCALE:GREGORIAN\r\nEND:VCALENDAR\r\n"));
}

// -------------------------------------------------------------------------------- properties

std::vector<std::string> physical_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t from = 0;
  for (std::size_t end; (end = text.find("\r\n", from)) != std::string::npos; from = end + 2) {
    lines.push_back(text.substr(from, end - from));
  }
  EXPECT_EQ(from, text.size()) << "the last line has no end";
  return lines;
}

std::string unfolded(const std::string& text) {
  std::string out = text;
  for (std::size_t at; (at = out.find("\r\n ")) != std::string::npos;) out.erase(at, 3);
  return out;
}

// The value of the first line that begins with `name`, with the escapes of TEXT undone.
std::string value_of(const std::string& text, const std::string& name) {
  const std::string all = unfolded(text);
  const std::size_t from = all.find("\r\n" + name + ":") + name.size() + 3;
  std::string out;
  for (std::size_t i = from; all[i] != '\r'; ++i) {
    if (all[i] != '\\') {
      out += all[i];
    } else {
      ++i;
      out += all[i] == 'n' || all[i] == 'N' ? '\n' : all[i];
    }
  }
  return out;
}

// Text of characters of every length, of those with a meaning and of bad ones; `expected` is what a
// reader should find in its place.
std::string random_text(std::mt19937& random, std::string& expected) {
  const std::vector<std::string> pieces = {"a",  "b c",    "\\", ";",  ",",   ":",     "\"",
                                           "é",  "أفكار",  "漢", "𝄞",  "\t",  "n",     "N",
                                           "\n", "\u00a0", "=",  "  ", "&<>", "\u2028"};
  const std::vector<std::pair<std::string, std::string>> bad = {{"\r\n", "\n"},
                                                                {"\r", "\n"},
                                                                {"\x01", "\ufffd"},
                                                                {"\x1b", "\ufffd"},
                                                                {"\x7f", "\ufffd"},
                                                                {"\uffff", "\ufffd"},
                                                                {std::string(1, '\0'), "\ufffd"}};
  std::string out;
  for (std::size_t length = random() % 120; length > 0; --length) {
    if (random() % 12 == 0) {
      const auto& [raw, clean] = bad[random() % bad.size()];
      // A lone CR that meets an LF would be one line end.
      if (raw == "\r") out += "x", expected += "x";
      out += raw;
      expected += clean;
      if (raw == "\r") out += "y", expected += "y";
    } else {
      const std::string& piece = pieces[random() % pieces.size()];
      if (piece == "\n" && !out.empty() && out.back() == '\r') continue;
      out += piece;
      expected += piece;
    }
  }
  return out;
}

TEST(ICalendar, UnfoldingGivesTheTextBackAndNoLineIsTooLong) {
  std::mt19937 random(9);
  for (int round = 0; round < 2000; ++round) {
    std::string summary = "s", description = "d", name = "n";
    CalendarEntry entry = todo("u" + std::to_string(round), "", "2020-02-29");
    entry.summary = "s" + random_text(random, summary);
    entry.description = "d" + random_text(random, description);
    CalendarFile file;
    file.stamp = stamp;
    file.name = "n" + random_text(random, name);
    file.entries = {&entry, 1};
    const std::string text = icalendar(file);
    for (const std::string& line : physical_lines(text)) {
      ASSERT_LE(line.size(), 75U);
      ASSERT_EQ(utf8_invalid_at(line), std::string_view::npos) << "a character is split";
      ASSERT_EQ(line.find('\r'), std::string::npos);
      ASSERT_EQ(line.find('\n'), std::string::npos);
      for (const char c : line) {
        ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\t');
      }
    }
    ASSERT_EQ(value_of(text, "SUMMARY"), summary);
    ASSERT_EQ(value_of(text, "DESCRIPTION"), description);
    ASSERT_EQ(value_of(text, "NAME"), name);
  }
}

TEST(ICalendar, LinesAreFoldedAtSeventyFiveOctetsExactly) {
  for (std::size_t length = 60; length < 240; ++length) {
    const std::vector<std::string> lines =
        physical_lines(written({todo("u", std::string(length, 'x'), "2020-01-01")}));
    std::size_t folded = 0, last = 0;
    for (const std::string& line : lines) {
      if (line.front() == ' ') {
        ++folded;
        last = line.size();
      }
      EXPECT_LE(line.size(), 75U);
    }
    // 8 octets of `SUMMARY:`; further lines hold 74.
    const std::size_t whole = length + 8;
    EXPECT_EQ(folded, whole <= 75 ? 0 : (whole - 75 + 73) / 74) << length;
    EXPECT_EQ(last, folded == 0 ? 0 : (whole - 75 - 1) % 74 + 2) << length;
  }
}

// ------------------------------------------------------------------------------- as libical reads

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};

std::unique_ptr<icalcomponent, FreeComponent> read(const std::string& text) {
  return std::unique_ptr<icalcomponent, FreeComponent>(icalparser_parse_string(text.c_str()));
}

std::string text_property(icalcomponent* of, icalproperty_kind kind) {
  icalproperty* property = icalcomponent_get_first_property(of, kind);
  if (property == nullptr) return "(none)";
  char* value = icalproperty_get_value_as_string_r(property);
  const std::unique_ptr<char, void (*)(void*)> owned(value, icalmemory_free_buffer);
  return value;
}

std::string day_of(const icaltimetype& time) {
  if (icaltime_is_null_time(time)) return "(none)";
  EXPECT_NE(time.is_date, 0);
  return iso(date_from({time.year, time.month, time.day}).value());
}

TEST(ICalendar, LibicalReadsWhatWasSaid) {
  for (const bool publish : {false, true}) {
    const auto calendar = read(written(several(), publish));
    ASSERT_NE(calendar, nullptr);
    EXPECT_EQ(icalcomponent_count_errors(calendar.get()), 0);
    EXPECT_NE(icalrestriction_check(calendar.get()), 0) << "RFC 5545 and 5546 want something else";
    EXPECT_EQ(icalcomponent_count_errors(calendar.get()), 0);
    EXPECT_EQ(icalcomponent_count_components(calendar.get(), ICAL_VTODO_COMPONENT), 2);
    EXPECT_EQ(icalcomponent_count_components(calendar.get(), ICAL_VEVENT_COMPONENT), 2);

    icalcomponent* first = icalcomponent_get_first_component(calendar.get(), ICAL_VTODO_COMPONENT);
    EXPECT_STREQ(icalcomponent_get_uid(first), "reply-17@example.org");
    EXPECT_STREQ(icalcomponent_get_summary(first), "Reply to request 17");
    EXPECT_STREQ(icalcomponent_get_description(first),
                 "Law 28/2017, article 16; 15 days,\none extension \\ reasoned\n"
                 "https://example.org/requests/17?a=1,2;b");
    EXPECT_EQ(text_property(first, ICAL_URL_PROPERTY), "https://example.org/requests/17?a=1,2;b");
    EXPECT_EQ(day_of(icalcomponent_get_due(first)), "2018-11-27");
    EXPECT_EQ(day_of(icalcomponent_get_dtstart(first)), "2018-11-12");
    EXPECT_EQ(icalcomponent_get_status(first), ICAL_STATUS_NEEDSACTION);
    EXPECT_EQ(text_property(first, ICAL_LASTMODIFIED_PROPERTY), "20181113T083000Z");
    EXPECT_EQ(text_property(first, ICAL_DTSTAMP_PROPERTY), "20261125T100000Z");
    std::vector<std::string> categories;
    for (icalproperty* property = icalcomponent_get_first_property(first, ICAL_CATEGORIES_PROPERTY);
         property != nullptr;
         property = icalcomponent_get_next_property(first, ICAL_CATEGORIES_PROPERTY)) {
      categories.emplace_back(icalproperty_get_categories(property));
    }
    EXPECT_FALSE(categories.empty());

    icalcomponent* arabic = icalcomponent_get_next_component(calendar.get(), ICAL_VTODO_COMPONENT);
    EXPECT_EQ(icalcomponent_get_summary(arabic), several()[1].summary);
    EXPECT_EQ(icalcomponent_get_status(arabic), ICAL_STATUS_COMPLETED);
    icalproperty* summary = icalcomponent_get_first_property(arabic, ICAL_SUMMARY_PROPERTY);
    icalparameter* language = icalproperty_get_first_parameter(summary, ICAL_LANGUAGE_PARAMETER);
    ASSERT_NE(language, nullptr);
    EXPECT_STREQ(icalparameter_get_language(language), "ar");

    icalcomponent* table = icalcomponent_get_first_component(calendar.get(), ICAL_VEVENT_COMPONENT);
    EXPECT_EQ(day_of(icalcomponent_get_dtstart(table)), "2018-09-25");
    EXPECT_EQ(day_of(icalcomponent_get_dtend(table)), "2018-09-27");
    EXPECT_STREQ(icalcomponent_get_description(table), "https://example.org/");
  }
}

TEST(ICalendar, LibicalReadsRandomTextsAsTheyWere) {
  std::mt19937 random(10);
  for (int round = 0; round < 300; ++round) {
    std::string expected = "s";
    CalendarEntry entry = todo("u", "", "2020-02-29");
    entry.summary = "s" + random_text(random, expected) + "e";
    expected += "e";
    const auto calendar = read(written({entry}));
    ASSERT_NE(calendar, nullptr);
    EXPECT_EQ(icalcomponent_count_errors(calendar.get()), 0);
    icalcomponent* first = icalcomponent_get_first_component(calendar.get(), ICAL_VTODO_COMPONENT);
    ASSERT_NE(first, nullptr);
    EXPECT_EQ(icalcomponent_get_summary(first), expected);
  }
}

// -------------------------------------------------------------------------------- what is wrong

std::vector<std::string> wrong(const CalendarFile& file) {
  std::vector<std::string> out;
  try {
    icalendar(file);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::invalid_argument);
    for (const Problem& problem : error.problems()) {
      out.push_back(problem.pointer + " " + problem.message);
    }
  }
  return out;
}

TEST(ICalendar, EverythingWrongIsNamedAtOnce) {
  std::vector<CalendarEntry> entries = {todo("", "a", "2020-01-01"), todo("u", "b", "2020-01-01"),
                                        event("u", "c", "2020-01-01"),
                                        event("v", "d", "2020-01-01")};
  entries[0].status = Status::confirmed;
  entries[0].link = "not a link";
  entries[1].start = entries[1].due;
  entries[1].modified = "yesterday";
  entries[1].end = 0;
  entries[2].status = Status::completed;
  entries[2].start = date_none;
  entries[2].due = 0;
  entries[3].end = date_max + 1;
  CalendarFile file;
  file.stamp = "2020-01-01";
  file.publish = true;
  file.entries = entries;
  EXPECT_THAT(
      wrong(file),
      ElementsAre(
          HasSubstr("/stamp "), HasSubstr("/organizer "), "/entries/0/uid an entry needs a uid",
          "/entries/0/status a todo cannot be `CONFIRMED`",
          "/entries/0/link `not a link` is no uri", "/entries/0/start expected a day",
          HasSubstr("/entries/1/modified "), HasSubstr("/entries/1/end "),
          "/entries/1/start expected a start before the day when it is due",
          "/entries/2/uid there are two entries of uid `u`",
          "/entries/2/status an event cannot be `COMPLETED`", "/entries/2/start expected a day",
          HasSubstr("/entries/2/due "), HasSubstr("/entries/3/end ")));
}

TEST(ICalendar, LinksAreUrisAndNothingElse) {
  for (const std::string_view link :
       {"example.org", "http:", ":x", "1http://x", "http://x y", "http://x\r\nSUMMARY:y",
        "http://é.org", "http://x\"", "ht tp:x", "http://x\x7f"}) {
    std::vector<CalendarEntry> entries = {todo("u", "s", "2020-01-01")};
    entries[0].link = link;
    CalendarFile file;
    file.stamp = stamp;
    file.entries = entries;
    EXPECT_EQ(wrong(file).size(), 1U) << link;
    file.organizer = link;
    EXPECT_EQ(wrong(file).size(), 2U) << link;
  }
  for (const std::string_view link :
       {"https://example.org/a?b=%D8%A3#c", "mailto:a@example.org", "urn:uuid:1", "a+b.c-d:e"}) {
    std::vector<CalendarEntry> entries = {todo("u", "s", "2020-01-01")};
    entries[0].link = link;
    EXPECT_THAT(written(entries), HasSubstr("URL:" + std::string(link) + "\r\n"));
  }
}

TEST(ICalendar, BytesThatAreNoTextAreRefused) {
  for (const std::string bad : {"\xff", "\xed\xa0\x80", "a\xc3"}) {
    try {
      written({todo("u", bad, "2020-01-01")});
      ADD_FAILURE();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::malformed);
    }
  }
}

}  // namespace
}  // namespace partnership::exchange
