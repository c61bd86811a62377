// SPDX-License-Identifier: Apache-2.0
//
// Documents that the tests of JSON share.
#pragma once

#include <string>
#include <vector>

namespace partnership::json::test {

inline const std::vector<std::string> documents = {
    R"({"name":"Gherbal Initiative","founded":2014,"share":0.4,"active":true,"parent":null})",
    R"([1,-2,3.5,1e3,-0,0,-0.0,9223372036854775807,-9223372036854775808,9223372036854775808])",
    R"({"a":{"b":{"c":[[],{},[[{}]],"x"]}},"d":[{"e":1},{"e":2}],"":"empty name"})",
    "{ \"\\u0627\\u0633\\u0645\" : \"\\u0628\\u064a\\u0631\\u0648\\u062a\" ,\r\n\t\"b\":\"بيروت\"}",
    R"(["\"\\\/\b\f\n\r\t","\u0000\u001f","\ud83d\ude00","😀","a\\","\\\\\"",""])",
    R"("root text")",
    " 12345 ",
    R"({"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n":"bbbbbbbbbb)"
    R"(bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\tb"})",
    R"([true,false,null,"true",{"null":null,"true":true}])",
    R"([1.7976931348623157e308,4.9e-324,2.2250738585072011e-308,1e-400,-1e-400,0e999999,123456789012345678])",
};

}  // namespace partnership::json::test
