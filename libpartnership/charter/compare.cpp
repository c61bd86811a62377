// SPDX-License-Identifier: Apache-2.0
#include "charter/compare.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "charter/compare_calendars.hpp"
#include "charter/tables.hpp"
#include "charter/version_parts.hpp"

namespace partnership::charter {

namespace {

// A norm version, or the charter as a whole, that a row is about.
struct Subject {
  const Charter* charter = nullptr;
  const NormVersion* version = nullptr;  // nullptr: the charter
};

class Comparison {
 public:
  Comparison(const Charter& before, const Charter& after, Language language)
      : before_(before), after_(after), language_(language) {
    norm_ = builder_.add("norm", ColumnType::text);
    from_ = builder_.add("version_from", ColumnType::date);
    for (const char* name : {"change", "what", "before", "after", "bearer", "counterparty"}) {
      const std::int32_t column = builder_.add(name, ColumnType::text);
      if (change_ < 0) change_ = column;
    }
  }

  Table run() {
    compare_parts(parts_of(before_), parts_of(after_), {});
    compare_calendar();
    compare_listed("party", listed(before_.parties()), listed(after_.parties()));
    compare_listed("principle", listed(before_.principles()), listed(after_.principles()));
    compare_listed("window", listed(before_.windows()), listed(after_.windows()));
    compare_listed("kind", listed(before_.kinds()), listed(after_.kinds()));
    compare_facts();
    for (const Norm& norm : after_.norms()) {
      const std::int32_t other = before_.find_norm(norm.id);
      compare_norms(other < 0 ? nullptr : &before_.norms()[static_cast<std::size_t>(other)], &norm);
    }
    for (const Norm& norm : before_.norms()) {
      if (after_.find_norm(norm.id) < 0) compare_norms(&norm, nullptr);
    }
    return builder_.finish();
  }

 private:
  using Text = std::optional<std::string_view>;

  void row(const Subject& subject, std::string_view what, Text before, Text after) {
    const NormVersion* const version = subject.version;
    builder_.text_or_null(norm_, version == nullptr ? Text() : Text(version->id));
    if (version == nullptr || version->in_force.from == date_none) {
      builder_.null(from_);
    } else {
      builder_.date(from_, version->in_force.from);
    }
    builder_.text(change_, !before ? "added" : !after ? "removed" : "changed");
    builder_.text(change_ + 1, what);
    builder_.text_or_null(change_ + 2, before);
    builder_.text_or_null(change_ + 3, after);
    const auto party = [&](std::int32_t column, const std::string& id) {
      if (id.empty()) return builder_.null(column);
      builder_.text(column, party_label(*subject.charter, id, language_));
    };
    party(change_ + 4, version == nullptr ? std::string() : version->bearer);
    party(change_ + 5, version == nullptr ? std::string() : version->counterparty);
  }

  // Parts of one name on both sides are at most one each.
  void compare_parts(const std::vector<TextPart>& before, const std::vector<TextPart>& after,
                     const Subject& subject) {
    const auto find = [](const std::vector<TextPart>& parts, const std::string& what) {
      const auto at = std::ranges::find(parts, what, &TextPart::what);
      return at == parts.end() ? nullptr : &*at;
    };
    for (const TextPart& part : before) {
      const TextPart* const other = find(after, part.what);
      if (other == nullptr) {
        row(subject, part.what, part.shown, {});
      } else if (part.compared() != other->compared()) {
        row(subject, part.what, part.shown, other->shown);
      }
    }
    for (const TextPart& part : after) {
      if (find(before, part.what) == nullptr) row(subject, part.what, {}, part.shown);
    }
  }

  void compare_calendar() {
    const Calendar *const before = before_.calendar(), *const after = after_.calendar();
    if (before == nullptr && after == nullptr) return;
    if (before == nullptr) return row({}, "calendar", {}, after->id());
    if (after == nullptr) return row({}, "calendar", before->id(), {});
    if (before->id() != after->id()) row({}, "calendar", before->id(), after->id());
    for (const CalendarDifference& days : differing_days(*before, *after)) {
      row({}, "working days", days.before, days.after);
    }
  }

  // ---- what is listed by an id

  struct Item {
    std::string id, shown, exact;
  };

  static std::string exactly(const LangMap& label) {
    std::string out;
    label.append_canonical(out);
    return out;
  }
  Item item(const std::string& id, const LangMap& label) const {
    const std::string_view text = label.get(language_);
    return {id, text.empty() ? id : id + ": " + std::string(text), exactly(label)};
  }
  std::vector<Item> listed(const std::vector<Named>& list) const {
    std::vector<Item> out;
    for (const Named& named : list) out.push_back(item(named.id, named.label));
    return out;
  }
  std::vector<Item> listed(const std::vector<Kind>& list) const {
    std::vector<Item> out;
    for (const Kind& kind : list) {
      Item& made = out.emplace_back(item(kind.id, kind.label));
      if (kind.dated_by.given()) made.shown += ", dated by `" + kind.dated_by.text + "`";
      made.exact += kind.dated_by.text;
    }
    return out;
  }
  std::vector<Item> listed(const std::vector<Window>& list) const {
    std::vector<Item> out;
    for (const Window& window : list) {
      Item& made = out.emplace_back(item(window.id, window.label));
      const std::string days = " (" + text_of(window.from) + " to " + text_of(window.to) + ")";
      made.shown += days;
      made.exact += days;
    }
    return out;
  }

  void compare_listed(std::string_view what, const std::vector<Item>& before,
                      const std::vector<Item>& after) {
    const auto index = [](const std::vector<Item>& items) {
      std::map<std::string_view, const Item*> out;
      for (const Item& item : items) out.emplace(item.id, &item);
      return out;
    };
    const auto old = index(before), now = index(after);
    for (const Item& item : before) {
      const auto at = now.find(item.id);
      if (at == now.end()) {
        row({}, what, item.shown, {});
      } else if (item.exact != at->second->exact) {
        row({}, what, item.shown, at->second->shown);
      }
    }
    for (const Item& item : after) {
      if (!old.contains(item.id)) row({}, what, {}, item.shown);
    }
  }

  // Of kinds that both have.
  void compare_facts() {
    const auto facts = [&](const Kind& kind) {
      std::vector<Item> out;
      for (const Fact& fact : kind.facts) {
        const std::string name = kind.id + "." + fact.name;
        const std::string type = fact.type + (fact.optional ? "?" : "");
        const std::string_view label = fact.label.get(language_);
        out.push_back({name,
                       name + ": " + type + (label.empty() ? "" : " (" + std::string(label) + ")"),
                       type + exactly(fact.label)});
      }
      return out;
    };
    for (const Kind& kind : before_.kinds()) {
      const std::int32_t other = after_.find_kind(kind.id);
      if (other < 0) continue;
      compare_listed("fact", facts(kind), facts(after_.kinds()[static_cast<std::size_t>(other)]));
    }
  }

  // ---- norms

  void compare_norms(const Norm* before, const Norm* after) {
    std::vector<const NormVersion*> old, now;
    if (before != nullptr) {
      for (const std::uint32_t v : before->versions) old.push_back(&before_.versions()[v]);
    }
    if (after != nullptr) {
      for (const std::uint32_t v : after->versions) now.push_back(&after_.versions()[v]);
    }
    const auto partners = paired(old, now);
    for (std::size_t i = 0; i < now.size(); ++i) {
      const NormVersion *const earlier = partners[i], *const version = now[i];
      if (earlier != nullptr) {
        compare_parts(parts_of(before_, *earlier, language_), parts_of(after_, *version, language_),
                      {&after_, version});
        continue;
      }
      row({&after_, version}, "version", {}, condition_text(*version));
      // An amendment: what it takes over from stands before it.
      if (before != nullptr && i > 0) {
        compare_parts(parts_of(after_, *now[i - 1], language_),
                      parts_of(after_, *version, language_), {&after_, version});
      }
    }
    for (const NormVersion* const version : old) {
      if (std::ranges::find(partners, version) == partners.end()) {
        row({&before_, version}, "version", condition_text(*version), {});
      }
    }
  }

  // For each of the later versions the earlier one that it is compared with, or nullptr.
  static std::vector<const NormVersion*> paired(const std::vector<const NormVersion*>& old,
                                                const std::vector<const NormVersion*>& now) {
    std::vector<const NormVersion*> partners(now.size());
    std::vector<bool> taken(old.size());
    for (std::size_t i = 0; i < now.size(); ++i) {
      for (std::size_t j = 0; j < old.size(); ++j) {
        if (old[j]->in_force.from != now[i]->in_force.from) continue;
        partners[i] = old[j];
        taken[j] = true;
      }
    }
    std::size_t next = 0;
    for (std::size_t i = 0; i < now.size(); ++i) {
      if (partners[i] != nullptr) continue;
      while (next < old.size() && taken[next]) ++next;
      if (next == old.size()) break;
      partners[i] = old[next];
      taken[next] = true;
    }
    return partners;
  }

  const Charter &before_, &after_;
  const Language language_;
  TableBuilder builder_;
  std::int32_t norm_, from_, change_ = -1;
};

}  // namespace

Table compare(const Charter& before, const Charter& after, Language language) {
  return Comparison(before, after, language).run();
}

}  // namespace partnership::charter
