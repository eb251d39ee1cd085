"""Addresses of articles, sections and feeds, each below its language."""

from django.urls import path
from django.views.decorators.http import require_safe

from newsroom import feeds, views

app_name = "newsroom"

urlpatterns = [
    path("", views.front, name="front"),
    path("feed.atom", require_safe(views.public(feeds.SiteFeed())), name="feed"),
    path("sections/<slug:slug>/", views.section, name="section"),
    path("sections/<slug:slug>/feed.atom", require_safe(views.public(feeds.SectionFeed())), name="section_feed"),
    path("<int:number>/revisions/", views.revisions, name="revisions"),
    path("<int:number>/revisions/<int:revision>/", views.revision, name="revision"),
    path("<int:number>/", views.article, name="article"),
    path("<int:number>/<str:slug>/", views.article, name="article_with_words"),
]
