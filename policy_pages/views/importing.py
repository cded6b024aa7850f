"""The screens in the admin on which authors bring a document, see it read, check it and decide."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel.content import sanitise
from policy_pages import freezing, issuing
from policy_pages.enums import ImportState
from policy_pages.forms import AcceptForm, BringForm
from policy_pages.imports import accepting, bringing, rights, telling
from policy_pages.imports.sketching import sketch
from policy_pages.models import PolicyImport, PolicyPage
from policy_pages.permissions import can_edit
from policy_pages.views.answers import attempt
from policy_pages.views.receipts import receipt_answer

PER_PAGE = 20


@require_safe
def index(request):
    """The documents that this person brought, newest first."""
    if not rights.libraries_for(request.user):
        raise Http404
    rows = PolicyImport.objects.filter(brought_by_id=request.user.pk).select_related("policy", "library")
    rows = rows.defer("receipt", "blocks", "match")
    page_of = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    seen = rights.seen_among(request.user, page_of)
    return render(request, "policy_pages/imports/index.html", {"page_of": page_of, "seen": seen})


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request):
    libraries = rights.libraries_for(request.user)
    if not libraries:
        raise Http404
    form = BringForm(libraries=libraries)
    if request.method == "POST":
        form = BringForm(request.POST, request.FILES, libraries=libraries)
        if row := _brought(request, form, library=libraries[0]):
            return redirect("policy_import", row.pk)
    return render(request, "policy_pages/imports/bring.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def again(request, page_id):
    """A document for the next draft of a policy that is there."""
    policy = get_object_or_404(PolicyPage, pk=page_id)
    if not can_edit(request.user, policy):
        raise Http404
    form = BringForm(libraries=[])
    if request.method == "POST":
        form = BringForm(request.POST, request.FILES, libraries=[])
        if row := _brought(request, form, policy=policy):
            return redirect("policy_import", row.pk)
    context = {"form": form, "policy": policy, "waits": policy.open_submission}
    return render(request, "policy_pages/imports/bring.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request, pk):
    """Where one document stands: being read, to be checked, or decided."""
    row = _row_for(request, pk)
    form = AcceptForm(row=row)
    if request.method == "POST":
        form = AcceptForm(request.POST, row=row)
        if answer := _press(request, row, form):
            return answer
        row.refresh_from_db()
    return _page_of(request, row, form)


@require_safe
def progress(request, pk):
    row = _row_for(request, pk)
    reads = row.state in (ImportState.WAITING, ImportState.READING)
    words = telling.progress_words(row)
    return JsonResponse({"reads": reads, "words": words, "done": row.done, "of": row.of})


@require_safe
def receipt(request, pk):
    return receipt_answer(_row_for(request, pk))


@require_safe
def picture(request, pk, sha256, name):
    """A picture of a document that is not accepted yet, for those who check it."""
    row = _row_for(request, pk)
    kept = row.pictures.filter(sha256=sha256).first()
    file = kept.file if kept else _kept_before(row, sha256)
    if file is None:
        raise Http404
    answer = FileResponse(file.open("rb"), content_type=issuing.kind_of(name))
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


# --- steps ---------------------------------------------------------------------------------------------


def _row_for(request, pk) -> PolicyImport:
    row = get_object_or_404(PolicyImport, pk=pk)
    if not rights.can_see(request.user, row):
        raise Http404
    return row


def _brought(request, form, *, library=None, policy=None) -> PolicyImport | None:
    found = []

    def act(file, **values):
        place = {"policy": policy} if policy else {"library": values.get("library", library)}
        today = timezone.localdate()
        found.append(bringing.bring(file, file.name, actor=request.user, today=today, **place))

    return found[0] if attempt(request, form, "", act) else None


def _press(request, row, form):
    """The answer to a press, or None where the page comes back with what is wrong."""
    words = {"actor": request.user, "today": timezone.localdate()}
    act = request.POST.get("act")
    if act == "accept":
        return _accept(request, row, form, words)
    if act not in ("discard", "compare"):
        return None
    try:
        (accepting.discard if act == "discard" else accepting.compare_again)(row, **words)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return None
    return redirect("policy_import", row.pk)


def _accept(request, row, form, words):
    found = []

    def act(seen=False, **values):
        found.append(accepting.accept(row, **values, **words))

    done = _("Accepted: it is a draft now. Read what is still missing, then submit it for approval.")
    try:
        if attempt(request, form, done, act):
            return redirect("policy_draft", found[0].policy_id)
    except PermissionDenied as refusal:  # the admin would lead away from here, without the words
        form.add_error(None, str(refusal))
    return None


def _page_of(request, row, form):
    context = {"row": row, "form": form}
    if row.state in (ImportState.WAITING, ImportState.READING):
        context["words"] = telling.progress_words(row)
        return render(request, "policy_pages/imports/reading.html", context)
    if row.state == ImportState.READY:
        return render(request, "policy_pages/imports/check.html", context | _check_context(row))
    return render(request, "policy_pages/imports/ended.html", context)


def _check_context(row) -> dict:
    names = {kept.sha256: kept.name for kept in row.pictures.all()}
    content = sketch(row.receipt["title"], row.blocks, names)
    html = render_to_string("policy_pages/text.html", {"blocks": content["blocks"], "files": freezing.FILES})
    files = reverse("policy_import", args=[row.pk]) + "picture/"
    return telling.told(row) | {
        "text": sanitise.frozen(freezing.with_files(html, files)),
        "match_rows": telling.match_rows(row),
    }


def _kept_before(row, sha256):
    """A picture that the policy has already, and that the document has too."""
    if row.policy_id is None or row.place is None:
        return None
    draft = row.policy.get_latest_revision_as_object()
    return freezing.freeze(draft).files.get(sha256, (None, None))[1]
