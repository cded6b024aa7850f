"""Mounted before Wagtail's own: its sign-in, sign-out and reset ask for no second factor, have no brake."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("login/", views.to_sign_in, name="shadowed_admin_login"),
    path("logout/", views.admin_sign_out, name="shadowed_admin_logout"),
    re_path(r"^password_reset/", views.to_password_reset, name="shadowed_admin_password_reset"),
]
