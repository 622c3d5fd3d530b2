"""Fill a database for the benches, as its owner: python -m script.lib.bench_build <masts>."""

import importlib
import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
    django.setup()
    importlib.import_module("script.lib.bench_province").build(int(sys.argv[1]))
