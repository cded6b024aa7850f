from django.db import migrations

SUBJECTS = (
    ("safeguarding-children", "Safeguarding children"),
    ("safeguarding-adults", "Safeguarding adults"),
    ("neglect", "Neglect"),
    ("domestic-abuse", "Domestic abuse"),
    ("fire-safety", "Fire safety"),
    ("records-and-information", "Records and information"),
    ("patient-safety", "Patient safety and incidents"),
    ("it-skills", "IT skills"),
    ("leading-people", "Leading people"),
)
SPECIALIST = (
    ("commissioning", "Commissioning services that keep children safe"),
    ("childrens-rights-and-law", "Rights of children and the law of their care"),
    ("managing-allegations", "Handling allegations against people who work with children"),
    ("management-reviews", "Carrying out a management review of one agency's part"),
    ("case-reviews", "Learning from serious case reviews"),
    ("forensics", "Forensic evidence"),
    ("audit-tools", "Building and reading safeguarding audits"),
)
# key, name, from level, to level
OPPORTUNITIES = (
    ("induction", "Induction", 1, 1),
    ("basic-skills", "Basic skills", 2, 3),
    ("specialist-skills", "Specialist skills", 4, 4),
    ("professional-updates", "Continuing professional development and updates", 5, 6),
    ("giving-and-receiving-supervision", "Giving and receiving supervision", None, None),
    ("leadership", "Leadership", None, None),
    ("building-a-team", "Building a team", None, None),
    ("developing-a-team", "Developing a team further", None, None),
    ("networks", "Building networks", None, None),
    ("executives-and-managers", "Safeguarding for executives and managers", None, None),
    ("mentoring-coaching-shadowing", "Mentoring, coaching or shadowing", None, None),
    ("train-the-trainer", "Training people who train", None, None),
    ("national-conferences", "National conferences and workshops", None, None),
    ("partnership-courses", "Courses of the safeguarding partnership", None, None),
)
EVENTS = (
    ("supervision", "Supervision meeting"),
    ("network-meeting", "Network meeting"),
)
FRAMEWORK = "Safeguarding children: roles and competences in healthcare"
LEVELS = {
    2006: {
        1: "Everybody who works in healthcare",
        2: "People with some contact with children, young people or parents",
        3: "People who work mainly with children, young people or parents",
        4: "Specialists and named professionals",
        5: "Designated professionals",
        6: "Experts who advise beyond one area",
    },
    2019: {
        1: "Everybody who works in healthcare",
        2: "People with any contact with children, young people, parents or carers",
        3: "People who assess, plan or review the care of children",
        4: "Named professionals",
        5: "Designated professionals",
    },
}
# key, name, who belongs
GROUPS = (
    ("group-1", "Group 1", "You meet children or families now and then."),
    ("group-2", "Group 2", "You have regular, or short but close, contact with children or families."),
    ("group-3", "Group 3", "You work mainly with children, young people or parents."),
    ("group-4", "Group 4", "You take part in enquiries about harm to a child."),
    ("group-5", "Group 5", "You advise others: named, designated or lead professional."),
    ("group-6", "Group 6", "You manage a service day by day."),
    ("group-7", "Group 7", "You answer for services as a senior manager."),
    ("group-8", "Group 8", "You sit on the safeguarding board."),
)
# key, name, tag, who belongs
TAGGED = (
    ("managers", "Managers", "managers", "You lead people or a service."),
    ("lead-officers", "Lead officers", "lead officers", "You lead for safeguarding in your organisation."),
    (
        "strategic-partners",
        "Strategic partners",
        "strategic partners",
        "You plan with other agencies for your organisation.",
    ),
    ("commissioners", "Commissioners", "commissioners", "You commission services."),
)
# key, name, digital
METHODS = (
    ("classroom", "In a room together", False),
    ("live-online", "Live, online", False),
    ("e-learning", "E-learning", True),
    ("e-assessment", "E-assessment", True),
    ("simulation", "Simulation or role play", False),
    ("at-work", "At work, with somebody experienced", False),
    ("case-discussion", "Talking cases through", False),
)


def load(apps, schema_editor):
    """Add what is not there yet; what an organisation changed stays as it is."""
    _words(apps, "Subject", [{"key": key, "name": name} for key, name in SUBJECTS])
    topics = [{"key": key, "name": name, "specialist": True} for key, name in SPECIALIST]
    _words(apps, "Subject", topics, start=50)
    fields = ("key", "name", "first_level", "last_level")
    _words(apps, "OpportunityKind", [dict(zip(fields, row, strict=True)) for row in OPPORTUNITIES])
    events = [{"key": key, "name": name, "event": True} for key, name in EVENTS]
    _words(apps, "OpportunityKind", events, start=50)
    groups = [{"key": key, "name": name, "words": words} for key, name, words in GROUPS]
    _words(apps, "AudienceGroup", groups)
    fields = ("key", "name", "tag", "words")
    _words(apps, "AudienceGroup", [dict(zip(fields, row, strict=True)) for row in TAGGED], start=50)
    methods = [{"key": key, "name": name, "digital": digital} for key, name, digital in METHODS]
    _words(apps, "Method", methods)
    _levels(apps)


def _words(apps, model, rows, start=1):
    manager = apps.get_model("course_catalogue", model).objects
    for place, row in enumerate(rows, start=start):
        manager.get_or_create(key=row["key"], defaults={**row, "place": place})


def _levels(apps):
    framework = apps.get_model("course_catalogue", "Framework").objects
    level = apps.get_model("course_catalogue", "Level").objects
    for year, words in LEVELS.items():
        edition, _new = framework.get_or_create(name=FRAMEWORK, edition=year)
        for number, text in words.items():
            level.get_or_create(framework=edition, number=number, defaults={"words": text})


class Migration(migrations.Migration):
    dependencies = [("course_catalogue", "0002_evidence")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
