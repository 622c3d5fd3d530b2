#!/usr/bin/env python
"""Django's command line for Trạm & Tuyến."""

import os
import sys

from django.core.management import execute_from_command_line

# What makes and changes tables; everything else runs as the application's own role.
OF_THE_OWNER = {"migrate", "createcachetable", "flush", "test"}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
    if OF_THE_OWNER.intersection(sys.argv[1:2]):
        os.environ.setdefault("DATABASE_AS_OWNER", "1")
    execute_from_command_line(sys.argv)
