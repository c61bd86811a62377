// SPDX-License-Identifier: Apache-2.0
#include "committee/certificate_match.hpp"

#include <optional>

#include "base/json.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"

namespace partnership {

namespace {

using json::Value;

class Match {
 public:
  explicit Match(json::Problems& problems) : problems_(problems) {}

  void ids(Value array, std::span<const std::string> ids) {
    each(array, ids, "nominees", [&](Value value, const std::string& id) {
      if (!is_text(value, id)) problems_.add(value, "the nominee is not " + backticked(id));
    });
  }

  void model(Value object, const PanelModel& model) {
    const auto types = object.find("types"), columns = object.find("columns"),
               rows = object.find("rows");
    if (!types || !columns || !rows) {
      problems_.add(object, "the model has no `types`, `columns` or `rows`");
      return;
    }
    each(*types, model.types, "types", [&](Value value, const auto& one) { type(value, one); });
    each(*columns, model.columns, "columns",
         [&](Value value, const PanelModel::Column& one) { column(value, one); });
    each(*rows, model.rows, "rows",
         [&](Value value, const PanelModel::Row& one) { row(value, one); });
  }

 private:
  static bool is_text(Value value, std::string_view text) {
    return value.is(json::Type::string) && value.text() == text;
  }
  static bool is_number(Value value, std::int64_t number) {
    return value.is(json::Type::integer) && value.integer() == number;
  }
  static bool is_pair(Value value, std::int64_t first, std::int64_t second) {
    return value.is(json::Type::array) && value.size() == 2 && is_number(value[0], first) &&
           is_number(value[1], second);
  }
  static bool is_end(std::optional<Value> value, std::int64_t end) {
    if (!value) return false;
    if (end == no_end || end == -no_end) return value->is(json::Type::null);
    return is_number(*value, end);
  }

  template <class Items, class Compare>
  void each(Value array, const Items& items, std::string_view what, Compare compare) {
    if (!array.is(json::Type::array) || array.size() != items.size()) {
      problems_.add(array, "there should be " + std::to_string(items.size()) + " " +
                               std::string(what) + " here");
      return;
    }
    auto item = items.begin();
    for (const Value value : array) compare(value, *item++);
  }

  void type(Value array, const std::vector<std::uint32_t>& nominees) {
    bool same = array.is(json::Type::array) && array.size() == nominees.size();
    auto nominee = nominees.begin();
    if (same) {
      for (const Value value : array) same = is_number(value, *nominee++) && same;
    }
    if (!same) problems_.add(array, "the nominees of the type are others");
  }

  void column(Value pair, const PanelModel::Column& column) {
    if (is_pair(pair, column.lower, column.upper)) return;
    problems_.add(pair, "the bounds are not " + std::to_string(column.lower) + " and " +
                            std::to_string(column.upper));
  }

  void row(Value object, const PanelModel::Row& row) {
    const auto criterion = object.find("criterion"), terms = object.find("terms");
    bool same = criterion && is_text(*criterion, row.criterion) &&
                is_end(object.find("lower"), row.lower) && is_end(object.find("upper"), row.upper);
    std::vector<PanelModel::Term> left;  // zeros are not written
    for (const PanelModel::Term& term : row.terms) {
      if (term.coefficient != 0) left.push_back(term);
    }
    same = same && terms && terms->is(json::Type::array) && terms->size() == left.size();
    if (same) {
      auto term = left.begin();
      for (const Value value : *terms) {
        same = same && is_pair(value, term->column, term->coefficient);
        ++term;
      }
    }
    if (!same) problems_.add(object, "the row is not that of " + quoted(row.criterion));
  }

  json::Problems& problems_;
};

}  // namespace

std::vector<Problem> certificate_differences(std::string_view certificate, const PanelModel& model,
                                             std::span<const std::string> ids) {
  const auto document = json::Document::parse(certificate);
  json::Problems problems;
  note_differences(document->root(), model, ids, problems);
  return problems.all();
}

void note_differences(Value root, const PanelModel& model, std::span<const std::string> ids,
                      json::Problems& problems) {
  Match match(problems);
  const auto nominees = root.find("nominees"), value = root.find("model");
  if (nominees) match.ids(*nominees, ids);
  if (value) match.model(*value, model);
  if (!nominees || !value) problems.add(root, "there are no `nominees` or no `model`");
}

}  // namespace partnership
