"""Login, logout and the choice of role."""

from django.urls import path

from roles import views

urlpatterns = [
    path("logg-inn/", views.login, name="login"),
    path("logg-inn/svar/", views.login_callback, name="login-callback"),
    path("logg-ut", views.logout, name="logout"),
    path("logg-ut/varsel/", views.logout_notice, name="logout-notice"),
    path("rolle/", views.choose_role, name="choose-role"),
    path("ingen-rolle/", views.no_role, name="no-role"),
]
