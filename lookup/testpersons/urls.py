"""The page Testpersoner. Its address may hold criteria, never a number."""

from django.urls import path

from lookup.testpersons import views

app_name = "testpersons"

urlpatterns = [path("", views.search, name="search")]
