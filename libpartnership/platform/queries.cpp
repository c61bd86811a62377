// SPDX-License-Identifier: Apache-2.0
#include "platform/queries.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/text.hpp"
#include "platform/kinds.hpp"
#include "platform/schema.hpp"

namespace partnership::platform {

namespace {

constexpr std::string_view scope = "platform.query";

// ---- the questions written in SQL

// In the texts below "known(x)" and "visible(x)" stand for conditions on the alias x, and "said(c)"
// for the language map in column c in the language asked for.
struct Written {
  std::string_view name;
  std::string_view options;  // "a|b!": b is required
  std::string_view columns;  // "name:type|..."
  std::string_view sql;
  std::string_view sentence;
};

#define JOINED(list)                                \
  "CASE WHEN b." list                               \
  " IS NULL THEN NULL ELSE "                        \
  "coalesce((SELECT group_concat(value, ';') FROM " \
  "json_each(b." list ")), '') END"
#define BODY_COLUMNS                                                                    \
  "said(b.name), b.side, b.form, " JOINED("sectors") ", " JOINED("issues") ", " JOINED( \
      "specialisations") ", b.region"

constexpr std::array written = {
    Written{"balance", "committee!|known_at", "day:date|side:text|seats:int64",
            "WITH days (day) AS ("
            "  SELECT s.from_day FROM seat s WHERE s.committee = :committee AND known(s)"
            "  UNION SELECT s.to_day FROM seat s"
            "  WHERE s.committee = :committee AND known(s) AND s.to_day IS NOT NULL)"
            " SELECT d.day, b.side, count(*) FROM days d"
            " JOIN seat s ON s.committee = :committee AND known(s) AND s.from_day <= d.day"
            "  AND (s.to_day IS NULL OR s.to_day > d.day)"
            " LEFT JOIN body b ON b.id = s.body AND known(b) AND b.from_day <= d.day"
            "  AND (b.to_day IS NULL OR b.to_day > d.day)"
            " GROUP BY d.day, b.side ORDER BY d.day, b.side",
            "seats of a committee by the side of who holds them (null: vacant), at every day on "
            "which its membership changed"},
    Written{"conflicts", "known_at|language",
            "claim:text|subject:text|property:text|value:text|sources:text|other:text|"
            "other_property:text|other_value:text|other_sources:text|note:text",
            "SELECT c.id, c.subject, said(c.property), c.value, c.sources, d.id,"
            " said(d.property), d.value, d.sources, coalesce(c.note, d.note)"
            " FROM claim c JOIN json_each(c.conflicts_with) j"
            " JOIN claim d ON d.id = j.value AND known(d) AND d.to_day IS NULL"
            " WHERE known(c) AND c.to_day IS NULL ORDER BY c.row, d.row",
            "pairs of claims that cannot hold together, with the sources of both"},
    Written{"entries", "known_at|kind|limit",
            "position:int64|kind:text|version:int64|effective:text|recorded:text|actor:text|"
            "leaf:text|bytes:text",
            "SELECT position, json_extract(bytes, '$.kind'), json_extract(bytes, '$.version'),"
            " json_extract(bytes, '$.effective'), json_extract(bytes, '$.recorded'),"
            " json_extract(bytes, '$.actor'), lower(hex(leaf)), bytes FROM entry"
            " WHERE position < :known"
            " AND (:kind IS NULL OR json_extract(bytes, '$.kind') = :kind)"
            " ORDER BY position LIMIT :limit",
            "the journal, entry by entry"},
    Written{"members", "committee!|on!|known_at|language",
            "id:text|name:text|side:text|form:text|sectors:text|issues:text|specialisations:text|"
            "region:text|seat:text|role:text|mandate:text|person:text|tenure:text|capacity:text",
            "SELECT s.body, " BODY_COLUMNS
            ", s.id, s.role, s.mandate, m.person, m.tenure, m.capacity FROM seat s"
            " LEFT JOIN body b ON b.id = s.body AND visible(b)"
            " LEFT JOIN mandate m ON m.id = s.mandate AND visible(m)"
            " WHERE s.committee = :committee AND s.body IS NOT NULL AND visible(s)"
            " ORDER BY s.id",
            "who sits in a committee on a day, with what its criteria ask about; lists are joined "
            "by ';', null is not known"},
    Written{"nominees", "on|known_at|language",
            "id:text|name:text|side:text|form:text|sectors:text|issues:text|specialisations:text|"
            "region:text",
            "SELECT b.id, " BODY_COLUMNS " FROM body b WHERE visible(b) ORDER BY b.id, b.from_day",
            "bodies as nominees for a committee; lists are joined by ';', null is not known"},
    Written{"open_requests", "on!|known_at|language",
            "id:text|body:text|asks:text|topic:text|made:date|age_days:int64",
            "SELECT r.id, r.body, r.asks, said(r.topic), f.made, :on - f.made FROM request r"
            " JOIN (SELECT r.id AS id, min(r.from_day) AS made FROM request r WHERE known(r)"
            "  GROUP BY r.id) f ON f.id = r.id"
            " WHERE visible(r) AND r.state = 'open' ORDER BY f.made, r.id",
            "requests that nobody answered by a day, with their age in days"},
    Written{"timeline", "known_at|language",
            "what:text|id:text|name:text|name_ar:text|name_en:text|name_fr:text|period:text|"
            "form:text|state:text",
            "SELECT what, id, said(name), json_extract(name, '$.ar'), json_extract(name, '$.en'),"
            " json_extract(name, '$.fr'), period, form, state FROM ("
            "  SELECT 'phase' AS what, x.id, x.name, x.period, NULL AS form, NULL AS state"
            "   FROM phase x WHERE known(x) AND x.to_day IS NULL AND x.period IS NOT NULL"
            "  UNION ALL SELECT 'step', x.id, x.name, x.period, NULL, x.status"
            "   FROM step x WHERE known(x) AND x.to_day IS NULL AND x.period IS NOT NULL"
            "  UNION ALL SELECT 'dialogue', x.id, x.name, x.period, x.form, x.state"
            "   FROM dialogue x WHERE known(x) AND x.to_day IS NULL AND x.period IS NOT NULL"
            "  UNION ALL SELECT 'document', x.id, x.title, x.issued, x.form, NULL"
            "   FROM document x WHERE known(x) AND x.to_day IS NULL AND x.issued IS NOT NULL"
            "  UNION ALL SELECT 'committee', x.id, x.name,"
            "    date(min(x.from_day) * 86400, 'unixepoch'), x.form, NULL"
            "   FROM committee x WHERE known(x) GROUP BY x.id)"
            " ORDER BY period, what, id",
            "all that has a date: phases, steps, dialogues, documents, committees, by period"},
    Written{"vacancies", "committee|on!|known_at", "id:text|committee:text|side:text|role:text",
            "SELECT s.id, s.committee, s.side, s.role FROM seat s WHERE s.body IS NULL"
            " AND visible(s) AND (:committee IS NULL OR s.committee = :committee) ORDER BY s.id",
            "seats that nobody holds on a day"},
};
#undef BODY_COLUMNS
#undef JOINED

// ---- from text to Query

void replace_calls(std::string& sql, std::string_view call, auto&& make) {
  const std::string open = std::string(call) + "(";
  for (std::size_t at = sql.find(open); at != std::string::npos; at = sql.find(open, at)) {
    const std::size_t close = sql.find(')', at);
    const std::string argument = sql.substr(at + open.size(), close - at - open.size());
    const std::string made = make(argument);
    sql.replace(at, close - at + 1, made);
    at += made.size();
  }
}

std::string known(const std::string& x) {
  return "(" + x + ".recorded_from < :known AND (" + x + ".recorded_to IS NULL OR " + x +
         ".recorded_to >= :known))";
}

std::string visible(const std::string& x) {
  return "(" + known(x) + " AND (:on IS NULL OR (" + x + ".from_day <= :on AND (" + x +
         ".to_day IS NULL OR " + x + ".to_day > :on))))";
}

std::string said(const std::string& column) {
  const auto in = [&](const std::string& path) {
    return "json_extract(" + column + ", " + path + ")";
  };
  return "coalesce(" + in("'$.' || :language") + ", " + in("'$.en'") + ", " + in("'$.fr'") + ", " +
         in("'$.ar'") + ")";
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t bar = text.find('|');
    out.emplace_back(text.substr(0, bar));
    if (bar == std::string_view::npos) break;
    text.remove_prefix(bar + 1);
  }
  return out;
}

ColumnType type_of(std::string_view name) {
  if (name == "int64") return ColumnType::int64;
  if (name == "date") return ColumnType::date;
  if (name == "boolean") return ColumnType::boolean;
  return ColumnType::text;
}

Query from_written(const Written& text) {
  Query query;
  query.name = text.name;
  query.sentence = text.sentence;
  for (std::string option : split(text.options)) {
    if (option.back() == '!') {
      option.pop_back();
      query.required.push_back(option);
    }
    query.options.push_back(std::move(option));
  }
  for (const std::string& column : split(text.columns)) {
    const std::size_t colon = column.find(':');
    query.columns.push_back({column.substr(0, colon), type_of(column.substr(colon + 1))});
  }
  query.sql = text.sql;
  replace_calls(query.sql, "visible", visible);
  replace_calls(query.sql, "known", known);
  replace_calls(query.sql, "said", said);
  return query;
}

ColumnType answered_as(Storage storage) {
  switch (storage) {
    case Storage::text:
      return ColumnType::text;
    case Storage::integer:
      return ColumnType::int64;
    case Storage::boolean:
      return ColumnType::boolean;
    case Storage::date:
      return ColumnType::date;
  }
  return ColumnType::text;
}

bool has_column(const TableSpec& table, std::string_view name) {
  return std::ranges::any_of(table.columns, [&](const Field& field) { return field.name == name; });
}

Query from_table(const TableSpec& table) {
  Query query;
  query.name = table.name;
  query.sentence = table.sentence;
  query.options = {"on", "known_at", "superseded", "id", "limit", "language"};
  std::string select;
  const auto add = [&](const std::string& name, const std::string& expression, ColumnType type) {
    select += (select.empty() ? "SELECT " : ", ") + expression;
    query.columns.push_back({name, type});
  };
  for (const StoredColumn& column : stored_columns(table)) {
    if (column.name == "search_key") continue;
    const std::string x = "x." + column.name;
    if (column.type != FieldType::langmap) {
      add(column.name, x, answered_as(column.storage));
      continue;
    }
    add(column.name, said(x), ColumnType::text);
    for (const std::string language : {"ar", "en", "fr"}) {
      add(column.name + "_" + language, "json_extract(" + x + ", '$." + language + "')",
          ColumnType::text);
    }
  }
  query.sql = select + " FROM " + query.name +
              " x WHERE (:on IS NULL OR (x.from_day <= :on AND"
              " (x.to_day IS NULL OR x.to_day > :on))) AND x.recorded_from < :known"
              " AND (:superseded OR x.recorded_to IS NULL OR x.recorded_to >= :known)"
              " AND (:id IS NULL OR x.id = :id)";
  for (const std::string filter : {"committee", "body", "dialogue"}) {
    if (!has_column(table, filter)) continue;
    query.options.push_back(filter);
    query.sql += " AND (:" + filter + " IS NULL OR x." + filter + " = :" + filter + ")";
  }
  if (!table.searched.empty()) {
    query.options.push_back("search");
    query.sql += " AND (:search IS NULL OR instr(x.search_key, :search) > 0)";
  }
  query.sql += " ORDER BY x.row LIMIT :limit";
  return query;
}

const std::vector<Query>& all_queries() {
  static const std::vector<Query> queries = [] {
    std::vector<Query> out;
    for (const TableSpec& table : tables()) out.push_back(from_table(table));
    for (const Written& text : written) out.push_back(from_written(text));
    std::ranges::sort(out, {}, &Query::name);
    return out;
  }();
  return queries;
}

std::string join(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ";") + part;
  return out;
}

// ---- running

// Binds what the SQL has a parameter for; texts must live as long as the use.
class Binder {
 public:
  Binder(Use& use, const Options& options) : use_(use), options_(options) {}

  void number(const char* parameter, const std::optional<std::int64_t>& value) {
    if (const int index = use_.statement().getIndex(parameter); index > 0) use_.bind(index, value);
  }
  void text(const char* parameter, std::string& keep, std::string value, bool given) {
    const int index = use_.statement().getIndex(parameter);
    if (index == 0) return;
    if (!given) {
      use_.bind_null(index);
      return;
    }
    keep = std::move(value);
    use_.bind(index, keep);
  }
  void option(const char* parameter, std::string& keep, std::string_view name) {
    const bool given = options_.has(name);
    text(parameter, keep, given ? options_.text(scope, name) : std::string(), given);
  }

 private:
  Use& use_;
  const Options& options_;
};

void append_cell(TableBuilder& builder, std::int32_t column, ColumnType type, const Use& use) {
  if (use.is_null(column)) return builder.null(column);
  switch (type) {
    case ColumnType::text:
      return builder.text(column, use.bytes(column));
    case ColumnType::date:
      return builder.date(column, static_cast<Date>(use.integer(column)));
    case ColumnType::boolean:
      return builder.boolean(column, use.integer(column) != 0);
    default:
      return builder.int64(column, use.integer(column));
  }
}

std::optional<std::int64_t> day_of(const Options& options) {
  const Date day = options.has("on") ? options.date(scope, "on") : date_none;
  return day == date_none ? std::nullopt : std::optional<std::int64_t>(day);
}

}  // namespace

const Query& find_query(std::string_view name, const Options& options) {
  options.check(scope);
  const auto& queries = all_queries();
  const auto found = std::ranges::find(queries, name, &Query::name);
  if (found == queries.end()) {
    std::vector<std::string_view> names;
    names.reserve(queries.size());
    for (const Query& query : queries) names.push_back(query.name);
    const auto near = nearest_spelling(name, names);
    Error error(Code::not_found,
                "there is no query " + backticked(name) +
                    (near.empty() ? std::string() : ", did you mean `" + std::string(near) + "`?"));
    if (!near.empty()) error.with("nearest", std::string(near));
    throw error;
  }
  for (const OptionSpec& spec : option_registry()) {
    if (spec.scope != scope || !options.has(spec.name)) continue;
    if (std::ranges::find(found->options, spec.name) == found->options.end()) {
      throw Error(Code::invalid_argument, "query `" + found->name + "` takes no option `" +
                                              std::string(spec.name) +
                                              "`, but these: " + join(found->options));
    }
  }
  for (const std::string& option : found->required) {
    if (!options.has(option)) {
      throw Error(Code::invalid_argument,
                  "query `" + found->name + "` needs the option `" + option + "`");
    }
  }
  return *found;
}

Table run_query(const Query& query, const Options& options, Sql& sql, std::int64_t size) {
  std::array<std::string, 7> keep;
  Use use = sql.use(query.sql);
  Binder bind(use, options);
  const std::int64_t known = options.has("known_at") ? options.integer(scope, "known_at") : size;
  if (known > size) {
    throw Error(Code::invalid_argument, "option `known_at` is " + std::to_string(known) +
                                            ", but the journal has " + std::to_string(size) +
                                            " entries");
  }
  const std::int64_t limit = options.integer(scope, "limit");
  bind.number(":on", day_of(options));
  bind.number(":known", known);
  bind.number(":limit", limit == 0 ? -1 : limit);
  bind.number(":superseded", options.boolean(scope, "superseded") ? 1 : 0);
  bind.text(":language", keep[0], options.text(scope, "language"), true);
  bind.option(":id", keep[1], "id");
  bind.option(":committee", keep[2], "committee");
  bind.option(":body", keep[3], "body");
  bind.option(":dialogue", keep[4], "dialogue");
  bind.option(":kind", keep[5], "kind");
  const bool search = options.has("search");
  bind.text(":search", keep[6], search ? search_key(options.text(scope, "search")) : "", search);

  TableBuilder builder;
  for (const QueryColumn& column : query.columns) builder.add(column.name, column.type);
  while (use.step()) {
    for (std::size_t i = 0; i < query.columns.size(); ++i) {
      append_cell(builder, static_cast<std::int32_t>(i), query.columns[i].type, use);
    }
  }
  return builder.finish();
}

Table describe_queries() {
  TableBuilder builder;
  const auto name = builder.add("query", ColumnType::text);
  const auto options = builder.add("options", ColumnType::text);
  const auto columns = builder.add("columns", ColumnType::text);
  const auto sentence = builder.add("sentence", ColumnType::text);
  for (const Query& query : all_queries()) {
    builder.text(name, query.name);
    builder.text(options, join(query.options));
    std::vector<std::string> names;
    for (const QueryColumn& column : query.columns) names.push_back(column.name);
    builder.text(columns, join(names));
    builder.text(sentence, query.sentence);
  }
  return builder.finish();
}

}  // namespace partnership::platform
