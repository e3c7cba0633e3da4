"""Runs a command that ends when its parent does: `tether.py ORPHAN_SIGNAL PARENT_PID UID GID COMMAND...` (Linux).

It is a script and not a preexec_fn, so that a process with threads can start children safely. It may use only the
standard library, because it is started isolated (`python -I -S`).
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def tie_to_parent(orphan_signal: int) -> None:
    """Makes the kernel send us this signal when the thread that started us ends."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, orphan_signal) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def main(orphan_signal: int, parent: int, uid: int, gid: int, *, command: list[str]) -> None:
    """Replaces this process by the command, as this user and tied to this parent."""
    if os.geteuid() == 0 and uid != 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    tie_to_parent(orphan_signal)  # after the change of user, which would undo it
    if os.getppid() != parent:  # it died before we were tied to it
        sys.exit(1)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:5]), command=sys.argv[5:])
