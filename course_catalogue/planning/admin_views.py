"""The set-up of planning in the admin: venues, rooms, the rules of the pool, the person specification."""

from course_catalogue.models import PoolRule, Room, SpecificationPoint, Venue
from kernel.organisation.admin_views import SetUp


class Venues(SetUp):
    """Buildings; one that is not used any more is switched off, because sessions of the past name it."""

    model = Venue
    name = "training_venue"
    url_prefix = "training/venues"
    icon = "site"
    add_to_settings_menu = True
    list_display = ["name", "active"]
    form_fields = ["name", "address", "directions", "access", "active"]


class Rooms(SetUp):
    model = Room
    name = "training_room"
    url_prefix = "training/rooms"
    icon = "home"
    add_to_settings_menu = True
    list_display = ["name", "venue", "seats"]
    list_filter = ["venue"]
    form_fields = ["venue", "name", "seats"]


class PoolRules(SetUp):
    """Dated: a new agreement is a new row. What was earned under an older one stays in the ledger as it was."""

    model = PoolRule
    name = "training_pool_rule"
    url_prefix = "training/pool-rules"
    icon = "calendar"
    add_to_settings_menu = True
    list_display = ["from_on", "free_places", "half_minutes", "observe_months"]
    form_fields = ["from_on", "free_places", "half_minutes", "observe_months"]


class SpecificationPoints(SetUp):
    """What is checked before somebody is assigned; checks of the past keep the words that they were made with."""

    model = SpecificationPoint
    name = "training_specification_point"
    url_prefix = "training/person-specification"
    icon = "tick"
    add_to_settings_menu = True
    list_display = ["words", "place", "active"]
    form_fields = ["words", "place", "active"]


VIEWSETS = (Venues, Rooms, PoolRules, SpecificationPoints)
