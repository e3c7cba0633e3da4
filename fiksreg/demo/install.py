"""Make .venv and install a requirements file into it: `python3 fiksreg/demo/install.py requirements-demo.txt`.

Runs under whatever Python the machine has, so it imports nothing but the standard library, says in one line what is
missing, and is written so that an old Python understands it well enough to say so.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from typing import NoReturn

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
OLDEST, NEWEST = (3, 11), (3, 14)


def main(requirements: str) -> None:
    refuse_other_pythons()
    if not runs():
        make_venv()
    stamp, wanted = os.path.join(VENV, requirements + ".installed"), fingerprint(requirements)
    if read(stamp) != wanted:
        install(requirements)
        with open(stamp, "w") as file:
            file.write(wanted)


def refuse_other_pythons() -> None:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        found = ".".join(map(str, sys.version_info[:2]))
        fail(f"needs Python 3.11 to 3.14, and this is {found}; choose another: make PYTHON=python3.12 ...")


def runs() -> bool:
    """Whether the existing .venv works. Its Python may be gone, or the folder may have been moved."""
    if not is_at_home():
        return False
    try:
        return subprocess.call([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def is_at_home() -> bool:
    """Whether the programs in the .venv belong to this folder: their first lines name the folder they were made in."""
    start = read(os.path.join(VENV, "bin", "pip"))[:500]
    return VENV in start or os.path.realpath(VENV) in start


def make_venv() -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        fail("this Python has no venv; on Debian: apt install python3-venv")
    say("Making .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    command = [sys.executable, "-m", "venv", VENV]
    made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if made.returncode != 0:
        fail(f"cannot make .venv: {last_line(made.stdout)}")


def install(requirements: str) -> None:
    say(f"Installing {requirements}")
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    if subprocess.call([*command, "-r", os.path.join(ROOT, requirements)]) != 0:
        fail(f"cannot install {requirements}; pip says why above")


def fingerprint(requirements: str) -> str:
    with open(os.path.join(ROOT, requirements), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def read(path: str) -> str:
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def last_line(output: bytes) -> str:
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "no reason given"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def fail(reason: str) -> NoReturn:
    sys.exit("fiksreg: " + reason)


if __name__ == "__main__":
    main(sys.argv[1])
