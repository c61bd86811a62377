// SPDX-License-Identifier: Apache-2.0
//
// Lotteries over committees, draws, replacements, alternates, verdicts. A long call asks Python now
// and then whether to go on: for signals (Ctrl-C), the time limit, and the caller's function.
#include <pybind11/stl.h>

#include <chrono>

#include "common.hpp"

namespace pship_python {

namespace {

using pship::Alternates;
using pship::Composition;
using pship::Language;
using pship::Pace;
using pship::Replacement;
using pship::Selection;
using pship::Verification;

Language language_of(std::int32_t number) {
  return static_cast<Language>(number);
}

// Asked often by the library, it turns to Python every so often: taking its lock costs more than a
// step of the search.
class Asking {
 public:
  Asking(py::object progress, std::optional<double> seconds) : progress_(std::move(progress)) {
    if (seconds) {
      const std::chrono::duration<double> limit(std::min(*seconds, 1e9));
      end_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(limit);
    }
  }

  Pace operator()(const pship::Progress& progress) {
    const Clock::time_point now = Clock::now();
    if (asked_ && now - *asked_ < std::chrono::milliseconds(20)) return answer_;
    asked_ = now;
    if (end_ && now >= *end_) answer_ = Pace::finish;
    const py::gil_scoped_acquire lock;
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    if (!progress_.is_none()) {
      const py::object of = progress.of > 0 ? py::object(py::int_(progress.of)) : py::none();
      const py::object said = progress_(progress.phase, progress.done, of);
      if (said.ptr() == Py_False) answer_ = Pace::finish;
    }
    return answer_;
  }

 private:
  using Clock = std::chrono::steady_clock;
  py::object progress_;
  std::optional<Clock::time_point> end_;
  std::optional<Clock::time_point> asked_;
  Pace answer_ = Pace::go_on;
};

// A function that the library may copy and free without Python's lock.
pship::PaceFunction pace_of(Asking& asking) {
  return [&asking](const pship::Progress& progress) { return asking(progress); };
}

void bind_verification(py::module_& module) {
  py::class_<Verification>(module, "Verification")
      .def("holds", &Verification::holds)
      .def("about", &Verification::about)
      .def("checked", &Verification::checked)
      .def("faults", &Verification::faults)
      .def("members", &Verification::members);
  module.def(
      "verify_certificate",
      [](std::string_view certificate, const py::dict& values) {
        const pship::Options options = options_from(values);
        return unlocked([&] { return pship::verify_certificate(certificate, options); });
      },
      py::arg("certificate"), py::arg("options"));
  module.def(
      "compare_certificate",
      [](std::string_view certificate, const pship::Criteria& criteria,
         const pship::Nominees& nominees, const py::dict& values) {
        const pship::Options options = options_from(values);
        return unlocked(
            [&] { return pship::compare_certificate(certificate, criteria, nominees, options); });
      },
      py::arg("certificate"), py::arg("criteria"), py::arg("nominees"), py::arg("options"));
  module.def(
      "verify_draw",
      [](std::string_view draw, std::string_view certificate) {
        return unlocked([&] { return pship::verify_draw(draw, certificate); });
      },
      py::arg("draw"), py::arg("certificate"));
}

void bind_choices(py::module_& module) {
  py::class_<Selection>(module, "Selection")
      .def_static(
          "select",
          [](const pship::Criteria& criteria, const pship::Nominees& nominees,
             const std::vector<std::int64_t>& weights, const py::dict& values, py::object progress,
             std::optional<double> seconds) {
            const pship::Options options = options_from(values);
            Asking asking(std::move(progress), seconds);
            return unlocked([&] {
              return Selection::select(criteria, nominees, weights, options, pace_of(asking));
            });
          },
          py::arg("criteria"), py::arg("nominees"), py::arg("weights"), py::arg("options"),
          py::arg("progress"), py::arg("seconds"))
      .def("about", &Selection::about)
      .def("members", &Selection::members);
  py::class_<Replacement>(module, "Replacement")
      .def_static(
          "replace",
          [](const pship::Criteria& criteria, const pship::Nominees& nominees,
             const std::vector<std::string>& members, const std::vector<std::string>& leaving,
             const std::vector<std::string>& unavailable, const py::dict& values,
             py::object progress, std::optional<double> seconds) {
            const pship::Options options = options_from(values);
            Asking asking(std::move(progress), seconds);
            return unlocked([&] {
              return Replacement::replace(criteria, nominees, members, leaving, unavailable,
                                          options, pace_of(asking));
            });
          },
          py::arg("criteria"), py::arg("nominees"), py::arg("members"), py::arg("leaving"),
          py::arg("unavailable"), py::arg("options"), py::arg("progress"), py::arg("seconds"))
      .def("about", &Replacement::about)
      .def("candidates", &Replacement::candidates)
      .def("changes", &Replacement::changes)
      .def("document", [](const Replacement& self) {
        return to_str(unlocked([&] { return self.document(); }));
      });
  py::class_<Alternates>(module, "Alternates")
      .def_static(
          "choose",
          [](const pship::Criteria& criteria, const pship::Nominees& nominees,
             const std::vector<std::string>& members, const std::vector<std::string>& unavailable,
             const std::vector<std::int64_t>& weights, const py::dict& values, py::object progress,
             std::optional<double> seconds) {
            const pship::Options options = options_from(values);
            Asking asking(std::move(progress), seconds);
            return unlocked([&] {
              return Alternates::choose(criteria, nominees, members, unavailable, weights, options,
                                        pace_of(asking));
            });
          },
          py::arg("criteria"), py::arg("nominees"), py::arg("members"), py::arg("unavailable"),
          py::arg("weights"), py::arg("options"), py::arg("progress"), py::arg("seconds"))
      .def("about", &Alternates::about)
      .def("list", &Alternates::list)
      .def("covers", &Alternates::covers);
}

}  // namespace

void bind_lottery(py::module_& module) {
  py::class_<Composition>(module, "Composition")
      .def_static(
          "compose",
          [](const pship::Criteria& criteria, const pship::Nominees& nominees,
             const py::dict& values, py::object progress, std::optional<double> seconds) {
            const pship::Options options = options_from(values);
            Asking asking(std::move(progress), seconds);
            return unlocked(
                [&] { return Composition::compose(criteria, nominees, options, pace_of(asking)); });
          },
          py::arg("criteria"), py::arg("nominees"), py::arg("options"), py::arg("progress"),
          py::arg("seconds"))
      .def_static(
          "read",
          [](const pship::Criteria& criteria, const pship::Nominees& nominees,
             std::string_view lottery, std::string_view certificate) {
            return unlocked(
                [&] { return Composition::read(criteria, nominees, lottery, certificate); });
          },
          py::arg("criteria"), py::arg("nominees"), py::arg("lottery"), py::arg("certificate"))
      .def_static(
          "compare",
          [](const std::vector<Composition>& compositions) {
            return unlocked([&] { return Composition::compare(compositions); });
          },
          py::arg("compositions"))
      .def("status",
           [](const Composition& self) { return static_cast<std::int32_t>(self.status()); })
      .def("about", [](const Composition& self) { return unlocked([&] { return self.about(); }); })
      .def("probabilities",
           [](const Composition& self) { return unlocked([&] { return self.probabilities(); }); })
      .def(
          "values",
          [](const Composition& self, std::int32_t language) {
            return unlocked([&] { return self.values(language_of(language)); });
          },
          py::arg("language"))
      .def(
          "quotas",
          [](const Composition& self, std::int32_t language) {
            return unlocked([&] { return self.quotas(language_of(language)); });
          },
          py::arg("language"))
      .def("panels",
           [](const Composition& self) { return unlocked([&] { return self.panels(); }); })
      .def("levels",
           [](const Composition& self) { return unlocked([&] { return self.levels(); }); })
      .def(
          "conflict",
          [](const Composition& self, std::int32_t language) {
            return self.conflict(language_of(language));
          },
          py::arg("language"))
      .def(
          "relaxations",
          [](const Composition& self, std::int32_t language) {
            return self.relaxations(language_of(language));
          },
          py::arg("language"))
      .def("relaxed_committees", &Composition::relaxed_committees)
      .def(
          "relaxed",
          [](const Composition& self, std::int64_t relaxation) {
            return to_str(unlocked([&] { return self.relaxed(relaxation); }));
          },
          py::arg("relaxation"))
      .def(
          "document",
          [](const Composition& self) { return to_str(unlocked([&] { return self.document(); })); })
      .def("certificate", [](const Composition& self) {
        return to_str(unlocked([&] { return self.certificate(); }));
      });
  module.def(
      "draw_panels",
      [](std::string_view lottery, const py::dict& values, py::object progress) {
        const pship::Options options = options_from(values);
        Asking asking(std::move(progress), std::nullopt);
        return to_str(
            unlocked([&] { return pship::draw_panels(lottery, options, pace_of(asking)); }));
      },
      py::arg("lottery"), py::arg("options"), py::arg("progress"));
  module.def(
      "draw_result",
      [](std::string_view panels, std::string_view seed) {
        return to_str(unlocked([&] { return pship::draw_result(panels, seed); }));
      },
      py::arg("panels"), py::arg("seed"));
  bind_choices(module);
  bind_verification(module);
}

}  // namespace pship_python
