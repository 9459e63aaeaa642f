import ctypes
import subprocess
import sys

import pytest

from creditdesk import memory

TRY = """
import sys
from creditdesk import memory
memory.limit(200)
memory.limit(int(sys.argv[1]))
print(len(bytearray(300 * 1024 * 1024)))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS keeps no limit")
@pytest.mark.parametrize(("megabytes", "right"), [(200, False), (2000, True)])
def test_more_memory_is_had_only_where_it_is_allowed(
    megabytes: int, *, right: bool
) -> None:
    done = subprocess.run([sys.executable, "-c", TRY, str(megabytes)], capture_output=True, check=False)  # noqa: S603  # fmt: skip
    assert (done.returncode == 0) is right, done.stderr
    if not right:
        assert b"MemoryError" in done.stderr


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_size_t) != 8, reason="as of 64 bits")
def test_windows_is_told_the_limit_in_its_own_shape() -> None:
    told = memory.limits_of(1500 * 1024 * 1024)
    # The offsets of JOBOBJECT_EXTENDED_LIMIT_INFORMATION in winnt.h.
    assert ctypes.sizeof(told) == 144
    assert memory._Limits.flags.offset == 16
    assert memory._Limits.process_memory.offset == 112
    assert told.flags == 0x100
    assert told.process_memory == 1500 * 1024 * 1024
