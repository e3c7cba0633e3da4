"""The addresses of the lookup pages. None holds anything about a person: only an opaque reference."""

from django.urls import path

from lookup import views

app_name = "lookup"

urlpatterns = [
    path("", views.search, name="search"),
    path("treff/<str:token>/", views.hits, name="hits"),
    path("treff/<str:token>/flere/", views.wider, name="wider"),
    path("person/<str:token>/", views.person, name="person"),
    path("i-dag/", views.today, name="today"),
    path("person/<str:token>/feil-person/", views.mistaken, name="mistaken"),
    path("person/<str:token>/rolle/", views.in_role, name="in-role"),
    path("person/<str:token>/utskrift/", views.printed, name="printed"),
    path("person/<str:token>/relatert/", views.related, name="related"),
    path("person/<str:token>/paa-nytt/", views.again, name="again"),
    path("person/<str:token>/begrunnelse/", views.address, name="address"),
]
