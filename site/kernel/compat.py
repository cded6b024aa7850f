"""The only place that knows two Wagtail versions."""

from wagtail import VERSION


def file_policy(model):
    """The permission policy of images or documents: from the registry of Wagtail 8, from its module before."""
    if VERSION >= (8, 0):
        from wagtail.permissions import policy_registry  # noqa: PLC0415  not there before Wagtail 8

        return policy_registry.get_by_type(model)
    from wagtail.documents.permissions import permission_policy as documents  # noqa: PLC0415  gone in Wagtail 9
    from wagtail.images.permissions import permission_policy as images  # noqa: PLC0415  gone in Wagtail 9

    return images if issubclass(model, images.model) else documents


def use_policy(model, policy) -> None:
    """Wagtail 8 asks its registry, also for the menu; before, the policy that a viewset names is enough."""
    if VERSION >= (8, 0):
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415  not there before Wagtail 8

        register_permission_policy(model, policy)
