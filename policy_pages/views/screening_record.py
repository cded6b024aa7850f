"""The screening that an issued version carries, for whoever may read that version."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from policy_pages.models import PolicyVersion
from policy_pages.screening import attached
from policy_pages.views.reading import asks_visitors, breadcrumbs_of, require_reader


@require_safe
@login_not_required
@asks_visitors
def of_version(request, version, kind):
    found = get_object_or_404(PolicyVersion.objects.select_related("policy"), pk=version)
    require_reader(request, found)
    record = attached.record_of(found, kind)
    if record is None:
        raise Http404
    context = {
        "version": found,
        "record": record,
        "answers": list(record.answers.all()),
        "full": getattr(record, "full", None),
        "same_text": record.text_sha256 == found.text_sha256,
        "address": found.policy.get_url(request),
        "breadcrumbs": [*breadcrumbs_of(request, found), (found.title, found.policy.get_url(request))],
    }
    return render(request, "policy_pages/screening/of_version.html", context)
