"""Rows of days in a form: when, where, who teaches. No script is needed: the number of rows is asked for before."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue.models import Room, Trainer
from course_catalogue.planning.days import Day, moment
from course_catalogue.planning.fields import ClockField, room_choices, trainer_choices
from kernel.content.dates import DateInputField


class DayRows(forms.Form):
    """Rows of days: when, where, who teaches. ``days`` are those to begin with."""

    def __init__(self, *args, number: int, days=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.number, rooms, trainers = number, room_choices(), trainer_choices()
        for place in range(1, number + 1):
            day = days[place - 1] if place <= len(days) else None
            for name, field in _row(place, number, rooms, trainers, day).items():
                self.fields[f"{name}_{place}"] = field

    @property
    def rows(self) -> list[tuple[int, list]]:
        """Number and bound fields of each day, as they are drawn."""
        parts = ("date", "starts", "ends", "room", "more", "trainers")
        return [(place, [self[f"{part}_{place}"] for part in parts]) for place in range(1, self.number + 1)]

    def clean(self):
        super().clean()
        self.days = []
        rooms = Room.objects.select_related("venue").in_bulk(self._keys("room", "more"))
        trainers = Trainer.objects.select_related("person__agency", "person__user")
        trainers = trainers.in_bulk(self._keys("trainers"))
        for place in range(1, self.number + 1):
            self._add(place, rooms, trainers)
        return self.cleaned_data

    def _add(self, place: int, rooms, trainers) -> None:
        values = [self.cleaned_data.get(f"{name}_{place}") for name in ("date", "starts", "ends")]
        if None in values:
            return
        moments = [
            self._moment(f"{name}_{place}", values[0], at)
            for name, at in zip(("starts", "ends"), values[1:], strict=True)
        ]
        if None in moments:
            return
        room, more = (rooms.get(_key(self.cleaned_data.get(f"{name}_{place}"))) for name in ("room", "more"))
        if more and not room:
            room, more = more, None
        if more == room:
            more = None
        chosen = [trainers[_key(key)] for key in self.cleaned_data.get(f"trainers_{place}") or ()]
        chosen.sort(key=lambda trainer: trainer.pk)
        self.days.append(Day(*moments, room, (more,) if more else (), tuple(chosen)))

    def _moment(self, name, day, at):
        try:
            return moment(day, at)
        except ValidationError as refusal:
            self.add_error(name, refusal)
            return None

    def _keys(self, *names) -> set[int]:
        found = set()
        for name in names:
            for place in range(1, self.number + 1):
                value = self.cleaned_data.get(f"{name}_{place}") or ()
                found |= {_key(value)} if isinstance(value, str) else {_key(each) for each in value}
        return found - {0}


def _key(value) -> int:
    return int(value) if value else 0


def _row(place: int, number: int, rooms, trainers, day: Day | None) -> dict[str, forms.Field]:
    def said(words):
        return words if number == 1 else _("Day %(n)d: %(what)s") % {"n": place, "what": words.lower()}

    has = _begin(day)
    return {
        "date": DateInputField(label=said(_("Date")), initial=has["date"]),
        "starts": ClockField(
            label=said(_("From")), initial=has["starts"], help_text=_("For example 9:30am.")
        ),
        "ends": ClockField(label=said(_("To")), initial=has["ends"]),
        "room": forms.ChoiceField(
            label=said(_("Room")),
            choices=rooms,
            required=False,
            initial=has["room"],
            help_text=_("Online: no room."),
        ),
        "more": forms.ChoiceField(
            label=said(_("Second room")), choices=rooms, required=False, initial=has["more"]
        ),
        "trainers": forms.MultipleChoiceField(
            label=said(_("Trainers")),
            choices=trainers,
            required=False,
            initial=has["trainers"],
            widget=forms.CheckboxSelectMultiple,
        ),
    }


def _begin(day: Day | None) -> dict:
    if day is None:
        return dict.fromkeys(("date", "starts", "ends", "room", "more", "trainers"))
    first, last = timezone.localtime(day.starts_at), timezone.localtime(day.ends_at)
    return {
        "date": first.date(),
        "starts": first.time(),
        "ends": last.time(),
        "room": str(day.room.pk) if day.room else "",
        "more": str(day.more_rooms[0].pk) if day.more_rooms else "",
        "trainers": [str(trainer.pk) for trainer in day.trainers],
    }
