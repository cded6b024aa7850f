"""The reader's pages. Signed in and outside the audience is 404, as for what does not exist; a visitor signs in."""

from datetime import date
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from kernel.content.kept import kept, site_of
from kernel.organisation.asking import asking
from kernel.organisation.models import SiteLabels
from policy_pages import library, reading, shown, standing, withdrawal
from policy_pages.duties import local
from policy_pages.models import PolicyIndexPage, PolicyPage, PolicyVersion, VersionFile
from policy_pages.named import named_in
from policy_pages.permissions import can_submit
from policy_pages.readers.page import pieces

SHOWN_INLINE = ("application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp")


def current(request, place) -> shown.Current | None:
    """The version in force at ``place`` (a path beneath the site's root), or None when no policy stands there.

    A withdrawn policy has its last text there, under the words that nobody follows it.

    Who may read is asked anew each time; the text itself never changes and is taken from what the process keeps.
    """
    today, url_path = timezone.localdate(), url_path_of(request, place)
    found = shown.ruling_at(url_path, today)
    if found is None:
        return None
    reader = reading.reader_asking(request, today)
    may_write = _may_write(request, found, today)
    if not may_write and not reading.may_read(reader, found):
        raise Http404
    links = reader.staff or _links_older(request)
    content = shown.text_of(found.pk, found.seal).content
    return shown.Current(
        found,
        today,
        audiences=None if may_write else reading.audiences_of(reader),
        links=links,
        path=request.path,
        address=request.build_absolute_uri(request.path),
        parent=_parent(request, url_path),
        pieces=pieces(request, found, today, links=links, path=request.path),
        keeps=_keeps(request, found, today),
        names=local.names_in(content, request, today),
        named=named_in(content, request, timezone.now()),
        gone=withdrawal.of_row(found.retirement_id, reader, today),
    )


def listed(request, place) -> library.Listing | None:
    """The library at ``place``; None where another page stands, or one that Wagtail does not show to everybody."""
    if request.method not in ("GET", "HEAD"):
        return None
    found = library.open_at(url_path_of(request, place))
    if found is None:
        return None
    (pk, title), today = found, timezone.localdate()
    may_add = asking(request, today).empowered and PolicyIndexPage.objects.get(pk=pk).may_add(request.user)
    return library.listing(request, today, title=title, page_id=pk, may_add=may_add)


def _may_write(request, found, today) -> bool:
    """``can_submit``, which is asked only where the answer may be yes."""
    if not (asking(request, today).empowered or _keeps(request, found, today)):
        return False
    return can_submit(request.user, PolicyPage.objects.get(pk=found.policy_id))


def _keeps(request, found, today) -> bool:
    """The owner or the owner's deputy."""
    person = asking(request, today).person_id
    return person is not None and person in (found.owner_id, found.deputy_id)


def _links_older(request) -> bool:
    """Whether older versions are linked for everybody: links only, each address asks for itself who may read."""
    site = site_of(request)
    return kept(("labels", site.pk), lambda: SiteLabels.for_site(site)).superseded_open_to_audience


def _parent(request, url_path) -> tuple[str, str]:
    """Title and address of the page above."""
    above = url_path.rstrip("/").rsplit("/", 1)[0] + "/"
    return kept(("title", above), lambda: _title_at(above)), request.path.rstrip("/").rsplit("/", 1)[0] + "/"


def _title_at(url_path: str) -> str | None:
    return Page.objects.filter(url_path=url_path).values_list("title", flat=True).first()


def asks_visitors(view):
    """A visitor cannot tell what is not for visitors from what does not exist: both ask to sign in."""

    @wraps(view)
    def asking(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if request.user.is_authenticated:
                raise
            return redirect_to_login(request.get_full_path())

    return asking


@require_safe
@login_not_required
@asks_visitors
def short(request, reference):
    """The short address leads to where the policy stands now; a part after # goes along."""
    return _to_short(request, reference)


@require_safe
@login_not_required
@asks_visitors
def short_version(request, reference, number):
    return _to_short(request, reference, f"v/{number}/")


@require_safe
@login_not_required
@asks_visitors
def short_as_at(request, reference, day):
    return _to_short(request, reference, f"@{day}/")


@require_safe
@login_not_required
@asks_visitors
def version(request, place, number):
    """One issued version at its own address, in force or not."""
    major, minor = number.split(".")
    rows = PolicyVersion.objects.filter(policy__url_path=url_path_of(request, place))
    found = rows.filter(major=major, minor=minor).select_related("policy", "retirement").first()
    if found is None:
        raise Http404
    today = timezone.localdate()
    return _guarded(request, found, reading.ruling(found.policy_id, today), today)


@require_safe
@login_not_required
@asks_visitors
def as_at(request, place, day):
    """The text as it stood at the end of a day."""
    page = PolicyPage.objects.filter(url_path=url_path_of(request, place)).exclude(versions=None).first()
    asked = _day(day)
    if page is None or asked is None:
        raise Http404
    today = timezone.localdate()
    current = reading.ruling(page.pk, today)
    then = reading.ruling(page.pk, asked)
    if then is None or asked > today or reading.is_withdrawn(then, asked):
        return _nothing_then(request, page, asked, then, current, today)
    return _guarded(request, then, current, today, asked=asked)


@require_safe
@login_not_required
@asks_visitors
def file(request, version, sha256, name):
    """An image or attachment of an issued version, under the rule of the version that shows it."""
    stored = get_object_or_404(VersionFile.objects.select_related("version"), version=version, sha256=sha256)
    today = timezone.localdate()
    current = reading.ruling(stored.version.policy_id, today)
    refusal = _refusal(request, stored.version, current, reading.reader_asking(request, today))
    if refusal:
        return refusal
    answer = FileResponse(
        stored.file.open("rb"),
        content_type=stored.content_type,
        as_attachment=stored.content_type not in SHOWN_INLINE,
        filename=stored.name,
    )
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _guarded(request, version, current, today, asked=None):
    reader = reading.reader_asking(request, today)
    refusal = _refusal(request, version, current, reader)
    if refusal:
        return refusal
    older = reading.may_read_older(reader, version, current, open_to_audience=open_to_audience(request))
    may_write = can_submit(request.user, version.policy)
    audiences = None if may_write else reading.audiences_of(reader)
    place = version.policy.get_url(request)
    address = request.build_absolute_uri(place)
    gone = withdrawal.of(current, reader, today)
    names = local.names_in(version.content, request, today)
    where = {"links": older, "path": place, "address": address, "names": names}
    where["named"] = named_in(version.content, request, timezone.now())
    due = _due_shown(version, current, asked)
    where["alone"] = _same(version, current) and bool(current.clock_chair)
    context = {
        "version": version,
        "standing": standing.of(version, current, today, asked=asked, gone=gone),
        "asked": asked,
        "sheet": shown.sheet(version, current, today, due=due, audiences=audiences, gone=gone, **where),
        "may_write": may_write,
        "breadcrumbs": breadcrumbs_of(request, version),
    }
    return render(request, "policy_pages/version.html", context)


def _due_shown(version, current, asked):
    """What held on the day asked about; of the version in force what is due now; of any other what its issue said."""
    if asked is not None:
        return version.clock_due
    return current.clock_due if _same(version, current) else version.review_due


def _same(version, current) -> bool:
    return current is not None and current.pk == version.pk


def breadcrumbs_of(request, version):
    parent = version.policy.get_parent()
    return [(_("Home"), "/"), (parent.title, parent.get_url(request))]


def _refusal(request, version, current, reader):
    """None for a reader who may; a way to sign in for a visitor; 404 for everybody else."""
    if _same(version, current):
        allowed = reading.may_read(reader, version)
    else:
        allowed = reading.may_read_older(reader, version, current, open_to_audience=open_to_audience(request))
    if allowed or can_submit(request.user, version.policy):
        return None
    raise Http404


def require_reader(request, version) -> None:
    """404 for whoever may not read ``version``."""
    today = timezone.localdate()
    current = reading.in_force(version.policy_id, today)
    _refusal(request, version, current, reading.reader_asking(request, today))


def open_to_audience(request) -> bool:
    return SiteLabels.for_request(request).superseded_open_to_audience


def _nothing_then(request, page, asked, then, current, today):
    """No text counted at the end of that day, or the day has not come: say what is known instead."""
    first = page.versions.order_by("in_force_from", "major", "minor").first()
    reader = reading.reader_asking(request, today)
    refusal = _refusal(request, current or first, current, reader)
    if refusal:
        return refusal
    gone = withdrawal.of(current, reader, today)
    if asked > today:
        later = page.versions.filter(in_force_from__gt=today).order_by("in_force_from").first()
        words = standing.on_day_to_come(later, gone)
    else:
        words = standing.on_day_without(asked, first, then)
    context = {
        "page_title": (current or first).title,
        "asked": asked,
        "words": words,
        "first": first,
        "current": current,
        "withdrawn": gone is not None and gone.has_begun(today),
        "address": page.get_url(request),
    }
    return render(request, "policy_pages/nothing_then.html", context)


def url_path_of(request, place) -> str:
    site = site_of(request)
    if site is None:
        raise Http404
    return site.root_page.url_path + place


def _to_short(request, reference, rest=""):
    """Lead to where the policy stands now. That address tells a title, so the rule of reading comes first."""
    return redirect(policy_named(request, reference).get_url(request) + rest)


def policy_named(request, reference):
    """The policy of a reference, for those who may read what counts of it."""
    named = Q(reference=reference.upper()) | Q(versions__reference=reference.upper())
    page = PolicyPage.objects.filter(named).exclude(versions=None).first()
    if page is None:
        raise Http404
    today = timezone.localdate()
    current = reading.ruling(page.pk, today)
    ruling = current or page.versions.newest_first().first()
    _refusal(request, ruling, current, reading.reader_asking(request, today))
    return page


def _day(text) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
