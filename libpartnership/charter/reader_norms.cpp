// SPDX-License-Identifier: Apache-2.0
//
// Norms: what they are called, whom they bind, what they refer to, the tests beside them.
#include <array>

#include "base/text.hpp"
#include "charter/assess.hpp"
#include "charter/reader.hpp"

namespace partnership::charter {

namespace {

constexpr std::array<std::string_view, 3> modalities = {"obligation", "prohibition", "permission"};
constexpr std::array<std::string_view, 3> standings = {"read", "partly read", "background"};

std::array<std::string_view, 6> outcome_words() {
  std::array<std::string_view, 6> words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    words[i] = outcome_name(static_cast<Outcome>(i + 1));
  }
  return words;
}

std::array<std::string_view, 9> state_words() {
  std::array<std::string_view, 9> words;
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = state_name(static_cast<State>(i + 1));
  return words;
}

}  // namespace

void CharterReader::read_norms(json::Value norms) {
  if (norms.size() > most_versions) {
    problems_.add(norms, "expected at most " + std::to_string(most_versions) + " norms");
    return;
  }
  charter_->versions_.reserve(norms.size());  // places_ points into them
  sources_.reserve(norms.size());
  std::size_t number = 0;
  for (const json::Value norm : norms) {
    if (problems_.full()) return;
    read_norm(norm, number++);
  }
}

void CharterReader::read_norm(json::Value value, std::size_t number) {
  NormVersion& version = charter_->versions_.emplace_back();
  NormSource& source = sources_.emplace_back(value);
  version.pointer = "/norms/" + std::to_string(number);
  version.line = value.place().line;
  json::ObjectReader reader(value, problems_);
  if (!reader.ok()) return;
  read_identity(reader, version);
  read_about(reader, version, source);
  read_relations(reader, source);
  read_shape(reader, value, version, source);
  if (const auto tests = reader.array("tests")) read_tests(*tests, version, source);
  reader.finish();
}

void CharterReader::read_identity(json::ObjectReader& reader, NormVersion& version) {
  version.id = parts_.id(reader, "id", true);
  version.article = reader.text("article").value_or("");
  version.citation = reader.text("citation", true).value_or("");
  version.label = parts_.label(reader, "label", true);
  version.text = parts_.label(reader, "text");
  version.note = parts_.label(reader, "note");
  version.sources = parts_.sources(reader);
  version.in_force = parts_.in_force(reader);
  version.enabled = reader.boolean("enabled").value_or(true);
  if (const auto standing = reader.any("standing")) {
    if (const auto which = parts_.one_of(*standing, standings)) {
      version.standing = standings[*which];
    }
  }
  if (const auto covers = reader.array("covers")) {
    for (const json::Value name : *covers) {
      if (problems_.full()) return;
      if (name.is(json::Type::string) && !name.text().empty()) {
        version.covers.emplace_back(name.text());
      } else {
        problems_.add(name, "expected a name that is not empty");
      }
    }
  }
}

void CharterReader::read_about(json::ObjectReader& reader, NormVersion& version,
                               NormSource& source) {
  if (const auto modality = reader.any("modality", true)) {
    if (const auto which = parts_.one_of(*modality, modalities)) {
      version.modality = static_cast<Modality>(*which);
    }
  }
  if (const auto at = parts_.known(reader, "bearer", true, parties_, "party")) {
    version.bearer = charter_->parties_[*at].id;
  }
  if (const auto at = parts_.known(reader, "counterparty", false, parties_, "party")) {
    version.counterparty = charter_->parties_[*at].id;
  }
  if (const auto at = parts_.known(reader, "principle", false, principles_, "principle")) {
    version.principle = charter_->principles_[*at].id;
  }
  const auto kind = parts_.known(reader, "about", true, kinds_, "kind of case");
  version.kind = kind.value_or(0);
  source.about_known = kind.has_value();
  kind_ = version.kind;
  known_kind_ = source.about_known;
}

// One value, or each item of an array.
std::vector<json::Value> CharterReader::links(std::optional<json::Value> value) {
  if (!value) return {};
  if (!value->is(json::Type::array)) return {*value};
  if (value->size() == 0 || value->size() > most_links) {
    problems_.add(*value, "expected 1 to " + std::to_string(most_links) + " of them");
    return {};
  }
  std::vector<json::Value> out;
  for (const json::Value item : *value) out.push_back(item);
  return out;
}

void CharterReader::read_relations(json::ObjectReader& reader, NormSource& source) {
  source.exception_of = links(reader.any("exception of"));
  source.reparation = reader.any("reparation");
  source.evidence = links(reader.array("evidence"));
}

// ---- tests

void CharterReader::read_tests(json::Value tests, NormVersion& version, NormSource& source) {
  if (tests.size() > most_tests) {
    problems_.add(tests, "expected at most " + std::to_string(most_tests) + " tests");
    return;
  }
  for (const json::Value test : tests) {
    if (problems_.full()) return;
    read_test(test, version, source);
  }
}

void CharterReader::read_test(json::Value value, NormVersion& version, NormSource& source) {
  json::ObjectReader reader(value, problems_);
  if (!reader.ok()) return;
  TestCase test;
  test.title = reader.text("title").value_or("");
  test.on = parts_.date(reader, "on", true);
  const auto facts = reader.object("case", true);
  const auto expected = reader.any("expect", true);
  if (expected) read_expected(*expected, test);
  reader.finish();
  if (!facts || !expected) return;
  test.facts = facts->source();
  test.pointer = version.pointer + "/tests/" + std::to_string(version.tests.size());
  version.tests.push_back(std::move(test));
  source.tests.push_back(*facts);
}

void CharterReader::read_expected(json::Value value, TestCase& test) {
  static const std::array outcomes = outcome_words();
  static const std::array states = state_words();
  const auto read_outcome = [&](json::Value outcome) {
    if (const auto which = parts_.one_of(outcome, outcomes)) test.expected = outcomes[*which];
  };
  if (!value.is(json::Type::object)) return read_outcome(value);
  json::ObjectReader reader(value, problems_);
  if (const auto outcome = reader.any("outcome", true)) read_outcome(*outcome);
  if (const auto state = reader.any("state")) {
    if (const auto which = parts_.one_of(*state, states)) test.state = states[*which];
  }
  test.due = parts_.date(reader, "due");
  if (const auto missing = reader.array("missing")) {
    test.missing.emplace();
    for (const json::Value path : *missing) {
      if (problems_.full()) return;
      if (path.is(json::Type::string)) {
        test.missing->emplace_back(path.text());
      } else {
        problems_.add(path, "expected the path of a fact, found " + json::a_type(path.type()));
      }
    }
  }
  reader.finish();
}

}  // namespace partnership::charter
