"""The site's addresses and, before them, the floors: a constant answer and pages as stock Wagtail serves them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import include, path, re_path
from wagtail.views import serve

CONSTANT = b"constant"


@login_not_required
def constant(request):
    return HttpResponse(CONSTANT)


urlpatterns = [
    path("bench/constant/", constant),
    re_path(r"^bench/plain/(?P<path>.*)$", login_not_required(serve)),
    path("", include("portal.urls")),
]
