// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"
#include "charter/explain.hpp"
#include "charter/labels.hpp"

namespace partnership::charter {

namespace {

void write_map(json::Writer& out, std::string_view key, const LangMap& map) {
  if (map.empty()) return;
  std::string text;
  map.append_canonical(text);
  out.key(key).raw(text);
}

void write_text(json::Writer& out, std::string_view key, std::string_view text) {
  if (!text.empty()) out.key(key).value(text);
}

void write_day(json::Writer& out, std::string_view key, Date day) {
  if (day != date_none) out.key(key).value(iso(day));
}

template <class Say>
void write_sentences(json::Writer& out, std::string_view key, const Say& say) {
  out.key(key).begin_object();
  for (const Language language : all_languages) {
    out.key(language_tag(language)).value(say(language));
  }
  out.end_object();
}

std::string_view known_name(Known known) noexcept {
  switch (known) {
    case Known::value:
      return "value";
    case Known::null:
      return "null";
    case Known::missing:
      return "missing";
    case Known::no_answer:
      return "no answer";
  }
  return "unknown";
}

class Document {
 public:
  explicit Document(const Explanation& of) : of_(of), charter_(*of.charter) {}

  std::string take() {
    out_.begin_object();
    write_charter();
    write_norm();
    write_finding();
    write_dates();
    write_sentences(out_, "reason", [&](Language language) { return of_.reason(language); });
    if (of_.seen.other >= 0) {
      out_.key("other").value(charter_.norms()[static_cast<std::size_t>(of_.seen.other)].id);
    }
    write_missing();
    out_.key("needed");
    write_way(out_, of_.way, charter_.kinds()[of_.kind], of_.any_version().coverage);
    if (of_.way.kind != Way::Kind::none) {
      write_sentences(out_, "needed in words",
                      [&](Language language) { return of_.needed(language); });
    }
    write_steps();
    out_.end_object();
    return out_.take();
  }

 private:
  void write_charter() {
    out_.key("charter").begin_object();
    out_.key("id").value(charter_.id());
    out_.key("version").value(charter_.version());
    write_map(out_, "title", charter_.title());
    out_.key("hash").value(hex(charter_.hash()));
    out_.end_object();
  }

  void write_party(std::string_view key, std::string_view id) {
    if (id.empty()) return;
    out_.key(key).begin_object();
    out_.key("id").value(id);
    if (const LangMap* const label = charter_.party(id)) write_map(out_, "label", *label);
    out_.end_object();
  }

  void write_norm() {
    const NormVersion& version = of_.any_version();
    out_.key("norm").begin_object();
    out_.key("id").value(version.id);
    write_text(out_, "article", version.article);
    write_text(out_, "citation", version.citation);
    write_map(out_, "label", version.label);
    out_.key("modality").value(modality_name(version.modality));
    out_.key("shape").value(shape_name(version.shape));
    write_party("bearer", version.bearer);
    write_party("counterparty", version.counterparty);
    if (version.in_force.from != date_none || version.in_force.to != date_none) {
      out_.key("in force").begin_object();
      write_day(out_, "from", version.in_force.from);
      write_day(out_, "to", version.in_force.to);
      out_.end_object();
    }
    out_.key("sources").begin_array();
    for (const Source& source : version.sources.empty() ? charter_.sources() : version.sources) {
      out_.begin_object();
      write_map(out_, "title", source.title);
      write_text(out_, "address", source.address);
      write_text(out_, "passage", source.passage);
      out_.end_object();
    }
    out_.end_array();
    out_.end_object();
  }

  void write_finding() {
    const Finding& finding = of_.finding();
    out_.key("kind").value(charter_.kinds()[of_.kind].id);
    out_.key("on").value(iso(of_.on));
    out_.key("outcome").value(outcome_name(finding.outcome));
    out_.key("state");
    if (finding.state == State::none) {
      out_.null();
    } else {
      out_.value(state_name(finding.state));
    }
    out_.key("why").value(why_name(finding.why));
    out_.key("due");
    if (finding.due == date_none) {
      out_.null();
    } else {
      out_.value(iso(finding.due));
    }
  }

  Date day_of(Part part) const noexcept {
    for (const Consulted& each : of_.seen.consulted) {
      if (each.part == part && each.norm == of_.norm) return each.day;
    }
    return date_none;
  }

  void write_dates() {
    const Measures& measures = of_.seen.measures;
    const bool duration = of_.any_version().shape == Shape::duration;
    out_.key("dates").begin_object();
    write_day(out_, "chosen on", day_of(Part::dated_by));
    write_day(out_, "begin", measures.begin);
    write_day(out_, "first due", measures.first_due);
    if (measures.extended) out_.key("extended").value(true);
    write_day(out_, "done", day_of(duration ? Part::to : Part::done));
    write_day(out_, "told", day_of(Part::told));
    if (measures.span_to != date_none) {
      out_.key("span").begin_object();
      write_day(out_, "from", measures.span_from);
      write_day(out_, "to", measures.span_to);
      out_.key("count").value(measures.count);
      out_.end_object();
    }
    out_.end_object();
  }

  void write_missing() {
    const Kind& kind = charter_.kinds()[of_.kind];
    out_.key("missing").begin_array();
    for (const std::string& path : of_.seen.missing) {
      out_.begin_object();
      out_.key("path").value(path);
      if (const Fact* const fact = fact_of(kind, path)) {
        out_.key("fact").value(fact->name);
        write_map(out_, "label", fact->label);
      }
      out_.end_object();
    }
    out_.end_array();
  }

  void write_steps() {
    out_.key("consulted").begin_array();
    for (const Explanation::Step& step : of_.steps) {
      out_.begin_object();
      if (step.norm != of_.norm) out_.key("norm").value(charter_.norms()[step.norm].id);
      out_.key("part").value(part_name(step.part));
      out_.key("expression").value(step.expression);
      out_.key("known").value(known_name(step.known));
      out_.key("value");
      if (step.value.json.empty()) {
        out_.null();
      } else {
        out_.raw(step.value.json);
      }
      if (!step.trace.empty()) out_.key("trace").raw(step.trace);
      out_.end_object();
    }
    out_.end_array();
  }

  const Explanation& of_;
  const Charter& charter_;
  json::Writer out_;
};

}  // namespace

std::string Explanation::json() const {
  return Document(*this).take();
}

}  // namespace partnership::charter
