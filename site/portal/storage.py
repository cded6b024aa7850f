from whitenoise.storage import CompressedManifestStaticFilesStorage


def _without_maps(patterns):
    """The design system's css and js name source maps that its package does not carry."""
    for extension, rules in patterns:
        kept = tuple(
            rule for rule in rules if "sourceMappingURL" not in (rule if isinstance(rule, str) else rule[0])
        )
        if kept:
            yield extension, kept


class PortalStaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files, without looking for source maps."""

    patterns = tuple(_without_maps(CompressedManifestStaticFilesStorage.patterns))
