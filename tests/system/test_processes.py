"""Each job has a process of its own; nothing that happens to one keeps the others waiting."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from handbook.system.processes import WorkerError, map_chunked, map_isolated, run_in_background


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process be one that may fork: threads that tools of other tests left hold none of our locks."""
    count, before = threading.active_count, threading.active_count()
    monkeypatch.setattr(threading, "active_count", lambda: count() - before + 1)


def test_results_come_in_order() -> None:
    """Each job is done once, by a process that does nothing else."""
    results = list(map_isolated(lambda job: (job, os.getpid()), range(5)))
    assert [job for job, _ in results] == [0, 1, 2, 3, 4]
    assert len({process for _, process in results} | {os.getpid()}) == 6


def test_error_is_passed_on() -> None:
    """What goes wrong in a process is told where it was asked for."""
    with pytest.raises(ZeroDivisionError):
        list(map_isolated(lambda job: 1 // job, [1, 0, 2]))


def test_killed_process_is_noticed() -> None:
    """A process that is killed, as by a system without memory, is an error and no endless wait."""

    def perform(job: str) -> None:
        os.kill(os.getpid(), signal.SIGKILL if job == "large" else 0)

    with pytest.raises(WorkerError, match=r"The process for large was ended \(-9\) before it was done"):
        list(map_isolated(perform, ["small", "large", "other"]))


def test_many_small_jobs_are_shared() -> None:
    """Each processor has a share, and the results come in the order of the jobs."""
    results = map_chunked(lambda job: (job, os.getpid()), range(101), at_least=10)
    assert [job for job, _ in results] == list(range(101))
    assert len({process for _, process in results}) == min(len(os.sched_getaffinity(0)), 10)


def test_few_jobs_are_done_here() -> None:
    """Another process would cost more than it saves."""
    assert map_chunked(lambda job: (job, os.getpid()), range(3), at_least=2) == [(job, os.getpid()) for job in range(3)]


def test_job_beside_this_process() -> None:
    """A process does the job while this one goes on; its result, its error or its end is told when it is asked for."""
    with run_in_background(os.getpid, "a number") as number:
        assert (number() == os.getpid()) == (len(os.sched_getaffinity(0)) == 1)
    with run_in_background(lambda: 1 // 0, "a fault") as fault, pytest.raises(ZeroDivisionError):
        fault()
    with (
        run_in_background(lambda: os.kill(os.getpid(), signal.SIGKILL), "the exports") as ended,
        pytest.raises(WorkerError, match=r"The process for the exports was ended \(-9\) before it was done"),
    ):
        ended()


def test_no_fork_beside_another_thread() -> None:
    """A lock that another thread holds would stay locked in a fork, so the jobs are done here."""
    end = threading.Event()
    other = threading.Thread(target=end.wait)
    other.start()
    try:
        here = os.getpid()
        assert list(map_isolated(lambda _: os.getpid(), range(3))) == [here] * 3
        assert set(map_chunked(lambda _: os.getpid(), range(100))) == {here}
        with run_in_background(os.getpid, "a number") as number:
            assert number() == here
    finally:
        end.set()
        other.join()


def test_collector_is_as_it_was() -> None:
    """Whatever becomes of the jobs, this process's collector works on, and on what it worked before."""
    before = gc.isenabled(), gc.get_freeze_count()
    with pytest.raises(ZeroDivisionError):
        list(map_isolated(lambda job: 1 // job, [0, 1]))
    assert list(map_isolated(str, range(3))) == ["0", "1", "2"]
    assert (gc.isenabled(), gc.get_freeze_count()) == before


def test_failure_ends_the_others() -> None:
    """When a job fails, or nobody wants more results, no other process goes on with its own."""

    def perform(job: int) -> int:
        time.sleep(0 if job == 0 else 600)
        return 1 // job

    start = time.monotonic()
    with pytest.raises(ZeroDivisionError):
        list(map_isolated(perform, [0, 1, 2]))
    assert time.monotonic() - start < 300


QUIET = """\
import os
from handbook.system.processes import map_chunked, map_isolated, run_in_background
assert len(list(map_isolated(lambda _: os.getpid(), range(4)))) == 4
assert len(map_chunked(lambda job: job, range(100))) == 100
with run_in_background(os.getpid, "a number") as number:
    number()
"""


def test_python_warns_of_nothing() -> None:
    """Python 3.12 and later warn of a fork beside a thread; ours start from the main thread alone."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", QUIET], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
