"""Places in the product where a process can be made to die: set from outside, by name, for whoever comes first."""

import os
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import ParamSpec, TypeVar

#: Where the traps lie; the processes of the run get it in their environment.
FOLDER_VARIABLE = "CHAOS_TRAPS"

BEFORE_SENDING = "before-sending"
BEFORE_SETTLING = "before-settling"
AFTER_SETTLING = "after-settling"
BEFORE_ANSWERING = "before-answering"

Given = ParamSpec("Given")
Result = TypeVar("Result")


def set_trap(folder: Path, name: str) -> None:
    """Lets the next process that comes by this place die there."""
    (folder / name).touch()


def step_on(name: str, alone: AbstractContextManager[object] | None = None) -> None:
    """Dies by SIGKILL if there is a trap; of several processes one.

    It dies inside `alone`: where that keeps the other threads out of the gap that SMTP has, this place alone is
    tried.
    """
    with suppress(FileNotFoundError):
        (Path(os.environ[FOLDER_VARIABLE]) / name).unlink()
        with alone or nullcontext():
            os.kill(os.getpid(), signal.SIGKILL)


def trapped(
    function: Callable[Given, Result],
    alone: AbstractContextManager[object],
    *,
    before: str = "",
    after: str = "",
) -> Callable[Given, Result]:
    """The function with traps before and after it."""

    def with_traps(*arguments: Given.args, **options: Given.kwargs) -> Result:
        if before:
            step_on(before, alone)
        result = function(*arguments, **options)
        if after:
            step_on(after, alone)
        return result

    return with_traps
