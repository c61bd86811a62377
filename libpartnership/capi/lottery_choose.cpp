// SPDX-License-Identifier: Apache-2.0
//
// One committee, members who leave, alternates, and whether a certificate is of given criteria and
// nominees.
#include <vector>

#include "capi/committee_handles.hpp"
#include "capi/lottery_calls.hpp"
#include "committee/alternates.hpp"
#include "committee/certificate_match.hpp"
#include "committee/replacement.hpp"
#include "verify/report_tables.hpp"

using namespace partnership;
using namespace partnership::capi;

struct pship_selection {
  std::shared_ptr<const BestCommittee> selection;
};

struct pship_replacement {
  std::shared_ptr<const Replacement> replacement;
};

struct pship_alternates {
  std::shared_ptr<const ChosenAlternates> alternates;
};

namespace partnership::capi {

ModelOptions model_options_of(const Options& chosen, std::string_view scope) {
  ModelOptions options;
  options.on = chosen.date(scope, "on");
  if (chosen.has("size_min")) options.size_least = chosen.integer(scope, "size_min");
  if (chosen.has("size_max")) options.size_most = chosen.integer(scope, "size_max");
  if (!chosen.has("size")) return options;
  if (options.size_least || options.size_most) {
    throw Error(Code::invalid_argument,
                "option `size` stands beside `size_min` or `size_max`, expected one or the other");
  }
  options.size_least = options.size_most = chosen.integer(scope, "size");
  return options;
}

}  // namespace partnership::capi

namespace {

constexpr std::string_view model_scope = "committee.model";
constexpr std::string_view select_scope = "committee.select";
constexpr std::string_view replace_scope = "committee.replace";
constexpr std::string_view alternates_scope = "committee.alternates";

std::vector<std::string_view> ids_of(const char* const* ids, std::int64_t n, const char* argument) {
  if (n < 0) {
    throw Error(Code::invalid_argument, "the number of `" + std::string(argument) + "` is " +
                                            std::to_string(n) + ", expected a count");
  }
  if (n > 0) require(ids, argument);
  std::vector<std::string_view> out;
  for (std::int64_t i = 0; i < n; ++i) out.push_back(name(ids[i], argument));
  return out;
}

ReplacementRequest replacement_of(const Options& chosen) {
  ReplacementRequest request;
  const bool alike = chosen.text(replace_scope, "rule") == "alike";
  request.rule = alike ? ReplacementRule::alike : ReplacementRule::even;
  if (chosen.has("places")) {
    request.places = static_cast<std::uint32_t>(chosen.integer(replace_scope, "places"));
  }
  request.search.nodes = chosen.integer(replace_scope, "nodes");
  return request;
}

std::span<const std::int64_t> weights_of(const std::int64_t* weights, std::int64_t n) {
  if (n < 0) {
    throw Error(Code::invalid_argument,
                "the number of `weights` is " + std::to_string(n) + ", expected a count");
  }
  if (n > 0) require(weights, "weights");
  return {weights, static_cast<std::size_t>(n)};
}

AlternatesRequest alternates_of(const Options& chosen) {
  AlternatesRequest request;
  request.count = static_cast<std::uint32_t>(chosen.integer(alternates_scope, "count"));
  request.seed = chosen.text(alternates_scope, "public_seed");
  request.search.nodes = chosen.integer(alternates_scope, "nodes");
  return request;
}

void set_pace(LotteryRequest& search, PaceCall& call) {
  if (!call) return;
  search.pace = [&call] { return call.ask(); };
  search.progress = [&call](const LotteryProgress& progress) { call.tell(progress); };
}

template <class Of, class Handle>
pship_status ask(const Of* of, const char* argument, Handle** out, pship_error** err, auto&& make) {
  clear(out);
  return guard(err, [&] {
    require(of, argument);
    require(out, "out");
    *out = make(*of);
  });
}

}  // namespace

pship_status pship_certificate_compare(const char* certificate, std::size_t size,
                                       const pship_criteria* criteria,
                                       const pship_nominees* nominees, const pship_options* options,
                                       pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(criteria, "criteria");
    require(nominees, "nominees");
    require(out, "out");
    const std::string_view text = view(certificate, size, "certificate");
    const Options& chosen = options_for(options, model_scope);
    const std::shared_ptr<const Checker> checker = nominees->checker(criteria->criteria);
    const BuiltModel built = build_model(*checker, model_options_of(chosen, model_scope));
    *out = new_table(verify::faults_table(
        certificate_differences(text, built.model, nominees->nominees->ids())));
  });
}

pship_status pship_select(const pship_criteria* criteria, const pship_nominees* nominees,
                          const std::int64_t* weights, std::int64_t n, const pship_options* options,
                          pship_pace pace, void* context, pship_selection** out,
                          pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(criteria, "criteria");
    require(nominees, "nominees");
    require(out, "out");
    const Options& chosen = options_for(options, select_scope);
    PaceCall call(pace, context);
    ChoiceRequest request;
    request.weights = weights_of(weights, n);
    request.least = chosen.boolean(select_scope, "worst");
    request.nodes = chosen.integer(select_scope, "nodes");
    if (call) request.pace = [&call] { return call.ask(); };
    auto made = std::make_unique<pship_selection>();
    made->selection = BestCommittee::make(nominees->checker(criteria->criteria),
                                          model_options_of(chosen, select_scope), request);
    *out = made.release();
  });
}

pship_status pship_selection_about(const pship_selection* selection, pship_table** out,
                                   pship_error** err) {
  return ask(selection, "selection", out, err,
             [](const pship_selection& of) { return new_table(of.selection->about()); });
}

pship_status pship_selection_members(const pship_selection* selection, pship_table** out,
                                     pship_error** err) {
  return ask(selection, "selection", out, err,
             [](const pship_selection& of) { return new_table(of.selection->members()); });
}

void pship_selection_free(pship_selection* selection) {
  delete selection;
}

pship_status pship_replace(const pship_criteria* criteria, const pship_nominees* nominees,
                           const char* const* members, std::int64_t n_members,
                           const char* const* leaving, std::int64_t n_leaving,
                           const char* const* unavailable, std::int64_t n_unavailable,
                           const pship_options* options, pship_pace pace, void* context,
                           pship_replacement** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(criteria, "criteria");
    require(nominees, "nominees");
    require(out, "out");
    const DepartureOf departure{ids_of(members, n_members, "members"),
                                ids_of(leaving, n_leaving, "leaving"),
                                ids_of(unavailable, n_unavailable, "unavailable")};
    const Options& chosen = options_for(options, replace_scope);
    PaceCall call(pace, context);
    ReplacementRequest request = replacement_of(chosen);
    set_pace(request.search, call);
    auto made = std::make_unique<pship_replacement>();
    made->replacement = Replacement::make(nominees->checker(criteria->criteria), departure,
                                          model_options_of(chosen, replace_scope), request);
    *out = made.release();
  });
}

pship_status pship_replacement_about(const pship_replacement* replacement, pship_table** out,
                                     pship_error** err) {
  return ask(replacement, "replacement", out, err,
             [](const pship_replacement& of) { return new_table(of.replacement->about()); });
}

pship_status pship_replacement_candidates(const pship_replacement* replacement, pship_table** out,
                                          pship_error** err) {
  return ask(replacement, "replacement", out, err,
             [](const pship_replacement& of) { return new_table(of.replacement->candidates()); });
}

pship_status pship_replacement_changes(const pship_replacement* replacement, pship_table** out,
                                       pship_error** err) {
  return ask(replacement, "replacement", out, err,
             [](const pship_replacement& of) { return new_table(of.replacement->changes()); });
}

pship_status pship_replacement_document(const pship_replacement* replacement, pship_text** out,
                                        pship_error** err) {
  return ask(replacement, "replacement", out, err,
             [](const pship_replacement& of) { return new_text(of.replacement->document()); });
}

void pship_replacement_free(pship_replacement* replacement) {
  delete replacement;
}

pship_status pship_alternates_choose(const pship_criteria* criteria, const pship_nominees* nominees,
                                     const char* const* members, std::int64_t n_members,
                                     const char* const* unavailable, std::int64_t n_unavailable,
                                     const std::int64_t* weights, std::int64_t n_weights,
                                     const pship_options* options, pship_pace pace, void* context,
                                     pship_alternates** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(criteria, "criteria");
    require(nominees, "nominees");
    require(out, "out");
    const AlternatesOf of{ids_of(members, n_members, "members"),
                          ids_of(unavailable, n_unavailable, "unavailable"),
                          weights_of(weights, n_weights)};
    const Options& chosen = options_for(options, alternates_scope);
    PaceCall call(pace, context);
    AlternatesRequest request = alternates_of(chosen);
    set_pace(request.search, call);
    auto made = std::make_unique<pship_alternates>();
    made->alternates =
        ChosenAlternates::make(nominees->checker(criteria->criteria), of,
                               model_options_of(chosen, alternates_scope), std::move(request));
    *out = made.release();
  });
}

pship_status pship_alternates_about(const pship_alternates* alternates, pship_table** out,
                                    pship_error** err) {
  return ask(alternates, "alternates", out, err,
             [](const pship_alternates& of) { return new_table(of.alternates->about()); });
}

pship_status pship_alternates_list(const pship_alternates* alternates, pship_table** out,
                                   pship_error** err) {
  return ask(alternates, "alternates", out, err,
             [](const pship_alternates& of) { return new_table(of.alternates->alternates()); });
}

pship_status pship_alternates_covers(const pship_alternates* alternates, pship_table** out,
                                     pship_error** err) {
  return ask(alternates, "alternates", out, err,
             [](const pship_alternates& of) { return new_table(of.alternates->covers()); });
}

void pship_alternates_free(pship_alternates* alternates) {
  delete alternates;
}
