"""The door for a WSGI server."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
os.environ.setdefault("QINGHE_WEB", "1")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
