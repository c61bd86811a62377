// SPDX-License-Identifier: Apache-2.0
#include "charter/findings_table.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/hash.hpp"
#include "charter/labels.hpp"
#include "charter/reasons.hpp"

namespace partnership::charter {

namespace {

std::optional<std::string_view> given(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

void date_or_null(TableBuilder& table, std::int32_t column, Date day) {
  if (day == date_none) {
    table.null(column);
  } else {
    table.date(column, day);
  }
}

// What rows of one norm have in common, and sentences that were said before.
struct Said {
  struct OfVersion {
    std::string label, bearer, counterparty;
  };
  std::vector<OfVersion> versions;
  std::unordered_map<std::uint64_t, std::string> reasons;
};

std::uint64_t key_of(const Finding& finding) noexcept {
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(finding.due)) << 32U |
         static_cast<std::uint64_t>(static_cast<std::uint16_t>(finding.version)) << 16U |
         static_cast<std::uint64_t>(finding.outcome) << 12U |
         static_cast<std::uint64_t>(finding.state) << 8U | static_cast<std::uint64_t>(finding.why);
}

}  // namespace

struct FindingsTable::Impl {
  Impl(const Charter& of, Date day, Language language, bool named)
      : charter(of), on(day), in(language), hash(hex(of.hash())), said(of.norms().size()) {
    case_column = table.add("case", named ? ColumnType::text : ColumnType::int64);
    if (named) kind_column = table.add("kind", ColumnType::text);
    for (const char* const name : {"norm", "article", "citation", "label", "outcome", "state"}) {
      const std::int32_t column = table.add(name, ColumnType::text);
      if (first < 0) first = column;
    }
    due = table.add("due", ColumnType::date);
    for (const char* const name : {"bearer_id", "bearer", "counterparty_id", "counterparty"}) {
      table.add(name, ColumnType::text);
    }
    version_from = table.add("version_from", ColumnType::date);
    reason = table.add("reason", ColumnType::text);
    charter_hash = table.add("charter_hash", ColumnType::text);
  }

  template <class Name>
  void add(const Findings& findings, const FindingsFilter& filter, const Name& name) {
    const std::uint32_t end =
        filter.first >= findings.rows()
            ? filter.first
            : filter.first + std::min(filter.rows, findings.rows() - filter.first);
    for (std::uint32_t row = filter.first; row < end; ++row) {
      for (std::uint32_t i = 0; i < findings.norms().size(); ++i) {
        const std::uint32_t norm = findings.norms()[i];
        if (filter.norm >= 0 && static_cast<std::uint32_t>(filter.norm) != norm) continue;
        const Finding finding = findings.at(i, row);
        if (filter.outcome && *filter.outcome != finding.outcome) continue;
        name(row);
        add_finding(norm, finding);
      }
    }
  }

  void add_finding(std::uint32_t number, const Finding& finding) {
    const Norm& norm = charter.norms()[number];
    Said& of = said[number];
    if (of.versions.empty()) say_versions(norm, of);
    const auto at = static_cast<std::size_t>(std::max<std::int16_t>(finding.version, 0));
    const NormVersion& version = charter.versions()[norm.versions[at]];
    std::int32_t column = first;
    table.text(column++, norm.id);
    table.text_or_null(column++, given(version.article));
    table.text_or_null(column++, given(version.citation));
    table.text(column++, of.versions[at].label);
    table.text(column++, outcome_name(finding.outcome));
    table.text_or_null(column++, given(state_name(finding.state)));
    date_or_null(table, column++, finding.due);
    table.text(column++, version.bearer);
    table.text(column++, of.versions[at].bearer);
    table.text_or_null(column++, given(version.counterparty));
    table.text_or_null(column++, given(of.versions[at].counterparty));
    date_or_null(table, version_from, finding.version < 0 ? date_none : version.in_force.from);
    const auto [text, fresh] = of.reasons.try_emplace(key_of(finding));
    if (fresh) text->second = say_reason({charter, number, finding, on, nullptr, {}}, in);
    table.text(reason, text->second);
    table.text(charter_hash, hash);
  }

  void say_versions(const Norm& norm, Said& of) const {
    for (const std::uint32_t number : norm.versions) {
      const NormVersion& version = charter.versions()[number];
      const LangMap& label = version.label;
      of.versions.push_back({std::string(label.empty() ? norm.id : label.get(in)),
                             party(version.bearer), party(version.counterparty)});
    }
  }

  std::string party(std::string_view id) const {
    const LangMap* const label = charter.party(id);
    return std::string(label == nullptr || label->empty() ? id : label->get(in));
  }

  const Charter& charter;
  Date on;
  Language in;
  std::string hash;
  std::vector<Said> said;  // of Charter::norms()
  TableBuilder table;
  std::int32_t case_column = -1, kind_column = -1, first = -1;
  std::int32_t due = -1, version_from = -1, reason = -1, charter_hash = -1;
};

FindingsTable::FindingsTable(const Charter& charter, Date on, Language language)
    : impl_(std::make_unique<Impl>(charter, on, language, true)) {}

FindingsTable::~FindingsTable() = default;

void FindingsTable::add(std::uint32_t kind, const Findings& findings,
                        std::span<const std::string> ids, const FindingsFilter& filter) {
  const std::string& of = impl_->charter.kinds()[kind].id;
  impl_->add(findings, filter, [&](std::uint32_t row) {
    impl_->table.text(impl_->case_column, ids[row]);
    impl_->table.text(impl_->kind_column, of);
  });
}

Table FindingsTable::finish() {
  return impl_->table.finish();
}

Table findings_table(const Charter& charter, const Findings& findings, Date on,
                     const FindingsFilter& filter, Language language) {
  FindingsTable::Impl impl(charter, on, language, false);
  impl.add(findings, filter,
           [&](std::uint32_t row) { impl.table.int64(impl.case_column, std::int64_t{row}); });
  return impl.table.finish();
}

}  // namespace partnership::charter
