"""Who reports to whom, walked upwards. Takes the model as an argument, so that the model itself may ask."""

from kernel.organisation.models.dated import overlaps


def _narrow(window, post):
    """The days that both share; the caller knows there is at least one."""
    ends = [day for day in (window[1], post.until_on) if day is not None]
    return max(window[0], post.from_on), min(ends, default=None)


def would_circle(post_model, post) -> bool:
    """Would the post, on any of its days, put the person under somebody who reports to that person?

    Each step up keeps only the days on which all posts so far hold together, so that a manager who
    changed places last year stops nobody today.
    """
    steps = [(post.manager_id, (post.from_on, post.until_on))]
    seen = set()
    while steps:
        person_id, window = steps.pop()
        if person_id == post.person_id:
            return True
        if (person_id, window) in seen:
            continue
        seen.add((person_id, window))
        above = post_model.objects.filter(overlaps(*window), person_id=person_id, manager__isnull=False)
        steps += [(p.manager_id, _narrow(window, p)) for p in above.exclude(pk=post.pk)]
    return False
