// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_document.hpp"

#include <map>
#include <memory>
#include <utility>

#include "base/error.hpp"
#include "base/json.hpp"
#include "committee/composition.hpp"
#include "committee/draw.hpp"
#include "committee/lottery_seating.hpp"
#include "verify/certificate_model.hpp"

namespace partnership {
namespace {

constexpr std::size_t digits = 20000;             // of one number
constexpr std::uint64_t steps = 100'000'000'000;  // of arithmetic
constexpr json::Limits document_limits{std::size_t{1} << 30, 64};

// ---- writing

void write_end(json::Writer& out, std::string_view name, std::int64_t end) {
  out.key(name);
  end == no_end || end == -no_end ? out.null() : out.value(end);
}

void write_model(json::Writer& out, const PanelModel& model) {
  out.begin_object().key("types").begin_array();
  for (const auto& type : model.types) {
    out.begin_array();
    for (const std::uint32_t nominee : type) out.value(std::int64_t{nominee});
    out.end_array();
  }
  out.end_array().key("columns").begin_array();
  for (const PanelModel::Column& column : model.columns) {
    out.begin_array().value(column.lower).value(column.upper).end_array();
  }
  out.end_array().key("rows").begin_array();
  for (const PanelModel::Row& row : model.rows) {
    out.begin_object().key("criterion").value(row.criterion);
    write_end(out, "lower", row.lower);
    write_end(out, "upper", row.upper);
    out.key("terms").begin_array();
    for (const PanelModel::Term& term : row.terms) {
      if (term.coefficient == 0) continue;
      out.begin_array().value(std::int64_t{term.column}).value(term.coefficient).end_array();
    }
    out.end_array().end_object();
  }
  out.end_array().end_object();
}

void write_panels(json::Writer& out, const PanelModel& model, const Lottery& lottery) {
  const Seating seating(model, lottery);
  out.key("denominator").value(seating.denominator().text()).key("panels").begin_array();
  seating.each([&](const SeatedPanel& panel) {
    out.begin_object().key("members").begin_array();
    for (const std::uint32_t member : panel.members) out.value(std::int64_t{member});
    out.end_array();
    bool any = false;
    for (const Seat& seat : lottery.panels[panel.panel].seats) {
      if (seat.column < model.types.size()) continue;
      if (!any) out.key("auxiliary").begin_array();
      any = true;
      out.begin_array().value(std::int64_t{seat.column}).value(seat.count).end_array();
    }
    if (any) out.end_array();
    out.key("weight").value(panel.weight.text()).end_object();
  });
  out.end_array();
}

void write_size(json::Writer& out, const ModelOptions& options) {
  out.key("size");
  if (!options.size_least && !options.size_most) {
    out.null();
    return;
  }
  out.begin_array();
  for (const auto& end : {options.size_least, options.size_most}) {
    end ? out.value(*end) : out.null();
  }
  out.end_array();
}

}  // namespace

std::string lottery_document(const PanelModel& model, const Lottery& lottery,
                             const LotteryDocumentOf& of) {
  if (lottery.panels.empty()) throw Error(Code::state, "there is no lottery to publish");
  const bool legacy = lottery.kind == LotteryKind::legacy;
  json::Writer out;
  out.begin_object().key("lottery").value(lottery_kind_name(lottery.kind)).key("version").value(1);
  out.key("status").value(legacy ? "drawn" : lottery_status_name(lottery.status)).key("criteria");
  if (of.criteria.empty()) {
    out.null();
  } else {
    out.value(json::Document::parse(of.criteria)->root());
  }
  out.key("on");
  of.options.on == date_none ? out.null() : out.value(iso(of.options.on));
  write_size(out, of.options);
  out.key("hashes").begin_object();
  out.key("criteria").value(hex(of.criteria_hash)).key("pool").value(hex(of.pool));
  out.key("certificate");
  of.certificate ? out.value(hex(*of.certificate)) : out.null();
  out.end_object().key("nominees").begin_array();
  for (const std::string& id : of.ids) out.value(id);
  out.end_array().key("model");
  write_model(out, model);
  out.key("target");
  if (legacy) {
    out.null();
  } else {
    out.begin_array();
    for (const Rational& value : lottery.target) out.value(value.text());
    out.end_array();
  }
  write_panels(out, model, lottery);
  out.end_object();
  return out.take();
}

std::string Composition::document() const {
  LotteryDocumentOf of{request_.document, criteria().hash, pool_, {}, request_.model, {}};
  if (has_lottery() && has_certificate()) {
    const auto certified = json::Document::parse(certificate(), document_limits);
    of.certificate = sha256(json::canonical(certified->root()));
  }
  of.ids = nominees().ids();
  return lottery_document(model_, lottery_, of);
}

// ---- reading

namespace {

PanelModel panel_model_of(const verify::Model& read) {
  PanelModel model;
  model.nominees = static_cast<std::uint32_t>(read.nominees);
  model.types.resize(read.types());
  for (std::uint32_t i = 0; i < read.nominees; ++i) model.types[read.type_of[i]].push_back(i);
  for (std::size_t c = 0; c < read.columns(); ++c) {
    model.columns.push_back({read.lower[c], read.upper[c]});
  }
  for (std::size_t r = 0; r < read.rows.size(); ++r) {
    const verify::Model::Row& row = read.rows[r];
    PanelModel::Row& made = model.rows.emplace_back();
    made.lower = row.lower.value_or(-no_end);
    made.upper = row.upper.value_or(no_end);
    made.criterion = row.criterion;
    for (const verify::Model::Term& term : read.row(r)) {
      made.terms.push_back({term.index, term.coefficient});
    }
  }
  return model;
}

class LotteryReader {
 public:
  PublishedLottery read(json::Value root);

 private:
  struct Parts {
    std::optional<json::Value> nominees, model, denominator, panels;
    std::optional<Hash> certificate;
  };
  Parts parts_of(json::Value root);
  std::optional<Hash> hashes_of(json::Value value);
  void read_panel(json::Value value, const verify::Model& model);
  bool add_auxiliary(json::Value value, const verify::Model& model, SeatCounts& counts);

  json::Problems problems_;
  verify::Meter meter_{steps};
  verify::Reader reader_{problems_, meter_, digits};
  std::map<SeatCounts, Integer> weights_;
  Integer sum_;
};

std::optional<Hash> LotteryReader::hashes_of(json::Value value) {
  json::ObjectReader object(value, problems_);
  reader_.hash(object, "criteria");
  reader_.hash(object, "pool");
  std::optional<Hash> certificate;
  const auto given = value.is(json::Type::object) ? value.find("certificate") : std::nullopt;
  if (given && given->is(json::Type::null)) {
    object.any("certificate");
  } else {
    certificate = reader_.hash(object, "certificate");
  }
  object.finish();
  return certificate;
}

LotteryReader::Parts LotteryReader::parts_of(json::Value root) {
  json::ObjectReader object(root, problems_);
  Parts parts;
  const auto kind = object.text("lottery", true);
  const auto version = object.integer("version", true);
  if (kind && !lottery_kind_of(*kind)) problems_.add(root, "this is no known kind of lottery");
  if (version && *version != 1) problems_.add(root, "the version is not 1");
  object.text("status", true);
  object.any("criteria", true);
  object.any("on", true);
  object.any("size", true);
  const auto hashes = object.object("hashes", true);
  parts.nominees = object.array("nominees", true);
  parts.model = object.object("model", true);
  object.any("target", true);
  parts.denominator = object.any("denominator", true);
  parts.panels = object.array("panels", true);
  object.finish();
  if (hashes) parts.certificate = hashes_of(*hashes);
  return parts;
}

bool LotteryReader::add_auxiliary(json::Value value, const verify::Model& model,
                                  SeatCounts& counts) {
  const auto values = reader_.integers(value, "column", model.columns());
  if (!values) return false;
  for (const auto& [column, number] : *values) {
    if (column < model.types() || number < INT32_MIN || number > INT32_MAX) {
      problems_.add(value, "column " + std::to_string(column) + " cannot be " +
                               std::to_string(number) + " here");
      return false;
    }
    counts[column] = static_cast<std::int32_t>(number);
  }
  return true;
}

void LotteryReader::read_panel(json::Value value, const verify::Model& model) {
  json::ObjectReader object(value, problems_);
  const auto members = object.array("members", true);
  const auto auxiliary = object.array("auxiliary");
  const auto weight_text = object.any("weight", true);
  object.finish();
  if (!members || !weight_text) return;
  const auto weight = reader_.whole(*weight_text, "a weight");
  const auto indices = reader_.indices(*members, "nominee", model.nominees);
  if (!weight || !indices) return;
  if (weight->sign() <= 0) {
    problems_.add(*weight_text, "a weight is above 0");
    return;
  }
  meter_.spend(model.columns());
  verify::Meter::hold(weights_.size() + 1, model.columns() / 2 + 8);  // 32 bits a column
  SeatCounts counts(model.columns());
  for (const std::uint32_t nominee : *indices) ++counts[model.type_of[nominee]];
  if (auxiliary && !add_auxiliary(*auxiliary, model, counts)) return;
  sum_ += *weight;
  weights_[std::move(counts)] += *weight;
}

PublishedLottery LotteryReader::read(json::Value root) {
  const Parts parts = parts_of(root);
  PublishedLottery out;
  if (parts.nominees && parts.model && parts.panels && parts.denominator) {
    const auto model = verify::read_model(reader_, *parts.nominees, *parts.model);
    const auto denominator = reader_.whole(*parts.denominator, "the denominator");
    if (model && denominator) {
      for (const json::Value panel : *parts.panels) read_panel(panel, *model);
      if (problems_.empty() && (sum_ != *denominator || sum_.sign() <= 0)) {
        problems_.add(*parts.panels, "the weights do not sum to the denominator");
      }
      out.model = panel_model_of(*model);
      out.denominator = *denominator;
    }
  }
  problems_.raise(Code::invalid_document);
  for (const json::Value id : *parts.nominees) out.nominees.emplace_back(id.text());
  for (auto& [counts, weight] : weights_) out.panels.push_back({counts, std::move(weight)});
  out.hash = parts.certificate ? *parts.certificate : sha256(json::canonical(root));
  return out;
}

}  // namespace

PublishedLottery read_lottery(std::string_view json) {
  const auto document = json::Document::parse(json, document_limits);
  return LotteryReader().read(document->root());
}

std::string draw_panels(std::string_view lottery_json, const UniformRequest& request) {
  const PublishedLottery lottery = read_lottery(lottery_json);
  const UniformLottery uniform =
      make_uniform(lottery.model, lottery.panels, lottery.denominator, request);
  return panels_document(uniform, lottery.nominees, lottery.hash);
}

}  // namespace partnership
