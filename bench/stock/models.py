from django.core.paginator import Paginator
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from policy_pages.blocks import PolicyBodyField


class StockPage(Page):
    """A plain page of rich text."""

    body = RichTextField()
    search_fields = [*Page.search_fields, index.SearchField("body")]
    template = "stock/page.html"

    class Meta:
        verbose_name = "stock page"


class StockIndex(Page):
    """Lists the pages beneath it, twenty at a time, as Wagtail's own tutorial does."""

    template = "stock/index.html"

    class Meta:
        verbose_name = "stock index"

    def get_context(self, request, *args, **kwargs):
        pages = self.get_children().live().order_by("title").specific()
        context = super().get_context(request, *args, **kwargs)
        return context | {"page_of": Paginator(pages, 20).get_page(request.GET.get("page"))}


class StockText(Page):
    """The equal of a policy's text: the same blocks, on a page with stock workflow."""

    body = PolicyBodyField(blank=True)
    template = "stock/page.html"

    class Meta:
        verbose_name = "stock text"
