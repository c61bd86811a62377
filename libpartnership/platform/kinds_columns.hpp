// SPDX-License-Identifier: Apache-2.0
//
// The columns of the register's tables, of which the fields of the kinds are picked. For the files
// kinds*.cpp only.
#pragma once

#include <array>
#include <string_view>

#include "platform/kinds.hpp"

namespace partnership::platform::columns {

using enum FieldType;
inline constexpr bool must = true;
inline constexpr bool may = false;

constexpr Field pub(std::string_view name, FieldType type, bool required, std::string_view choices,
                    std::string_view sentence) {
  return {name, type, required, false, choices, sentence};
}
constexpr Field priv(std::string_view name, FieldType type, std::string_view sentence) {
  return {name, type, false, true, "", sentence};
}

inline constexpr Field id_field = pub("id", id, must, "", "names the thing; never used again");
inline constexpr Field reason = pub("reason", text, may, "", "why, as published");

// Every create, change and settle takes these two, so that each fact can name where it was read.
inline constexpr Field sources =
    pub("sources", texts, may, "", "where it was read: addresses or titles");
inline constexpr Field note = pub("note", text, may, "", "a remark, as published");

inline constexpr std::string_view sides = "public|civil_society|other";
inline constexpr std::string_view body_forms =
    "ministry|agency|council|municipality|cso|network|academia|media|international|company|"
    "programme|other";
inline constexpr std::string_view tenures =
    "substantive|acting|assigned|caretaker|expired_but_continuing";
inline constexpr std::string_view capacities =
    "coordinator|representative|head|deputy|secretary|other";
inline constexpr std::string_view committee_forms =
    "coordination|follow_up|secretariat|working_group|core|other";
inline constexpr std::string_view roles = "member|chair|deputy|secretary|observer";
inline constexpr std::string_view stages =
    "proposed|admitted|elaborated|in_dialogue|solution|recommendation|response|follow_up|closed";
inline constexpr std::string_view asks =
    "meeting|workshop|consultation|technical_support|logistic_support";
inline constexpr std::string_view dialogue_forms =
    "round_table|workshop|consultation|meeting|conference|presentation|training|other";
inline constexpr std::string_view document_forms =
    "charter|strategy|minutes|report|manual|book|article|law|page|course|other";
inline constexpr std::string_view standings = "read|background|reconstruction|not_known";

inline constexpr std::array body_columns = {
    pub("name", langmap, must, "", "the body's name"),
    pub("side", choice, must, sides, "which side of the partnership it stands on"),
    pub("form", choice, may, body_forms, "what kind of body it is"),
    pub("sectors", terms, may, "", "sectors it works in"),
    pub("issues", terms, may, "", "issues it works on"),
    pub("specialisations", terms, may, "", "what it is specialised in"),
    pub("region", text, may, "", "where it is based"),
    pub("part_of", ref, may, "body", "the body it belongs to"),
    sources,
    note,
};
inline constexpr std::array person_columns = {
    pub("title", langmap, may, "", "how the person may be named in public, e.g. by office"),
    priv("name", langmap, "the person's name"),
    priv("gender", text, "as the person states it"),
    priv("email", text, "where to write"),
    priv("telephone", text, "where to call"),
    sources,
    note,
};
inline constexpr std::array post_columns = {
    pub("body", bound, must, "body", "the body that has the post"),
    pub("title", langmap, must, "", "the post's title"),
    sources,
    note,
};
inline constexpr std::array mandate_columns = {
    pub("body", bound, must, "body", "the body on whose behalf"),
    pub("person", ref, may, "person", "who holds it; absent: not known or not published"),
    pub("post", bound, may, "post", "the post it fills"),
    pub("tenure", choice, must, tenures, "the kind of tenure"),
    pub("capacity", choice, may, capacities, "in what capacity"),
    pub("appointed_by", ref, may, "body", "the body that appointed"),
    pub("decided", date, may, "", "the day of the decision"),
    pub("instrument", text, may, "", "the decree, letter or minutes that says so"),
    pub("instrument_date", date, may, "", "the day of the instrument"),
    pub("reason", text, may, "", "why it ended"),
    sources,
    note,
};
inline constexpr std::array committee_columns = {
    pub("name", langmap, must, "", "the committee's name"),
    pub("form", choice, must, committee_forms, "what kind of committee it is"),
    pub("host", ref, may, "body", "the body that houses it"),
    sources,
    note,
};
inline constexpr std::array criteria_columns = {
    pub("committee", bound, must, "committee", "the committee it is for"),
    pub("version", text, must, "", "the version of the criteria"),
    pub("document", json, must, "", "the criteria document"),
    pub("proposed_by", ref, may, "body", "the body that proposed it"),
    sources,
    note,
};
inline constexpr std::array agreement_columns = {
    pub("criteria", bound, must, "criteria", "the criteria agreed to"),
    pub("side", choice, must, sides, "the side that agreed"),
    pub("body", ref, may, "body", "the body that spoke for the side"),
    sources,
    note,
};
inline constexpr std::array seat_columns = {
    pub("committee", bound, must, "committee", "the committee the seat is in"),
    pub("side", choice, may, sides, "the side that the seat belongs to"),
    pub("role", choice, must, roles, "the seat's role"),
    pub("deputy_of", ref, may, "seat", "the seat that this one stands in for"),
    pub("body", bound, may, "body", "the body that holds it; none: vacant"),
    pub("mandate", bound, may, "mandate", "the mandate under which it is held"),
    sources,
    note,
};
inline constexpr std::array draw_columns = {
    pub("committee", ref, must, "committee", "the committee that is drawn"),
    pub("criteria", ref, may, "criteria", "the criteria that the lottery is over"),
    pub("lottery", hash, must, "", "SHA-256 of the lottery's certificate in canonical form"),
    pub("panels", hash, must, "", "SHA-256 of the document of the numbered panels"),
    pub("panel_count", integer, must, "", "how many panels there are"),
    pub("seed_source", text, may, "", "what will be the seed, and when it becomes known"),
    pub("seed", text, may, "", "the seed, exactly"),
    pub("number", integer, may, "", "the number of the panel that it draws"),
    pub("state", choice, may, "announced|held", "how it stands"),
    sources,
    note,
};
inline constexpr std::array issue_columns = {
    pub("title", langmap, must, "", "what it is about"),
    pub("sector", text, may, "", "the sector"),
    pub("specialisation", text, may, "", "the specialisation it needs"),
    pub("body", ref, may, "body", "the body that proposed it"),
    pub("person", ref, may, "person", "the citizen who proposed it"),
    pub("anonymous", boolean, may, "", "the proposer asked not to be named"),
    pub("stage", choice, may, stages, "how far it has come"),
    sources,
    note,
};
inline constexpr std::array request_columns = {
    pub("body", ref, must, "body", "the body that asks"),
    pub("asks", choice, must, asks, "what it asks the secretariat for"),
    pub("topic", langmap, must, "", "what it is about"),
    pub("issue", ref, may, "issue", "the issue it belongs to"),
    pub("dialogue", ref, may, "dialogue", "the dialogue that answered it"),
    pub("reason", text, may, "", "why it was withdrawn"),
    pub("state", choice, may, "open|answered|withdrawn", "how it stands"),
    sources,
    note,
};
inline constexpr std::array phase_columns = {
    pub("name", langmap, must, "", "the phase's name"),
    pub("number", integer, may, "", "its place in the order"),
    pub("period", period, may, "", "when, as exactly as is known"),
    sources,
    note,
};
inline constexpr std::array dialogue_columns = {
    pub("name", langmap, must, "", "what it was called, or its topic"),
    pub("form", choice, must, dialogue_forms, "what kind of dialogue it is"),
    pub("period", period, may, "", "the day or days it takes, as exactly as is known"),
    pub("place", langmap, may, "", "where"),
    pub("phase", ref, may, "phase", "the programme's phase it belongs to"),
    pub("request", ref, may, "request", "the request it answers"),
    pub("committee", ref, may, "committee", "the committee that convened it"),
    pub("issues", refs, may, "issue", "the issues it dealt with"),
    pub("topics", texts, may, "", "its agenda in words"),
    pub("participants", text, may, "", "who took part or how many, in the source's words"),
    pub("state", choice, may, "announced|held|cancelled", "how it stands"),
    pub("minutes", ref, may, "document", "its minutes"),
    pub("minutes_on", date, may, "", "the day the minutes were adopted"),
    pub("publication", ref, may, "document", "what was published of it"),
    pub("published_on", date, may, "", "the day it was published"),
    pub("reason", text, may, "", "why it was cancelled"),
    sources,
    note,
};
inline constexpr std::array attendance_columns = {
    pub("dialogue", ref, must, "dialogue", "the dialogue"),
    pub("body", ref, may, "body", "the body that was present"),
    pub("person", ref, may, "person", "the person who was present"),
    pub("capacity", text, may, "", "in what capacity"),
    sources,
    note,
};
inline constexpr std::array document_columns = {
    pub("title", langmap, must, "", "its title"),
    pub("form", choice, may, document_forms, "what kind of document it is"),
    pub("languages", texts, may, "", "the languages it exists in, as BCP 47 tags"),
    pub("issued", period, may, "", "when it was issued, as exactly as is known"),
    pub("address", text, may, "", "where it can be read"),
    pub("hash", hash, may, "", "SHA-256 of its bytes"),
    pub("body", ref, may, "body", "the body that issued it"),
    sources,
    note,
};
inline constexpr std::array claim_columns = {
    pub("subject", text, must, "", "what it is about: an id, or words"),
    pub("property", langmap, must, "", "what is said of it"),
    pub("value", json, may, "", "the value; null: the source gives none"),
    pub("standing", choice, may, standings, "read at the source, or not"),
    pub("conflicts_with", refs, may, "claim", "claims that cannot hold together with this one"),
    pub("reason", text, may, "", "why it was withdrawn"),
    sources,
    note,
};
inline constexpr std::array step_columns = {
    pub("name", langmap, must, "", "what was done"),
    pub("number", integer, may, "", "its place in the order"),
    pub("period", period, may, "", "when, as exactly as is known"),
    pub("status", choice, may, "planned|under_way|done|not_known", "how it stands"),
    pub("standing", choice, may, standings, "read at the source, or not"),
    pub("dialogue", ref, may, "dialogue", "the dialogue in which it was done"),
    sources,
    note,
};

}  // namespace partnership::platform::columns
