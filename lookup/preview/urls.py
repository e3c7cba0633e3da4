"""The addresses of the preview. They name roles and employees by our own ids, as the administration does."""

from django.urls import path

from lookup.preview import views

app_name = "preview"

urlpatterns = [
    path("rolle/<uuid:role_id>/", views.role, name="role"),
    path("ansatt/<uuid:employee_id>/", views.employee, name="employee"),
]
