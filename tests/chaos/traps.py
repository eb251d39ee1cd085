"""Places in the product where a process can be made to die: set from outside, by name, for whoever comes first."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import ParamSpec, TypeVar

#: Where the traps lie; the processes of the run get it in their environment.
FOLDER_VARIABLE = "CHAOS_TRAPS"

BEFORE_SENDING = "before-sending"
BEFORE_SETTLING = "before-settling"
AFTER_SETTLING = "after-settling"
BEFORE_ANSWERING = "before-answering"

#: Seconds that a process lives on in a trap, so that mails which its other threads handed over in the same moment are
#: noted: what is tried is this one place and not SMTP's own gap, into which the other kills may fall.
LAST_BREATH = 0.3

Given = ParamSpec("Given")
Result = TypeVar("Result")


def set_trap(folder: Path, name: str) -> None:
    """Lets the next process that comes by this place die there."""
    (folder / name).touch()


def step_on(name: str) -> None:
    """Dies by SIGKILL if there is a trap; of several processes one."""
    with suppress(FileNotFoundError):
        (Path(os.environ[FOLDER_VARIABLE]) / name).unlink()
        time.sleep(LAST_BREATH)
        os.kill(os.getpid(), signal.SIGKILL)


def trapped(function: Callable[Given, Result], *, before: str = "", after: str = "") -> Callable[Given, Result]:
    """The function with traps before and after it."""

    def with_traps(*arguments: Given.args, **options: Given.kwargs) -> Result:
        if before:
            step_on(before)
        result = function(*arguments, **options)
        if after:
            step_on(after)
        return result

    return with_traps
