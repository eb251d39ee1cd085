"""Addresses without a language."""

from django.urls import path

from newsroom import files, views

urlpatterns = [
    path("", views.root, name="root"),
    path("media/photos/<str:name>", files.photo, name="photo"),
    path("robots.txt", files.robots, name="robots"),
]
