"""An invented trust and its safeguarding partnership: one builder module per app, run by ``load_demo``.

Each builder looks for what it has built before and then does nothing, so that loading again changes nothing and
a later part can add its own to a demo that is already there. Everything goes through the services.
"""
