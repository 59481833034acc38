"""The door for web servers (WSGI): the page cache stands before everything else."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = get_wsgi_application()

from gongkai.frame.pages.wrapper import keeping  # noqa: E402 (its table is known only after set-up)

application = keeping(django)
