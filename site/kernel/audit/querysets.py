from django.db import models


class AuditQuerySet(models.QuerySet):
    """Questions to the trail, newest first."""

    def with_words(self):
        """Names, titles and words in the same query."""
        return self.select_related("beside")

    def about(self, thing: models.Model):
        """What was done to one thing, words included."""
        return self.with_words().filter(target_type=thing._meta.label_lower, target_id=str(thing.pk))

    def by(self, user):
        """What one person did, words included."""
        return self.with_words().filter(actor_id=str(user.pk))

    def refusals(self):
        return self.filter(refused=True)
