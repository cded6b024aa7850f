"""Wagtail's own restrictions, told as we tell everything: not yours looks like not there."""

from django.http import Http404


def refuse_outsiders(page, request, serve_args, serve_kwargs):
    """Somebody signed in who is outside the audience gets the 404 of an unknown address.

    Wagtail would ask them to sign in, again and again. Visitors are asked to sign in by Wagtail.
    """
    if not request.user.is_authenticated:
        return
    restrictions = list(page.get_view_restrictions())
    page.get_view_restrictions = lambda: restrictions  # Wagtail's own hook asks the same page again
    for restriction in restrictions:
        if not restriction.accept_request(request):
            raise Http404
