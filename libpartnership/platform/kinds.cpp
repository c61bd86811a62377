// SPDX-License-Identifier: Apache-2.0
#include "platform/kinds.hpp"

#include <algorithm>
#include <array>

#include "platform/kinds_columns.hpp"

namespace partnership::platform {

namespace {

using namespace columns;

// A create takes the id and the table's columns.
template <std::size_t N>
constexpr std::array<Field, N + 1> create_fields(const std::array<Field, N>& columns) {
  std::array<Field, N + 1> out{};
  out[0] = id_field;
  std::copy(columns.begin(), columns.end(), out.begin() + 1);
  return out;
}
// A change takes the id and any of them.
template <std::size_t N>
constexpr std::array<Field, N + 1> change_fields(const std::array<Field, N>& columns) {
  auto out = create_fields(columns);
  for (std::size_t i = 1; i < out.size(); ++i) out[i].required = false;
  return out;
}
// Some columns, picked by name; `required` of the names come first and are required.
template <std::size_t K, std::size_t N>
constexpr std::array<Field, K + 3> pick_fields(const std::array<Field, N>& columns,
                                               const std::array<std::string_view, K>& names,
                                               std::size_t required) {
  std::array<Field, K + 3> out{};
  out[0] = id_field;
  for (std::size_t k = 0; k < K; ++k) {
    for (const Field& column : columns) {
      if (column.name == names[k]) out[k + 1] = column;
    }
    if (out[k + 1].name.empty()) throw "no such column";
    out[k + 1].required = k < required;
  }
  out[K + 1] = sources;
  out[K + 2] = note;
  return out;
}
// Columns that only later kinds fill do not stand in the create.
template <std::size_t D, std::size_t N>
constexpr std::array<Field, N + 1 - D> create_without(
    const std::array<Field, N>& columns, const std::array<std::string_view, D>& dropped) {
  std::array<Field, N + 1 - D> out{};
  std::size_t at = 0;
  out[at++] = id_field;
  for (const Field& column : columns) {
    if (std::find(dropped.begin(), dropped.end(), column.name) == dropped.end()) {
      out[at++] = column;
    }
  }
  return out;
}
// As create_without, for kinds whose id is made of other fields.
template <std::size_t N>
constexpr std::array<Field, N> without_id(const std::array<Field, N>& columns) {
  return columns;
}

using Names = std::string_view;
template <std::size_t K>
using List = std::array<Names, K>;

constexpr auto body_create = create_fields(body_columns);
constexpr auto body_change = change_fields(body_columns);
constexpr std::array only_id_and_reason = {id_field, reason};
constexpr std::array only_id = {id_field};
constexpr auto person_create = create_fields(person_columns);
constexpr auto person_change = change_fields(person_columns);
constexpr auto post_create = create_fields(post_columns);
constexpr auto post_change = change_fields(post_columns);
constexpr auto mandate_create = create_without(mandate_columns, List<1>{"reason"});
constexpr auto mandate_change =
    pick_fields(mandate_columns,
                List<8>{"person", "post", "tenure", "capacity", "appointed_by", "decided",
                        "instrument", "instrument_date"},
                0);
constexpr auto committee_create = create_fields(committee_columns);
constexpr auto committee_change = change_fields(committee_columns);
constexpr auto criteria_create = create_fields(criteria_columns);
constexpr auto agreement_create = without_id(agreement_columns);
constexpr auto seat_create = create_without(seat_columns, List<2>{"body", "mandate"});
constexpr auto seat_fill = pick_fields(seat_columns, List<2>{"body", "mandate"}, 0);
constexpr auto draw_create = create_without(draw_columns, List<3>{"seed", "number", "state"});
constexpr auto draw_hold = pick_fields(draw_columns, List<2>{"seed", "number"}, 2);
constexpr auto issue_create = create_without(issue_columns, List<1>{"stage"});
constexpr auto issue_move = pick_fields(issue_columns, List<1>{"stage"}, 1);
constexpr auto issue_change =
    pick_fields(issue_columns, List<3>{"title", "sector", "specialisation"}, 0);
constexpr auto request_create =
    create_without(request_columns, List<3>{"dialogue", "reason", "state"});
constexpr auto request_answer = pick_fields(request_columns, List<1>{"dialogue"}, 0);
constexpr auto request_withdraw = pick_fields(request_columns, List<1>{"reason"}, 0);
constexpr auto phase_create = create_fields(phase_columns);
constexpr auto phase_change = change_fields(phase_columns);
constexpr List<6> dialogue_later = {"state",       "minutes",      "minutes_on",
                                    "publication", "published_on", "reason"};
constexpr auto dialogue_create = create_without(dialogue_columns, dialogue_later);
constexpr auto dialogue_change =
    pick_fields(dialogue_columns,
                List<10>{"name", "form", "period", "place", "phase", "request", "committee",
                         "issues", "topics", "participants"},
                0);
constexpr auto dialogue_cancel = pick_fields(dialogue_columns, List<1>{"reason"}, 0);
constexpr auto dialogue_minutes =
    pick_fields(dialogue_columns, List<2>{"minutes_on", "minutes"}, 1);
constexpr auto dialogue_publish =
    pick_fields(dialogue_columns, List<2>{"published_on", "publication"}, 1);
constexpr auto attendance_create = without_id(attendance_columns);
constexpr auto document_create = create_fields(document_columns);
constexpr auto document_change = change_fields(document_columns);
constexpr auto claim_create = create_without(claim_columns, List<1>{"reason"});
constexpr auto claim_change = pick_fields(claim_columns, List<2>{"standing", "conflicts_with"}, 0);
constexpr auto step_create = create_fields(step_columns);
constexpr auto step_change = change_fields(step_columns);
constexpr std::array strike_fields = {
    pub("table", text, must, "", "the table of the thing"),
    id_field,
    reason,
};
constexpr std::array erase_fields = {
    pub("position", integer, must, "", "the position of the entry whose payload is erased"),
    reason,
};

constexpr std::array proposed = {Fixed{"stage", "proposed"}};
constexpr std::array open = {Fixed{"state", "open"}};
constexpr std::array answered = {Fixed{"state", "answered"}};
constexpr std::array withdrawn = {Fixed{"state", "withdrawn"}};
constexpr std::array announced = {Fixed{"state", "announced"}};
constexpr std::array held = {Fixed{"state", "held"}};
constexpr std::array cancelled = {Fixed{"state", "cancelled"}};
constexpr std::array<Fixed, 2> vacated = {Fixed{"body", ""}, Fixed{"mandate", ""}};
constexpr std::span<const Fixed> nothing;

constexpr std::array mandate_rules = {Rule::one_substantive_holder, Rule::dates_in_order};
constexpr std::array seat_rules = {Rule::body_or_mandate};
constexpr std::array stage_rules = {Rule::stage_forward};
constexpr std::array open_rules = {Rule::still_open};
constexpr std::array held_rules = {Rule::day_in_period};
constexpr std::array panels_rules = {Rule::some_panels};
constexpr std::array draw_rules = {Rule::still_announced, Rule::number_of_seed};
constexpr std::array after_rules = {Rule::was_held};
constexpr std::array attendance_rules = {Rule::body_or_person, Rule::was_held};
constexpr std::array criteria_rules = {Rule::criteria_load};
constexpr std::array claim_rules = {Rule::both_not_itself};
constexpr std::span<const Rule> no_rules;

using enum Effect;
constexpr std::array kind_list = {
    Kind{"attendance.recorded", 1, "attendance", create, attendance_create, nothing,
         attendance_rules, "dialogue/body/person", "a body or a person was present at a dialogue"},
    Kind{"body.changed", 1, "body", change, body_change, nothing, no_rules, "",
         "a body's particulars changed or were corrected"},
    Kind{"body.closed", 1, "body", end, only_id_and_reason, nothing, no_rules, "", "a body ceased"},
    Kind{"body.registered", 1, "body", create, body_create, nothing, no_rules, "",
         "a body entered the register"},
    Kind{"claim.changed", 1, "claim", change, claim_change, nothing, claim_rules, "",
         "a claim's standing or its conflicts changed"},
    Kind{"claim.made", 1, "claim", create, claim_create, nothing, claim_rules, "",
         "a source says something; other sources may say otherwise"},
    Kind{"claim.withdrawn", 1, "claim", end, only_id_and_reason, nothing, no_rules, "",
         "a claim is no longer held up"},
    Kind{"committee.changed", 1, "committee", change, committee_change, nothing, no_rules, "",
         "a committee's particulars changed or were corrected"},
    Kind{"committee.dissolved", 1, "committee", end, only_id_and_reason, nothing, no_rules, "",
         "a committee was dissolved"},
    Kind{"committee.formed", 1, "committee", create, committee_create, nothing, no_rules, "",
         "a committee was formed"},
    Kind{"criteria.agreed", 1, "agreement", create, agreement_create, nothing, no_rules,
         "criteria/side", "a side agreed to the criteria of a committee"},
    Kind{"criteria.proposed", 1, "criteria", create, criteria_create, nothing, criteria_rules, "",
         "criteria for a committee were proposed"},
    Kind{"criteria.replaced", 1, "criteria", end, only_id_and_reason, nothing, no_rules, "",
         "criteria no longer hold"},
    Kind{"dialogue.announced", 1, "dialogue", create, dialogue_create, announced, no_rules, "",
         "a dialogue was announced; the effective day is that of the notice"},
    Kind{"dialogue.cancelled", 1, "dialogue", change, dialogue_cancel, cancelled, no_rules, "",
         "a dialogue will not be held"},
    Kind{"dialogue.changed", 1, "dialogue", change, dialogue_change, nothing, no_rules, "",
         "a dialogue's particulars changed or were corrected"},
    Kind{"dialogue.held", 1, "dialogue", settle, dialogue_create, held, held_rules, "",
         "a dialogue was held, announced before or not"},
    Kind{"dialogue.published", 1, "dialogue", change, dialogue_publish, nothing, after_rules, "",
         "what was said in a dialogue was published"},
    Kind{"document.changed", 1, "document", change, document_change, nothing, no_rules, "",
         "a document's particulars changed or were corrected"},
    Kind{"document.filed", 1, "document", create, document_create, nothing, no_rules, "",
         "a document was filed"},
    Kind{"draw.announced", 1, "draw", create, draw_create, announced, panels_rules, "",
         "the numbered panels of a draw were published, before its seed was known"},
    Kind{"draw.held", 1, "draw", change, draw_hold, held, draw_rules, "",
         "the seed became known, and with it the number of the panel"},
    Kind{"issue.changed", 1, "issue", change, issue_change, nothing, no_rules, "",
         "an issue was worded anew"},
    Kind{"issue.moved", 1, "issue", change, issue_move, nothing, stage_rules, "",
         "an issue came to a further stage"},
    Kind{"issue.proposed", 1, "issue", create, issue_create, proposed, no_rules, "",
         "a body or a citizen proposed an issue"},
    Kind{"mandate.began", 1, "mandate", create, mandate_create, nothing, mandate_rules, "",
         "somebody began to act on behalf of a body; the effective day is the third of its dates"},
    Kind{"mandate.changed", 1, "mandate", change, mandate_change, nothing, mandate_rules, "",
         "a mandate's particulars changed or were corrected"},
    Kind{"mandate.ended", 1, "mandate", end, only_id_and_reason, nothing, no_rules, "",
         "a mandate ended"},
    Kind{"minutes.adopted", 1, "dialogue", change, dialogue_minutes, nothing, after_rules, "",
         "the minutes of a dialogue were adopted"},
    Kind{"person.changed", 1, "person", change, person_change, nothing, no_rules, "",
         "a person's particulars changed or were corrected"},
    Kind{"person.registered", 1, "person", create, person_create, nothing, no_rules, "",
         "a person entered the register"},
    Kind{"personal.erased", 1, "", erase, erase_fields, nothing, no_rules, "",
         "the personal payload of an earlier entry was erased; its commitment stays"},
    Kind{"phase.changed", 1, "phase", change, phase_change, nothing, no_rules, "",
         "a phase's particulars changed or were corrected"},
    Kind{"phase.recorded", 1, "phase", create, phase_create, nothing, no_rules, "",
         "a phase of the programme"},
    Kind{"post.changed", 1, "post", change, post_change, nothing, no_rules, "",
         "a post's particulars changed or were corrected"},
    Kind{"post.closed", 1, "post", end, only_id_and_reason, nothing, no_rules, "",
         "a post was abolished"},
    Kind{"post.created", 1, "post", create, post_create, nothing, no_rules, "",
         "a body has a post, filled or vacant"},
    Kind{"record.struck", 1, "", strike, strike_fields, nothing, no_rules, "",
         "a thing was recorded in error and never held; its entries stay in the journal"},
    Kind{"request.answered", 1, "request", change, request_answer, answered, open_rules, "",
         "the secretariat answered a request"},
    Kind{"request.made", 1, "request", create, request_create, open, no_rules, "",
         "one side asked the secretariat for a meeting, workshop, consultation or support"},
    Kind{"request.withdrawn", 1, "request", change, request_withdraw, withdrawn, open_rules, "",
         "a request was withdrawn"},
    Kind{"seat.created", 1, "seat", create, seat_create, nothing, no_rules, "",
         "a committee has a seat, still vacant"},
    Kind{"seat.filled", 1, "seat", change, seat_fill, nothing, seat_rules, "",
         "a body took a seat, under a mandate where one is recorded"},
    Kind{"seat.removed", 1, "seat", end, only_id_and_reason, nothing, no_rules, "",
         "a seat was abolished"},
    Kind{"seat.vacated", 1, "seat", change, only_id, vacated, no_rules, "", "a seat fell vacant"},
    Kind{"step.changed", 1, "step", change, step_change, nothing, no_rules, "",
         "a step's particulars changed or were corrected"},
    Kind{"step.recorded", 1, "step", create, step_create, nothing, no_rules, "",
         "a step of the strategy or its action plan"},
};
static_assert(std::is_sorted(kind_list.begin(), kind_list.end(),
                             [](const Kind& a, const Kind& b) { return a.name < b.name; }));

}  // namespace

std::string_view field_type_name(FieldType type) noexcept {
  constexpr std::array<std::string_view, 15> names = {
      "id",      "ref",     "bound", "refs",   "text",   "texts", "terms", "langmap",
      "boolean", "integer", "date",  "period", "choice", "hash",  "json"};
  return names[static_cast<std::size_t>(type)];
}

std::string_view effect_name(Effect effect) noexcept {
  constexpr std::array<std::string_view, 6> names = {"create", "change", "settle",
                                                     "end",    "strike", "erase"};
  return names[static_cast<std::size_t>(effect)];
}

std::span<const Kind> kinds() noexcept {
  return kind_list;
}

namespace {

// All versions of a kind, which stand together.
std::span<const Kind> versions_of(std::string_view name) noexcept {
  const auto first = std::lower_bound(
      kind_list.begin(), kind_list.end(), name,
      [](const Kind& kind, std::string_view wanted) { return kind.name < wanted; });
  const auto last = std::upper_bound(
      first, kind_list.end(), name,
      [](std::string_view wanted, const Kind& kind) { return wanted < kind.name; });
  return {first, last};
}

}  // namespace

const Kind* find_kind(std::string_view name, std::int32_t version) noexcept {
  for (const Kind& kind : versions_of(name)) {
    if (kind.version == version) return &kind;
  }
  return nullptr;
}

const Kind* newest_kind(std::string_view name) noexcept {
  const Kind* newest = nullptr;
  for (const Kind& kind : versions_of(name)) {
    if (newest == nullptr || kind.version > newest->version) newest = &kind;
  }
  return newest;
}

bool valid_id(std::string_view text) noexcept {
  if (text.empty() || text.size() > 200) return false;
  if (text.front() == ' ' || text.back() == ' ') return false;
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

Table describe_kinds() {
  TableBuilder builder;
  const auto kind = builder.add("kind", ColumnType::text);
  const auto version = builder.add("version", ColumnType::int32);
  const auto table = builder.add("table", ColumnType::text);
  const auto effect = builder.add("effect", ColumnType::text);
  const auto field = builder.add("field", ColumnType::text);
  const auto type = builder.add("type", ColumnType::text);
  const auto required = builder.add("required", ColumnType::boolean);
  const auto personal = builder.add("personal", ColumnType::boolean);
  const auto choices = builder.add("choices", ColumnType::text);
  const auto sentence = builder.add("sentence", ColumnType::text);
  const auto row = [&](const Kind& of, const Field* is) {
    builder.text(kind, of.name);
    builder.int32(version, of.version);
    builder.text(table, of.table);
    builder.text(effect, effect_name(of.effect));
    if (is == nullptr) {
      for (const auto column : {field, type, required, personal, choices}) builder.null(column);
      builder.text(sentence, of.sentence);
      return;
    }
    builder.text(field, is->name);
    builder.text(type, field_type_name(is->type));
    builder.boolean(required, is->required);
    builder.boolean(personal, is->personal);
    builder.text(choices, is->choices);
    builder.text(sentence, is->sentence);
  };
  for (const Kind& one : kind_list) {
    row(one, nullptr);
    for (const Field& is : one.fields) row(one, &is);
  }
  return builder.finish();
}

}  // namespace partnership::platform
