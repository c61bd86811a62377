// SPDX-License-Identifier: Apache-2.0
//
// What the expressions of norms say of one case after another: their values, and whether all facts
// that they mention are known. For the files assess*, facts* and shapes* only.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "charter/assess.hpp"
#include "charter/engine.hpp"
#include "feel/columns.hpp"
#include "feel/expression_set.hpp"

namespace partnership::charter {

struct DateFact {
  Known known = Known::no_answer;
  Date day = date_none;  // where it is known
};
struct TruthFact {
  Known known = Known::no_answer;
  bool value = false;
};
struct LengthFact {
  Known known = Known::no_answer;
  Length length;
};
struct ValueFact {
  Known known = Known::no_answer;
  feel::Value value;
};

// The facts of some rows of a batch. Used by one thread at a time; keeps its memory.
class Facts {
 public:
  Facts();

  // Evaluates what is needed of `rows` rows from `first` on. All that is passed must live until the
  // next call. `all`: also for norms that are not enabled.
  void read(const Engine& engine, const feel::ExpressionSet& set, const feel::Batch& batch,
            std::uint32_t first, std::uint32_t rows, const feel::RunOptions& options, bool all);
  // The row that is asked about from now on, counted from `first`.
  void at(std::uint32_t row) noexcept { row_ = row; }
  // From now on each expression that is consulted is noted there (nullptr: not).
  void note_in(std::vector<Consulted>* notes, std::uint32_t norm) noexcept {
    notes_ = notes;
    norm_ = norm;
  }
  std::size_t noted() const noexcept { return notes_ == nullptr ? 0 : notes_->size(); }
  void forget(std::size_t noted) {  // what was noted since
    if (notes_ != nullptr) notes_->resize(noted);
  }

  DateFact date(Part part, Term term) {
    const TermPlan& plan = engine_->terms[term];
    // Most dates are facts that are there.
    if (plan.way == TermPlan::Way::column && plan.storage == feel::Storage::day &&
        notes_ == nullptr) {
      const feel::Column& column = batch_->column(plan.slot);
      if (column.clean() && !some_missing_) return known_day(column.days()[first_ + row_]);
    }
    return other_date(part, term);
  }
  TruthFact truth(Part part, Term term) {
    if (notes_ == nullptr && !some_missing_ && engine_->terms[term].way == TermPlan::Way::set) {
      return truth_of(outcomes_.column(term)[row_]);
    }
    return other_truth(part, term);
  }
  LengthFact length(Part part, const PeriodPlan& period);
  // A text that is not blank, or true. Null is no reason.
  TruthFact reason(Part part, Term term);
  // The days of a list, up to `until`, in rising order, until the next call. Nulls are left out.
  struct Dates {
    Known known = Known::no_answer;
    std::span<const Date> days;
  };
  Dates dates(Part part, Term term, Date from, Date until);
  // Any value.
  ValueFact value(Part part, Term term);
  // The items that an expression gives, where they lie in columns: cells of [from, end) of the
  // level of the list.
  struct Cells {
    Known known = Known::no_answer;
    std::uint32_t from = 0, end = 0;
  };
  // False: ask for the value.
  bool cells(Part part, Term term, Cells& out);
  bool is_chosen(Term term, std::uint32_t cell) const noexcept {
    return engine_->terms[term].all || outcomes_.is_chosen(term, cell);
  }
  // The text of a cell; `missing` where it must be known and is not, `null` where there is none.
  struct TextFact {
    Known known = Known::null;
    std::string_view text;
  };
  // The texts of a column.
  class Texts {
   public:
    Texts(const feel::Batch& batch, feel::SlotId slot)
        : column_(batch.column(slot)),
          dictionary_(batch.dictionary()),
          storage_(batch.layout().slot(slot).storage),
          optional_(batch.layout().slot(slot).optional),
          clean_(column_.clean()) {}
    TextFact at(std::uint32_t cell) const noexcept {
      if (!clean_ && column_.state(cell) != feel::CellState::present) return absent(cell);
      if (storage_ == feel::Storage::code) {
        return {Known::value, dictionary_.text(column_.codes()[cell])};
      }
      if (storage_ != feel::Storage::value) return {};
      const feel::Value value = column_.values()[cell];
      return value.is(feel::Kind::string) ? TextFact{Known::value, value.text()} : TextFact{};
    }

   private:
    TextFact absent(std::uint32_t cell) const noexcept {
      if (column_.state(cell) == feel::CellState::other || optional_) return {};
      return {Known::missing, {}};
    }
    const feel::Column& column_;
    const feel::Dictionary& dictionary_;
    feel::Storage storage_;
    bool optional_, clean_;
  };
  Texts texts(feel::SlotId slot) const { return {*batch_, slot}; }
  // Whether a fact is there, as evidence: neither null, nor false, nor empty, nor to come.
  TruthFact exists(feel::SlotId slot, Date on);

  std::size_t memory() const noexcept;

 private:
  void find_missing();
  void find_missing_cells(std::size_t watched, std::uint64_t* bits) const;
  std::uint32_t row_of(feel::LevelId level, std::uint32_t cell) const noexcept;
  struct Range {
    std::uint32_t from, end;
  };
  Range cells_of(feel::LevelId level, Range rows) const noexcept;

  bool missing(Term term) const noexcept {
    if (!some_missing_) return false;
    const std::uint64_t* const bits = missing_[term];
    return bits != nullptr && (bits[row_ / 64] >> (row_ % 64) & 1U) != 0;
  }
  static DateFact known_day(std::int64_t day) noexcept {
    if (day < date_min || day > date_max) return {};
    return {Known::value, static_cast<Date>(day)};
  }
  static TruthFact truth_of(std::uint8_t cell) noexcept {
    if (cell > static_cast<std::uint8_t>(feel::Outcomes::Kind::yes)) return {};
    return {Known::value, cell != 0};
  }
  DateFact other_date(Part part, Term term);
  TruthFact other_truth(Part part, Term term);
  DateFact find_date(Term term);
  TruthFact find_truth(Term term);
  ValueFact find_value(Term term);
  ValueFact column_value(Term term, feel::SlotId slot);
  ValueFact ask(Term term);
  static DateFact date_of(feel::Value value) noexcept;
  Known find_dates(Term term, Date from, Date until);
  bool item_cells(Term term, Cells& out) const;
  bool add_dates(Term term, const Cells& cells, Date from, Date until);
  void add_date(DateFact date, Date from, Date until);
  void note(Part part, Term term, Known known, Date day = date_none);

  const Engine* engine_ = nullptr;
  const feel::ExpressionSet* set_ = nullptr;
  const feel::Batch* batch_ = nullptr;
  std::uint32_t first_ = 0, rows_ = 0, row_ = 0;
  feel::Moment moment_;
  feel::Evaluator::Workspace workspace_;
  feel::Outcomes outcomes_;

  bool some_missing_ = false;
  std::vector<const std::uint64_t*> missing_;  // of each term; nullptr: of no row
  std::vector<std::uint64_t> bits_;

  std::unique_ptr<feel::Evaluation> evaluation_;
  feel::Budget budget_;
  feel::Arena case_arena_, cell_arena_;
  feel::Value case_;
  std::uint32_t case_row_ = 0xffffffff;

  std::vector<Date> days_;
  std::vector<Consulted>* notes_ = nullptr;
  std::uint32_t norm_ = 0;
};

}  // namespace partnership::charter
