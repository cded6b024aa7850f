import pytest
from wagtail import hooks

from kernel.audit import registry


def test_the_words_of_a_registered_action(tea):
    assert registry.require(tea) == "Made tea"


def test_an_unknown_action_is_an_error():
    with pytest.raises(registry.UnknownAction, match="suite.coffee"):
        registry.require("suite.coffee")


def test_two_owners_of_one_action_are_an_error(tea):
    with hooks.register_temporarily(registry.HOOK, lambda: {"suite.tea": "Also tea"}):
        with pytest.raises(ValueError, match="suite.tea"):
            registry.actions()
