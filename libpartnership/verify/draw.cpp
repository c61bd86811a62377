// SPDX-License-Identifier: Apache-2.0
#include "verify/draw.hpp"

#include <array>
#include <cassert>
#include <memory>

#include "base/json.hpp"
#include "base/quote.hpp"
#include "verify/certificate_model.hpp"
#include "verify/chacha20.hpp"

namespace partnership::verify {

namespace {

constexpr std::size_t depth = 16;
constexpr std::size_t digits = 20000;

struct Panels {  // the first document, read
  json::Value nominees, panels;
  std::vector<std::vector<std::uint32_t>> members;  // a panel
  std::vector<std::uint32_t> seats;                 // a nominee: panels
  std::vector<std::pair<std::uint32_t, Rational>> lost;
  Rational deviation;
};

class Draw {
 public:
  Draw(const DrawWanted& wanted, DrawReport& report)
      : wanted_(wanted), report_(report), meter_(wanted.steps) {}

  void check(json::Value root);
  json::Problems& problems() noexcept { return problems_; }

 private:
  std::optional<Panels> read_panels(json::Value document);
  bool read_panel(json::Value value, Panels& panels);
  bool read_lost(json::Value value, Panels& panels);
  void check_hash(json::Value document);
  void repeat(json::Value seed, json::Value number, json::Value members, const Panels& panels);
  void check_certificate(json::Value document, const Panels& panels);
  void check_committees(const Model& model, const Panels& panels);
  void check_shares(json::Value certificate, json::Value document, const Panels& panels);
  bool add_weights(json::Value certificate, std::vector<Integer>& weight_of, Integer& sum);

  const DrawWanted& wanted_;
  DrawReport& report_;
  Meter meter_;
  json::Problems problems_;
  Reader reader_{problems_, meter_, digits};
};

bool Draw::read_panel(json::Value value, Panels& panels) {
  json::ObjectReader object(value, problems_);
  const auto members = object.array("members", true);
  const auto auxiliary = object.array("auxiliary");
  object.finish();
  if (!members || (auxiliary && !reader_.integers(*auxiliary, "column", Model::most_columns))) {
    return false;
  }
  auto indices = reader_.indices(*members, "nominee", panels.nominees.size());
  if (!indices) return false;
  for (const std::uint32_t nominee : *indices) ++panels.seats[nominee];
  panels.members.push_back(std::move(*indices));
  return true;
}

bool Draw::read_lost(json::Value value, Panels& panels) {
  json::ObjectReader object(value, problems_);
  const auto nominee = object.any("nominee", true);
  const auto probability = object.any("probability", true);
  const auto reason = object.text("reason", true);
  object.finish();
  if (!nominee || !probability || !reason) return false;
  const auto at = reader_.index(*nominee, "nominee", panels.nominees.size());
  auto share = reader_.fraction(*probability, "a probability");
  if (!at || !share) return false;
  if (panels.seats[*at] != 0) {
    problems_.add(value, "nominee " + std::to_string(*at) + " is not lost: a panel has it");
    return false;
  }
  if (!panels.lost.empty() && panels.lost.back().first >= *at) {
    problems_.add(value, "those lost do not ascend");
    return false;
  }
  panels.lost.emplace_back(*at, std::move(*share));
  return true;
}

std::optional<Panels> Draw::read_panels(json::Value document) {
  json::ObjectReader object(document, problems_);
  const auto kind = object.text("draw", true);
  const auto version = object.integer("version", true);
  const auto lottery = reader_.hash(object, "lottery");
  const auto nominees = object.array("nominees", true);
  const auto list = object.array("panels", true);
  const auto deviation_text = object.any("deviation", true);
  const auto lost = object.array("lost", true);
  object.finish();
  if (kind && *kind != "panels") problems_.add(document, "`draw` is not `panels`");
  if (version && *version != 1) problems_.add(document, "the version is not 1");
  if (!lottery || !nominees || !list || !deviation_text || !lost) return std::nullopt;
  const auto deviation = reader_.fraction(*deviation_text, "`deviation`");
  Panels panels{*nominees, *list, {}, {}, {}, {}};
  panels.seats.resize(nominees->size());
  bool good = read_ids(reader_, *nominees) && deviation;
  if (list->size() == 0) {
    problems_.add(*list, "there are no panels");
    good = false;
  }
  for (const json::Value panel : *list) good = read_panel(panel, panels) && good;
  if (!good) return std::nullopt;
  for (const json::Value one : *lost) good = read_lost(one, panels) && good;
  if (!good) return std::nullopt;
  panels.deviation = *deviation;
  report_.lottery = *lottery;
  report_.panels = static_cast<std::int64_t>(panels.members.size());
  report_.deviation = *deviation;
  report_.lost = static_cast<std::int64_t>(panels.lost.size());
  report_.checked.push_back(
      "panels: " + counted(report_.panels, "panel", "panels") + " of " +
      counted(static_cast<std::int64_t>(nominees->size()), "nominee", "nominees"));
  return panels;
}

void Draw::check_hash(json::Value document) {
  report_.panels_document = sha256(json::canonical(document));
  const std::string text = hex(report_.panels_document);
  if (!wanted_.panels) {
    report_.checked.push_back("published: the panels' document is " + text + ", not compared");
  } else if (*wanted_.panels == report_.panels_document) {
    report_.checked.push_back("published: the panels' document is the expected one");
  } else {
    problems_.add(document,
                  "the panels' document is " + text + ", not the expected " + hex(*wanted_.panels));
  }
}

void Draw::repeat(json::Value seed, json::Value number, json::Value members, const Panels& panels) {
  report_.seed = seed.text();
  const std::uint64_t drawn =
      repeat_draw(report_.panels_document, seed.text(), panels.members.size());
  report_.number = static_cast<std::int64_t>(drawn);
  if (!number.is(json::Type::integer) || number.integer() != report_.number) {
    problems_.add(number, "the seed gives number " + std::to_string(drawn));
    return;
  }
  std::vector<std::string_view> ids;
  for (const json::Value id : panels.nominees) ids.push_back(id.text());
  const auto& panel = panels.members[static_cast<std::size_t>(drawn - 1)];
  for (const std::uint32_t nominee : panel) report_.members.emplace_back(ids[nominee]);
  bool same = members.size() == panel.size();
  std::size_t at = 0;
  for (const json::Value member : members) {
    same = same && member.is(json::Type::string) && member.text() == report_.members[at++];
  }
  if (!same) {
    problems_.add(members, "the members are not those of panel " + std::to_string(drawn));
    return;
  }
  report_.checked.push_back("draw: the seed gives number " + std::to_string(drawn) + " of " +
                            std::to_string(panels.members.size()) +
                            ", and the members are those of that panel");
}

void Draw::check_committees(const Model& model, const Panels& panels) {
  Point point(model);
  bool good = true;
  std::size_t at = 0;
  for (const json::Value panel : panels.panels) {
    point.clear();
    for (const std::uint32_t nominee : panels.members[at]) point.add(model.type_of[nominee], 1);
    ++at;
    if (const auto auxiliary = panel.find("auxiliary")) {
      const auto values = reader_.integers(*auxiliary, "column", model.columns());
      if (!values) {
        good = false;
        continue;
      }
      for (const auto& [column, value] : *values) {
        if (column < model.types()) {
          problems_.add(*auxiliary, "column " + std::to_string(column) + " is a type");
          good = false;
        } else {
          point.add(column, value);
        }
      }
    }
    good = point.check(reader_, panel, [](std::uint32_t) { return true; }) && good;
  }
  if (good) report_.checked.push_back("committees: every panel is one of the lottery's model");
}

// Of each nominee, and their sum's denominator. Says nothing of what verify_certificate would say.
bool Draw::add_weights(json::Value certificate, std::vector<Integer>& weight_of, Integer& sum) {
  const auto panels = certificate.find("panels");
  if (!panels || !panels->is(json::Type::array)) return false;
  for (const json::Value panel : *panels) {
    const auto members = panel.find("members"), text = panel.find("weight");
    if (!members || !text) return false;
    const auto indices = reader_.indices(*members, "nominee", weight_of.size());
    const auto weight = reader_.whole(*text, "a weight");
    if (!indices || !weight || weight->sign() <= 0) return false;
    meter_.spend_sums(indices->size() + 1, Meter::words(sum));
    sum += *weight;
    Meter::hold(weight_of.size(), Meter::words(sum));
    for (const std::uint32_t nominee : *indices) weight_of[nominee] += *weight;
  }
  return sum.sign() > 0;
}

void Draw::check_shares(json::Value certificate, json::Value document, const Panels& panels) {
  std::vector<Integer> weight_of(panels.seats.size());
  Integer sum;
  if (!add_weights(certificate, weight_of, sum)) {
    problems_.add(document, "the certificate has no panels with weights");
    return;
  }
  const Integer m(static_cast<std::int64_t>(panels.members.size()));
  Integer largest;  // of |seats * sum - m * weight|
  std::vector<std::pair<std::uint32_t, Rational>> lost;
  for (std::uint32_t nominee = 0; nominee < weight_of.size(); ++nominee) {
    meter_.spend_sums(4, Meter::words(sum));
    Integer off = Integer(panels.seats[nominee]) * sum - m * weight_of[nominee];
    if (off.sign() < 0) off = -off;
    if (off > largest) largest = off;
    if (panels.seats[nominee] != 0 || weight_of[nominee].sign() == 0) continue;
    meter_.spend_divisor(sum, sum);
    lost.emplace_back(nominee, Rational(weight_of[nominee], sum));
  }
  meter_.spend_divisor(sum, sum * m);
  const Rational deviation(largest, sum * m);
  if (deviation != panels.deviation) {
    problems_.add(document, "the largest deviation is " + shown(deviation) + ", not " +
                                shown(panels.deviation));
  } else if (lost != panels.lost) {
    problems_.add(document, "`lost` is not who can be selected by the lottery and has no panel");
  } else {
    report_.checked.push_back(
        "probabilities: the largest deviation from the lottery is " + shown(deviation) + ", and " +
        counted(report_.lost, "nominee is", "nominees are") + " lost, as stated");
  }
}

void Draw::check_certificate(json::Value document, const Panels& panels) {
  std::unique_ptr<const json::Document> certificate;
  try {
    certificate = json::Document::parse(*wanted_.certificate, {std::size_t{1} << 28, depth});
  } catch (const Error& error) {
    if (error.code() == Code::limit) throw;
    const Problem& first = error.problems().front();
    problems_.add({"the certificate is no JSON: line " + std::to_string(first.line) + ", column " +
                       std::to_string(first.column) + ": " + first.message,
                   {},
                   no_offset,
                   0,
                   0});
    return;
  }
  const json::Value root = certificate->root();
  if (sha256(json::canonical(root)) != report_.lottery) {
    problems_.add(document, "the lottery is not that of the certificate");
    return;
  }
  const auto nominees = root.find("nominees"), model_value = root.find("model");
  if (!nominees || !model_value || json::canonical(*nominees) != json::canonical(panels.nominees)) {
    problems_.add(panels.nominees, "the nominees are not those of the certificate");
    return;
  }
  report_.checked.push_back("lottery: it is that of the certificate");
  const auto model = read_model(reader_, *nominees, *model_value);
  if (!model) return;
  check_committees(*model, panels);
  check_shares(root, document, panels);
}

void Draw::check(json::Value root) {
  json::Value document = root;
  const auto kind = root.find("draw");
  std::optional<json::Value> seed, number, members;
  report_.drawn = kind && kind->is(json::Type::string) && kind->text() == "result";
  if (report_.drawn) {
    json::ObjectReader object(root, problems_);
    object.any("draw");
    const auto version = object.integer("version", true);
    if (version && *version != 1) problems_.add(root, "the version is not 1");
    const auto published = object.object("published", true);
    if (object.text("seed", true)) seed = root.find("seed");
    number = object.any("number", true);
    members = object.array("members", true);
    object.finish();
    if (!published) return;
    document = *published;
  }
  const auto panels = read_panels(document);
  if (!panels) return;
  check_hash(document);
  if (report_.drawn && seed && number && members) repeat(*seed, *number, *members, *panels);
  if (wanted_.certificate) check_certificate(document, *panels);
}

}  // namespace

std::uint64_t repeat_draw(const Hash& panels_document, std::string_view seed,
                          std::uint64_t panels) {
  assert(panels > 0);
  const Hash key =
      sha256("libpartnership draw 1\n" + hex(panels_document) + "\n" + std::string(seed));
  constexpr std::array<std::uint8_t, 12> nonce = {'L', 'i', 'b', 's', 'o', 'd',
                                                  'i', 'u', 'm', 'D', 'R', 'G'};
  const std::uint64_t rest = (UINT64_MAX % panels + 1) % panels;  // 2^64 mod panels
  for (std::uint32_t counter = 0;; ++counter) {
    const ChachaBlock block = chacha20_block(key, counter, nonce);
    for (std::size_t at = 0; at < block.size(); at += 8) {
      std::uint64_t r = 0;
      for (std::size_t i = 8; i > 0; --i) r = r << 8U | block[at + i - 1];
      if (rest == 0 || r < 0 - rest) return r % panels + 1;  // 0 - rest: 2^64 - rest
    }
  }
}

DrawReport verify_draw(std::string_view text, const DrawWanted& wanted) {
  DrawReport report;
  std::unique_ptr<const json::Document> document;
  try {
    document = json::Document::parse(text, {std::size_t{1} << 28, depth});
  } catch (const Error& error) {
    if (error.code() == Code::limit) throw;
    report.faults = error.problems();
    return report;
  }
  Draw draw(wanted, report);
  draw.check(document->root());
  report.faults = draw.problems().all();
  report.sound = report.faults.empty();
  return report;
}

}  // namespace partnership::verify
