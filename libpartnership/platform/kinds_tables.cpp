// SPDX-License-Identifier: Apache-2.0
//
// The tables of the register.
#include <algorithm>
#include <array>

#include "platform/kinds.hpp"
#include "platform/kinds_columns.hpp"

namespace partnership::platform {

namespace {

using namespace columns;

constexpr std::array table_list = {
    TableSpec{"body", body_columns, "name", "ministries, agencies, civil society and others"},
    TableSpec{"person", person_columns, "", "people; what is personal of them is stored apart"},
    TableSpec{"post", post_columns, "title", "posts of bodies, which may be vacant"},
    TableSpec{"mandate", mandate_columns, "", "people or posts acting on behalf of a body"},
    TableSpec{"committee", committee_columns, "name", "committees"},
    TableSpec{"criteria", criteria_columns, "", "criteria documents of committees, by version"},
    TableSpec{"agreement", agreement_columns, "", "which side agreed to which criteria"},
    TableSpec{"seat", seat_columns, "", "seats of committees and who holds them"},
    TableSpec{"draw", draw_columns, "", "public draws of committees by lottery"},
    TableSpec{"issue", issue_columns, "title", "issues proposed for dialogue"},
    TableSpec{"request", request_columns, "topic", "requests to the secretariat"},
    TableSpec{"phase", phase_columns, "name", "phases of the programme"},
    TableSpec{"dialogue", dialogue_columns, "name", "round tables, workshops, meetings"},
    TableSpec{"attendance", attendance_columns, "", "who was present at a dialogue"},
    TableSpec{"document", document_columns, "title", "documents and publications"},
    TableSpec{"claim", claim_columns, "", "facts as their sources claim them"},
    TableSpec{"step", step_columns, "name", "the steps of the strategy"},
};

}  // namespace

std::span<const TableSpec> tables() noexcept {
  return table_list;
}

const TableSpec* find_table(std::string_view name) noexcept {
  const auto at = std::find_if(table_list.begin(), table_list.end(),
                               [&](const TableSpec& table) { return table.name == name; });
  return at == table_list.end() ? nullptr : &*at;
}

}  // namespace partnership::platform
