// SPDX-License-Identifier: Apache-2.0
#include "charter/version_parts.hpp"

#include "base/json.hpp"
#include "charter/tables.hpp"

namespace partnership::charter {

namespace {

class Parted {
 public:
  void add(std::string what, std::string shown, std::string exact = {}) {
    if (shown.empty()) return;
    parts_.push_back({std::move(what), std::move(shown), std::move(exact)});
  }
  void add(std::string what, const Expression& expression) {
    add(std::move(what), expression.text);
  }
  void add(const std::string& what, const LangMap& texts) {
    for (const Language language : all_languages) {
      if (!texts.has(language)) continue;
      add(what + " (" + std::string(language_tag(language)) + ")",
          std::string(texts.get(language)));
    }
  }
  std::vector<TextPart> take() { return std::move(parts_); }

 private:
  std::vector<TextPart> parts_;
};

template <class List, class Text>
std::string joined(const List& list, const Text& text) {
  std::string out;
  for (const auto& item : list) {
    if (!out.empty()) out += "; ";
    out += text(item);
  }
  return out;
}

std::string text_of(const std::vector<Source>& sources) {
  return joined(sources, [](const Source& source) {
    std::string out(source.title.get(Language::en));
    if (!source.passage.empty()) out += ", " + source.passage;
    if (!source.address.empty()) out += " <" + source.address + ">";
    return out;
  });
}

std::string exactly(const std::vector<Source>& sources) {
  return joined(sources, [](const Source& source) {
    std::string out = source.address + '\n' + source.passage + '\n';
    source.title.append_canonical(out);
    return out;
  });
}

std::string text_of(const Coverage::Axis& axis) {
  return "`" + axis.member + "`: " + joined(axis.values, [](const std::string& v) { return v; });
}

std::string exactly(const Coverage::Axis& axis) {
  return text_of(axis) + '\n' + joined(axis.labels, [](const LangMap& label) {
           std::string out;
           label.append_canonical(out);
           return out;
         });
}

std::string required(const Coverage& coverage) {
  static constexpr std::string_view words[] = {"", "every cell", "every row", "every column"};
  if (coverage.required != Coverage::Required::cells) {
    return std::string(words[static_cast<std::size_t>(coverage.required)]);
  }
  return joined(coverage.cells, [&](const auto& cell) {
    return coverage.rows.values[cell.first] + " / " + coverage.columns.values[cell.second];
  });
}

std::string text_of(const Extension& extension) {
  std::string out = period_text(extension.by) + " when `" + extension.when.text + "`, for `" +
                    extension.reason.text + "`";
  if (extension.told.given()) out += ", told on `" + extension.told.text + "`";
  return out;
}

void add_deadline(Parted& parts, const Deadline& deadline) {
  static constexpr std::string_view silences[] = {"breach", "refusal", "acceptance", "lapse"};
  parts.add("after", deadline.after.given() ? deadline.after.text
                                            : "the breach of `" + deadline.breach_of + "`");
  parts.add("within", period_text(deadline.within));
  parts.add("done", deadline.done);
  if (deadline.to_next_working_day) parts.add("on a day off", std::string("next working day"));
  if (deadline.extension) parts.add("extension", text_of(*deadline.extension));
  parts.add("silence", std::string(silences[static_cast<std::size_t>(deadline.silence)]));
}

void add_recurrence(Parted& parts, const Recurrence& recurrence) {
  parts.add("of", recurrence.of);
  parts.add("from", recurrence.from);
  parts.add("to", recurrence.to);
  if (recurrence.gap) {
    parts.add("gap", period_text(*recurrence.gap));
    return;
  }
  parts.add("at least", std::to_string(recurrence.at_least));
  parts.add("per", recurrence.calendar_year ? "calendar year" : period_text(*recurrence.per));
}

void add_shape(Parted& parts, const Charter& charter, const NormVersion& version) {
  parts.add("shape", std::string(shape_name(version.shape)));
  switch (version.shape) {
    case Shape::require:
      parts.add("that", version.require.that);
      return parts.add("by", version.require.by);
    case Shape::deadline:
      return add_deadline(parts, version.deadline);
    case Shape::notice:
      parts.add("before", version.notice.before);
      parts.add("at least", period_text(version.notice.at_least));
      return parts.add("done", version.notice.done);
    case Shape::duration:
      parts.add("from", version.duration.from);
      parts.add("to", version.duration.to);
      parts.add("at least", period_text(version.duration.at_least));
      return parts.add("grows", joined(version.duration.grows, [&](const Duration::Growth& growth) {
                         return period_text(growth.by) + " when it meets `" +
                                charter.windows()[growth.window].id + "`";
                       }));
    case Shape::recurrence:
      return add_recurrence(parts, version.recurrence);
    case Shape::coverage:
      parts.add("of", version.coverage.of);
      parts.add("rows", text_of(version.coverage.rows), exactly(version.coverage.rows));
      parts.add("columns", text_of(version.coverage.columns), exactly(version.coverage.columns));
      parts.add("required", required(version.coverage));
      return parts.add("by", version.coverage.by);
  }
}

std::string text_of(const std::vector<TestCase>& tests) {
  if (tests.empty()) return {};
  return std::to_string(tests.size()) + (tests.size() == 1 ? " test" : " tests");
}

std::string exactly(const std::vector<TestCase>& tests) {
  return joined(tests, [](const TestCase& test) {
    const std::string facts = json::canonical(json::Document::parse(test.facts)->root());
    std::string out = test.title + '\n' + iso(test.on) + '\n' + facts + '\n' + test.expected +
                      '\n' + test.state + '\n' + std::to_string(test.due);
    if (test.missing) {
      out += '\n' + joined(*test.missing, [](const std::string& path) { return path; });
    }
    return out;
  });
}

std::string principle_of(const Charter& charter, const std::string& id, Language language) {
  for (const Named& principle : charter.principles()) {
    if (principle.id == id) return std::string(principle.label.get(language));
  }
  return {};
}

}  // namespace

std::string party_label(const Charter& charter, const std::string& id, Language language) {
  const LangMap* const label = charter.party(id);
  return label == nullptr || label->empty() ? id : std::string(label->get(language));
}

std::string text_of(const InForce& days) {
  std::string out;
  if (days.from != date_none) out += "from " + iso(days.from);
  if (days.to != date_none) out += (out.empty() ? "until " : " until ") + iso(days.to);
  return out;
}

std::vector<TextPart> parts_of(const Charter& charter, const NormVersion& version,
                               Language language) {
  const auto id = [](const std::string& text) { return text; };
  Parted parts;
  parts.add("article", version.article);
  parts.add("citation", version.citation);
  parts.add("label", version.label);
  parts.add("text", version.text);
  parts.add("note", version.note);
  parts.add("modality", std::string(modality_name(version.modality)));
  parts.add("bearer", party_label(charter, version.bearer, language), version.bearer);
  if (!version.counterparty.empty()) {
    parts.add("counterparty", party_label(charter, version.counterparty, language),
              version.counterparty);
  }
  parts.add("about", charter.kinds()[version.kind].id);
  parts.add("principle", principle_of(charter, version.principle, language), version.principle);
  parts.add("in force", text_of(version.in_force));
  parts.add("enabled", std::string(version.enabled ? "true" : "false"));
  parts.add("standing", version.standing);
  parts.add("source", text_of(version.sources), exactly(version.sources));
  parts.add("covers", joined(version.covers, id));
  parts.add("applies", version.applies);
  add_shape(parts, charter, version);
  if (version.unless) {
    parts.add("unless",
              "`" + version.unless->when.text + "`, for `" + version.unless->reason.text + "`");
  }
  parts.add("exception of", joined(version.exception_of,
                                   [&](std::uint32_t norm) { return charter.norms()[norm].id; }));
  if (version.reparation >= 0) {
    parts.add("reparation", charter.norms()[static_cast<std::size_t>(version.reparation)].id);
  }
  parts.add("evidence", joined(version.evidence, id));
  parts.add("tests", text_of(version.tests), exactly(version.tests));
  return parts.take();
}

std::vector<TextPart> parts_of(const Charter& charter) {
  Parted parts;
  parts.add("charter", charter.id());
  parts.add("version", charter.version());
  parts.add("title", charter.title());
  parts.add("text", charter.text());
  parts.add("status", charter.status());
  parts.add("source", text_of(charter.sources()), exactly(charter.sources()));
  parts.add("in force", text_of(charter.in_force()));
  return parts.take();
}

}  // namespace partnership::charter
