// SPDX-License-Identifier: Apache-2.0
//
// A producer of Arrow streams that does what it is told, faults included, and counts what it handed
// out, so that a test sees every struct released exactly once.
#pragma once

#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "partnership/table.h"

namespace partnership::fake {

// How many structs are not released yet, and how many releases were one too many.
struct Count {
  int live = 0;
};

using Bytes = std::vector<std::uint8_t>;

template <class T>
Bytes bytes_of_values(const std::vector<T>& values) {
  Bytes out(values.size() * sizeof(T));
  if (!values.empty()) std::memcpy(out.data(), values.data(), out.size());
  return out;
}

struct Schema {
  std::optional<std::string> format;
  std::optional<std::string> name;
  std::vector<Schema> children;
  std::shared_ptr<Schema> dictionary;
  std::int64_t claimed_children = -1;  // other than there are
  bool released = false;
};

struct Array {
  std::int64_t length = 0;
  std::int64_t nulls = 0;
  std::int64_t offset = 0;
  std::vector<std::optional<Bytes>> buffers;  // nullopt: a NULL pointer
  std::vector<Array> children;
  std::shared_ptr<Array> dictionary;
  std::int64_t claimed_children = -1;
  std::int64_t claimed_buffers = -1;
  bool null_children = false;
  bool null_buffers = false;
  bool released = false;
};

template <class Struct, class Plan>
struct Owner {
  Plan plan;
  std::vector<Struct> structs;
  std::vector<Struct*> pointers;
  std::vector<const void*> buffers;
  Struct dictionary{};
  Count* count;
};

template <class Struct, class Plan>
void release(Struct* self) {
  auto* owner = static_cast<Owner<Struct, Plan>*>(self->private_data);
  for (Struct& child : owner->structs) {
    if (child.release != nullptr) child.release(&child);
  }
  if (owner->dictionary.release != nullptr) owner->dictionary.release(&owner->dictionary);
  --owner->count->live;
  delete owner;
  self->release = nullptr;
}

inline void fill(const Schema& plan, Count* count, ArrowSchema* out) {
  auto* owner = new Owner<ArrowSchema, Schema>{plan, {}, {}, {}, {}, count};
  ++count->live;
  owner->structs.resize(plan.children.size());
  for (std::size_t i = 0; i < plan.children.size(); ++i) {
    fill(owner->plan.children[i], count, &owner->structs[i]);
    owner->pointers.push_back(&owner->structs[i]);
  }
  *out = {};
  out->format = owner->plan.format ? owner->plan.format->c_str() : nullptr;
  out->name = owner->plan.name ? owner->plan.name->c_str() : nullptr;
  out->n_children = plan.claimed_children >= 0 || plan.claimed_children < -1
                        ? plan.claimed_children
                        : static_cast<std::int64_t>(plan.children.size());
  out->children = owner->pointers.data();
  if (plan.dictionary) {
    fill(*plan.dictionary, count, &owner->dictionary);
    out->dictionary = &owner->dictionary;
  }
  out->private_data = owner;
  out->release = release<ArrowSchema, Schema>;
  if (plan.released) out->release(out);
}

inline void fill(const Array& plan, Count* count, ArrowArray* out) {
  auto* owner = new Owner<ArrowArray, Array>{plan, {}, {}, {}, {}, count};
  ++count->live;
  owner->structs.resize(plan.children.size());
  for (std::size_t i = 0; i < plan.children.size(); ++i) {
    fill(owner->plan.children[i], count, &owner->structs[i]);
    owner->pointers.push_back(&owner->structs[i]);
  }
  for (const auto& buffer : owner->plan.buffers) {
    owner->buffers.push_back(buffer ? buffer->data() : nullptr);
  }
  *out = {};
  out->length = plan.length;
  out->null_count = plan.nulls;
  out->offset = plan.offset;
  out->n_buffers = plan.claimed_buffers != -1 ? plan.claimed_buffers
                                              : static_cast<std::int64_t>(plan.buffers.size());
  out->buffers = plan.null_buffers ? nullptr : owner->buffers.data();
  out->n_children = plan.claimed_children != -1 ? plan.claimed_children
                                                : static_cast<std::int64_t>(plan.children.size());
  out->children = plan.null_children ? nullptr : owner->pointers.data();
  if (plan.dictionary) {
    fill(*plan.dictionary, count, &owner->dictionary);
    out->dictionary = &owner->dictionary;
  }
  out->private_data = owner;
  out->release = release<ArrowArray, Array>;
  if (plan.released) out->release(out);
}

struct Stream {
  Schema schema;
  std::vector<Array> batches;
  int schema_status = 0;
  int next_status = 0;  // once the batches are used up
  const char* words = nullptr;
};

struct StreamOwner {
  Stream plan;
  std::size_t next = 0;
  Count* count;
};

inline void fill(const Stream& plan, Count* count, ArrowArrayStream* out) {
  out->private_data = new StreamOwner{plan, 0, count};
  ++count->live;
  out->get_schema = [](ArrowArrayStream* self, ArrowSchema* schema) {
    auto* owner = static_cast<StreamOwner*>(self->private_data);
    if (owner->plan.schema_status == 0) fill(owner->plan.schema, owner->count, schema);
    return owner->plan.schema_status;
  };
  out->get_next = [](ArrowArrayStream* self, ArrowArray* array) {
    auto* owner = static_cast<StreamOwner*>(self->private_data);
    if (owner->next < owner->plan.batches.size()) {
      fill(owner->plan.batches[owner->next++], owner->count, array);
      return 0;
    }
    *array = {};
    return owner->plan.next_status;
  };
  out->get_last_error = [](ArrowArrayStream* self) {
    return static_cast<StreamOwner*>(self->private_data)->plan.words;
  };
  out->release = [](ArrowArrayStream* self) {
    auto* owner = static_cast<StreamOwner*>(self->private_data);
    --owner->count->live;
    delete owner;
    self->release = nullptr;
  };
}

}  // namespace partnership::fake
