"""Our home page takes the place of Wagtail's welcome page; a site that already has pages keeps them."""

from django.db import migrations

STOCK_TITLE = "Welcome to your new Wagtail site!"


def _stock_page(apps):
    """Wagtail's own first page, only while nobody has touched it."""
    pages = apps.get_model("wagtailcore", "Page").objects
    page = pages.filter(depth=2, slug="home", title=STOCK_TITLE, content_type__model="page").first()
    untouched = page is not None and page.numchild == 0 and page.latest_revision_id is None
    return page if untouched else None


def _next_path(pages) -> str:
    """The next free place under the root: four signs, in base 36."""
    last = pages.filter(depth=2).order_by("path").values_list("path", flat=True).last()
    number = int(last[4:], 36) + 1 if last else 1
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    step = ""
    for _ in range(4):
        number, rest = divmod(number, 36)
        step = signs[rest] + step
    return "0001" + step


def make_home(apps, schema_editor):
    Page, HomePage = apps.get_model("wagtailcore", "Page"), apps.get_model("portal", "HomePage")
    root = Page.objects.filter(depth=1).first()
    if root is None or HomePage.objects.exists():
        return
    stock = _stock_page(apps)
    sites = apps.get_model("wagtailcore", "Site").objects
    if stock is None and sites.filter(is_default_site=True).exclude(root_page__depth=1).exists():
        return
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="portal", model="homepage"
    )
    home = HomePage.objects.create(
        title="Home",
        draft_title="Home",
        slug="home" if stock else "start",
        content_type=kind,
        path=_next_path(Page.objects),
        depth=2,
        numchild=0,
        url_path="/home/" if stock else "/start/",
        live=True,
        show_in_menus=False,
        locale=stock.locale if stock else root.locale,
    )
    Page.objects.filter(pk=root.pk).update(numchild=root.numchild + 1)
    if stock:
        sites.filter(root_page=stock).update(root_page_id=home.pk)
        stock.delete()
        Page.objects.filter(pk=root.pk).update(numchild=root.numchild)
    else:
        sites.filter(is_default_site=True).update(root_page_id=home.pk)


def bring_back_welcome(apps, schema_editor):
    """The way back: Wagtail's page takes over again, unless our home has pages under it."""
    Page, HomePage = apps.get_model("wagtailcore", "Page"), apps.get_model("portal", "HomePage")
    home = HomePage.objects.first()
    if home is None:
        return
    if home.numchild:
        raise RuntimeError("The home page has pages under it. Move or delete them before going back.")
    kind = apps.get_model("contenttypes", "ContentType").objects.get(app_label="wagtailcore", model="page")
    page = Page.objects.create(
        title=STOCK_TITLE,
        draft_title=STOCK_TITLE,
        slug="home",
        content_type=kind,
        path=_next_path(Page.objects),
        depth=2,
        numchild=0,
        url_path="/home/",
        live=True,
        locale=home.locale,
    )
    apps.get_model("wagtailcore", "Site").objects.filter(root_page_id=home.pk).update(root_page_id=page.pk)
    home.delete()


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]

    operations = [migrations.RunPython(make_home, bring_back_welcome)]
