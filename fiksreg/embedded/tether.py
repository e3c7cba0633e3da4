"""Run a command that ends when its parent does: `tether.py ORPHAN_SIGNAL PARENT_PID UID GID COMMAND...` (Linux).

A script of its own, and not a preexec_fn, so that starting a child is safe in a process with threads. It may use
nothing but the standard library: it is started isolated (`python -I -S`).
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main(orphan_signal: int, parent: int, uid: int, gid: int, command: list[str]) -> None:
    if os.geteuid() == 0 and uid != 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    # After the change of user, which would clear it.
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, orphan_signal) != 0:
        sys.exit(f"prctl failed with error {ctypes.get_errno()}")
    if os.getppid() != parent:  # it died before we were tied to it
        sys.exit(1)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:5]), command=sys.argv[5:])
