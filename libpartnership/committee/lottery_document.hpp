// SPDX-License-Identifier: Apache-2.0
//
// A lottery as one published JSON document, from which panels can be drawn without anything else:
//
//   {"lottery": "leximin" | "maximin" | "nash" | "legacy", "version": 1,
//    "status": "proved" | "bound" | "drawn",     legacy: drawn; see the certificate for the others
//    "criteria": {...} | null,                   the criteria document
//    "on": "YYYY-MM-DD" | null,                  the day whose criteria hold; null: all of them
//    "size": [least | null, most | null] | null, where the caller set it
//    "hashes": {"criteria": hex, "pool": hex, "certificate": hex | null},
//    "nominees": [id...],
//    "model": MODEL, "target": [Q...] | null, "denominator": Z,
//    "panels": [{"members": [nominee...], "auxiliary"?: [[column, INT]...], "weight": Z}...]}
//
// MODEL, Q, Z, INT and the panels are as in the certificate (verify/certificate.hpp). A hash is
// SHA-256 of a document in canonical form (RFC 8785).
//
// What it will not do: prove anything; the certificate does.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.hpp"
#include "base/rational.hpp"
#include "committee/lottery.hpp"
#include "committee/panel_model_builder.hpp"
#include "committee/uniform.hpp"

namespace partnership {

struct LotteryDocumentOf {
  std::string_view criteria;  // the document's text; empty: none
  Hash criteria_hash{}, pool{};
  std::optional<Hash> certificate;
  ModelOptions options;
  std::span<const std::string> ids;  // of the model's nominees
};

// Throws Error(state) where the lottery has no panels.
std::string lottery_document(const PanelModel& model, const Lottery& lottery,
                             const LotteryDocumentOf& of);

// What a draw needs of the document.
struct PublishedLottery {
  PanelModel model;
  std::vector<std::string> nominees;
  std::vector<WeightedPanel> panels;  // those of equal numbers a type are taken together
  Integer denominator;
  Hash hash{};  // of its certificate; of the document itself where there is none
};

// Throws Error(malformed), Error(limit), Error(invalid_document) with every problem. That panels
// are committees of the model is left to whoever uses them.
PublishedLottery read_lottery(std::string_view json);

// Equally likely, numbered panels of a lottery's document: the first document of a draw (draw.hpp).
// Throws what read_lottery and make_uniform throw.
std::string draw_panels(std::string_view lottery_json, const UniformRequest& request);

}  // namespace partnership
