from portal.models import StandardPage
from tests.factories.policies import make_home


def make_standard_page(**overrides) -> StandardPage:
    page = StandardPage(
        **{"title": "Privacy", "slug": "privacy", "body": "<p>We keep little.</p>"} | overrides
    )
    return make_home().add_child(instance=page)
