"""The WSGI door."""

import os

from django.core.wsgi import get_wsgi_application

from infra.ground.mail import warn_when_not_set_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
application = get_wsgi_application()
warn_when_not_set_up()
