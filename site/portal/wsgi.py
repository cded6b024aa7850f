import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from portal.refusals import stand_or_refuse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()
stand_or_refuse(settings)
