"""Processor time of a process and all that came of it: what else the machine is busy with bends it little."""

import contextlib

import psutil


def processor_seconds(pid: int) -> float:
    """Since it began: its own, its living children's, and what children that have ended had spent."""
    root = psutil.Process(pid)
    return sum(map(_of, [root, *root.children(recursive=True)]))


def _of(process: psutil.Process) -> float:
    with contextlib.suppress(psutil.NoSuchProcess):
        spent = process.cpu_times()
        return float(spent.user + spent.system + spent.children_user + spent.children_system)
    return 0.0
