from django.urls import path

from kernel.meetings import views

urlpatterns = [
    path("", views.meetings, name="meetings"),
    path("<int:pk>/", views.meeting, name="meeting"),
    path("<int:pk>/pack/", views.pack, name="meeting_pack"),
    path("<int:pk>/pack.pdf", views.pack_pdf, name="meeting_pack_pdf"),
    path("<int:pk>/minutes/", views.minutes, name="meeting_minutes"),
    path("<int:pk>/confirm/", views.confirm, name="meeting_confirm"),
]
