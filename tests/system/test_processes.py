"""Each job has a process of its own; nothing that happens to one keeps the others waiting."""

from __future__ import annotations

import os
import signal

import pytest

from handbook.system.processes import WorkerError, map_chunked, map_isolated, run_in_background


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
