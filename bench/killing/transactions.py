"""An act of one transaction: all of its rows are there, or the database is as it was."""

from django.apps import apps

from tests.portal.walking import tables

NOTHING, DONE, HALF = "nothing happened", "all happened", "HALF DONE"


def counts() -> dict[str, int]:
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {model._meta.label: model._base_manager.count() for model in models}


class OneTransaction:
    """``added``: the rows that the act adds when nobody kills it."""

    added: dict[str, int] = {}

    def __init__(self):
        self.begin()
        self.before, self.rows = tables(), counts()

    def begin(self) -> None:
        raise NotImplementedError

    def run(self) -> None:
        raise NotImplementedError

    def is_done(self) -> bool:
        raise NotImplementedError

    def learn(self) -> None:
        type(self).added = self.more()

    def more(self) -> dict[str, int]:
        now = counts()
        return {label: now[label] - self.rows[label] for label in now if now[label] != self.rows[label]}

    def state(self) -> str:
        if tables() == self.before:
            return NOTHING
        more, wanted = self.more(), type(self).added
        if self.is_done() and more == wanted:
            return DONE
        print(f"{type(self).__name__}: added {more}, not {wanted}")
        return HALF

    def finish(self) -> None:
        if not self.is_done():
            self.run()
