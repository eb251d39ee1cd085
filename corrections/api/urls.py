"""Addresses for machines, under /api/v1/."""

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView

from corrections.api import desk, public

app_name = "api"

urlpatterns = [
    path("schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    path("cases/", public.Cases.as_view(), name="cases"),
    path("my-case/", public.MyCase.as_view(), name="my_case"),
    path("articles/", public.Articles.as_view(), name="articles"),
    path("articles/<int:number>/", public.OneArticle.as_view(), name="article"),
    path("notices/", public.Notices.as_view(), name="notices"),
    path("notices/<int:number>/", public.OneNotice.as_view(), name="notice"),
    path("desk/cases/", desk.Queue.as_view(), name="queue"),
    path("desk/cases/<int:year>/<int:sequence>/", desk.DeskCase.as_view(), name="case"),
    path("desk/cases/<int:year>/<int:sequence>/steps/", desk.Steps.as_view(), name="steps"),
    path("desk/cases/<int:year>/<int:sequence>/decisions/", desk.Decisions.as_view(), name="decisions"),
]
