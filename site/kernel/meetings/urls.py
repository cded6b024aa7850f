from django.urls import path

from kernel.meetings import views

urlpatterns = [
    path("", views.meetings, name="meetings"),
    path("<key:pk>/", views.meeting, name="meeting"),
    path("<key:pk>/pack/", views.pack, name="meeting_pack"),
    path("<key:pk>/pack.pdf", views.pack_pdf, name="meeting_pack_pdf"),
    path("<key:pk>/minutes/", views.minutes, name="meeting_minutes"),
    path("<key:pk>/confirm/", views.confirm, name="meeting_confirm"),
]
