from kernel.outbox import emit, queue_mail


def make_mail(**overrides):
    fields = {
        "kind": "policies.due",
        "to": ["ada@trust.example"],
        "subject": "Review due",
        "text": "Your policy is due.",
    }
    return queue_mail(**fields | overrides)


def make_event(**overrides):
    return emit(**{"kind": "policies.issued", "payload": {"version": 7}} | overrides)
