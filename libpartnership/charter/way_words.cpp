// SPDX-License-Identifier: Apache-2.0
//
// What would have made a norm met, as JSON and as sentences.
#include "base/words.hpp"
#include "charter/labels.hpp"
#include "charter/way.hpp"

namespace partnership::charter {

using feel::Op;

namespace {

void write_label(json::Writer& out, const LangMap& label) {
  if (label.empty()) return;
  std::string text;
  label.append_canonical(text);
  out.key("label").raw(text);
}

void write_subject(json::Writer& out, const Way& way, const Kind& kind) {
  out.key("expression").value(way.subject);
  if (way.fact < 0) return;
  const Fact& fact = kind.facts[static_cast<std::size_t>(way.fact)];
  out.key("fact").value(fact.name);
  write_label(out, fact.label);
}

void write_shown(json::Writer& out, std::string_view key, const Shown& shown) {
  out.key(key);
  if (shown.json.empty()) {
    out.null();
  } else {
    out.raw(shown.json);
  }
}

void write_day(json::Writer& out, std::string_view key, Date day) {
  out.key(key).value(iso(day));
}

// One way in one language. Parts of parts are told in brackets; depth is bounded by that of the
// expression.
class Teller {
 public:
  Teller(const Kind& kind, const Coverage& coverage, Language language)
      : kind_(kind), coverage_(coverage), in_(language) {}

  std::string tell(const Way& way, bool inside = false) const {
    switch (way.kind) {
      case Way::Kind::none:
        return {};
      case Way::Kind::all:
        return bracketed(joined(way.parts, {"؛ ", "; ", " ; "}), inside);
      case Way::Kind::any:
        return bracketed(joined(way.parts, {"؛ أو ", "; or ", " ; ou "}), inside);
      case Way::Kind::compare:
        return compare(way, inside);
      case Way::Kind::within:
        return about(way, within(way)) + now(way);
      case Way::Kind::item:
        return say({"{0}، العنصر {1}: {2}", "{0}, item {1}: {2}", "{0}, élément {1} : {2}"}, in_,
                   {subject(way), std::to_string(way.number), tell(way.parts.front(), true)});
      case Way::Kind::some:
        return some(way);
      case Way::Kind::given:
        return about(way, say({"البيان مطلوب", "must be given", "indication requise"}, in_));
      case Way::Kind::events:
        return events(way);
      case Way::Kind::cells:
        return about(way, cells(way));
    }
    return {};
  }

 private:
  std::string bracketed(const std::string& text, bool inside) const {
    return inside ? "(" + text + ")" : text;
  }

  std::string joined(const std::vector<Way>& parts, const Words& between) const {
    std::string out;
    for (const Way& part : parts) {
      if (!out.empty()) out += between.in(in_);
      out += tell(part, true);
    }
    return out;
  }

  std::string code(std::string_view text) const {
    return code_apart("`" + std::string(text) + "`", in_);
  }

  std::string subject(const Way& way) const {
    if (way.fact < 0) return code(way.subject);
    return say_fact(kind_.facts[static_cast<std::size_t>(way.fact)], in_);
  }

  std::string about(const Way& way, std::string_view what) const {
    return say({"{0}: {1}", "{0}: {1}", "{0} : {1}"}, in_, {subject(way), what});
  }

  // " (now: VALUE)".
  std::string now(const Way& way) const {
    return say({" (حاليًا: {0})", " (now: {0})", " (actuellement : {0})"}, in_, {value(way.is)});
  }

  std::string value(const Shown& shown) const {
    if (shown.json.empty()) return say({"لا بيان", "not given", "aucune indication"}, in_);
    if (shown.day != date_none) return render(shown.day, in_);
    if (shown.days) return say_counted(*shown.days, Counted::days, Stands::subject, in_);
    if (shown.kind == feel::Kind::boolean) {
      return shown.truth ? say({"نعم", "yes", "oui"}, in_) : say({"لا", "no", "non"}, in_);
    }
    if (shown.kind == feel::Kind::number) return shown.expression;
    return code(shown.expression);
  }

  std::string compare(const Way& way, bool inside) const {
    std::string out = about(way, say(comparison(way), in_, {value(way.bound)})) + now(way);
    if (way.parts.empty()) return out;
    out += say({"، أي: {0}", ", that is: {0}", ", c'est-à-dire : {0}"}, in_,
               {joined(way.parts, {"، أو ", ", or ", ", ou "})});
    return bracketed(out, inside);
  }

  static Words comparison(const Way& way) {
    const bool day = way.bound.day != date_none;
    switch (way.op) {
      case Op::le:
        return day ? Words{"في {0} أو قبله", "on {0} or before", "le {0} ou avant"}
                   : Words{"{0} على الأكثر", "at most {0}", "au plus {0}"};
      case Op::lt:
        return day ? Words{"قبل {0}", "before {0}", "avant le {0}"}
                   : Words{"أقل من {0}", "less than {0}", "moins de {0}"};
      case Op::ge:
        return day ? Words{"في {0} أو بعده", "on {0} or later", "le {0} ou après"}
                   : Words{"{0} على الأقل", "at least {0}", "au moins {0}"};
      case Op::gt:
        return day ? Words{"بعد {0}", "after {0}", "après le {0}"}
                   : Words{"أكثر من {0}", "more than {0}", "plus de {0}"};
      case Op::ne:
        return Words{"غير {0}", "other than {0}", "autre que {0}"};
      default:
        return Words{"{0}", "{0}", "{0}"};
    }
  }

  std::string within(const Way& way) const {
    return way.op == Op::ne
               ? say({"خارج {0}", "not in {0}", "hors de {0}"}, in_, {code(way.condition)})
               : say({"ضمن {0}", "in {0}", "dans {0}"}, in_, {code(way.condition)});
  }

  std::string some(const Way& way) const {
    const Words words = way.op == Op::ne
                            ? Words{"{0}: عنصر واحد على الأقل لا يستوفي {1}",
                                    "{0}: at least one item for which {1} does not hold",
                                    "{0} : au moins un élément pour lequel {1} n'est pas vrai"}
                            : Words{"{0}: عنصر واحد على الأقل يستوفي {1}",
                                    "{0}: at least one item for which {1} holds",
                                    "{0} : au moins un élément pour lequel {1} est vrai"};
    return say(words, in_, {subject(way), code(way.condition)});
  }

  std::string events(const Way& way) const {
    const std::string more = std::to_string(way.number);
    return say({"{0}: ينقص {1}، من {2} إلى {3}", "{0}: {1} more from {2} to {3}",
                "{0} : il en manque {1}, du {2} au {3}"},
               in_, {subject(way), more, render(way.from, in_), render(way.to, in_)});
  }

  std::string cells(const Way& way) const {
    std::vector<std::string> names;
    for (const auto& [row, column] : way.cells) {
      names.push_back(say_cell(coverage_, row, column, in_));
    }
    return join_names(names, in_);
  }

  const Kind& kind_;
  const Coverage& coverage_;
  Language in_;
};

void write_cells(json::Writer& out, const Way& way, const Coverage& coverage) {
  const auto write = [&](std::string_view key, const Coverage::Axis& axis, std::uint32_t at) {
    if (at < axis.values.size()) out.key(key).value(axis.values[at]);
  };
  out.key("cells").begin_array();
  for (const auto& [row, column] : way.cells) {
    out.begin_object();
    write("row", coverage.rows, row);
    write("column", coverage.columns, column);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

void write_way(json::Writer& out, const Way& way, const Kind& kind, const Coverage& coverage) {
  const auto write_parts = [&](std::string_view key) {
    out.key(key).begin_array();
    for (const Way& part : way.parts) write_way(out, part, kind, coverage);
    out.end_array();
  };
  if (way.kind == Way::Kind::none) {
    out.null();
    return;
  }
  out.begin_object();
  switch (way.kind) {
    case Way::Kind::none:
      break;
    case Way::Kind::all:
      write_parts("all");
      break;
    case Way::Kind::any:
      write_parts("any");
      break;
    case Way::Kind::compare:
      write_subject(out, way, kind);
      out.key("op").value(feel::op_text(way.op));
      write_shown(out, "bound", way.bound);
      write_shown(out, "is", way.is);
      if (!way.parts.empty()) write_parts("that is");
      break;
    case Way::Kind::within:
      write_subject(out, way, kind);
      out.key("op").value(way.op == Op::ne ? "not in" : "in");
      out.key("tests").value(way.condition);
      write_shown(out, "is", way.is);
      break;
    case Way::Kind::item:
      write_subject(out, way, kind);
      out.key("item").value(way.number);
      write_parts("needed");
      break;
    case Way::Kind::some:
      write_subject(out, way, kind);
      out.key("some").value(way.condition);
      out.key("holds").value(way.op != Op::ne);
      break;
    case Way::Kind::given:
      write_subject(out, way, kind);
      out.key("given").value(true);
      break;
    case Way::Kind::events:
      write_subject(out, way, kind);
      out.key("more").value(way.number);
      write_day(out, "from", way.from);
      write_day(out, "to", way.to);
      break;
    case Way::Kind::cells:
      write_subject(out, way, kind);
      write_cells(out, way, coverage);
      break;
  }
  out.end_object();
}

std::string say_way(const Way& way, const Kind& kind, const Coverage& coverage, Language language) {
  return Teller(kind, coverage, language).tell(way);
}

}  // namespace partnership::charter
