from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "kernel.meetings"
    label = "kernel_meetings"
    verbose_name = _("Meetings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from kernel.lifecycle import jobs, rounds  # noqa: PLC0415  models are loaded by now
        from kernel.meetings import making, receivers  # noqa: F401, PLC0415
        from kernel.meetings.closing import close_papers  # noqa: PLC0415
        from kernel.meetings.models.entry import has_minutes  # noqa: PLC0415
        from kernel.organisation.models import BodyMeeting  # noqa: PLC0415

        BodyMeeting.held_when.append(has_minutes)
        jobs.register("meetings.close_papers", close_papers)
        rounds.register("meetings.sweep_packs", making.sweep)
