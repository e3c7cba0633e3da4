"""The open pages."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fiksreg.pages.guide import chapters
from lookup.searchpages import on_the_front_page
from roles.access.permissions import Permission, requires
from roles.wayback import page_of_ours


@requires(Permission.PUBLIC)
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page: what the service is and the login button, or the search and the links into the service."""
    return render(request, "home.html", on_the_front_page(request))


@requires(Permission.PUBLIC)
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The help page: a summary, and links to the chapters."""
    return render(request, "pages/help.html", {"chapters": chapters().values()})


@requires(Permission.PUBLIC)
@require_safe
def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    """One chapter of the user guide."""
    if slug not in chapters():
        raise Http404
    return render(request, "pages/chapter.html", {"chapter": chapters()[slug], "chapters": chapters().values()})


@requires(Permission.PUBLIC)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "pages/accessibility.html")


@requires(Permission.PUBLIC)
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Stores the chosen language in a cookie of its own, so that it outlives the session."""
    response = HttpResponseRedirect(_way_back(request))
    if (language := request.POST.get("language", "")) in dict(settings.LANGUAGES):
        _remember(response, language)
    return response


def _remember(response: HttpResponseRedirect, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


def _way_back(request: HttpRequest) -> str:
    return page_of_ours(request, request.POST.get("next", "")) or "/"
