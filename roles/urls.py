"""Login, logout, the choice of role, and what one is asked to review."""

from django.urls import path

from roles import breakglassviews, loginviews, views
from roles.accesses import views as accesses

urlpatterns = [
    path("logg-inn/", loginviews.login, name="login"),
    path("logg-inn/svar/", loginviews.login_callback, name="login-callback"),
    path("logg-inn/nodkonto/", breakglassviews.log_in, name="break-glass"),
    path("logg-ut", views.logout, name="logout"),
    path("logg-ut/ferdig/", views.logged_out, name="logged-out"),
    path("logg-ut/varsel/", views.logout_notice, name="logout-notice"),
    path("logg-ut/ramme/", views.logout_elsewhere, name="logout-elsewhere"),
    path("okt/", views.session, name="session"),
    path("okt/utlopt/", views.session_over, name="session-over"),
    path("rolle/", views.choose_role, name="choose-role"),
    path("ingen-rolle/", views.no_role, name="no-role"),
    path("tilgangsgjennomgang/", accesses.reviews, name="reviews"),
    path("tilgangsgjennomgang/<uuid:review_id>/", accesses.review, name="review"),
]
