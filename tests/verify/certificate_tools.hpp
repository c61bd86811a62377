// SPDX-License-Identifier: Apache-2.0
//
// Small certificates that hold, and how tests change them and read what the verifier says.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "verify/certificate.hpp"
#include "verify/mutable_json.hpp"

namespace partnership::test {

using verify::CertificateReport;
using verify::CertificateWanted;
using verify::verify_certificate;
using Verdict = CertificateReport::Verdict;

// One of three nominees sits; the second and the third are alike, and an auxiliary column counts
// the first.
inline std::string simple() {
  const std::string hash(64, 'a');
  return R"({"certificate": "lottery", "version": 1, "objective": "leximin", "criteria": ")" +
         hash + R"(", "pool": ")" + hash +
         R"(", "delta": "1/1000000000", "nominees": ["a", "b", "c"],
    "model": {"types": [[0], [1, 2]], "columns": [[0, 1], [0, 2], [0, 1]],
              "rows": [{"criterion": "size", "lower": 1, "upper": 1, "terms": [[0, 1], [1, 1]]},
                       {"criterion": "same", "lower": 0, "upper": 0, "terms": [[0, 1], [2, -1]]},
                       {"criterion": "few", "lower": null, "upper": 5, "terms": [[1, 1]]},
                       {"criterion": "some", "lower": 0, "upper": null, "terms": [[1, 1]]}]},
    "target": ["1/3", "1/3"], "denominator": "3",
    "panels": [{"members": [0], "auxiliary": [[2, 1]], "weight": "1"},
               {"members": [1], "weight": "1"}, {"members": [2], "weight": "1"}],
    "levels": [{"value": "1/3", "types": [0, 1], "terms": [[0, "1"], [1, "1"]], "bound": "1",
                "proof": [{"column": 2, "at": 0}, {"rows": [[0, "1"]]}, {"rows": [[0, "1"]]}]}],
    "status": "proved"})";
}

// Two people of one type cannot both sit and not sit.
inline std::string conflict() {
  const std::string hash(64, 'a');
  return R"({"certificate": "infeasible", "version": 1, "criteria": ")" + hash + R"(", "pool": ")" +
         hash + R"(", "nominees": ["a", "b"],
    "model": {"types": [[0, 1]], "columns": [[0, 2]],
              "rows": [{"criterion": "two", "lower": 2, "upper": null, "terms": [[0, 1]]},
                       {"criterion": "none", "lower": null, "upper": 0, "terms": [[0, 1]]},
                       {"criterion": "idle", "lower": 0, "upper": 2, "terms": [[0, 1]]}]},
    "rows": [0, 1], "proof": [{"infeasible": [[0, "-1"], [1, "1"]]}],
    "witnesses": [{"without": "two", "values": []}, {"without": "none", "values": [[0, 2]]}]})";
}

inline MutableJson* at(MutableJson& root, std::string_view pointer) {
  MutableJson* value = &root;
  while (!pointer.empty()) {
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string part(pointer.substr(1, end - 1));
    value =
        value->type == json::Type::array ? &value->children.at(std::stoul(part)) : &(*value)[part];
    pointer.remove_prefix(end);
  }
  return value;
}

// The document with the value at `pointer` replaced by a JSON text.
inline std::string edited(const std::string& text, std::string_view pointer, std::string_view by) {
  MutableJson root = MutableJson::read(text);
  MutableJson& value = *at(root, pointer);
  const std::string name = value.name;
  value = MutableJson::read(by);
  value.name = name;
  return root.write();
}

inline std::vector<std::string> faults_of(const CertificateReport& report) {
  std::vector<std::string> out;
  for (const Problem& fault : report.faults) out.push_back(fault.pointer + ": " + fault.message);
  return out;
}

struct Case {
  std::string_view pointer, by, fault;  // the fault begins so
};

inline void expect_faults(const std::string& text, const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    const CertificateReport report = verify_certificate(edited(text, one.pointer, one.by));
    EXPECT_EQ(report.verdict, Verdict::refused) << one.pointer << " = " << one.by;
    const std::vector<std::string> faults = faults_of(report);
    ASSERT_FALSE(faults.empty()) << one.pointer << " = " << one.by;
    bool found = false;
    std::string all;
    for (const std::string& fault : faults) {
      found = found || fault.starts_with(one.fault);
      all += fault + "\n";
    }
    EXPECT_TRUE(found) << one.pointer << " = " << one.by << " gives\n" << all;
    for (const Problem& fault : report.faults) {
      EXPECT_EQ(fault.message.find('\n'), std::string::npos);
      EXPECT_TRUE(fault.pointer.empty() || fault.line == 1) << fault.message;
    }
  }
}

}  // namespace partnership::test
