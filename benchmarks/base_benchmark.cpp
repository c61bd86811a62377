// SPDX-License-Identifier: Apache-2.0
//
// The speeds of base: reading and canonical writing of JSON, hashing, Merkle trees, tables.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "base/arrow.hpp"
#include "base/csv.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/merkle.hpp"
#include "base/table.hpp"

namespace {

namespace json = partnership::json;
using partnership::ColumnType;
using partnership::Table;

// Members as a register's records have them: short names, short values, some nesting.
std::string document(std::int64_t size) {
  std::string text = "{\"event\":\"register\",\"items\":[";
  for (int i = 0; static_cast<std::int64_t>(text.size()) < size; ++i) {
    const std::string number = std::to_string(i);
    text += (i > 0 ? ",{\"id\":\"org-" : "{\"id\":\"org-") + number + "\",\"name\":\"Association " +
            number + "\",\"founded\":" + std::to_string(1950 + i % 70) +
            ",\"share\":0.25,\"active\":true,\"parent\":null,\"tags\":[\"health\",\"women\"]}";
  }
  return text + "]}";
}

// One object of 250 members.
std::string flat_document() {
  std::string text = "{";
  for (int i = 0; i < 250; ++i) {
    text += (i > 0 ? ",\"member" : "\"member") + std::to_string(i) + "\":" + std::to_string(i * 37);
  }
  return text + "}";
}

void set_bytes(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

void json_parse(benchmark::State& state) {
  const std::string text = document(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(json::Document::parse(text));
  set_bytes(state, text.size());
}
BENCHMARK(json_parse)->Arg(200)->Arg(5000)->Arg(5000000);

void json_parse_flat(benchmark::State& state) {
  const std::string text = flat_document();
  for (auto _ : state) benchmark::DoNotOptimize(json::Document::parse(text));
  set_bytes(state, text.size());
}
BENCHMARK(json_parse_flat);

void json_canonical(benchmark::State& state) {
  const std::string text = document(state.range(0));
  const auto parsed = json::Document::parse(text);
  for (auto _ : state) benchmark::DoNotOptimize(json::canonical(parsed->root()));
  set_bytes(state, text.size());
}
BENCHMARK(json_canonical)->Arg(5000)->Arg(5000000);

void sha256(benchmark::State& state) {
  const std::string text(static_cast<std::size_t>(state.range(0)), 'x');
  for (auto _ : state) benchmark::DoNotOptimize(partnership::sha256(text));
  set_bytes(state, text.size());
}
BENCHMARK(sha256)->Arg(64)->Arg(5000)->Arg(1000000);

void merkle_append(benchmark::State& state) {
  const partnership::Hash leaf = partnership::merkle_leaf("entry");
  partnership::MerkleFrontier frontier;
  for (auto _ : state) frontier.append(leaf);
  benchmark::DoNotOptimize(frontier.root());
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(merkle_append);

Table table_of(std::int64_t rows) {
  partnership::TableBuilder builder;
  const auto id = builder.add("id", ColumnType::int64);
  const auto name = builder.add("name", ColumnType::text);
  const auto day = builder.add("day", ColumnType::date);
  const auto share = builder.add("share", ColumnType::real);
  const auto active = builder.add("active", ColumnType::boolean);
  for (std::int64_t row = 0; row < rows; ++row) {
    builder.int64(id, row);
    builder.text(name, "Association " + std::to_string(row));
    builder.date(day, static_cast<std::int32_t>(row % 20000));
    builder.real(share, static_cast<double>(row) / 8);
    row % 5 == 0 ? builder.null(active) : builder.boolean(active, row % 2 == 0);
  }
  return builder.finish();
}

void table_build(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(table_of(state.range(0)));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(table_build)->Arg(100000);

void table_export(benchmark::State& state) {
  const Table table = table_of(state.range(0));
  for (auto _ : state) {
    ArrowArrayStream stream;
    partnership::export_stream(table, &stream);
    ArrowArray array;
    if (stream.get_next(&stream, &array) != 0) state.SkipWithError("no array");
    array.release(&array);
    stream.release(&stream);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(table_export)->Arg(100000);

void table_import(benchmark::State& state) {
  const Table table = table_of(state.range(0));
  for (auto _ : state) {
    ArrowArrayStream stream;
    partnership::export_stream(table, &stream);
    benchmark::DoNotOptimize(partnership::import_stream(&stream));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(table_import)->Arg(100000);

void csv_write(benchmark::State& state) {
  const Table table = table_of(state.range(0));
  std::size_t size = 0;
  for (auto _ : state) size = partnership::write_csv(table).size();
  set_bytes(state, size);
}
BENCHMARK(csv_write)->Arg(100000);

void csv_read(benchmark::State& state) {
  const std::string text = partnership::write_csv(table_of(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(partnership::read_csv(text));
  set_bytes(state, text.size());
}
BENCHMARK(csv_read)->Arg(100000);

}  // namespace
