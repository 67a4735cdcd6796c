"""Work in processes of its own: one for each job, one for each chunk of many small jobs, or one in the background.

Processes are forked, so jobs may know what cannot be sent from process to process. A fork copies one thread alone, and
a lock that another one holds would stay locked in it for ever. So processes are forked only by a process that has no
other thread; elsewhere, and where processes cannot be forked, the same is done in this process.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.reduction import ForkingPickler
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from handbook.problems import HandbookError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Job = TypeVar("Job")
Result = TypeVar("Result")

_WORTH_A_PROCESS = 32
"""Small jobs, such as reading or rendering a page, that take about as long as a fork (`python -m benchmarks.check`)."""


def _frozen(content: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(content)


ForkingPickler.register(MappingProxyType, lambda mapping: (_frozen, (dict(mapping),)))  # which pickle cannot send


class WorkerError(HandbookError):
    """Raised when a process ended before it had done its job."""

    def __init__(self, job: object, code: int | None) -> None:
        """Name the job and its process's `exitcode`: the negative number of the signal that ended it, if any did."""
        super().__init__(f"The process for {job} was ended ({code}) before it was done; was there too little memory?")


def map_isolated(perform: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
    """Do each job in a process of its own, as many at a time as there are processors, and yield the results in order.

    Args:
        perform: does a job.
        jobs: what to do.

    Raises:
        WorkerError: if a process ends before it is done, as by a kill.
        Exception: whatever `perform` raises.
    """
    if not _can_fork():
        yield from map(perform, jobs)
        return
    numbered = enumerate(jobs)
    running: dict[Connection, tuple[int, _Worker]] = {}
    done: dict[int, Result] = {}
    try:
        for number in range(len(jobs)):
            while number not in done:
                for position, job in _up_to(_processors() - len(running), numbered):
                    worker = _start(partial(perform, job), job)
                    running[worker.receiver] = position, worker
                for receiver in wait(list(running)):
                    position, worker = running.pop(receiver)  # type: ignore[call-overload]  # only these were asked for
                    done[position] = worker.result()
            yield done.pop(number)
    finally:
        for _, worker in running.values():
            worker.stop()


def map_chunked(
    perform: Callable[[Job], Result], jobs: Sequence[Job], *, at_least: int = _WORTH_A_PROCESS
) -> list[Result]:
    """Do small jobs on all processors, and return the results in order.

    Args:
        perform: does a job.
        jobs: what to do.
        at_least: the number of jobs that are worth a process.

    Raises:
        WorkerError: if a process ends before it is done, as by a kill.
        Exception: whatever `perform` raises.
    """
    count = min(_processors(), len(jobs) // at_least) if _can_fork() else 1
    if count < 2:  # noqa: PLR2004 - one is this process
        return [perform(job) for job in jobs]
    chunks = {f"share {number + 1} of {count}": jobs[number::count] for number in range(count)}
    done = list(map_isolated(lambda name: [perform(job) for job in chunks[name]], list(chunks)))
    return [done[number % count][number // count] for number in range(len(jobs))]


@contextmanager
def run_in_background(perform: Callable[[], Result], job: str) -> Iterator[Callable[[], Result]]:
    """Do a job while this process goes on, and return what waits for the result.

    Args:
        perform: does the job. With one processor it is done here, when the result is asked for.
        job: what an error calls it.

    Raises:
        WorkerError: when the result is asked for, if the process ended before it was done, as by a kill.
        Exception: likewise, whatever `perform` raises.
    """
    if _processors() < 2 or not _can_fork():  # noqa: PLR2004 - one is this process
        yield perform
        return
    worker = _start(perform, job)
    try:
        yield worker.result
    finally:
        worker.stop()


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


def _processors() -> int:
    """Count the processors that this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _up_to(count: int, numbered: Iterator[tuple[int, Job]]) -> Iterator[tuple[int, Job]]:
    for _, pair in zip(range(count), numbered, strict=False):
        yield pair


class _Worker(NamedTuple):
    """A process that does a job.

    Attributes:
        process: the process.
        receiver: has what the process sends, the error or the result.
        job: what an error calls it.
    """

    process: BaseProcess
    receiver: Connection
    job: object

    def result(self) -> Any:  # noqa: ANN401 - whatever was sent
        """Wait for the result."""
        try:
            error, result = self.receiver.recv()
        except EOFError:
            self.process.join()
            raise WorkerError(self.job, self.process.exitcode) from None
        self.process.join()
        if error:
            raise error
        return result

    def stop(self) -> None:
        """End the process, for whose result nobody waits any more."""
        self.process.kill()
        self.process.join()
        self.receiver.close()


def _start(perform: Callable[[], object], job: object) -> _Worker:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(perform, sender))
    process.start()
    sender.close()
    return _Worker(process, receiver, job)


def _work(perform: Callable[[], object], sender: Connection) -> None:
    gc.freeze()  # else the collector would touch, and so copy, all that this process shares with the one it came from
    try:
        sender.send((None, perform()))
    except Exception as error:  # noqa: BLE001 - whoever asked is to hear of it, whatever it is
        sender.send((error, None))
