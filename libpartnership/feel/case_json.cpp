// SPDX-License-Identifier: Apache-2.0
#include "feel/case_json.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/json_scan.hpp"
#include "base/text.hpp"
#include "feel/case_json_walk.hpp"

namespace partnership::feel {

namespace {

bool is_space(char c) noexcept {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

// Where the value that begins at `at` ends: behind its last bracket, or before the next comma or
// closing bracket. Only to cut an array into its items: what is wrong inside is found there.
std::size_t end_of_value(std::string_view text, std::size_t at) {
  std::size_t open = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\') ++at;
      }
    } else if (c == '{' || c == '[') {
      ++open;
    } else if (open == 0 && (c == ',' || c == ']' || c == '}')) {
      return at;
    } else if (c == '}' || c == ']') {
      if (--open == 0) return at + 1;
    }
  }
  return std::min(at, text.size());
}

}  // namespace

struct CaseReader::Impl {
  ReadOptions options;
  json::Scanner scanner;
  JsonValues values;
  std::string scratch;
  CaseProblems problems;
  CaseWalk walk{options, values, scratch, problems};

  // Where the text that is walked stands in the whole, for problems.
  struct At {
    std::size_t offset = 0;
    std::int64_t line = 1, column = 1;
  };

  static void move(Problem& problem, const At& at) {
    if (problem.offset == no_offset) return;
    problem.offset += static_cast<std::int64_t>(at.offset);
    if (problem.line == 1) problem.column += at.column - 1;
    problem.line += at.line - 1;
  }

  void one(std::string_view text, Batch& batch, const At& at, const std::string& pointer) {
    const std::size_t before = problems.list.size();
    try {
      const json::Tokens tokens = scanner.scan_copy(text, options.limits);
      json::Cursor cursor(scanner.source(), tokens);
      walk.run(cursor, batch);
    } catch (const Error& error) {
      std::vector<Problem> moved = error.problems();
      for (Problem& problem : moved) {
        problem.pointer.insert(0, pointer);
        move(problem, at);
      }
      throw Error(error.code(), std::move(moved));
    }
    for (std::size_t i = before; i < problems.list.size(); ++i) {
      problems.list[i].pointer.insert(0, pointer);
      move(problems.list[i], at);
    }
  }

  void lines(std::string_view text, Batch& batch) {
    At at;
    while (at.offset < text.size()) {
      const std::size_t end = std::min(text.find('\n', at.offset), text.size());
      const std::string_view line = text.substr(at.offset, end - at.offset);
      if (!std::ranges::all_of(line, is_space)) one(line, batch, at, {});
      at.offset = end + 1;
      ++at.line;
    }
  }

  void array(std::string_view text, Batch& batch) {
    std::size_t at = 0, counted = 0;
    Place place;  // of `counted`
    const auto advance = [&] {
      while (at < text.size() && is_space(text[at])) ++at;
    };
    const auto refuse = [&](const char* what) {
      const Place found = place_of(text, at);
      throw Error(Code::malformed, Problem{std::string("expected ") + what,
                                           {},
                                           static_cast<std::int64_t>(at),
                                           found.line,
                                           found.column});
    };
    advance();
    if (at == text.size() || text[at] != '[') refuse("an array of cases");
    ++at;
    advance();
    if (at < text.size() && text[at] == ']') {
      ++at;
    } else {
      for (std::size_t index = 0;; ++index) {
        advance();
        const Place since = place_of(text.substr(counted), at - counted);
        if (since.line > 1) place.column = 1;
        place = {place.line + since.line - 1, place.column + since.column - 1};
        counted = at;
        const std::size_t end = end_of_value(text, at);
        one(text.substr(at, end - at), batch, {at, place.line, place.column},
            "/" + std::to_string(index));
        at = end;
        advance();
        if (at == text.size() || (text[at] != ',' && text[at] != ']')) refuse("`,` or `]`");
        if (text[at++] == ']') break;
      }
    }
    advance();
    if (at != text.size()) refuse("the end of the text after the value");
  }

  template <class Work>
  void guarded(Batch& batch, const Work& work) {
    problems.list.clear();
    problems.unlisted = 0;
    try {
      work();
      raise();
    } catch (...) {
      batch.clear();
      throw;
    }
  }

  void raise() {
    if (problems.list.empty()) return;
    if (problems.unlisted > 0) {
      problems.list.push_back({std::to_string(problems.unlisted) + " more problems are not listed",
                               {},
                               no_offset,
                               0,
                               0});
    }
    throw Error(Code::invalid_document, std::move(problems.list));
  }
};

CaseReader::CaseReader(const ReadOptions& options) : impl_(std::make_unique<Impl>()) {
  impl_->options = options;
  // Deeper than any walk over values may go.
  impl_->options.limits.depth = std::min<std::size_t>(options.limits.depth, 900);
}
CaseReader::~CaseReader() = default;
CaseReader::CaseReader(CaseReader&&) noexcept = default;
CaseReader& CaseReader::operator=(CaseReader&&) noexcept = default;

void CaseReader::read(std::string_view text, Batch& batch) {
  impl_->guarded(batch, [&] { impl_->one(text, batch, {}, {}); });
}
void CaseReader::read_lines(std::string_view text, Batch& batch) {
  impl_->guarded(batch, [&] { impl_->lines(text, batch); });
}
void CaseReader::read_array(std::string_view text, Batch& batch) {
  impl_->guarded(batch, [&] { impl_->array(text, batch); });
}

Batch read_case(std::shared_ptr<const Layout> layout, std::string_view text,
                const ReadOptions& options) {
  Batch batch(std::move(layout));
  CaseReader(options).read(text, batch);
  batch.finish();
  return batch;
}

}  // namespace partnership::feel
