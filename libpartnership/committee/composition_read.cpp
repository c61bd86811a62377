// SPDX-License-Identifier: Apache-2.0
//
// A composition read back from its documents. The lottery's document is written anew from what was
// read, and has to come out as it was: so no member of it is taken on trust.
#include <map>
#include <utility>

#include "base/error.hpp"
#include "base/json.hpp"
#include "committee/certificate_match.hpp"
#include "committee/composition.hpp"
#include "committee/lottery_document.hpp"
#include "committee/model_program.hpp"
#include "verify/certificate.hpp"

namespace partnership {
namespace {

using json::Value;
using verify::CertificateReport;

constexpr std::size_t digits = 20000;  // of one number, as the readers of both documents have it
constexpr std::int64_t most_members = 1'000'000'000;

bool same(Value a, Value b) {
  return json::canonical(a) == json::canonical(b);
}

// The members of a lottery's document that read_lottery has found to be there, of the right form.
class PublishedDocument {
 public:
  PublishedDocument(Value root, json::Problems& problems) : root_(root), problems_(problems) {}

  Value root() const { return root_; }
  LotteryKind kind() const { return lottery_kind_of(at("lottery").text()).value(); }
  ModelOptions options();
  std::optional<Hash> certificate() const;  // its hash
  // Notes where criteria or nominees are others.
  void check_hashes(const Hash& criteria, const Hash& pool);
  // In the order of the document, those of equal numbers a column together.
  std::vector<LotteryPanel> panels(const PanelModel& model);
  Integer denominator() const { return Integer::parse(at("denominator").text(), digits).value(); }
  std::vector<Rational> target(const PanelModel& model);
  // Notes every member that is not as in the other document, if no problem is known yet.
  void compare(Value other);

 private:
  Value at(std::string_view key) const { return root_.find(key).value(); }
  std::optional<std::int64_t> end_of(Value value);
  std::vector<Seat> seats_of(Value panel, const PanelModel& model,
                             const std::vector<std::uint32_t>& type_of) const;

  Value root_;
  json::Problems& problems_;
};

std::optional<std::int64_t> PublishedDocument::end_of(Value value) {
  if (value.is(json::Type::null)) return std::nullopt;
  if (value.is(json::Type::integer) && value.integer() >= 0 && value.integer() <= most_members) {
    return value.integer();
  }
  problems_.add(value, "a size is a whole number from 0 to 1000000000, or null");
  return std::nullopt;
}

ModelOptions PublishedDocument::options() {
  ModelOptions options;
  const Value on = at("on"), size = at("size");
  if (!on.is(json::Type::null)) {
    const auto day = on.is(json::Type::string) ? date_of(on.text()) : std::nullopt;
    if (!day) problems_.add(on, "this is no day");
    options.on = day.value_or(date_none);
  }
  if (size.is(json::Type::null)) return options;
  if (size.is(json::Type::array) && size.size() == 2) {
    options.size_least = end_of(size[0]);
    options.size_most = end_of(size[1]);
  } else {
    problems_.add(size, "a size is [least, most], or null");
  }
  return options;
}

std::optional<Hash> PublishedDocument::certificate() const {
  const Value hash = at("hashes").find("certificate").value();
  return hash.is(json::Type::string) ? hash_of(hash.text()) : std::nullopt;
}

void PublishedDocument::check_hashes(const Hash& criteria, const Hash& pool) {
  const Value hashes = at("hashes");
  const auto check = [&](const char* key, const Hash& hash, const char* what) {
    const Value told = hashes.find(key).value();
    if (hash_of(told.text()) == hash) return;
    problems_.add(told, std::string("the lottery is of other ") + what + ", not of those with " +
                            "the hash " + hex(hash));
  };
  check("criteria", criteria, "criteria");
  check("pool", pool, "nominees");
}

std::vector<Seat> PublishedDocument::seats_of(Value panel, const PanelModel& model,
                                              const std::vector<std::uint32_t>& type_of) const {
  std::map<std::uint32_t, std::int32_t> counts;
  const Value members = panel.find("members").value();
  for (const Value member : members) {
    ++counts[type_of[static_cast<std::size_t>(member.integer())]];
  }
  if (const auto auxiliary = panel.find("auxiliary")) {
    for (const Value pair : *auxiliary) {
      counts[static_cast<std::uint32_t>(pair[0].integer())] =
          static_cast<std::int32_t>(pair[1].integer());
    }
  }
  std::vector<Seat> seats;
  for (const auto& [column, count] : counts) {
    if (column < model.columns.size()) seats.push_back({column, count});
  }
  return seats;
}

std::vector<LotteryPanel> PublishedDocument::panels(const PanelModel& model) {
  std::vector<std::uint32_t> type_of(model.nominees);
  for (std::uint32_t t = 0; t < model.type_count(); ++t) {
    for (const std::uint32_t nominee : model.types[t]) type_of[nominee] = t;
  }
  const solver::IntegerProgram program = program_of(model);
  std::vector<LotteryPanel> panels;
  std::map<std::vector<std::pair<std::uint32_t, std::int32_t>>, std::size_t> known;
  for (const Value panel : at("panels")) {
    const std::vector<Seat> seats = seats_of(panel, model, type_of);
    std::vector<std::pair<std::uint32_t, std::int32_t>> key;
    key.reserve(seats.size());
    for (const Seat& seat : seats) key.emplace_back(seat.column, seat.count);
    const auto [at, fresh] = known.emplace(std::move(key), panels.size());
    if (fresh) {
      std::vector<std::int64_t> values(model.columns.size());
      for (const Seat& seat : seats) values[seat.column] = seat.count;
      if (!program.obeyed_by(values)) problems_.add(panel, "the panel is no committee");
      panels.push_back({seats, 0});
    }
    panels[at->second].weight +=
        Integer::parse(panel.find("weight").value().text(), digits).value();
  }
  return panels;
}

std::vector<Rational> PublishedDocument::target(const PanelModel& model) {
  const Value value = at("target");
  std::vector<Rational> target;
  if (kind() == LotteryKind::legacy) return target;  // null, as compare() will see
  if (!value.is(json::Type::array) || value.size() != model.types.size()) {
    problems_.add(value, "there should be a target for each of " +
                             std::to_string(model.types.size()) + " types");
    return target;
  }
  for (const Value one : value) {
    const auto fraction =
        one.is(json::Type::string) ? Rational::parse(one.text(), digits) : std::nullopt;
    if (!fraction) problems_.add(one, "this is no fraction");
    target.push_back(fraction.value_or(Rational()));
  }
  return target;
}

void PublishedDocument::compare(Value other) {
  for (const Value member : root_) {
    const auto expected = other.find(member.key());
    if (!expected || same(member, *expected)) continue;
    problems_.add(member, "this is not what is written of the lottery whose panels these are");
  }
}

// ---- the certificate

// What of a lottery stands in its certificate alone.
class PublishedCertificate {
 public:
  PublishedCertificate(std::string_view text, const PublishedDocument& document,
                       json::Problems& problems)
      : text_(text), lottery_(document.root()), problems_(problems) {}

  // Verifies it and fills in status, levels, bounds. Notes everything that does not hold.
  void read(const verify::CertificateWanted& wanted, Lottery& lottery);

 private:
  void add(const std::string& message) { problems_.add(lottery_, "the certificate: " + message); }
  bool verify(const verify::CertificateWanted& wanted, LotteryKind kind, CertificateReport& report);
  void check_parts(Value root);
  static void read_levels(Value root, Lottery& lottery);

  std::string_view text_;
  Value lottery_;
  json::Problems& problems_;
};

bool PublishedCertificate::verify(const verify::CertificateWanted& wanted, LotteryKind kind,
                                  CertificateReport& report) {
  report = verify::verify_certificate(text_, wanted);
  for (const Problem& fault : report.faults) add(fault.message);
  if (report.verdict == CertificateReport::Verdict::refused) return false;
  if (report.objective == lottery_kind_name(kind)) return true;
  add("it is of another kind of lottery");
  return false;
}

void PublishedCertificate::check_parts(Value root) {
  for (const char* part : {"nominees", "model", "target", "denominator", "panels"}) {
    if (same(root.find(part).value(), lottery_.find(part).value())) continue;
    add("its `" + std::string(part) + "` are not those of the lottery");
  }
}

// The proofs were verified; of them only their size is kept, for the table of levels.
void PublishedCertificate::read_levels(Value root, Lottery& lottery) {
  const Value levels = root.find("levels").value();
  for (const Value value : levels) {
    LotteryLevel& level = lottery.levels.emplace_back();
    if (const auto told = value.find("value"))
      level.value = Rational::parse(told->text(), digits).value();
    if (const auto gap = value.find("gap"))
      lottery.gap = Rational::parse(gap->text(), digits).value();
    const Value types = value.find("types").value();
    for (const Value type : types) {
      level.types.push_back(static_cast<std::uint32_t>(type.integer()));
    }
    level.proof.resize(value.find("proof").value().size());
  }
}

void PublishedCertificate::read(const verify::CertificateWanted& wanted, Lottery& lottery) {
  CertificateReport report;
  if (!verify(wanted, lottery.kind, report)) return;
  const auto document = json::Document::parse(text_);
  const Value root = document->root();
  check_parts(root);
  read_levels(root, lottery);
  lottery.delta = report.delta;
  lottery.deviation = report.deviation;
  bool proved = report.verdict == CertificateReport::Verdict::proved;
  if (lottery.kind == LotteryKind::nash) proved = lottery.gap.approximate() <= small_gap;
  lottery.status = proved ? LotteryStatus::proved : LotteryStatus::bound;
  if (report.verdict != CertificateReport::Verdict::bound) return;
  lottery.bound = report.bound;
  lottery.gap = report.gap;
}

}  // namespace

std::shared_ptr<const Composition> Composition::read(std::shared_ptr<const Checker> checker,
                                                     const PublishedComposition& published) {
  (void)read_lottery(published.lottery);  // that it is the document of a lottery
  const auto parsed = json::Document::parse(published.lottery);
  json::Problems problems;
  PublishedDocument document(parsed->root(), problems);
  const std::shared_ptr<Composition> made(new Composition);
  made->checker_ = std::move(checker);
  made->pool_ = pool_hash(made->nominees());
  made->request_.document = published.criteria;
  made->request_.lottery.kind = document.kind();
  made->request_.model = document.options();
  document.check_hashes(made->criteria().hash, made->pool_);
  problems.raise(Code::invalid_document);

  made->model_ = build_model(*made->checker_, made->request_.model).model;
  note_differences(document.root(), made->model_, made->nominees().ids(), problems);
  problems.raise(Code::invalid_document);

  Lottery& lottery = made->lottery_;
  lottery.kind = document.kind();
  lottery.panels = document.panels(made->model_);
  lottery.denominator = document.denominator();
  lottery.target = document.target(made->model_);
  const std::optional<Hash> hash = document.certificate();
  if (hash.has_value() == published.certificate.empty()) {
    problems.add(document.root(), hash ? "the lottery has a certificate, which is not there"
                                       : "the lottery has no certificate, but one is there");
  } else if (hash) {
    verify::CertificateWanted wanted{made->criteria().hash, made->pool_, hash};
    wanted.delta = Rational(1);  // whatever was asked for
    PublishedCertificate(published.certificate, document, problems).read(wanted, lottery);
    made->certificate_ = published.certificate;
  } else {
    lottery.status = LotteryStatus::proved;  // drawn, if it is legacy
    if (lottery.kind != LotteryKind::legacy) {
      problems.add(document.root(), "a lottery of this kind has a certificate");
    }
  }
  problems.raise(Code::invalid_document);

  made->request_.lottery.delta = lottery.delta;
  made->note_probabilities();
  document.compare(json::Document::parse(made->document())->root());
  problems.raise(Code::invalid_document);
  return made;
}

}  // namespace partnership
