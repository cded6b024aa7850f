"""The demo's own page. Outside the demo there is no such page."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from policy_pages.issuing import kind_of
from portal.demo.sign_ins import PASSWORD, SIGN_INS
from portal.demo.word_files import SAMPLE

HOME = [(_("Home"), "/")]


@login_not_required
@require_safe
def demo(request):
    if not settings.DEMO:
        raise Http404
    context = {"sign_ins": SIGN_INS, "password": PASSWORD, "breadcrumbs": HOME}
    return render(request, "portal/demo.html", context)


@login_not_required
@require_safe
def sample(request):
    """A Word file with which to try the import."""
    if not settings.DEMO:
        raise Http404
    answer = HttpResponse(SAMPLE.content(), content_type=kind_of(SAMPLE.name))
    answer["Content-Disposition"] = content_disposition_header(True, SAMPLE.name)
    return answer
