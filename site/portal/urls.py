from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from portal import views
from portal.demo.views import demo, sample
from portal.media import editor_image

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.permission_denied"
handler404 = "portal.errors.page_not_found"
handler500 = "portal.errors.server_error"

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("search/", views.search, name="search"),
    path("demo/", demo, name="demo"),
    path("demo/sample/", sample, name="demo_sample"),
    path("demo/mail/", views.demo_mail, name="demo_mail"),
    path("media/images/<str:name>", editor_image, name="editor_image"),
    path("accounts/", include("kernel.accounts.urls")),
    path("admin/", include("kernel.accounts.admin_urls")),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("meetings/", include("kernel.meetings.urls")),
    path("training/", include("course_catalogue.urls")),
    path("", include("policy_pages.urls")),
    re_path(wagtail_urls.serve_pattern, views.serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
