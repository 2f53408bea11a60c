"""A small disk of its own, that can be filled to the brim, hang, and whose power can be cut.

It is an ext4 in a file, mounted over a loop device. The cut is ext4's own shutdown without a flush,
which is how xfstests tries file systems: from that moment on nothing reaches the device, what was
not synced is gone, every call fails, and the next mount replays the journal. So what is found then
is what a machine finds that lost its power at that moment; what fsync had promised has to be there.
"""

import fcntl
import os
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .house import until

SHUTDOWN, WITHOUT_A_FLUSH = 0x8004587D, 2  # EXT4_IOC_SHUTDOWN, EXT4_GOING_FLAGS_NOLOGFLUSH
BALLAST = "ballast"


class Disk:
    """One disk; `path` is where it is mounted."""

    def __init__(self, folder: Path, *, megabytes: int) -> None:
        self._image, self.path = folder / "disk.img", folder / "disk"
        self.path.mkdir()
        with self._image.open("wb") as image:
            image.truncate(megabytes * 1024**2)
        subprocess.run(["mkfs.ext4", "-q", "-F", self._image], check=True)
        self.mount()

    def mount(self) -> None:
        """Put it in; what its journal holds is replayed."""
        subprocess.run(["mount", "-o", "loop", self._image, self.path], check=True)

    def unmount(self) -> None:
        """Take it out, once nobody has a file open on it."""
        done = ["umount", self.path]
        until(lambda: subprocess.run(done, capture_output=True).returncode == 0, seconds=20)

    def cut(self) -> None:
        """Cut its power."""
        handle = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", WITHOUT_A_FLUSH))
        finally:
            os.close(handle)

    def come_back(self) -> None:
        """Give it power again."""
        self.unmount()
        self.mount()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let whoever writes to it wait, as a share does whose server is gone."""
        subprocess.run(["fsfreeze", "-f", self.path], check=True)
        try:
            yield
        finally:
            subprocess.run(["fsfreeze", "-u", self.path], check=True)

    def fill(self) -> None:
        """Fill it to the last byte."""
        with suppress(FileNotFoundError), (self.path / BALLAST).open("ab", buffering=0) as ballast:
            for size in (1024**2, 1024, 1):
                with suppress(OSError):
                    while ballast.write(b"\0" * size) == size:
                        continue

    def free(self) -> None:
        """Make room again."""
        (self.path / BALLAST).unlink()


def may_mount(folder: Path) -> bool:
    """Test if this machine lets us mount a disk of our own."""
    if os.getuid():
        return False
    try:
        Disk(folder, megabytes=8).unmount()
    except (OSError, subprocess.CalledProcessError):
        return False
    return True
