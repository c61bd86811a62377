// SPDX-License-Identifier: Apache-2.0
//
// Compositions and draws. Verdicts: lottery_verify.cpp.
#include "partnership/lottery.h"

#include <vector>

#include "base/text.hpp"
#include "capi/committee_handles.hpp"
#include "capi/lottery_calls.hpp"
#include "committee/composition.hpp"
#include "committee/draw.hpp"
#include "committee/lottery_document.hpp"

using namespace partnership;
using namespace partnership::capi;

struct pship_composition {
  std::shared_ptr<const Composition> composition;
};

namespace {

constexpr std::string_view compose_scope = "committee.compose";
constexpr std::string_view draw_scope = "committee.draw";

CompositionRequest request_of(const Options& chosen) {
  CompositionRequest request;
  const std::string kind = chosen.text(compose_scope, "lottery");
  request.lottery.kind = lottery_kind_of(kind).value_or(LotteryKind::leximin);  // a choice
  const std::string delta = chosen.text(compose_scope, "delta");
  const auto fraction = Rational::parse(delta);
  if (!fraction) {
    throw Error(Code::invalid_argument, "option `delta` is " + backticked(delta) +
                                            ", expected a fraction as `1/1000000000`");
  }
  request.lottery.delta = *fraction;
  request.lottery.seed = static_cast<std::uint64_t>(chosen.integer(compose_scope, "seed"));
  request.lottery.samples = chosen.integer(compose_scope, "samples");
  request.lottery.nodes = chosen.integer(compose_scope, "nodes");
  request.lottery.proof_numbers = chosen.integer(compose_scope, "proof_numbers");
  request.model = model_options_of(chosen, compose_scope);
  return request;
}

// Calls that give one handle made from a composition.
template <class Handle>
pship_status ask(const pship_composition* composition, Handle** out, pship_error** err,
                 auto&& make) {
  clear(out);
  return guard(err, [&] {
    require(composition, "composition");
    require(out, "out");
    *out = make(*composition->composition);
  });
}

}  // namespace

pship_status pship_compose(const pship_criteria* criteria, const pship_nominees* nominees,
                           const pship_options* options, pship_pace pace, void* context,
                           pship_composition** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(criteria, "criteria");
    require(nominees, "nominees");
    require(out, "out");
    CompositionRequest request = request_of(options_for(options, compose_scope));
    request.document = criteria->document;
    PaceCall call(pace, context);
    if (call) {
      request.lottery.pace = [&call] { return call.ask(); };
      request.lottery.progress = [&call](const LotteryProgress& progress) { call.tell(progress); };
    }
    auto made = std::make_unique<pship_composition>();
    made->composition =
        Composition::make(nominees->checker(criteria->criteria), std::move(request));
    *out = made.release();
  });
}

pship_status pship_composition_read(const pship_criteria* criteria, const pship_nominees* nominees,
                                    const char* lottery, std::size_t size, const char* certificate,
                                    std::size_t certificate_size, pship_composition** out,
                                    pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(criteria, "criteria");
    require(nominees, "nominees");
    require(out, "out");
    const PublishedComposition published{view(lottery, size, "lottery"),
                                         view(certificate, certificate_size, "certificate"),
                                         criteria->document};
    auto made = std::make_unique<pship_composition>();
    made->composition = Composition::read(nominees->checker(criteria->criteria), published);
    *out = made.release();
  });
}

std::int32_t pship_composition_status(const pship_composition* composition) {
  if (composition == nullptr) return 0;
  const Lottery& lottery = composition->composition->lottery();
  switch (lottery.status) {
    case LotteryStatus::proved:
      return lottery.kind == LotteryKind::legacy ? PSHIP_LOTTERY_DRAWN : PSHIP_LOTTERY_PROVED;
    case LotteryStatus::bound:
      return PSHIP_LOTTERY_BOUND;
    case LotteryStatus::infeasible:
      return PSHIP_LOTTERY_INFEASIBLE;
    case LotteryStatus::limit:
      return PSHIP_LOTTERY_LIMIT;
    case LotteryStatus::cancelled:  // an error, never a composition
    case LotteryStatus::trouble:
      break;
  }
  return PSHIP_LOTTERY_TROUBLE;
}

const char* pship_lottery_status_name(std::int32_t status) {
  switch (status) {
    case PSHIP_LOTTERY_PROVED:
      return "proved";
    case PSHIP_LOTTERY_BOUND:
      return "bound";
    case PSHIP_LOTTERY_INFEASIBLE:
      return "infeasible";
    case PSHIP_LOTTERY_LIMIT:
      return "limit";
    case PSHIP_LOTTERY_TROUBLE:
      return "trouble";
    case PSHIP_LOTTERY_DRAWN:
      return "drawn";
    default:
      return "";
  }
}

pship_status pship_composition_about(const pship_composition* composition, pship_table** out,
                                     pship_error** err) {
  return ask(composition, out, err, [](const Composition& of) { return new_table(of.about()); });
}

pship_status pship_compositions_compare(const pship_composition* const* compositions,
                                        std::int64_t n, pship_table** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    if (n < 0) {
      throw Error(Code::invalid_argument, "`n` is " + std::to_string(n) + ", expected a count");
    }
    if (n > 0) require(compositions, "compositions");
    std::vector<const Composition*> all;
    for (std::int64_t i = 0; i < n; ++i) {
      require(compositions[i], "compositions");
      all.push_back(compositions[i]->composition.get());
    }
    *out = new_table(Composition::compare(all));
  });
}

pship_status pship_composition_probabilities(const pship_composition* composition,
                                             pship_table** out, pship_error** err) {
  return ask(composition, out, err,
             [](const Composition& of) { return new_table(of.probabilities_table()); });
}

pship_status pship_composition_values(const pship_composition* composition, std::int32_t language,
                                      pship_table** out, pship_error** err) {
  return ask(composition, out, err,
             [&](const Composition& of) { return new_table(of.values(capi::language(language))); });
}

pship_status pship_composition_quotas(const pship_composition* composition, std::int32_t language,
                                      pship_table** out, pship_error** err) {
  return ask(composition, out, err,
             [&](const Composition& of) { return new_table(of.quotas(capi::language(language))); });
}

pship_status pship_composition_panels(const pship_composition* composition, pship_table** out,
                                      pship_error** err) {
  return ask(composition, out, err, [](const Composition& of) { return new_table(of.panels()); });
}

pship_status pship_composition_levels(const pship_composition* composition, pship_table** out,
                                      pship_error** err) {
  return ask(composition, out, err, [](const Composition& of) { return new_table(of.levels()); });
}

pship_status pship_composition_conflict(const pship_composition* composition, std::int32_t language,
                                        pship_table** out, pship_error** err) {
  return ask(composition, out, err, [&](const Composition& of) {
    return new_table(of.conflict(capi::language(language)));
  });
}

pship_status pship_composition_relaxations(const pship_composition* composition,
                                           std::int32_t language, pship_table** out,
                                           pship_error** err) {
  return ask(composition, out, err, [&](const Composition& of) {
    return new_table(of.relaxations(capi::language(language)));
  });
}

pship_status pship_composition_relaxed_committees(const pship_composition* composition,
                                                  pship_table** out, pship_error** err) {
  return ask(composition, out, err,
             [](const Composition& of) { return new_table(of.relaxed_committees()); });
}

pship_status pship_composition_relaxed(const pship_composition* composition,
                                       std::int64_t relaxation, pship_text** out,
                                       pship_error** err) {
  return ask(composition, out, err,
             [&](const Composition& of) { return new_text(of.relaxed(relaxation)); });
}

pship_status pship_composition_document(const pship_composition* composition, pship_text** out,
                                        pship_error** err) {
  return ask(composition, out, err, [](const Composition& of) { return new_text(of.document()); });
}

pship_status pship_composition_certificate(const pship_composition* composition, pship_text** out,
                                           pship_error** err) {
  return ask(composition, out, err,
             [](const Composition& of) { return new_text(of.certificate()); });
}

void pship_composition_free(pship_composition* composition) {
  delete composition;
}

// ---- draws

pship_status pship_draw_panels(const char* lottery, std::size_t size, const pship_options* options,
                               pship_pace pace, void* context, pship_text** out,
                               pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    const std::string_view text = view(lottery, size, "lottery");
    const Options& chosen = options_for(options, draw_scope);
    PaceCall call(pace, context);
    UniformRequest request;
    request.panels = static_cast<std::uint32_t>(chosen.integer(draw_scope, "panels"));
    request.work = chosen.integer(draw_scope, "work");
    if (call) request.stop = [&call] { return call.ask() != Pace::go_on; };
    *out = new_text(draw_panels(text, request));
  });
}

pship_status pship_draw_result(const char* panels, std::size_t size, const char* seed,
                               std::size_t seed_size, pship_text** out, pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    *out = new_text(draw_document(view(panels, size, "panels"), view(seed, seed_size, "seed")));
  });
}
