"""Work in processes of its own: one for each job, one for each share of many small jobs, or one beside this one."""

from __future__ import annotations

import copyreg
import gc
import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from handbook.problems import HandbookError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Job = TypeVar("Job")
Result = TypeVar("Result")


def _frozen(content: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(content)


copyreg.pickle(MappingProxyType, lambda mapping: (_frozen, (dict(mapping),)))  # Python cannot send them by itself


class WorkerError(HandbookError):
    """Raised when a process ended before it had done its job."""

    def __init__(self, job: object, code: int | None) -> None:
        """Name the job, and how its process ended."""
        super().__init__(f"The process for {job} was ended ({code}) before it was done; was there too little memory?")


def in_own_processes(perform: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
    """Do each job in a process of its own, where processes can be forked, and give the results in order.

    Args:
        perform: does a job. It comes with the fork, so it may know things that cannot be sent from process to process.
        jobs: what to do.

    Raises:
        WorkerError: if a process ends before it is done, as by a kill.
        Exception: whatever `perform` raises.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        yield from map(perform, jobs)
        return
    gc.freeze()  # else the collector of each process touches, and so copies, all that it shares with this one
    with ThreadPoolExecutor(_processors()) as pool:  # a thread waits for each process
        yield from pool.map(partial(_apart, perform), jobs)
    gc.unfreeze()


def in_shares(perform: Callable[[Job], Result], jobs: Sequence[Job], *, few: int = 32) -> list[Result]:
    """Do small jobs on all processors, where processes can be forked, and give the results in order.

    Args:
        perform: does a job; it comes with the fork.
        jobs: what to do.
        few: how many jobs are not worth another process.

    Raises:
        WorkerError: if a process ends before it is done, as by a kill.
        Exception: whatever `perform` raises.
    """
    count = min(_processors(), len(jobs) // few)
    if count < 2:  # noqa: PLR2004 - one is this process
        return [perform(job) for job in jobs]
    shares = {f"share {number + 1} of {count}": jobs[number::count] for number in range(count)}
    done = list(in_own_processes(lambda share: _all(perform, shares[share]), list(shares)))
    return [done[number % count][number // count] for number in range(len(jobs))]


def _all(perform: Callable[[Job], Result], jobs: Sequence[Job]) -> list[Result]:
    gc.enable()  # what many jobs leave behind would be more than all that they make
    return [perform(job) for job in jobs]


@contextmanager
def beside(perform: Callable[[], Result], job: str) -> Iterator[Callable[[], Result]]:
    """Do a job in a process of its own while this one goes on, and give what waits for the result.

    Args:
        perform: does the job; it comes with the fork. With one processor it is done here, when the result is asked for.
        job: what an error calls it.

    Raises:
        WorkerError: when the result is asked for, if the process ended before it was done, as by a kill.
        Exception: likewise, whatever `perform` raises.
    """
    if _processors() < 2 or "fork" not in multiprocessing.get_all_start_methods():  # noqa: PLR2004 - one is this process
        yield perform
        return
    process, receiver = _begin(lambda _: perform(), job)
    try:
        yield partial(_end, process, receiver, job)
    finally:
        process.kill()  # nobody waits any more, and if it is done, nothing happens
        process.join()


def _processors() -> int:
    """Count the processors that this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _apart(perform: Callable[[Job], Result], job: Job) -> Result:
    result: Result = _end(*_begin(perform, job), job)
    return result


def _begin(perform: Callable[[Job], object], job: Job) -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(perform, job, sender))
    process.start()
    sender.close()
    return process, receiver


def _end(process: BaseProcess, receiver: Connection, job: object) -> Any:  # noqa: ANN401 - whatever was sent
    try:
        error, result = receiver.recv()
    except EOFError:
        process.join()
        raise WorkerError(job, process.exitcode) from None
    process.join()
    if error:
        raise error
    return result


def _work(perform: Callable[[Job], Result], job: Job, sender: Connection) -> None:
    gc.disable()  # the process ends with its job, before it has made much garbage
    try:
        sender.send((None, perform(job)))
    except Exception as error:  # noqa: BLE001 - whoever asked is to hear of it, whatever it is
        sender.send((error, None))
