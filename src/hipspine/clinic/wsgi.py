"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from hipspine.clinic.operations.warming import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hipspine.clinic.settings")
application = get_wsgi_application()
warm()
