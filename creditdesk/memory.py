"""How much memory this process may take, as far as its system lets itself be told."""

import ctypes
import sys
from contextlib import suppress

_MEGABYTE = 1024 * 1024
_EXTENDED_LIMITS = 9
"""The kind of question (JobObjectExtendedLimitInformation)."""
_PROCESS_MEMORY = 0x100
"""That the limit is one of memory, for each process of the job (JOB_OBJECT_LIMIT_PROCESS_MEMORY)."""


class _Limits(ctypes.Structure):
    """What Windows asks for: JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("smallest_set", ctypes.c_size_t),
        ("largest_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
        ("counts", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("most_of_a_process", ctypes.c_size_t),
        ("most_of_the_job", ctypes.c_size_t),
    )


_job: int | None = None
"""The job this process was put into, once: a second one could only be narrower."""


def limit(megabytes: int) -> None:
    """From here on this process gets no more than so much; a later call may say more or less.

    macOS keeps no such limit, and what a system refuses stays unlimited: the limit of time still ends a reader.
    """
    if sys.platform == "win32":
        _limit_on_windows(megabytes * _MEGABYTE)
        return
    import resource  # noqa: PLC0415 - exists on Unix only

    with suppress(ValueError, OSError):
        # macOS accepts the call for some limits and refuses it for others.
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MEGABYTE, most))


def limits_of(size: int) -> _Limits:
    """As Windows is told it, in bytes."""
    return _Limits(flags=_PROCESS_MEMORY, process_memory=size)


def _limit_on_windows(size: int) -> None:
    global _job  # noqa: PLW0603 - a process is put into its job once
    if sys.platform != "win32":
        return
    system = ctypes.WinDLL("kernel32", use_last_error=True)
    system.CreateJobObjectW.restype = ctypes.c_void_p
    system.GetCurrentProcess.restype = ctypes.c_void_p
    if _job is None:
        _job = system.CreateJobObjectW(None, None)
        here = ctypes.c_void_p(system.GetCurrentProcess())
        system.AssignProcessToJobObject(ctypes.c_void_p(_job), here)
    told = limits_of(size)
    system.SetInformationJobObject(
        ctypes.c_void_p(_job), _EXTENDED_LIMITS, ctypes.byref(told), ctypes.sizeof(told)
    )
