"""Every action written to the trail is registered with words a reader understands."""

from wagtail import hooks

from tests.architecture.rules import ROOT, audit_actions


def unregistered(used: dict[str, str], registered: set[str]) -> list[str]:
    return sorted(f"{place}: {action}" for action, place in used.items() if action not in registered)


def registered_actions() -> set[str]:
    return {action for hook in hooks.get_hooks("register_audit_actions") for action in hook()}


def test_every_action_in_the_source_is_registered():
    assert unregistered(audit_actions(ROOT), registered_actions()) == []


def test_an_unregistered_action_is_caught(tmp_path):
    folder = tmp_path / "policy_pages"
    folder.mkdir()
    (folder / "services.py").write_text(
        '@act("policies.burn")\ndef burn():\n    audit.record("policies.burnt")\n'
    )

    assert unregistered(audit_actions(tmp_path), {"policies.burn"}) == [
        "policy_pages/services.py:3: record: policies.burnt"
    ]


def test_the_hook_is_filled_lazily_and_with_dotted_verbs():
    assert all(action.count(".") == 1 for action in registered_actions())
