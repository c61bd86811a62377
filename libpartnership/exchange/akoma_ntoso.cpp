// SPDX-License-Identifier: Apache-2.0
#include "exchange/akoma_ntoso.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "exchange/xml.hpp"

namespace partnership::exchange {
namespace {

using charter::Charter;
using charter::InForce;
using charter::NormVersion;
using charter::Source;

constexpr std::string_view name_space = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";
constexpr std::string_view own_name_space = "urn:partnership:charter:1";
constexpr std::string_view agent = "#libpartnership";

// ISO 639-2/T, as Akoma Ntoso's addresses have it.
std::string_view alpha_3(Language language) noexcept {
  switch (language) {
    case Language::ar:
      return "ara";
    case Language::fr:
      return "fra";
    case Language::en:
      break;
  }
  return "eng";
}

bool is_country(std::string_view text) noexcept {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  if (text.size() < 2 || !letter(text[0]) || !letter(text[1])) return false;
  if (text.size() == 2) return true;
  const std::string_view part = text.substr(3);
  return text[2] == '-' && !part.empty() && part.size() <= 3 &&
         std::all_of(part.begin(), part.end(),
                     [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

class Export {
 public:
  Export(const Charter& charter, const AkomaNtosoOptions& options)
      : charter_(charter), options_(options) {
    if (!is_country(options.country)) {
      throw Error(Code::invalid_argument,
                  "expected a country such as `lb`, got " + backticked(options.country));
    }
    for (const NormVersion& version : charter.versions()) note(version.in_force);
    note(charter.in_force());
    date_ = options.date;
    if (date_ == date_none) date_ = charter.in_force().from;
    if (date_ == date_none) date_ = first_beginning();
    if (date_ == date_none || date_ < date_min || date_ > date_max) {
      throw Error(Code::invalid_argument,
                  "the charter says no day from which it is in force: one must be given");
    }
  }

  std::string write() {
    xml_.begin("akomaNtoso").attribute("xmlns", name_space);
    const bool versions = charter_.versions().size() > charter_.norms().size();
    xml_.begin("act").attribute("name", "charter");
    xml_.attribute("contains", versions ? "multipleVersions" : "singleVersion");
    xml_.begin("meta");
    write_identification();
    write_lifecycle();
    write_periods();
    write_references();
    write_proprietary();
    xml_.end();
    write_front();
    write_body();
    xml_.end().end();
    return xml_.take();
  }

 private:
  // ---- days

  void note(const InForce& in_force) {
    if (in_force.from != date_none) days_.insert(in_force.from);
    if (in_force.to != date_none) days_.insert(in_force.to);
    if (in_force.from == date_none && in_force.to == date_none) return;
    const std::pair period(in_force.from, in_force.to);
    if (std::find(periods_.begin(), periods_.end(), period) == periods_.end()) {
      periods_.push_back(period);
    }
  }

  Date first_beginning() const {
    Date first = date_none;
    for (const auto& [from, to] : periods_) {
      if (from != date_none && (first == date_none || from < first)) first = from;
    }
    return first;
  }

  std::string event_of(Date day) const {
    return "e_" + std::to_string(std::distance(days_.begin(), days_.find(day)) + 1);
  }

  std::string period_of(const InForce& in_force) const {
    const auto found =
        std::find(periods_.begin(), periods_.end(), std::pair(in_force.from, in_force.to));
    if (found == periods_.end()) return {};
    return "period_" + std::to_string(found - periods_.begin() + 1);
  }

  // ---- meta

  void value(std::string_view element, std::string_view value) {
    xml_.begin(element).attribute("value", value).end();
  }

  void core(const std::string& address, std::string_view part, std::string_view author) {
    value("FRBRthis", address + std::string(part));
    value("FRBRuri", address);
    xml_.begin("FRBRdate").attribute("date", iso(date_)).attribute("name", "in force").end();
    xml_.begin("FRBRauthor").attribute("href", author).end();
  }

  void write_identification() {
    const std::string work =
        "/akn/" + options_.country + "/act/charter/" + iso(date_) + "/" + uri_part(charter_.id());
    const std::string expression =
        work + "/" + std::string(alpha_3(options_.language)) + "@" + iso(date_);
    xml_.begin("identification").attribute("source", agent);
    xml_.begin("FRBRWork");
    core(work, "/!main", "#author");
    value("FRBRcountry", options_.country);
    value("FRBRsubtype", "charter");
    value("FRBRname", charter_.id());
    xml_.end();
    xml_.begin("FRBRExpression");
    core(expression, "/!main", "#author");
    value("FRBRversionNumber", charter_.version());
    xml_.begin("FRBRlanguage").attribute("language", alpha_3(options_.language)).end();
    xml_.end();
    xml_.begin("FRBRManifestation");
    core(expression + ".akn", "/!main", agent);
    value("FRBRformat", "application/akn+xml");
    xml_.end();
    xml_.end();
  }

  void write_lifecycle() {
    if (days_.empty()) return;
    const Date repealed = charter_.in_force().to;
    xml_.begin("lifecycle").attribute("source", agent);
    for (const Date day : days_) {
      const bool first = day == *days_.begin() && day != repealed;
      xml_.begin("eventRef").attribute("eId", event_of(day)).attribute("date", iso(day));
      xml_.attribute("source", charter_.sources().empty() ? agent : "#source_1");
      xml_.attribute("type", first ? "generation" : day == repealed ? "repeal" : "amendment");
      xml_.end();
    }
    xml_.end();
  }

  void write_periods() {
    if (periods_.empty()) return;
    xml_.begin("temporalData").attribute("source", agent);
    for (const auto& [from, to] : periods_) {
      xml_.begin("temporalGroup").attribute("eId", period_of({from, to}));
      xml_.begin("timeInterval");
      if (from != date_none) xml_.attribute("start", "#" + event_of(from));
      if (to != date_none) xml_.attribute("end", "#" + event_of(to));
      xml_.attribute("refersTo", "#in-force").end();
      xml_.end();
    }
    xml_.end();
  }

  void reference(std::string_view element, const std::string& id, const std::string& href,
                 std::string_view shown) {
    xml_.begin(element).attribute("eId", id).attribute("href", href);
    xml_.attribute("showAs", shown.empty() ? std::string_view(id) : shown).end();
  }

  void write_references() {
    const Language language = options_.language;
    const std::string ontology = "/akn/ontology/";
    xml_.begin("references").attribute("source", agent);
    for (std::size_t i = 0; i < charter_.sources().size(); ++i) {
      const Source& source = charter_.sources()[i];
      std::string shown(source.title.get(language));
      if (!source.passage.empty()) shown += ", " + source.passage;
      reference("original", "source_" + std::to_string(i + 1), uri_of(source.address), shown);
    }
    reference("TLCOrganization", "author", ontology + "organization/author",
              options_.author.empty() ? "author unknown" : std::string_view(options_.author));
    reference("TLCObject", "libpartnership", ontology + "object/libpartnership", "libpartnership");
    reference("TLCConcept", "in-force", ontology + "concept/in-force", "in force");
    named("TLCOrganization", "party_", ontology + "organization/", charter_.parties());
    named("TLCConcept", "principle_", ontology + "concept/", charter_.principles());
    xml_.end();
  }

  void named(std::string_view element, const std::string& prefix, const std::string& address,
             const std::vector<charter::Named>& all) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      reference(element, prefix + std::to_string(i + 1), address + uri_part(all[i].id),
                all[i].label.get(options_.language));
    }
  }

  void write_proprietary() {
    xml_.begin("proprietary").attribute("source", agent);
    xml_.begin("p:charter").attribute("xmlns:p", own_name_space);
    xml_.attribute("id", charter_.id()).attribute("version", charter_.version());
    xml_.attribute_unless_empty("status", charter_.status());
    xml_.attribute("sha256", hex(charter_.hash()));
    for (std::size_t i = 0; i < charter_.versions().size(); ++i) {
      const NormVersion& norm = charter_.versions()[i];
      xml_.begin("p:norm").attribute("article", "#" + article_id(i)).attribute("id", norm.id);
      xml_.attribute("citation", norm.citation);
      xml_.attribute("modality", charter::modality_name(norm.modality));
      xml_.attribute("shape", charter::shape_name(norm.shape));
      xml_.attribute("bearer", norm.bearer);
      xml_.attribute_unless_empty("counterparty", norm.counterparty);
      xml_.attribute_unless_empty("principle", norm.principle);
      xml_.attribute_unless_empty("standing", norm.standing);
      xml_.attribute("enabled", norm.enabled ? "true" : "false");
      xml_.end();
    }
    xml_.end().end();
  }

  // ---- text

  static std::string article_id(std::size_t index) { return "art_" + std::to_string(index + 1); }

  // The element that was begun holds a text of this map.
  void mark_language(const LangMap& map) {
    if (map.empty()) return;
    const Language answered = map.answered_in(options_.language);
    if (answered != options_.language) xml_.attribute("xml:lang", language_tag(answered));
  }

  // Each line is a paragraph.
  void paragraphs(const LangMap& map, std::string_view kind = {}) {
    std::string_view rest = map.get(options_.language);
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
      const std::string_view line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (line.empty()) continue;
      xml_.inline_begin("p").attribute_unless_empty("class", kind);
      mark_language(map);
      xml_.text(line).end();
    }
  }

  void write_front() {
    xml_.begin("preface").attribute("xml:lang", language_tag(options_.language));
    xml_.begin("longTitle").inline_begin("p").begin("docTitle");
    mark_language(charter_.title());
    xml_.text(charter_.title().get(options_.language)).end().end().end();
    xml_.end();
    if (charter_.text().empty()) return;
    xml_.begin("preamble").attribute("xml:lang", language_tag(options_.language));
    paragraphs(charter_.text());
    xml_.end();
  }

  void write_body() {
    xml_.begin("body").attribute("xml:lang", language_tag(options_.language));
    for (std::size_t i = 0; i < charter_.versions().size(); ++i) write_article(i);
    if (charter_.versions().empty()) {  // the standard wants something there
      xml_.begin("hcontainer").attribute("name", "none").attribute("eId", "hcontainer_1");
      xml_.begin("content").inline_begin("p").end().end().end();
    }
    xml_.end();
  }

  void write_article(std::size_t index) {
    const NormVersion& norm = charter_.versions()[index];
    xml_.begin("article").attribute("eId", article_id(index));
    xml_.attribute("wId", "norm_" + uri_part(norm.id));
    xml_.attribute("class", charter::modality_name(norm.modality));
    const std::string period = period_of(norm.in_force);
    if (!period.empty()) xml_.attribute("period", "#" + period);
    refer(norm);
    const std::string& number = norm.article.empty() ? norm.citation : norm.article;
    xml_.inline_begin("num").text(number).end();
    xml_.inline_begin("heading");
    mark_language(norm.label);
    xml_.text(norm.label.get(options_.language)).end();
    xml_.begin("content");
    paragraphs(norm.text.empty() ? norm.label : norm.text);
    paragraphs(norm.note, "note");
    for (const Source& source : norm.sources) write_source(source);
    xml_.end().end();
  }

  // What the article is about: its bearer, whom it is owed to, its principle.
  void refer(const NormVersion& norm) {
    std::string to;
    const auto add = [&to](const std::vector<charter::Named>& all, const std::string& prefix,
                           const std::string& id) {
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (id.empty() || all[i].id != id) continue;
        to += (to.empty() ? "#" : " #") + prefix + std::to_string(i + 1);
      }
    };
    add(charter_.parties(), "party_", norm.bearer);
    add(charter_.parties(), "party_", norm.counterparty);
    add(charter_.principles(), "principle_", norm.principle);
    xml_.attribute_unless_empty("refersTo", to);
  }

  void write_source(const Source& source) {
    xml_.inline_begin("p").attribute("class", "source");
    mark_language(source.title);
    const std::string_view title = source.title.get(options_.language);
    if (source.address.empty()) {
      xml_.text(title);
    } else {
      xml_.begin("ref").attribute("href", uri_of(source.address)).text(title).end();
    }
    if (!source.passage.empty()) xml_.text(", ").text(source.passage);
    xml_.end();
  }

  const Charter& charter_;
  const AkomaNtosoOptions& options_;
  std::set<Date> days_;  // on which something begins or ends to be in force
  std::vector<std::pair<Date, Date>> periods_;
  Date date_ = date_none;
  XmlWriter xml_;
};

}  // namespace

std::string akoma_ntoso(const Charter& charter, const AkomaNtosoOptions& options) {
  return Export(charter, options).write();
}

}  // namespace partnership::exchange
