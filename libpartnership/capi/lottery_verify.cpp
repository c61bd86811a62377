// SPDX-License-Identifier: Apache-2.0
#include <variant>

#include "base/text.hpp"
#include "capi/guard.hpp"
#include "partnership/lottery.h"
#include "verify/report_tables.hpp"

using namespace partnership;
using namespace partnership::capi;

struct pship_verification {
  std::variant<verify::CertificateReport, verify::DrawReport> report;
};

namespace {

constexpr std::string_view scope = "committee.verify";

std::optional<Hash> wanted_hash(const Options& chosen, std::string_view name) {
  if (!chosen.has(name)) return std::nullopt;
  const std::string text = chosen.text(scope, name);
  const std::optional<Hash> hash = hash_of(text);
  if (!hash) {
    throw Error(Code::invalid_argument, "option `" + std::string(name) + "` is " +
                                            backticked(text) + ", expected 64 hex digits");
  }
  return hash;
}

verify::CertificateWanted wanted_of(const Options& chosen) {
  verify::CertificateWanted wanted;
  wanted.criteria = wanted_hash(chosen, "criteria");
  wanted.pool = wanted_hash(chosen, "pool");
  const std::string delta = chosen.text(scope, "delta");
  const auto fraction = Rational::parse(delta);
  if (!fraction || fraction->sign() < 0) {
    throw Error(Code::invalid_argument, "option `delta` is " + backticked(delta) +
                                            ", expected a fraction as `1/1000000000`");
  }
  wanted.delta = *fraction;
  return wanted;
}

pship_status ask(const pship_verification* verification, pship_table** out, pship_error** err,
                 auto&& make) {
  clear(out);
  return guard(err, [&] {
    require(verification, "verification");
    require(out, "out");
    *out = new_table(std::visit(make, verification->report));
  });
}

}  // namespace

pship_status pship_verify_certificate(const char* certificate, std::size_t size,
                                      const pship_options* options, pship_verification** out,
                                      pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    const std::string_view text = view(certificate, size, "certificate");
    *out = new pship_verification{
        verify::verify_certificate(text, wanted_of(options_for(options, scope)))};
  });
}

pship_status pship_verify_draw(const char* draw, std::size_t size, const char* certificate,
                               std::size_t certificate_size, pship_verification** out,
                               pship_error** err) {
  clear(out);
  return guard(err, [&] {
    require(out, "out");
    const std::string_view text = view(draw, size, "draw");
    const std::string_view certified = view(certificate, certificate_size, "certificate");
    verify::DrawWanted wanted;
    if (!certified.empty()) wanted.certificate = certified;
    *out = new pship_verification{verify::verify_draw(text, wanted)};
  });
}

std::int32_t pship_verification_holds(const pship_verification* verification) {
  if (verification == nullptr) return 0;
  if (const auto* draw = std::get_if<verify::DrawReport>(&verification->report)) {
    return draw->sound ? 1 : 0;
  }
  const auto* certificate = std::get_if<verify::CertificateReport>(&verification->report);
  const bool holds =
      certificate != nullptr && certificate->verdict != verify::CertificateReport::Verdict::refused;
  return holds ? 1 : 0;
}

pship_status pship_verification_about(const pship_verification* verification, pship_table** out,
                                      pship_error** err) {
  return ask(verification, out, err,
             [](const auto& report) { return verify::about_table(report); });
}

pship_status pship_verification_checked(const pship_verification* verification, pship_table** out,
                                        pship_error** err) {
  return ask(verification, out, err,
             [](const auto& report) { return verify::checked_table(report.checked); });
}

pship_status pship_verification_faults(const pship_verification* verification, pship_table** out,
                                       pship_error** err) {
  return ask(verification, out, err,
             [](const auto& report) { return verify::faults_table(report.faults); });
}

namespace {

struct MembersOf {
  Table operator()(const verify::CertificateReport&) const { return verify::members_table({}); }
  Table operator()(const verify::DrawReport& report) const {
    return verify::members_table(report.members);
  }
};

}  // namespace

pship_status pship_verification_members(const pship_verification* verification, pship_table** out,
                                        pship_error** err) {
  return ask(verification, out, err, MembersOf());
}

void pship_verification_free(pship_verification* verification) {
  delete verification;
}
