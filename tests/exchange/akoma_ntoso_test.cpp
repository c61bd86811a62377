// SPDX-License-Identifier: Apache-2.0
//
// Charters as Akoma Ntoso: valid by the standard's own schema (where it is at hand: it comes with
// the Python package `cobalt`), well-formed whatever the texts hold, and saying what the charter
// says.
#include "exchange/akoma_ntoso.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "exchange/xml.hpp"
#include "packs/packs.hpp"

namespace partnership::exchange {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string file(const std::string& path) {
  const char* root = std::getenv("PSHIP_SOURCE_DIR");
  std::ifstream in(std::string(root == nullptr ? "." : root) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

template <auto free>
struct Free {
  template <class T>
  void operator()(T* pointer) const {
    free(pointer);
  }
};
using Xml = std::unique_ptr<xmlDoc, Free<xmlFreeDoc>>;

std::string complaints;  // of libxml2, which says them line by line
void note(void*, const char* format, ...) {
  char line[500];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  complaints += line;
}

Xml parse(const std::string& text) {
  complaints.clear();
  xmlSetGenericErrorFunc(nullptr, note);
  return Xml(xmlReadMemory(text.data(), static_cast<int>(text.size()), "charter.akn", nullptr,
                           XML_PARSE_NONET));
}

// The texts of the nodes that an XPath of prefix `a` finds.
std::vector<std::string> find(const Xml& xml, const std::string& path) {
  const std::unique_ptr<xmlXPathContext, Free<xmlXPathFreeContext>> context(
      xmlXPathNewContext(xml.get()));
  const auto* uri =
      reinterpret_cast<const xmlChar*>("http://docs.oasis-open.org/legaldocml/ns/akn/3.0");
  xmlXPathRegisterNs(context.get(), reinterpret_cast<const xmlChar*>("a"), uri);
  xmlXPathRegisterNs(context.get(), reinterpret_cast<const xmlChar*>("p"),
                     reinterpret_cast<const xmlChar*>("urn:partnership:charter:1"));
  const std::unique_ptr<xmlXPathObject, Free<xmlXPathFreeObject>> found(
      xmlXPathEvalExpression(reinterpret_cast<const xmlChar*>(path.c_str()), context.get()));
  std::vector<std::string> out;
  if (!found || found->nodesetval == nullptr) return out;
  for (int i = 0; i < found->nodesetval->nodeNr; ++i) {
    xmlChar* content = xmlNodeGetContent(found->nodesetval->nodeTab[i]);
    out.emplace_back(reinterpret_cast<const char*>(content));
    xmlFree(content);
  }
  return out;
}

// The schema, once for all; nullptr where it is not at hand.
xmlSchema* schema() {
  static const std::unique_ptr<xmlSchema, Free<xmlSchemaFree>> loaded = [] {
    const std::string path = PSHIP_AKOMA_NTOSO_SCHEMA;
    if (path.empty()) return std::unique_ptr<xmlSchema, Free<xmlSchemaFree>>();
    const std::unique_ptr<xmlSchemaParserCtxt, Free<xmlSchemaFreeParserCtxt>> context(
        xmlSchemaNewParserCtxt(path.c_str()));
    return std::unique_ptr<xmlSchema, Free<xmlSchemaFree>>(xmlSchemaParse(context.get()));
  }();
  return loaded.get();
}

// What the schema has against the text; empty when nothing, or when there is no schema.
std::string invalid(const std::string& text) {
  const Xml xml = parse(text);
  if (!xml) return "not well-formed: " + complaints;
  if (schema() == nullptr) return {};
  const std::unique_ptr<xmlSchemaValidCtxt, Free<xmlSchemaFreeValidCtxt>> context(
      xmlSchemaNewValidCtxt(schema()));
  complaints.clear();
  xmlSchemaSetValidErrors(context.get(), note, note, nullptr);
  if (xmlSchemaValidateDoc(context.get(), xml.get()) == 0) return {};
  return complaints.empty() ? "invalid" : complaints;
}

std::shared_ptr<const charter::Charter> whole() {
  return charter::Charter::load(file("tests/fuzz/corpus/fuzz_charter/whole.json"));
}

std::string document(const std::string& norms, const std::string& more = "") {
  return R"({"charter": "c/1", "version": "1 & 2", "title": "C", )" + more +
         R"("parties": {"state": {"ar": "الدولة", "en": "The state"}, "people": "People"},
             "kinds": {"case": {"label": "K", "facts": {"a": "boolean", "opened": "date"}, "dated by": "opened"}},
             "norms": [)" +
         norms + "]}";
}

std::string norm(const std::string& more, const std::string& label = R"("L")") {
  return R"({"id": "n", "citation": "art. 1", "label": )" + label +
         R"(, "modality": "obligation", "bearer": "state", "counterparty": "people",
             "about": "case", "require": "a")" +
         more + "}";
}

TEST(AkomaNtoso, TheSchemaIsAtHandWhereItShouldBe) {
  if (std::string(PSHIP_AKOMA_NTOSO_SCHEMA).empty()) {
    GTEST_SKIP() << "no schema: it is in build/venv after ./dev deps";
  }
  ASSERT_NE(schema(), nullptr);
  // It can say no.
  const std::string text = akoma_ntoso(*whole());
  std::string wrong = text;
  wrong.replace(wrong.find("<FRBRcountry"), 12, "<FRBRcuontry");
  EXPECT_NE(invalid(wrong), "");
  wrong = text;
  wrong.replace(wrong.find(" source=\"#libpartnership\""), 25, "");
  EXPECT_NE(invalid(wrong), "");
}

TEST(AkomaNtoso, IsValidInEveryLanguage) {
  for (const Language language : all_languages) {
    AkomaNtosoOptions options;
    options.language = language;
    options.country = "lb";
    options.author = "Both sides";
    const std::string text = akoma_ntoso(*whole(), options);
    EXPECT_EQ(invalid(text), "") << text;
    EXPECT_EQ(text, akoma_ntoso(*whole(), options));
  }
}

TEST(AkomaNtoso, SaysWhatTheCharterSays) {
  AkomaNtosoOptions options;
  options.country = "lb";
  options.language = Language::fr;
  const auto charter = whole();
  const Xml xml = parse(akoma_ntoso(*charter, options));
  ASSERT_NE(xml, nullptr) << complaints;
  EXPECT_THAT(find(xml, "//a:FRBRWork/a:FRBRthis/@value"),
              ElementsAre("/akn/lb/act/charter/2010-01-01/test-charter/!main"));
  EXPECT_THAT(find(xml, "//a:FRBRExpression/a:FRBRuri/@value"),
              ElementsAre("/akn/lb/act/charter/2010-01-01/test-charter/fra@2010-01-01"));
  EXPECT_THAT(find(xml, "//a:FRBRlanguage/@language"), ElementsAre("fra"));
  EXPECT_THAT(find(xml, "//a:FRBRversionNumber/@value"), ElementsAre("2"));
  EXPECT_THAT(find(xml, "//a:docTitle"), ElementsAre("Une charte"));
  // The preamble has no French; it says in which language it is.
  EXPECT_THAT(find(xml, "//a:preamble/a:p[@xml:lang='en']"),
              ElementsAre("What both sides signed."));
  EXPECT_THAT(find(xml, "//a:TLCOrganization[@eId='party_1']/@showAs"),
              ElementsAre("Le ministère"));
  EXPECT_EQ(find(xml, "//a:article").size(), charter->versions().size());
  EXPECT_THAT(find(xml, "//a:article[1]/a:num"), ElementsAre("1"));
  EXPECT_THAT(find(xml, "//a:article[1]/a:heading"), ElementsAre("Les deux parties"));
  EXPECT_THAT(find(xml, "//a:article[1]/@refersTo"), ElementsAre("#party_1 #party_2 #principle_1"));
  EXPECT_THAT(find(xml, "//a:article[1]//a:p[@class='note']"), ElementsAre("A note"));
  EXPECT_THAT(find(xml, "//a:article[1]//a:p[@class='source']"),
              ElementsAre("Nobody's", "Personne"));
  EXPECT_EQ(find(xml, "//p:norm").size(), charter->versions().size());
  EXPECT_THAT(find(xml, "//p:norm[1]/@bearer"), ElementsAre("ministry"));
  EXPECT_EQ(find(xml, "//p:charter/@sha256")[0].size(), 64U);
  // What is pointed to is there, once.
  for (const std::string path : {"//@period", "//@refersTo", "//@start", "//@end", "//@source"}) {
    for (const std::string& list : find(xml, path)) {
      std::size_t from = 0;
      while (from < list.size()) {
        const std::size_t end = std::min(list.find(' ', from), list.size());
        const std::string id = list.substr(from + 1, end - from - 1);
        EXPECT_EQ(find(xml, "//*[@eId='" + id + "']").size(), 1U) << path << ' ' << id;
        from = end + 1;
      }
    }
  }
}

TEST(AkomaNtoso, VersionsOfANormAreArticlesWithTheirPeriods) {
  const std::string text = akoma_ntoso(*charter::Charter::load(
      document(norm(R"(, "in force": {"to": "2012-01-01"}, "text": "One\nTwo\r\n\nThree")") + "," +
                   norm(R"(, "in force": {"from": "2012-01-01", "to": "2015-01-01"})") + "," +
                   norm(R"(, "in force": {"from": "2015-01-01"}, "source":
                   {"title": "Gazette", "address": "https://x.org/a b?é#1#2%2", "passage": "p. 3"})"),
               R"("in force": {"from": "2010-01-01", "to": "2020-01-01"},)")));
  EXPECT_EQ(invalid(text), "") << text;
  const Xml xml = parse(text);
  EXPECT_THAT(find(xml, "//a:act/@contains"), ElementsAre("multipleVersions"));
  EXPECT_THAT(find(xml, "//a:eventRef/@date"),
              ElementsAre("2010-01-01", "2012-01-01", "2015-01-01", "2020-01-01"));
  EXPECT_THAT(find(xml, "//a:eventRef/@type"),
              ElementsAre("generation", "amendment", "amendment", "repeal"));
  const auto day = [&](const std::string& article, const std::string& end) {
    const std::string period = find(xml, "//a:article[" + article + "]/@period")[0].substr(1);
    const auto event = find(xml, "//a:temporalGroup[@eId='" + period + "']/a:timeInterval/@" + end);
    if (event.empty()) return std::string("open");
    return find(xml, "//a:eventRef[@eId='" + event[0].substr(1) + "']/@date")[0];
  };
  EXPECT_EQ(day("1", "start") + " " + day("1", "end"), "open 2012-01-01");
  EXPECT_EQ(day("2", "start") + " " + day("2", "end"), "2012-01-01 2015-01-01");
  EXPECT_EQ(day("3", "start") + " " + day("3", "end"), "2015-01-01 open");
  EXPECT_THAT(find(xml, "//a:article/@wId"), ElementsAre("norm_n", "norm_n", "norm_n"));
  EXPECT_THAT(find(xml, "//a:article[1]//a:p"), ElementsAre("One", "Two", "Three"));
  EXPECT_THAT(find(xml, "//a:article[3]//a:p[@class='source']"), ElementsAre("Gazette, p. 3"));
  EXPECT_THAT(find(xml, "//a:ref/@href"), ElementsAre("https://x.org/a%20b?%C3%A9#1%232%252"));
  EXPECT_THAT(find(xml, "//a:FRBRWork/a:FRBRuri/@value"),
              ElementsAre("/akn/xx/act/charter/2010-01-01/c%2F1"));
}

TEST(AkomaNtoso, ADayIsNeverMadeUp) {
  const auto charter = charter::Charter::load(document(norm("")));
  const auto refused = [&](const AkomaNtosoOptions& options) {
    try {
      akoma_ntoso(*charter, options);
      return std::string();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::invalid_argument);
      return std::string(error.what());
    }
  };
  EXPECT_THAT(refused({}), HasSubstr("says no day"));
  AkomaNtosoOptions options;
  options.date = 17000;
  EXPECT_EQ(refused(options), "");
  const std::string text = akoma_ntoso(*charter, options);
  EXPECT_EQ(invalid(text), "") << text;
  EXPECT_EQ(find(parse(text), "//a:lifecycle").size(), 0U);
  for (const std::string country : {"", "l", "LB", "lebanon", "lb-", "lb/x", "lb-abcd", "l b"}) {
    options.country = country;
    EXPECT_THAT(refused(options), HasSubstr("expected a country")) << country;
  }
  options.country = "gb-sct";
  EXPECT_EQ(refused(options), "");
  options.date = date_max + 1;
  EXPECT_NE(refused(options), "");
}

TEST(AkomaNtoso, WhatShipsIsValid) {
  AkomaNtosoOptions options;
  options.date = 17000;  // for charters that say no day
  for (const Packs::Entry& entry : Packs().list()) {
    if (entry.kind != "charters") continue;
    for (const Language language : all_languages) {
      options.language = language;
      const std::string text =
          akoma_ntoso(*charter::Charter::load(Packs().text(entry.name)), options);
      EXPECT_EQ(invalid(text), "") << entry.name;
    }
  }
}

// ---------------------------------------------------------------------------- bad characters

std::string random_text(std::mt19937& random, std::string& expected) {
  const std::vector<std::pair<std::string, std::string>> pieces = {
      {"a", "a"},           {"&", "&"},
      {"<", "<"},           {">", ">"},
      {"\"", "\""},         {"'", "'"},
      {"]]>", "]]>"},       {"<!--", "<!--"},
      {"&amp;", "&amp;"},   {"أفكار", "أفكار"},
      {"𝄞", "𝄞"},           {"\t", "\t"},
      {"  ", "  "},         {"\u0085", "\u0085"},
      {"\u2028", "\u2028"}, {"\x01", "\ufffd"},
      {"\x1f", "\ufffd"},   {"\x7f", "\ufffd"},
      {"\ufffe", "\ufffd"}, {"\uffff", "\ufffd"},
      {"\ufffd", "\ufffd"}, {"\xef\xbf\xbc", "\xef\xbf\xbc"},
      {"<?x?>", "<?x?>"},   {"\b", "\ufffd"}};
  std::string out;
  for (std::size_t length = 1 + random() % 30; length > 0; --length) {
    const auto& [raw, clean] = pieces[random() % pieces.size()];
    out += raw;
    expected += clean;
  }
  return out;
}

std::string quoted(const std::string& text) {
  std::string out;
  json::append_string(out, text);
  return out;
}

TEST(AkomaNtoso, TextsComeBackAsTheyWereAndBadCharactersAreReplaced) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    std::string label, body, id, title, party, address;
    const std::string norms =
        R"({"id": )" + quoted("i" + random_text(random, id) + "z") +
        R"(, "citation": "c", "modality": "prohibition", "bearer": "b", "about": "k",
            "require": "a", "in force": {"from": "2020-01-01"}, "label": )" +
        quoted("l" + random_text(random, label)) + R"(, "text": )" +
        quoted("t" + random_text(random, body)) + R"(, "source": {"title": "T", "address": )" +
        quoted("https://x/" + random_text(random, address)) + "}}";
    const auto charter = charter::Charter::load(
        R"({"charter": "c", "version": "v", "title": )" + quoted("t" + random_text(random, title)) +
        R"(, "parties": {"b": )" + quoted("p" + random_text(random, party)) +
        R"(}, "kinds": {"k": {"label": "K", "facts": {"a": "boolean", "d": "date"}, "dated by": "d"}},
            "norms": [)" +
        norms + "]}");
    const std::string text = akoma_ntoso(*charter);
    ASSERT_EQ(invalid(text), "") << text;
    const Xml xml = parse(text);
    ASSERT_THAT(find(xml, "//a:heading"), ElementsAre("l" + label));
    ASSERT_THAT(find(xml, "//a:article//a:p[not(@class)]"), ElementsAre("t" + body));
    ASSERT_THAT(find(xml, "//a:docTitle"), ElementsAre("t" + title));
    ASSERT_THAT(find(xml, "//p:norm/@id"), ElementsAre("i" + id + "z"));
    ASSERT_THAT(find(xml, "//a:TLCOrganization[@eId='party_1']/@showAs"), ElementsAre("p" + party));
  }
}

TEST(XmlWriter, EveryCharacterIsWellFormedOrReplaced) {
  for (char32_t c = 0; c < 0x110000; c += c < 0x3000 || (c > 0xd000 && c < 0x10100) ? 1 : 97) {
    if (c >= 0xd800 && c < 0xe000) continue;
    std::string character;
    append_utf8(character, c);
    XmlWriter xml;
    xml.inline_begin("x").attribute("y", character).text("[" + character + "]").end();
    const Xml read = parse(xml.take());
    ASSERT_NE(read, nullptr) << static_cast<std::uint32_t>(c) << complaints;
    const bool bad = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f ||
                     c == 0xfffe || c == 0xffff;
    const std::string expected = bad ? "\ufffd" : c == '\r' ? "\n" : character;
    ASSERT_THAT(find(read, "//x"), ElementsAre("[" + expected + "]"));
    ASSERT_THAT(find(read, "//x/@y"), ElementsAre(expected));
  }
  XmlWriter xml;
  EXPECT_THROW(xml.inline_begin("x").text("\xff"), Error);
}

TEST(XmlWriter, IndentsWhatHoldsNoText) {
  XmlWriter xml;
  xml.begin("a").begin("b").end().inline_begin("c").text("x ").begin("d").text("y").end();
  xml.text(" z").end().end();
  EXPECT_EQ(xml.take(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n  <b/>\n  <c>x <d>y</d> "
            "z</c>\n</a>\n");
}

}  // namespace
}  // namespace partnership::exchange
