"""What a view answers to a form whose token has run out: its own page again, so that nothing typed is lost."""

from collections.abc import Callable

from newsroom.privacy import View


def when_expired(answer: View) -> Callable[[View], View]:
    """The view, with its answer to a form without a valid CSRF token (called with the request and the arguments of
    the address, and sent as 403); a view without one is answered with the words to be copied."""

    def with_answer(view: View) -> View:
        view.on_expired_form = answer  # type: ignore[attr-defined]  # no type declares attributes of functions
        return view

    return with_answer


def answer_when_expired(view: View) -> View | None:
    """The answer that when_expired() gave to a view, if any."""
    answer: View | None = getattr(view, "on_expired_form", None)
    return answer
