// SPDX-License-Identifier: Apache-2.0
//
// The register, made safe for Python: calls from several threads take turns, a closed register
// raises, a child process made by fork cannot touch its parent's file, and Ctrl-C ends a long call.
//
// Python runs signal handlers only in the main thread, and only when that thread runs Python. So a
// call from the main thread that may take long runs in a thread of its own, while the main thread
// waits and looks for signals; when a handler raises, the call is cancelled and undone, and the
// exception passes on. A thread costs some 30 microseconds: brief calls do without.
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

#include "common.hpp"

namespace pship_python {

namespace {

constexpr auto signal_interval = std::chrono::milliseconds(50);

// Below both, no call takes longer than about a tenth of a second: reading and replaying an entry
// takes some 40 microseconds.
constexpr std::int64_t brief_entries = 2000;
constexpr std::size_t brief_document = std::size_t{1} << 16U;

// How long a call may take.
enum class Effort {
  brief,   // O(log n) in the number of entries
  reads,   // grows with the number of entries
  writes,  // and may have to wait for another process
};

bool is_main_thread() {
  const py::module_ threading = py::module_::import("threading");
  return py::cast<unsigned long>(threading.attr("main_thread")().attr("ident")) ==
         PyThread_get_thread_ident();
}

class Register {
 public:
  Register(pship::Platform platform, bool is_private)
      : platform_(std::move(platform)), is_private_(is_private), process_(::getpid()) {}
  Register(const Register&) = delete;
  Register& operator=(const Register&) = delete;
  ~Register() {
    // The file's locks belong to the parent: a forked child lets go of the handle unfreed.
    if (process_ != ::getpid()) new pship::Platform(std::move(platform_));
  }

  // Calls `body(platform)` when its turn has come. The caller holds the GIL, the body does not.
  // `document` is the size of what the body reads.
  template <class Body>
  auto run(Effort effort, Body&& body, std::size_t document = 0) {
    const Turn turn(*this);
    if (!platform_) throw pship::Error(PSHIP_STATE, "the register is closed");
    if (is_brief(effort, document)) return unlocked([&] { return body(platform_); });
    using Result = decltype(body(platform_));
    if constexpr (std::is_void_v<Result>) {
      attended([&] { body(platform_); });
    } else {
      std::optional<Result> result;
      attended([&] { result.emplace(body(platform_)); });
      return std::move(*result);
    }
  }

  void close() {
    if (process_ != ::getpid()) return;
    const Turn turn(*this);
    pship::Platform closing;
    {
      const std::lock_guard<std::mutex> lock(handle_mutex_);
      closing = std::move(platform_);
    }
    unlocked([&] { closing = pship::Platform(); });
  }

  bool closed() {
    if (process_ != ::getpid()) return true;
    const std::lock_guard<std::mutex> lock(handle_mutex_);
    return !platform_;
  }

  // From any thread; never waits for a turn.
  void cancel() {
    if (process_ != ::getpid()) return;
    const std::lock_guard<std::mutex> lock(handle_mutex_);
    if (platform_) platform_.cancel();
  }

 private:
  // A thread's turn. While it waits, other Python threads and, in the main one, signal handlers
  // run.
  class Turn {
   public:
    explicit Turn(Register& of) : register_(of) {
      if (of.process_ != ::getpid()) {
        throw pship::Error(PSHIP_STATE,
                           "the register was opened before this process was forked: open it anew");
      }
      if (of.holder_.load() == std::this_thread::get_id()) {
        throw pship::Error(PSHIP_STATE,
                           "the register is in use by the call that this signal interrupted");
      }
      while (!unlocked([&] { return of.mutex_.try_lock_for(signal_interval); })) {
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
      }
      of.holder_.store(std::this_thread::get_id());
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
      register_.holder_.store(std::thread::id());
      register_.mutex_.unlock();
    }

   private:
    Register& register_;
  };

  struct Attempt {
    std::mutex mutex;
    std::condition_variable ended;
    bool done = false;
    std::exception_ptr failure;
    std::thread thread;

    ~Attempt() {
      if (thread.joinable()) unlocked([&] { thread.join(); });
    }
    template <class Work>
    void run(Work& work) noexcept {
      try {
        work();
      } catch (...) {
        failure = std::current_exception();
      }
      const std::lock_guard<std::mutex> lock(mutex);
      done = true;
      ended.notify_one();
    }
    bool wait() {  // true when done, false after a while
      std::unique_lock<std::mutex> lock(mutex);
      return ended.wait_for(lock, signal_interval, [&] { return done; });
    }
  };

  bool is_brief(Effort effort, std::size_t document) {
    if (effort == Effort::brief || !is_main_thread()) return true;
    if (effort == Effort::writes && !is_private_) return false;
    return document < brief_document && unlocked([&] { return platform_.size() < brief_entries; });
  }

  // For the main thread: does the work in another one and looks for signals.
  template <class Work>
  void attended(Work&& work) {
    Attempt attempt;
    try {
      attempt.thread = std::thread([&] { attempt.run(work); });
    } catch (const std::system_error&) {  // no thread to be had: signals wait for the call's end
      unlocked(work);
      return;
    }
    std::optional<py::error_already_set> interruption;
    while (!unlocked([&] { return attempt.wait(); })) {
      if (!interruption && PyErr_CheckSignals() != 0) interruption.emplace();
      if (interruption) cancel();
    }
    if (interruption) throw py::error_already_set(*interruption);
    if (attempt.failure) std::rethrow_exception(attempt.failure);
  }

  pship::Platform platform_;
  const bool is_private_;  // in memory: no other process has it
  const pid_t process_;
  std::timed_mutex mutex_;   // held for a turn
  std::mutex handle_mutex_;  // held while platform_ is read for cancel(), or emptied
  std::atomic<std::thread::id> holder_{};
};

std::unique_ptr<Register> open(const std::string& path, const py::dict& values) {
  const pship::Options options = options_from(values);
  return std::make_unique<Register>(unlocked([&] { return pship::Platform::open(path, options); }),
                                    path == ":memory:");
}

py::list hex_list(const std::vector<pship::Hash>& hashes) {
  py::list made;
  for (const pship::Hash& hash : hashes) made.append(hex(hash));
  return made;
}

}  // namespace

void bind_register(py::module_& module) {
  using pship::Platform;
  py::class_<Register>(module, "Register")
      .def(py::init(&open), py::arg("path"), py::arg("options"))
      .def("close", &Register::close)
      .def("closed", &Register::closed)
      .def("cancel", &Register::cancel)
      .def(
          "record",
          [](Register& self, std::string_view json) {
            return self.run(
                Effort::writes, [&](Platform& platform) { return platform.record(json); },
                json.size());
          },
          py::arg("json"))
      .def(
          "query",
          [](Register& self, const std::string& name, const py::dict& values) {
            const pship::Options options = options_from(values);
            return self.run(Effort::reads,
                            [&](Platform& platform) { return platform.query(name, options); });
          },
          py::arg("name"), py::arg("options"))
      .def("size",
           [](Register& self) {
             return self.run(Effort::brief, [](Platform& p) { return p.size(); });
           })
      .def(
          "root",
          [](Register& self, std::int64_t size) {
            return hex(
                self.run(Effort::brief, [&](Platform& platform) { return platform.root(size); }));
          },
          py::arg("size"))
      .def(
          "entry",
          [](Register& self, std::int64_t position) {
            return to_str(self.run(Effort::brief,
                                   [&](Platform& platform) { return platform.entry(position); }));
          },
          py::arg("position"))
      .def(
          "prove_inclusion",
          [](Register& self, std::int64_t position, std::int64_t size) {
            return hex_list(self.run(Effort::brief, [&](Platform& platform) {
              return platform.prove_inclusion(position, size);
            }));
          },
          py::arg("position"), py::arg("size"))
      .def(
          "prove_consistency",
          [](Register& self, std::int64_t first, std::int64_t second) {
            return hex_list(self.run(Effort::brief, [&](Platform& platform) {
              return platform.prove_consistency(first, second);
            }));
          },
          py::arg("first"), py::arg("second"))
      .def(
          "verify",
          [](Register& self, const py::dict& values) {
            const pship::Options options = options_from(values);
            return self.run(Effort::reads,
                            [&](Platform& platform) { return platform.verify(options); });
          },
          py::arg("options"))
      .def("rebuild",
           [](Register& self) { self.run(Effort::writes, [](Platform& p) { p.rebuild(); }); })
      .def("dump",
           [](Register& self) {
             return to_str(
                 self.run(Effort::reads, [](Platform& platform) { return platform.dump(); }));
           })
      .def("export", [](Register& self) {
        return to_str(
            self.run(Effort::reads, [](Platform& platform) { return platform.export_journal(); }));
      });
}

}  // namespace pship_python
