"""The WSGI door."""

import os

from django.core.wsgi import get_wsgi_application

from infra.ground.mail import warn_when_not_set_up
from infra.ground.patience import limit_statements_of_pages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
application = get_wsgi_application()
warn_when_not_set_up()
limit_statements_of_pages()
