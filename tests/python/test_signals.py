# SPDX-License-Identifier: Apache-2.0
"""Signals during a call, forks, and how a process ends with a register open.

Each case is a program of its own, so that a hang or a crash is a failure and not the end.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap

PREAMBLE = """
import datetime, faulthandler, os, signal, sys, threading, time
sys.path.insert(0, {here!r})
faulthandler.dump_traceback_later(60, exit=True)
import partnership
from conftest import body

def events(count):
    return "[" + ",".join(partnership.canonical_json(body(str(n))) for n in range(count)) + "]"

def later(seconds, call):
    timer = threading.Timer(seconds, call)
    timer.daemon = True
    timer.start()

def interrupt():
    os.kill(os.getpid(), signal.SIGINT)
"""


def run(program: str, here: str) -> subprocess.CompletedProcess[str]:
    source = PREAMBLE.format(here=here) + textwrap.dedent(program)
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", source],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def check(program: str, request) -> str:
    done = run(program, str(request.path.parent))
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_ctrl_c_ends_a_call_and_undoes_it(request):
    out = check(
        """
        many = events(60000)
        platform = partnership.open(":memory:")
        platform.record(body("a"))
        began = time.monotonic()
        later(0.2, interrupt)
        try:
            platform.record(many)
        except KeyboardInterrupt:
            print("interrupted", platform.size)
        print(len(platform.verify()), platform.record(body("b"))[0][0])
        """,
        request,
    )
    assert out.split("\n") == ["interrupted 1", "0 1"]


def test_the_exception_of_a_handler_passes_on(request):
    out = check(
        """
        class Alarm(Exception):
            pass

        def ring(number, frame):
            raise Alarm("time is over")

        signal.signal(signal.SIGALRM, ring)
        many = events(60000)
        platform = partnership.open(":memory:")
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        try:
            platform.record(many)
        except Alarm as error:
            print(error, platform.size)
        """,
        request,
    )
    assert out == "time is over 0"


def test_a_handler_that_returns_does_not_end_the_call(request):
    out = check(
        """
        rung = []
        signal.signal(signal.SIGALRM, lambda number, frame: rung.append(number))
        many = events(20000)
        platform = partnership.open(":memory:")
        signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
        count = len(platform.record(many))
        signal.setitimer(signal.ITIMER_REAL, 0)
        print(count, len(rung) > 0)
        """,
        request,
    )
    assert out == "20000 True"


def test_a_handler_cannot_call_the_register_that_it_interrupts(request):
    out = check(
        """
        seen = []

        def ring(number, frame):
            for call in (lambda: platform.size, platform.close):
                try:
                    call()
                except partnership.StateError as error:
                    seen.append(str(error))

        signal.signal(signal.SIGALRM, ring)
        many = events(20000)
        platform = partnership.open(":memory:")
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        print(len(platform.record(many)), len(seen), "interrupted" in seen[0])
        """,
        request,
    )
    assert out == "20000 2 True"


def test_ctrl_c_while_waiting_for_a_turn(request):
    out = check(
        """
        many = events(60000)
        platform = partnership.open(":memory:")
        def record():
            try:
                platform.record(many)
            except partnership.CancelledError:
                print("cancelled")
        other = threading.Thread(target=record)
        other.start()
        time.sleep(0.1)
        later(0.2, interrupt)
        try:
            platform.query("nominees")
        except KeyboardInterrupt:
            print("interrupted")
            while other.is_alive():
                platform.cancel()
                other.join(0.01)
        """,
        request,
    )
    assert out.split("\n") == ["interrupted", "cancelled"]


def test_ctrl_c_ends_the_wait_for_another_process(request, tmp_path):
    out = check(
        f"""
        import sqlite3
        path = {str(tmp_path / "register.db")!r}
        platform = partnership.open(path, busy_timeout_ms=600000)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        later(0.3, interrupt)
        try:
            platform.record(body("a"))
        except KeyboardInterrupt:
            print("interrupted", platform.size)
        other.execute("ROLLBACK")
        print(platform.record(body("a"))[0][0])
        """,
        request,
    )
    assert out.split("\n") == ["interrupted 0", "0"]


def test_a_forked_child_cannot_use_the_register(request, tmp_path):
    out = check(
        f"""
        path = {str(tmp_path / "register.db")!r}
        platform = partnership.open(path)
        platform.record(body("a"))
        child = os.fork()
        if child == 0:
            code = 1
            try:
                platform.record(body("b"))
            except partnership.StateError as error:
                code = 0 if "forked" in str(error) and platform.closed else 2
            platform.cancel()
            platform.close()
            del platform
            with partnership.open(path) as own:
                code = code or (0 if own.size == 1 else 3)
            os._exit(code)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        print(platform.record(body("b"))[0][0], len(platform.verify()))
        """,
        request,
    )
    assert out.split("\n") == ["0", "1 0"]


def test_a_process_ends_with_a_register_open(request, tmp_path):
    out = check(
        f"""
        platform = partnership.open({str(tmp_path / "register.db")!r})
        platform.record(body("a"))
        thread = threading.Thread(target=lambda: time.sleep(0.1))
        thread.start()
        print("end")
        """,
        request,
    )
    assert out == "end"


def test_other_threads_run_during_a_call(request):
    out = check(
        """
        many = events(30000)
        platform = partnership.open(":memory:")
        ticks = []
        stop = threading.Event()
        def tick():
            while not stop.wait(0.005):
                ticks.append(time.monotonic())
        thread = threading.Thread(target=tick)
        thread.start()
        began = time.monotonic()
        platform.record(many)
        ended = time.monotonic()
        stop.set()
        thread.join()
        print(sum(began < t < ended for t in ticks) >= 5)
        """,
        request,
    )
    assert out == "True"
