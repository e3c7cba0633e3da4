"""The URLs of login, logout, the choice of role and the reviews of access."""

from django.urls import path

from roles.login import breakglassviews, sessionviews, views
from roles.reviews import views as accesses

urlpatterns = [
    path("logg-inn/", views.login, name="login"),
    path("logg-inn/svar/", views.login_callback, name="login-callback"),
    path("logg-inn/nodkonto/", breakglassviews.log_in, name="break-glass"),
    path("logg-ut", sessionviews.logout, name="logout"),
    path("logg-ut/ferdig/", sessionviews.logged_out, name="logged-out"),
    path("logg-ut/varsel/", sessionviews.logout_notice, name="logout-notice"),
    path("logg-ut/ramme/", sessionviews.logout_elsewhere, name="logout-elsewhere"),
    path("okt/", sessionviews.session, name="session"),
    path("okt/utlopt/", sessionviews.session_over, name="session-over"),
    path("rolle/", sessionviews.choose_role, name="choose-role"),
    path("ingen-rolle/", sessionviews.no_role, name="no-role"),
    path("tilgangsgjennomgang/", accesses.reviews, name="reviews"),
    path("tilgangsgjennomgang/<uuid:review_id>/", accesses.review, name="review"),
]
