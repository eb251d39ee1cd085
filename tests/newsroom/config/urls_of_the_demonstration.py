"""The addresses as the demonstration has them."""

from django.urls import include, path

from newsroom.config.urls import urlpatterns as usual

urlpatterns = [path("mailbox/", include("newsroom.config.mailbox")), *usual]
