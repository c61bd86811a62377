// SPDX-License-Identifier: Apache-2.0
//
// The head of a criteria document, and the reading of the whole.
#include <algorithm>
#include <array>

#include "base/json.hpp"
#include "base/text.hpp"
#include "committee/contradictions.hpp"
#include "committee/criteria.hpp"
#include "committee/criteria_reader_attributes.hpp"
#include "committee/criteria_reader_parts.hpp"
#include "committee/criteria_reader_rules.hpp"

namespace partnership {
namespace {

constexpr std::array statuses = {std::string_view("proposed"), std::string_view("agreed"),
                                 std::string_view("example")};

class CriteriaReader {
 public:
  explicit CriteriaReader(json::Problems& problems) : problems_(problems) {}

  Criteria read(json::Value root) {
    json::ObjectReader reader(root, problems_);
    criteria_.id = parts_.name(reader, "criteria", true);
    criteria_.version = parts_.name(reader, "version", true);
    criteria_.title = parts_.label(reader, "title", true);
    criteria_.source = reader.text("source").value_or("");
    read_status(reader);
    if (const auto attributes = reader.object("attributes")) {
      attributes_.read(*attributes);
      rules_.declare_attributes();
    }
    if (const auto size = reader.any("size")) rules_.read_size(*size);
    if (const auto rules = reader.array("rules", true)) rules_.read_rules(*rules);
    reader.finish();
    find_contradictions(criteria_, rules_.sources(), problems_);
    return std::move(criteria_);
  }

 private:
  void read_status(json::ObjectReader& reader) {
    const auto status = parts_.text(reader, "status", false);
    if (!status) return;
    criteria_.status = status->text();
    if (std::find(statuses.begin(), statuses.end(), status->text()) != statuses.end()) return;
    problems_.add(*status, "expected `proposed`, `agreed` or `example`, not " +
                               backticked(status->text()) +
                               CriteriaParts::hint(status->text(), statuses));
  }

  json::Problems& problems_;
  Criteria criteria_;
  CriteriaParts parts_{problems_};
  AttributeReader attributes_{criteria_.attributes, parts_, problems_};
  RuleReader rules_{criteria_, attributes_, parts_, problems_};
};

}  // namespace

std::shared_ptr<const Criteria> load_criteria(std::string_view json) {
  const std::unique_ptr<const json::Document> document = json::Document::parse(json);
  json::Problems problems;
  const auto criteria = std::make_shared<Criteria>(CriteriaReader(problems).read(document->root()));
  problems.raise(Code::invalid_document);
  criteria->hash = sha256(json::canonical(document->root()));
  return criteria;
}

}  // namespace partnership
