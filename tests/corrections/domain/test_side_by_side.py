"""Two questions at the same time: what is answered is the same as one after the other."""

import pytest

from corrections.domain.side_by_side import both
from corrections.models import Case
from newsroom.models import Article
from tests.factories import make_case


def test_what_is_not_written_for_others_yet_is_seen_by_both_questions(article: Article) -> None:
    make_case(article)
    assert both(Case.objects.count, lambda: [case.kind for case in Case.objects.all()]) == (1, ["correction"])


@pytest.mark.django_db
def test_a_question_that_fails_says_so() -> None:
    with pytest.raises(Case.DoesNotExist):
        both(Case.objects.count, Case.objects.get)
