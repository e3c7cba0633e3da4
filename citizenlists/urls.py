"""The URLs of citizen lists. They hold an order's id, which identifies no person."""

from django.urls import path

from citizenlists.views import files, lists, orderforms

app_name = "citizenlists"
urlpatterns = [
    path("", lists.index, name="index"),
    path("bestill/", orderforms.order, name="order"),
    path("fra-soek/", orderforms.from_search, name="from-search"),
    path("bestill/se-over/", orderforms.beforehand, name="beforehand"),
    path("bestill/<slug:template>/", orderforms.from_template, name="from-template"),
    path("<uuid:order_id>/", lists.status, name="status"),
    path("<uuid:order_id>/avbryt/", lists.cancel, name="cancel"),
    path("<uuid:order_id>/lag-paa-nytt/", lists.take_up_again, name="take-up-again"),
    path("<uuid:order_id>/bestill-paa-nytt/", orderforms.order_again, name="order-again"),
    path("<uuid:order_id>/gjenta/", lists.repeat, name="repeat"),
    path("<uuid:order_id>/varsle/", lists.ask_for_notice, name="notice"),
    path("<uuid:order_id>/tidsplan/", lists.make_schedule, name="schedule"),
    path("<uuid:order_id>/tidsplan/stopp/", lists.end_schedule, name="end-schedule"),
    path("<uuid:order_id>/slett/", lists.delete, name="delete"),
    path("<uuid:order_id>/last-ned/", files.download, name="download"),
]
