"""What training brings to the registries below it. Imported once, when all models are loaded."""

from django.db.models.signals import post_migrate

from course_catalogue import clash_tables, dated_tables
from course_catalogue.booking import rounds as booking_rounds
from course_catalogue.booking import withdrawals
from course_catalogue.catalogue import desk as catalogue_desk
from course_catalogue.catalogue import naming
from course_catalogue.charging import checking, deadlines
from course_catalogue.charging import desk as charging_desk
from course_catalogue.learning import desk as learning_desk
from course_catalogue.planning import asking, in_kind
from course_catalogue.planning import desk as planning_desk
from course_catalogue.register import desk as register_desk
from course_catalogue.register import mine, needs, owed
from course_catalogue.telling import interests, reminding
from course_catalogue.training_calendar import menu
from kernel.accounts.facts import register_fact
from kernel.lifecycle import jobs, rounds


def register(app) -> None:
    """Facts, jobs, rounds and kinds, one line each."""
    jobs.register("training.erase_needs", needs.erase)
    jobs.register("training.issue_held_certificates", owed.issue)
    register_fact(register_desk.TEACHES, mine.teaches)
    register_fact(register_desk.ADMINISTERS, register_desk.administers)
    register_fact(register_desk.READS_REPORTS, register_desk.reads_reports)
    jobs.register("training.check_ledger", checking.nightly)
    jobs.register("training.move_free_until", deadlines.keep)
    naming.register()
    register_fact(catalogue_desk.APPROVES, catalogue_desk.approves)
    register_fact(catalogue_desk.WROTE, catalogue_desk.wrote)
    register_fact(charging_desk.WAIVERS, charging_desk.waivers_wait)
    register_fact(planning_desk.DECIDES, planning_desk.decides)
    register_fact(planning_desk.KEEPS, planning_desk.keeps)
    register_fact(menu.LOOKS_OVER_RELEASE, menu.looks_over_release)
    jobs.register("training.ask_to_decide", asking.ask_to_decide)
    jobs.register("training.credit_trainer_days", in_kind.credit)
    post_migrate.connect(clash_tables.restore, sender=app)
    post_migrate.connect(dated_tables.restore, sender=app)
    jobs.register("training.remind_to_rebook", withdrawals.remind)
    jobs.register("training.settle_bookings", booking_rounds.settle_daily)
    rounds.register("training.settle_bookings", booking_rounds.go_round)
    jobs.register("training.mails_before_sessions", reminding.remind)
    jobs.register("training.tell_interested", interests.tell_daily)
    rounds.register("training.tell_interested", interests.go_round)
    for name, expression in learning_desk.FACTS.items():
        register_fact(name, expression)
