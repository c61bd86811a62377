// SPDX-License-Identifier: Apache-2.0
//
// Cases built by calls, without any text: for languages that hold them as objects, and for values
// that exist already.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "feel/case_batch.hpp"

namespace partnership::feel {

// Appends to a batch that is not finished. Calls that break the order (a member outside its
// context, a member that is set twice, ...) throw Error(state) and change nothing. Values that do
// not fit their slot throw Error(invalid_argument), unless `keep_misfits`: then they are kept as
// they are. After that error, and when memory runs out, the batch is empty and no case is open.
// Whatever is not set is absent.
class CaseBuilder {
 public:
  explicit CaseBuilder(Batch& batch, bool keep_misfits = false)
      : batch_(batch), keep_(keep_misfits) {}

  void begin_case();
  void end_case();

  // Of a member of the context that is open, or of the items of the list that is open (then `slot`
  // is the item's). Everything is copied. A context or list is taken apart by the schema.
  void set(SlotId slot, Value value);
  // A text by the slot's type: that of a date becomes a date, and so on.
  void set_text(SlotId slot, std::string_view text);

  void begin_list(SlotId list);
  void end_list();
  // Of a nested context, or of an item that is one.
  void begin_record(SlotId record);
  void end_record();

  // A whole case at once.
  void append(Value value);

 private:
  struct Open {
    SlotId slot;
    std::uint32_t cell;
  };
  template <class Work>
  void whole(const Work& work);
  std::uint32_t take(SlotId slot);
  void put(SlotId slot, std::uint32_t cell, Value value);
  bool put_scalar(SlotId slot, std::uint32_t cell, Value value);
  void put_list(SlotId slot, std::uint32_t cell, Value value);
  void put_record(SlotId slot, std::uint32_t cell, Value value);
  void misfit(SlotId slot, std::uint32_t cell, Value value);
  void close(Storage storage);

  Batch& batch_;
  bool keep_;
  std::vector<Open> open_;
};

}  // namespace partnership::feel
