"""The URLs of citizen lists. They hold an order's id, which identifies no person."""

from django.urls import path

from citizenlists import views

app_name = "citizenlists"
urlpatterns = [
    path("", views.index, name="index"),
    path("bestill/", views.order, name="order"),
    path("fra-soek/", views.from_search, name="from-search"),
    path("bestill/se-over/", views.beforehand, name="beforehand"),
    path("bestill/<slug:template>/", views.from_template, name="from-template"),
    path("<uuid:order_id>/", views.status, name="status"),
    path("<uuid:order_id>/avbryt/", views.cancel, name="cancel"),
    path("<uuid:order_id>/lag-paa-nytt/", views.take_up_again, name="take-up-again"),
    path("<uuid:order_id>/bestill-paa-nytt/", views.order_again, name="order-again"),
    path("<uuid:order_id>/gjenta/", views.repeat, name="repeat"),
    path("<uuid:order_id>/varsle/", views.ask_for_notice, name="notice"),
    path("<uuid:order_id>/tidsplan/", views.make_schedule, name="schedule"),
    path("<uuid:order_id>/tidsplan/stopp/", views.end_schedule, name="end-schedule"),
    path("<uuid:order_id>/slett/", views.delete, name="delete"),
    path("<uuid:order_id>/last-ned/", views.download, name="download"),
]
