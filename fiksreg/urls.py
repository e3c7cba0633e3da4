"""All URLs of the product. Each application has a module for its own."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from fiksreg import health
from fiksreg.pages import views as pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("hjelp/", pages.guide, name="help"),
    path("hjelp/<slug:slug>/", pages.chapter, name="help-chapter"),
    path("om/", include("fiksreg.pages.about")),
    path("tilgjengelighet/", pages.accessibility, name="accessibility"),
    path("sprak/", pages.choose_language, name="set_language"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("oppslag/", include("lookup.urls")),
    path("forhandsvisning/", include("lookup.preview.urls")),
    path("innbyggerlister/", include("citizenlists.urls")),
    path("", include("roles.login.urls")),
]
if settings.TENOR_URL:
    urlpatterns.append(path("testpersoner/", include("lookup.testpersons.urls")))

handler400 = "fiksreg.pages.failures.bad_request"
handler403 = "fiksreg.pages.failures.forbidden"
handler404 = "fiksreg.pages.failures.not_found"
handler500 = "fiksreg.pages.away.server_error"
