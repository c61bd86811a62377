// SPDX-License-Identifier: Apache-2.0
//
// Another process that works on a register and says through a pipe what was acknowledged to it.
#pragma once

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace fault {

// The death that no handler sees.
[[noreturn]] inline void die() {
  ::kill(::getpid(), SIGKILL);
  std::abort();
}

class Process {
 public:
  // How the work says that so much is acknowledged.
  using Say = std::function<void(std::int64_t)>;

  // Starts a copy of this process that does `work`; it ends well when `work` comes back. SQLite
  // must not be in use.
  explicit Process(const std::function<void(const Say&)>& work) {
    int ends[2];
    if (::pipe(ends) != 0) std::abort();
    pid_ = ::fork();
    if (pid_ < 0) std::abort();
    if (pid_ == 0) {
      ::close(ends[0]);
      work([&](std::int64_t number) {
        if (::write(ends[1], &number, sizeof number) != sizeof number) std::abort();
      });
      ::_exit(0);
    }
    ::close(ends[1]);
    pipe_ = ends[0];
  }
  ~Process() {
    if (pid_ > 0) ::kill(pid_, SIGKILL);
    (void)wait();
    ::close(pipe_);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // The next number it says; none when it is gone.
  std::optional<std::int64_t> next() {
    std::int64_t number = 0;
    if (::read(pipe_, &number, sizeof number) != sizeof number) return std::nullopt;
    return number;
  }
  std::vector<std::int64_t> rest() {
    std::vector<std::int64_t> numbers;
    while (const auto number = next()) numbers.push_back(*number);
    return numbers;
  }
  void kill() { ::kill(pid_, SIGKILL); }

  enum class End { well, killed, otherwise };
  End wait() {
    if (pid_ > 0) {
      ::waitpid(pid_, &status_, 0);
      pid_ = -1;
    }
    if (WIFEXITED(status_) && WEXITSTATUS(status_) == 0) return End::well;
    return WIFSIGNALED(status_) && WTERMSIG(status_) == SIGKILL ? End::killed : End::otherwise;
  }

 private:
  pid_t pid_ = -1;
  int pipe_ = -1;
  int status_ = 0;
};

}  // namespace fault
