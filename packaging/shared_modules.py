"""Runs first in both executables: their modules lie once, in the folder, not once in each of them."""

import os
import sys

import pyimod01_archive
import pyimod02_importers

pyimod02_importers.pyz_archive = pyimod01_archive.ZlibArchiveReader(
    os.path.join(sys._MEIPASS, "creditdesk.pyz"),  # noqa: PTH118, SLF001 - pathlib is in there
    check_pymagic=True,
)
sys.path_importer_cache.clear()
