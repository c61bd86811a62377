// SPDX-License-Identifier: Apache-2.0
//
// Criteria with changes made, as a document: everything else stays as it was written.
#include <algorithm>

#include "base/json.hpp"
#include "committee/infeasible.hpp"

namespace partnership {
namespace {

class RelaxedWriter {
 public:
  RelaxedWriter(const Criteria& before, const Criteria& after, const std::vector<Change>& changes)
      : after_(after), changed_(before.rules.size(), false) {
    for (const Change& change : changes) changed_[change.rule] = true;
    sized_ = !before.rules.empty() && before.rules.front().kind == Kind::size;
  }

  std::string write(json::Value root) {
    out_.begin_object();
    for (const json::Value member : root) {
      out_.key(member.key());
      if (member.key() == "size" && changed_.front()) {
        out_.begin_object();
        write_counts(after_.rules.front().bounds);
        out_.end_object();
      } else if (member.key() == "rules") {
        write_rules(member);
      } else {
        out_.value(member);
      }
    }
    out_.end_object();
    return out_.take();
  }

 private:
  void write_rules(json::Value rules) {
    out_.begin_array();
    std::size_t r = sized_ ? 1 : 0;
    for (const json::Value rule : rules) {
      if (changed_[r]) {
        write_rule(rule, after_.rules[r]);
      } else {
        out_.value(rule);
      }
      ++r;
    }
    out_.end_array();
  }

  // What is agreed to be flexible goes with the numbers that it was beside.
  void write_rule(json::Value before, const Rule& rule) {
    const bool listed = rule.kind == Kind::must_include || rule.kind == Kind::must_exclude;
    if (listed && rule.members.empty()) return;
    out_.begin_object();
    for (const json::Value member : before) {
      static constexpr std::string_view numbers[] = {"min", "max", "share", "flexible"};
      if (std::find(std::begin(numbers), std::end(numbers), member.key()) != std::end(numbers)) {
        continue;
      }
      out_.key(member.key());
      if (member.key() == "members" && listed) {
        out_.begin_array();
        for (const std::string& id : rule.members) out_.value(id);
        out_.end_array();
      } else if (member.key() == "places") {
        write_places(member, rule);
      } else {
        out_.value(member);
      }
    }
    if (!listed) {
      write_counts(rule.bounds);
      write_shares(rule.bounds);
    }
    out_.end_object();
  }

  void write_places(json::Value places, const Rule& rule) {
    out_.begin_array();
    std::size_t p = 0;
    for (const json::Value place : places) {
      out_.begin_object();
      for (const json::Value member : place) {
        if (member.key() != "min" && member.key() != "max") out_.key(member.key()).value(member);
      }
      write_counts({rule.places[p].least, rule.places[p].most, {}, {}, {}, {}});
      out_.end_object();
      ++p;
    }
    out_.end_array();
  }

  void write_counts(const Bounds& bounds) {
    if (bounds.least) out_.key("min").value(*bounds.least);
    if (bounds.most) out_.key("max").value(*bounds.most);
  }

  void write_shares(const Bounds& bounds) {
    if (!bounds.share_least && !bounds.share_most) return;
    out_.key("share").begin_object();
    if (bounds.share_least) out_.key("min").value(bounds.share_least->text());
    if (bounds.share_most) out_.key("max").value(bounds.share_most->text());
    out_.end_object();
  }

  const Criteria& after_;
  std::vector<bool> changed_;
  bool sized_ = false;
  json::Writer out_{true};
};

}  // namespace

std::string relaxed_document(std::string_view json, const std::vector<Change>& changes) {
  const std::shared_ptr<const Criteria> before = load_criteria(json);
  const std::shared_ptr<const Criteria> after = relaxed(*before, changes);
  const std::unique_ptr<const json::Document> document = json::Document::parse(json);
  return RelaxedWriter(*before, *after, changes).write(document->root());
}

}  // namespace partnership
