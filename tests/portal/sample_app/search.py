from kernel.content.desk import Hit


def find(user, text, today):
    hits = [
        Hit(kind="Policies", title="SG-001 Safeguarding adults", url="/p/SG-001/"),
        Hit(
            kind="Policies",
            title="SG-042 Safeguarding children",
            url="/p/SG-042/",
            note="In force",
            exact=True,
        ),
    ]
    return hits if user.is_authenticated and text == "SG-042" else []
