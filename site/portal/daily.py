"""Daily jobs of packages that stand below ``kernel.lifecycle`` and so cannot register their own."""

from kernel.content.sweeping import sweep
from kernel.lifecycle import jobs
from kernel.organisation.services import close_leavers


def register() -> None:
    jobs.register("organisation.close_leavers", close_leavers)
    jobs.register("content.sweep_files", sweep)
