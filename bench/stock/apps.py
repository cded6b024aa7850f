from django.apps import AppConfig


class StockConfig(AppConfig):
    """Pages as a project made of stock Wagtail has them; in the bench's own database alone."""

    name = "bench.stock"
    label = "bench_stock"
    default_auto_field = "django.db.models.BigAutoField"
