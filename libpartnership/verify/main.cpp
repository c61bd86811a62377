// SPDX-License-Identifier: Apache-2.0
//
// partnership-verify: checks published files, and nothing else.
//
//   partnership-verify journal FILE [ROOT]
//     Prints the number of entries and the root (64 hex digits), and compares it with ROOT.
//   partnership-verify certificate FILE [--document HASH] [--criteria HASH] [--pool HASH]
//                      [--delta FRACTION]
//     A certificate of a lottery (leximin, maximin, Nash) or that there is no committee. Prints
//     what was found to hold, every fault, and the verdict: proved, bound, infeasible or refused.
//     The hashes are of the certificate itself, as it was announced, and of what it is of. --delta:
//     how far from the exact probabilities a lottery may be; 1/1000000000 where not given.
//   partnership-verify draw FILE... [--delta FRACTION]
//     A draw's result, or the numbered panels published before it; with it, in any order, the
//     panels as they were published and the lottery's certificate, which is verified too.
//
// FILE "-" is standard input. Exit status: 0 when all holds that the files state and all is as
// expected that the command line names, 1 when something does not, 2 when the command is not
// understood, a file cannot be read, or it is beyond the limits of the verifier.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "verify/certificate.hpp"
#include "verify/draw.hpp"
#include "verify/journal.hpp"

namespace {

using partnership::Hash;
using partnership::Problem;
namespace verify = partnership::verify;
namespace json = partnership::json;

constexpr int holds = 0;
constexpr int fails = 1;
constexpr int misused = 2;

constexpr std::string_view usage =
    "usage: partnership-verify journal FILE [ROOT]\n"
    "       partnership-verify certificate FILE [--document HASH] [--criteria HASH] [--pool HASH]\n"
    "                          [--delta FRACTION]\n"
    "       partnership-verify draw FILE... [--delta FRACTION]\n"
    "  FILE  journal: a line an entry; certificate: of a lottery, or that there is no committee;\n"
    "        draw: a result or its panels, and with it the panels as published and the\n"
    "        certificate; - for standard input\n"
    "  ROOT, HASH  what is expected, 64 hex digits: --document: of the certificate, --criteria "
    "and\n"
    "        --pool: of the documents it was made from\n"
    "  FRACTION  how far a probability may be from the exact one, such as 1/1000000 "
    "(1/1000000000)\n"
    "exit status: 0 all holds, 1 something does not, 2 not understood, not readable or too large\n";

struct Misused {
  std::string message;  // empty: the usage
};

std::string read_file(const std::string& path) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), {});
  if (!file.good() && !file.eof()) throw Misused{"cannot read `" + path + "`"};
  return text;
}

Hash hash_given(const std::string& text) {
  const auto hash = partnership::hash_of(text);
  if (!hash) throw Misused{};
  return *hash;
}

int verify_journal(const std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments.size() > 2) throw Misused{};
  std::optional<Hash> root;
  if (arguments.size() == 2) root = hash_given(arguments[1]);
  const std::string lines = read_file(arguments[0]);
  try {
    const auto report = verify::verify_journal(lines);
    std::cout << report.entries << " entries\nroot " << partnership::hex(report.root) << '\n';
    if (root && *root != report.root) {
      std::cout << "the root is not " << partnership::hex(*root) << '\n';
      return fails;
    }
    std::cout << (root ? "sound: the journal is the one with this root\n"
                       : "well-formed; compare the root with one kept elsewhere\n");
    return holds;
  } catch (const partnership::Error& error) {
    for (const auto& problem : error.problems()) {
      std::cout << "line " << problem.line << ": " << problem.message << '\n';
    }
    return fails;
  }
}

// A name of a document on one line, and in the order in which it is written: controls, line ends,
// what turns the direction of the text round, and the backslash, are shown as \u and four digits,
// so that no name can pass for another line of the output, or for another name. `text` is UTF-8.
std::string visible(std::string_view text) {
  const auto hides = [](unsigned c) {
    return c < 0x20 || c == '\\' || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
  };
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const std::size_t length = byte(0) < 0x80 ? 1 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
    unsigned c = length == 1 ? byte(0) : length == 2 ? byte(0) & 0x1FU : byte(0) & 0x0FU;
    for (std::size_t i = 1; i < length; ++i) c = c << 6U | (byte(i) & 0x3FU);
    if (hides(c)) {
      constexpr std::string_view digits = "0123456789abcdef";
      out += "\\u";
      for (const unsigned shift : {12U, 8U, 4U, 0U}) out += digits[c >> shift & 15U];
    } else {
      out += text.substr(at, length);
    }
    at += length;
  }
  return out;
}

void print(const std::vector<std::string>& checked, const std::vector<Problem>& faults) {
  for (const std::string& one : checked) std::cout << "holds: " << one << '\n';
  for (const Problem& fault : faults) {
    std::cout << "fault: ";
    if (fault.line > 0) std::cout << "line " << fault.line << ", column " << fault.column << ", ";
    if (!fault.pointer.empty()) std::cout << visible(fault.pointer) << ": ";
    std::cout << fault.message << '\n';
  }
}

void print_hash(const char* of, const Hash& hash) {  // none of what could not be read
  if (hash != Hash{}) std::cout << of << partnership::hex(hash) << '\n';
}

int print_certificate(std::string_view text, const verify::CertificateWanted& wanted) {
  const auto report = verify::verify_certificate(text, wanted);
  print_hash("certificate ", report.document);
  print(report.checked, report.faults);
  std::cout << verify::verdict_name(report.verdict);
  if (!report.objective.empty()) std::cout << ": " << report.objective;
  std::cout << '\n';
  return report.verdict == verify::CertificateReport::Verdict::refused ? fails : holds;
}

partnership::Rational delta_given(const std::string& text) {
  auto delta = partnership::Rational::parse(text);
  if (!delta || delta->sign() < 0) throw Misused{};
  return *std::move(delta);
}

int verify_certificate(const std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments.size() % 2 == 0) throw Misused{};
  verify::CertificateWanted wanted;
  const std::pair<std::string_view, std::optional<Hash>*> options[] = {
      {"--document", &wanted.document}, {"--criteria", &wanted.criteria}, {"--pool", &wanted.pool}};
  for (std::size_t i = 1; i + 1 < arguments.size(); i += 2) {
    if (arguments[i] == "--delta") {
      wanted.delta = delta_given(arguments[i + 1]);
      continue;
    }
    const auto* const option =
        std::find_if(std::begin(options), std::end(options),
                     [&](const auto& known) { return known.first == arguments[i]; });
    if (option == std::end(options)) throw Misused{};
    *option->second = hash_given(arguments[i + 1]);
  }
  return print_certificate(read_file(arguments[0]), wanted);
}

struct DrawFiles {
  std::optional<std::string> result, panels, certificate;
};

// By what each says it is. What cannot be told is taken for the result, whose faults are then
// shown.
DrawFiles sort_files(const std::vector<std::string>& paths) {
  DrawFiles files;
  for (const std::string& path : paths) {
    std::string text = read_file(path);
    std::optional<std::string>* place = &files.result;
    try {
      const auto document = json::Document::parse(text);
      const auto draw = document->root().find("draw");
      if (document->root().find("certificate")) place = &files.certificate;
      if (draw && draw->is(json::Type::string) && draw->text() == "panels") place = &files.panels;
    } catch (const partnership::Error&) {
      place = &files.result;
    }
    if (*place) throw Misused{"`" + path + "` is of a kind that is there already"};
    *place = std::move(text);
  }
  return files;
}

int verify_draw(const std::vector<std::string>& arguments) {
  auto end = arguments.end();
  verify::CertificateWanted of_certificate;
  if (const auto option = std::find(arguments.begin(), end, "--delta"); option != end) {
    if (end - option != 2) throw Misused{};
    of_certificate.delta = delta_given(option[1]);
    end = option;
  }
  if (arguments.begin() == end) throw Misused{};
  const DrawFiles files = sort_files({arguments.begin(), end});
  if (!files.result && !files.panels) throw Misused{"there is no draw among the files"};
  verify::DrawWanted wanted;
  if (files.certificate) wanted.certificate = *files.certificate;
  int status = holds;
  if (files.result && files.panels) {
    const auto published = verify::verify_draw(*files.panels, wanted);
    wanted.panels = published.panels_document;
    if (!published.sound) {
      print({}, published.faults);
      status = fails;
    }
  }
  const auto report = verify::verify_draw(files.result ? *files.result : *files.panels, wanted);
  print_hash("panels ", report.panels_document);
  print(report.checked, report.faults);
  if (!report.sound) status = fails;
  if (files.certificate && print_certificate(*files.certificate, of_certificate) != holds) {
    status = fails;
  }
  if (report.drawn && report.sound) {
    std::cout << "number " << report.number << " of " << report.panels << '\n';
    for (const std::string& id : report.members) std::cout << "member " << visible(id) << '\n';
  }
  std::cout << (status == holds ? "sound\n" : "refused\n");
  return status;
}

int run(const std::string& command, const std::vector<std::string>& arguments) {
  if (command == "journal") return verify_journal(arguments);
  if (command == "certificate") return verify_certificate(arguments);
  if (command == "draw") return verify_draw(arguments);
  throw Misused{};
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::vector<std::string> all(argv + (argc > 0 ? 1 : 0), argv + argc);
    if (all.empty()) throw Misused{};
    return run(all[0], {all.begin() + 1, all.end()});
  } catch (const Misused& wrong) {
    if (wrong.message.empty()) {
      std::cerr << usage;
    } else {
      std::cerr << "partnership-verify: " << wrong.message << '\n';
    }
  } catch (const std::exception& exception) {
    std::cerr << "partnership-verify: " << exception.what() << '\n';
  }
  return misused;
}
