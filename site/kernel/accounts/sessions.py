"""Sessions in the database that know whose they are, so that all of one person's can be ended."""

from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from .models import UserSession
from .prepared import Prepared


def _live(key: str, now: datetime):
    return UserSession.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data")


_live_session = Prepared(_live, str, datetime)


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls):
        return UserSession

    def load(self):
        row = _live_session.first(self.session_key, timezone.now())
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row
