"""The list of the library: what one reader may read today, a page at a time, in a fixed number of queries."""

from django.core.paginator import Paginator

from policy_pages import reading, standing

PER_PAGE = 20
SHOWN = (
    "title",
    "reference",
    "major",
    "minor",
    "in_force_from",
    "review_due",
    "policy__url_path",
    "policy__locale",
)


def listing(request, today) -> dict:
    reader = reading.reader_asking(request, today)
    versions = reading.readable(reader, today).select_related("policy").only(*SHOWN)
    page_of = Paginator(versions, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "title": row.title,
            "reference": row.reference,
            "number": row.number,
            "url": row.policy.get_url(request),
            "standing": standing.of(row, row, today),
        }
        for row in page_of
    ]
    return {"rows": rows, "page_of": page_of, "total": page_of.paginator.count}
