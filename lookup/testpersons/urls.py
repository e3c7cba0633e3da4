"""The address of the page Testpersoner. It may hold criteria, but never a number."""

from django.urls import path

from lookup.testpersons import views

app_name = "testpersons"

urlpatterns = [path("", views.search, name="search")]
