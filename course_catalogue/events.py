"""What training says happened, for higher apps to hear (``kernel.outbox.receives``). Ids and dates alone."""

BOOKED = "training.booked"  # booking, session, course, person, first_on
BOOKING_ENDED = "training.booking_ended"  # booking, session, course, person, state
ATTENDED = (
    "training.attended"  # session, course, person, mark, day_on, minutes: once for each closed register
)
ATTENDANCE_CORRECTED = "training.attendance_corrected"  # the same, of what counts now
SESSION_CANCELLED = "training.session_cancelled"  # session, course
COURSE_CHANGED = "training.course_changed"  # course, revision
