"""The open pages about the service: what it is, getting started, prices, templates, history, and the sister service."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from fiksreg.pages.assessments import NAMES, assessment, data_flows
from fiksreg.pages.changelog import history
from fiksreg.pages.legalbases import QUESTIONS, groups
from fiksreg.pages.prices import prices
from fiksreg.pages.steps import STEPS
from roles.access.permissions import Permission, requires

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Permission.PUBLIC)
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The page on what the service is, and for whom."""
    return render(request, "pages/about/about.html")


@requires(Permission.PUBLIC)
@require_safe
def getting_started(request: HttpRequest) -> HttpResponse:
    """The page with the steps to the first lookup and who takes each."""
    return render(request, "pages/about/getting_started.html", {"steps": STEPS})


@requires(Permission.PUBLIC)
@require_safe
def price_list(request: HttpRequest) -> HttpResponse:
    """The price list."""
    return render(request, "pages/about/prices.html", {"prices": prices()})


@requires(Permission.PUBLIC)
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """The page with the templates for ROS and DPIA, and the data flows that both contain."""
    return render(request, "pages/about/templates.html", {"flows": data_flows()})


@requires(Permission.PUBLIC)
@require_safe
def template(request: HttpRequest, name: str) -> HttpResponse:
    """One of the templates as a workbook."""
    del request
    if name not in NAMES:
        raise Http404
    disposition = f'attachment; filename="fiksreg-{name}-mal.xlsx"'
    return HttpResponse(assessment(name), _XLSX, headers={"Content-Disposition": disposition})


@requires(Permission.PUBLIC)
@require_safe
def legal_bases(request: HttpRequest) -> HttpResponse:
    """The page with the legal bases for roles, what each section says, and the questions for a lawyer."""
    return render(request, "pages/about/legal_bases.html", {"groups": groups(), "questions": QUESTIONS})


@requires(Permission.PUBLIC)
@require_safe
def past(request: HttpRequest) -> HttpResponse:
    """The page with the changes in the product."""
    return render(request, "pages/about/history.html", {"versions": history()})


@requires(Permission.PUBLIC)
@require_safe
def tax_and_income(request: HttpRequest) -> HttpResponse:
    """The page about the planned sister service."""
    return render(request, "pages/about/tax_and_income.html")


urlpatterns = [
    path("", about, name="about"),
    path("ta-i-bruk/", getting_started, name="getting-started"),
    path("priser/", price_list, name="prices"),
    path("maler/", templates, name="assessments"),
    path("maler/<slug:name>.xlsx", template, name="assessment"),
    path("lovhjemler/", legal_bases, name="legal-bases"),
    path("historikk/", past, name="history"),
    path("skatt-og-inntekt/", tax_and_income, name="tax-and-income"),
]
