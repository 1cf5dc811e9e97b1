"""The web entry point."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

from deliberation import similarity

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deliberation.settings")

application = get_wsgi_application()

# The first who writes a statement here should not wait for the language model.
Thread(target=similarity.warm, daemon=True).start()
