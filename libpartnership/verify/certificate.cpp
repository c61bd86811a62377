// SPDX-License-Identifier: Apache-2.0
#include "verify/certificate.hpp"

#include <array>
#include <memory>
#include <utility>

#include "base/json.hpp"
#include "base/quote.hpp"
#include "verify/certificate_infeasible.hpp"
#include "verify/certificate_lottery.hpp"
#include "verify/certificate_model.hpp"

namespace partnership::verify {

namespace {

using Verdict = CertificateReport::Verdict;

constexpr std::size_t depth = 16;  // the format needs fewer

class Verifier {
 public:
  Verifier(const CertificateWanted& wanted, CertificateReport& report)
      : wanted_(wanted), report_(report), meter_(wanted.steps) {}

  void check_document(json::Value root);
  void check(json::Value root);
  json::Problems& problems() noexcept { return problems_; }

 private:
  void check_lottery(json::ObjectReader& object);
  void check_conflict_of(json::ObjectReader& object);
  std::optional<Model> check_head(json::ObjectReader& object);
  void check_hash(json::ObjectReader& object, const char* key, const std::optional<Hash>& wanted);
  bool check_delta(json::Value value);
  void check_halves(const Model& model, const LotteryParts& parts, bool delta_good);
  void conclude(const std::vector<Rational>& target, const std::vector<Rational>& least,
                Verdict verdict);
  std::optional<Rational> nash_gap(const std::vector<Rational>& target,
                                   const std::vector<Rational>& least);

  const CertificateWanted& wanted_;
  CertificateReport& report_;
  Meter meter_;
  json::Problems problems_;
  Reader reader_{problems_, meter_, wanted_.digits};
};

void Verifier::check_hash(json::ObjectReader& object, const char* key,
                          const std::optional<Hash>& wanted) {
  const std::optional<json::Value> where = object.any(key);
  const auto hash = reader_.hash(object, key);
  if (!hash) return;
  if (!wanted) {
    report_.checked.push_back(std::string(key) + ": " + hex(*hash) + ", not compared");
  } else if (*wanted == *hash) {
    report_.checked.push_back(std::string(key) + ": the hash is the expected one");
  } else {
    problems_.add(*where, std::string(key) + ": the hash is not the expected " + hex(*wanted));
  }
}

std::optional<Model> Verifier::check_head(json::ObjectReader& object) {
  const auto version = object.any("version", true);
  if (version && !(version->is(json::Type::integer) && version->integer() == 1)) {
    problems_.add(*version, "the version is not 1");
  }
  check_hash(object, "criteria", wanted_.criteria);
  check_hash(object, "pool", wanted_.pool);
  const auto nominees = object.array("nominees", true);
  const auto value = object.object("model", true);
  if (!nominees || !value) return std::nullopt;
  std::optional<Model> model = read_model(reader_, *nominees, *value);
  if (!model) return std::nullopt;
  report_.nominees = static_cast<std::int64_t>(model->nominees);
  report_.types = static_cast<std::int64_t>(model->types());
  report_.columns = static_cast<std::int64_t>(model->columns());
  report_.rows = static_cast<std::int64_t>(model->rows.size());
  report_.checked.push_back("model: " + counted(report_.nominees, "nominee", "nominees") + " of " +
                            counted(report_.types, "type", "types") + ", " +
                            counted(report_.columns, "column", "columns") + ", " +
                            counted(report_.rows, "row", "rows"));
  return model;
}

bool Verifier::check_delta(json::Value value) {
  const auto delta = reader_.fraction(value, "`delta`");
  if (!delta) return false;
  report_.delta = *delta;
  meter_.spend(*delta, wanted_.delta);
  if (delta->sign() >= 0 && *delta <= wanted_.delta) return true;
  problems_.add(value,
                "`delta` is " + shown(*delta) + ", not within 0 and " + shown(wanted_.delta));
  return false;
}

void Verifier::check_lottery(json::ObjectReader& object) {
  constexpr std::array<std::string_view, 3> objectives = {"leximin", "maximin", "nash"};
  const auto model = check_head(object);
  const auto objective = object.any("objective", true);
  const auto delta = object.any("delta", true);
  const auto target = object.array("target", true);
  const auto denominator = object.any("denominator", true);
  const auto panels = object.array("panels", true);
  const auto levels = object.array("levels", true);
  const auto status = object.any("status", true);
  object.finish();
  std::string_view named;
  for (const std::string_view one : objectives) {
    if (objective && objective->is(json::Type::string) && objective->text() == one) named = one;
  }
  if (objective && named.empty()) {
    problems_.add(*objective, "the objective is none of `leximin`, `maximin`, `nash`");
  }
  report_.objective = named;
  const bool delta_good = delta && check_delta(*delta);
  if (!model || named.empty() || !target || !denominator || !panels || !levels || !status) return;
  check_halves(*model, {named, *target, *denominator, *panels, *levels, *status}, delta_good);
}

void Verifier::check_halves(const Model& model, const LotteryParts& parts, bool delta_good) {
  const auto target = read_target(reader_, model, parts.target);
  const auto least =
      check_panels(reader_, model, parts, target && delta_good ? &*target : nullptr, report_);
  if (!target) return;
  const Verdict verdict = check_levels(reader_, model, parts, *target, report_);
  if (least && verdict != Verdict::refused) conclude(*target, *least, verdict);
}

// (1 + gap) times the greatest ratio of a target to a probability, less 1: with it the inequality
// holds for the published lottery's own probabilities.
std::optional<Rational> Verifier::nash_gap(const std::vector<Rational>& target,
                                           const std::vector<Rational>& least) {
  Rational greatest = 1;
  for (std::size_t type = 0; type < target.size(); ++type) {
    if (target[type].sign() == 0) continue;
    if (least[type].sign() == 0) return std::nullopt;
    meter_.spend(target[type], least[type]);
    Rational ratio = target[type] / least[type];
    meter_.spend(ratio, greatest);
    if (ratio > greatest) greatest = std::move(ratio);
  }
  meter_.spend(greatest, report_.gap);
  return (report_.gap + Rational(1)) * greatest - Rational(1);
}

void Verifier::conclude(const std::vector<Rational>& target, const std::vector<Rational>& least,
                        Verdict verdict) {
  const std::string within =
      report_.deviation.sign() == 0
          ? "; the lottery reaches the target exactly"
          : "; the lottery reaches the target but for " + shown(report_.deviation);
  std::string text;
  if (report_.objective == "nash") {
    const auto gap = nash_gap(target, least);
    if (!gap) {
      problems_.add(
          {"a nominee of a positive target has no probability", "/panels", no_offset, 0, 0});
      return;
    }
    report_.gap = *gap;
    text =
        "no lottery's geometric mean of probabilities exceeds this one's by a share of more than " +
        shown(*gap);
  } else if (verdict == Verdict::bound) {
    text =
        "a bound, not a proof: no lottery as good as the target on what the levels fix gives the "
        "least of the others more than " +
        shown(report_.bound) + "; missing are " + shown(report_.gap) + within;
  } else if (report_.objective == "maximin") {
    text = "no lottery has a greater least probability than the target" + within;
  } else {
    text =
        "no lottery is better for leximin than the target, and no other target is as good" + within;
  }
  report_.checked.push_back(std::move(text));
  report_.verdict = verdict;
}

void Verifier::check_conflict_of(json::ObjectReader& object) {
  const auto model = check_head(object);
  const auto rows = object.array("rows", true);
  const auto proof = object.array("proof", true);
  const auto witnesses = object.array("witnesses");
  object.finish();
  if (!model || !rows || !proof) return;
  const Verdict verdict = check_conflict(reader_, *model, {*rows, *proof, witnesses}, report_);
  if (verdict == Verdict::refused) return;
  report_.checked.push_back("there is no committee");
  report_.verdict = verdict;
}

void Verifier::check_document(json::Value root) {
  if (!wanted_.document) return;
  if (*wanted_.document == report_.document) {
    report_.checked.push_back("document: the certificate is the expected one");
  } else {
    problems_.add(root, "the certificate is " + hex(report_.document) + ", not the expected " +
                            hex(*wanted_.document));
  }
}

void Verifier::check(json::Value root) {
  json::ObjectReader object(root, problems_);
  const auto kind = object.any("certificate", true);
  const bool text = kind && kind->is(json::Type::string);
  if (text && kind->text() == "lottery") {
    check_lottery(object);
  } else if (text && kind->text() == "infeasible") {
    check_conflict_of(object);
  } else if (kind) {
    problems_.add(*kind, "a certificate is `lottery` or `infeasible`");
  }
}

}  // namespace

CertificateReport verify_certificate(std::string_view text, const CertificateWanted& wanted) {
  CertificateReport report;
  std::unique_ptr<const json::Document> document;
  try {
    document = json::Document::parse(text, {wanted.bytes, depth});
  } catch (const Error& error) {
    if (error.code() == Code::limit) throw;
    report.faults = error.problems();
    return report;
  }
  report.document = sha256(json::canonical(document->root()));
  Verifier verifier(wanted, report);
  verifier.check_document(document->root());
  verifier.check(document->root());
  report.faults = verifier.problems().all();
  if (!report.faults.empty()) report.verdict = Verdict::refused;
  return report;
}

std::string_view verdict_name(Verdict verdict) noexcept {
  constexpr std::array<std::string_view, 4> names = {"refused", "proved", "bound", "infeasible"};
  return names[static_cast<std::size_t>(verdict)];
}

}  // namespace partnership::verify
