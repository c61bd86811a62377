// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "base/hash.hpp"
#include "base/words.hpp"
#include "charter/explain.hpp"
#include "charter/labels.hpp"

namespace partnership::charter {

namespace {

constexpr std::size_t most_shown = 40;  // lines of one condition

class Lines {
 public:
  Lines(const Explanation& of, Language language)
      : of_(of), charter_(*of.charter), version_(of.any_version()), in_(language) {}

  std::string take() {
    out_ += say_norm(charter_, of_.norm, in_, of_.finding().version);
    if (!version_.citation.empty()) out_ += " (" + apart(version_.citation, in_) + ")";
    out_ += '\n';
    outcome();
    const std::string reason = of_.reason(in_);
    if (!reason.empty()) line({"السبب", "Why", "Motif"}, reason);
    parties();
    in_force();
    const std::string needed = of_.needed(in_);
    if (!needed.empty()) line({"المطلوب", "Needed", "Ce qu'il faut"}, needed);
    missing();
    steps();
    sources();
    line({"الميثاق", "Charter", "Charte"}, charter());
    return std::move(out_);
  }

 private:
  std::string words(const Words& words,
                    std::initializer_list<std::string_view> arguments = {}) const {
    return say(words, in_, arguments);
  }

  void line(const Words& what, std::string_view text) {
    out_ += words({"{0}: {1}\n", "{0}: {1}\n", "{0} : {1}\n"}, {what.in(in_), text});
  }

  void outcome() {
    const Finding& finding = of_.finding();
    std::string what(say_outcome(finding.outcome, in_));
    if (finding.state != State::none && finding.outcome != Outcome::pending) {
      what += words({"، {0}", ", {0}", ", {0}"}, {say_state(finding.state, in_)});
    }
    line({"النتيجة", "Outcome", "Résultat"},
         words({"{0} (في {1})", "{0} (as of {1})", "{0} (au {1})"}, {what, render(of_.on, in_)}));
  }

  void parties() {
    std::string who = say_party(charter_, version_.bearer, in_);
    if (!version_.counterparty.empty()) {
      who = words({"{0}، تجاه: {1}", "{0}, towards: {1}", "{0}, envers : {1}"},
                  {who, say_party(charter_, version_.counterparty, in_)});
    }
    switch (version_.modality) {
      case Modality::obligation:
        return line({"واجب على", "Obligation of", "Obligation de"}, who);
      case Modality::prohibition:
        return line({"منع على", "Prohibition for", "Interdiction pour"}, who);
      case Modality::permission:
        return line({"إجازة لصالح", "Permission for", "Permission pour"}, who);
    }
  }

  void in_force() {
    const NormVersion* const own = of_.version();
    if (own == nullptr) return;
    const std::string bounds = say_bounds(own->in_force, in_);
    if (!bounds.empty()) line({"نافذة", "In force", "En vigueur"}, bounds);
  }

  void missing() {
    if (of_.seen.missing.empty() || of_.finding().why == Why::missing_facts) return;
    std::vector<std::string> names;
    for (const std::string& path : of_.seen.missing) {
      names.push_back(say_fact(charter_.kinds()[of_.kind], path, in_));
    }
    line({"غير معروف", "Not known", "Inconnu"}, join_names(names, in_));
  }

  // ---- what was consulted

  void steps() {
    if (of_.steps.empty()) return;
    out_ += words({"ما نُظر فيه:\n", "Consulted:\n", "Éléments consultés :\n"});
    for (const Explanation::Step& step : of_.steps) {
      out_ += "  " + step_line(step) + "\n";
      if (step.lines.size() < 2) continue;
      std::size_t shown = 0;
      for (std::size_t i = 1; i < step.lines.size() && shown < most_shown; ++i, ++shown) {
        part(step.lines[i]);
      }
      if (step.cut || shown + 1 < step.lines.size()) out_ += "      ...\n";
    }
  }

  std::string step_line(const Explanation::Step& step) const {
    std::string what(part(step.part));
    if (step.norm != of_.norm) what += " (" + say_norm(charter_, step.norm, in_) + ")";
    if (step.part == Part::evidence) {
      return words({"{0}: {1} ({2})", "{0}: {1} ({2})", "{0} : {1} ({2})"},
                   {what, code(step.expression), evidence(step.known)});
    }
    const std::string value = value_of(step);
    return words({"{0}: {1} = {2}", "{0}: {1} = {2}", "{0} : {1} = {2}"},
                 {what, code(step.expression), value});
  }

  std::string value_of(const Explanation::Step& step) const {
    if (step.known == Known::missing) return words({"غير معروف", "not known", "inconnu"});
    if (step.known == Known::no_answer) return words({"لا جواب", "no answer", "pas de réponse"});
    if (step.value.kind == feel::Kind::null) {
      return step.known == Known::null ? words({"لم يحدث بعد", "not yet", "pas encore"})
                                       : words({"غير مذكور", "not given", "non indiqué"});
    }
    if (step.value.day != date_none) return render(step.value.day, in_);
    if (step.value.kind == feel::Kind::boolean) {
      return step.value.truth ? words({"نعم", "yes", "oui"}) : words({"لا", "no", "non"});
    }
    return plain(step.value.kind, step.lines.front().value);
  }

  std::string evidence(Known known) const {
    switch (known) {
      case Known::value:
        return words({"موجود", "exists", "existe"});
      case Known::null:
        return words({"غير موجود", "does not exist", "n'existe pas"});
      default:
        return words({"غير معروف", "not known", "inconnu"});
    }
  }

  void part(const Explanation::Step::Line& line) {
    out_.append(4 + std::size_t{line.depth} * 2, ' ');
    out_ += code_apart("`" + line.expression + "` = " + line.value, in_);
    if (line.decisive) out_ += words({" (حاسم)", " (decides)", " (décisif)"});
    out_ += '\n';
  }

  std::string code(std::string_view text) const {
    std::string out = "`";
    for (const char c : text) out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    return code_apart(out + "`", in_);
  }

  std::string plain(feel::Kind kind, const std::string& text) const {
    return kind == feel::Kind::number ? text : code_apart(text, in_);
  }

  std::string_view part(Part part) const {
    switch (part) {
      case Part::dated_by:
        return Words{"التاريخ المعتمد", "dated by", "daté par"}.in(in_);
      case Part::applies:
        return Words{"تنطبق إذا", "applies if", "s'applique si"}.in(in_);
      case Part::that:
        return Words{"الشرط", "condition", "condition"}.in(in_);
      case Part::by:
        return Words{"الموعد الأقصى", "by", "au plus tard"}.in(in_);
      case Part::after:
        return Words{"تبدأ المدة بعد", "after", "après"}.in(in_);
      case Part::within:
        return Words{"المدة", "within", "délai"}.in(in_);
      case Part::done:
        return Words{"الإنجاز", "done", "fait"}.in(in_);
      case Part::extended:
        return Words{"التمديد", "extended", "prolongation"}.in(in_);
      case Part::extension_reason:
        return Words{"تعليل التمديد", "reason for the extension", "motif de la prolongation"}.in(
            in_);
      case Part::told:
        return Words{"تبليغ التمديد", "extension told", "annonce de la prolongation"}.in(in_);
      case Part::extension:
        return Words{"مدة التمديد", "extension", "durée de la prolongation"}.in(in_);
      case Part::before:
        return Words{"قبل", "before", "avant"}.in(in_);
      case Part::at_least:
        return Words{"المدة الدنيا", "at least", "au moins"}.in(in_);
      case Part::from:
        return Words{"من", "from", "à partir de"}.in(in_);
      case Part::to:
        return Words{"إلى", "to", "jusqu'à"}.in(in_);
      case Part::grows:
        return Words{"تطول بـ", "grows by", "s'allonge de"}.in(in_);
      case Part::of:
        return Words{"القائمة", "list", "liste"}.in(in_);
      case Part::gap:
        return Words{"أطول انقطاع", "longest gap", "intervalle maximal"}.in(in_);
      case Part::per:
        return Words{"الفترة", "period", "période"}.in(in_);
      case Part::evidence:
        return Words{"الإثبات", "evidence", "preuve"}.in(in_);
      case Part::unless:
        return Words{"إلا إذا", "unless", "sauf si"}.in(in_);
      case Part::unless_reason:
        return Words{"تعليل الاستثناء", "reason for the exception", "motif de l'exception"}.in(in_);
    }
    return {};
  }

  // ---- where it stands

  void sources() {
    const std::vector<Source>& sources =
        version_.sources.empty() ? charter_.sources() : version_.sources;
    for (const Source& source : sources) {
      std::vector<std::string> parts;
      if (!source.title.empty()) parts.push_back(apart(source.title.get(in_), in_));
      if (!source.passage.empty()) parts.push_back(apart(source.passage, in_));
      if (!source.address.empty()) parts.push_back(apart(source.address, in_));
      line({"المصدر", "Source", "Source"}, join_texts(parts, in_));
    }
  }

  std::string charter() const {
    const std::string title = charter_.title().empty() ? apart(charter_.id(), in_)
                                                       : apart(charter_.title().get(in_), in_);
    return words(
        {"{0}، نسخة {1}، {2}", "{0}, version {1}, {2}", "{0}, version {1}, {2}"},
        {title, apart(charter_.version(), in_), apart("SHA-256 " + hex(charter_.hash()), in_)});
  }

  const Explanation& of_;
  const Charter& charter_;
  const NormVersion& version_;
  Language in_;
  std::string out_;
};

}  // namespace

std::string Explanation::text(Language language) const {
  return Lines(*this, language).take();
}

}  // namespace partnership::charter
