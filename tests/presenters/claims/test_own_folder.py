"""The folder of a page's copies."""

import pytest

from creditdesk.errors import Cancelled
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.own_folder import OwnFolder


def test_the_folder_stays_while_a_job_writes_and_goes_with_it() -> None:
    folder = OwnFolder()
    path = folder.file("x.pdf")

    def job(_progress: Progress) -> bool:
        folder.close()
        path.write_bytes(b"x")
        return path.exists()

    assert folder.during(job)(Progress())
    assert not path.parent.exists()


def test_a_job_of_a_page_that_is_gone_does_not_begin() -> None:
    folder = OwnFolder()
    folder.file("x.pdf")
    folder.close()
    with pytest.raises(Cancelled):
        folder.during(lambda _progress: 1)(Progress())


def test_a_forgotten_folder_is_removed() -> None:
    folder = OwnFolder()
    path = folder.file("x.pdf").parent
    del folder
    assert not path.exists()
