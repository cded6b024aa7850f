"""The demo's own page. Outside the demo there is no such page."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.demo.sign_ins import PASSWORD, SIGN_INS

HOME = [(_("Home"), "/")]


@login_not_required
@require_safe
def demo(request):
    if not settings.DEMO:
        raise Http404
    context = {"sign_ins": SIGN_INS, "password": PASSWORD, "breadcrumbs": HOME}
    return render(request, "portal/demo.html", context)
