// SPDX-License-Identifier: Apache-2.0
//
// Whether a certificate is of given criteria and nominees: verify/certificate.hpp proves what a
// certificate says of its own model and names; that these are the model made anew from the criteria
// and the nominees is seen here.
//
// What it will not do: verify the certificate.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "committee/panel_model.hpp"

namespace partnership {

// Where `nominees` and `model` of the certificate are not those given, each with its place; empty
// where they are the same. Throws Error(malformed) for what is no JSON.
std::vector<Problem> certificate_differences(std::string_view certificate, const PanelModel& model,
                                             std::span<const std::string> ids);
// The same of any document that has both members, noted in `problems`.
void note_differences(json::Value root, const PanelModel& model, std::span<const std::string> ids,
                      json::Problems& problems);

}  // namespace partnership
