"""Load the office's own commune boundaries over the guessed ones: all or nothing."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from infra.places.territory.boundaries import boundaries_load
from infra.places.territory.files import LayerFileError, read_layer


class Command(BaseCommand):
    """Matches each row to a unit by code or normalised name and says what is left over."""

    help = "Load commune boundaries from GeoJSON, GeoPackage or a shapefile."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="What the file is, as cited on the map")
        parser.add_argument("--on", type=date.fromisoformat, help="Units of this date (2025-07-01)")
        parser.add_argument("--meridian", help="Central meridian of a plane VN-2000 file: 105-00")
        parser.add_argument("--partial", action="store_true", help="Load what matches")

    def handle(self, *_args: object, **options: Any) -> None:
        path: Path = options["file"]
        try:
            report = boundaries_load(
                read_layer(path, meridian=options["meridian"]),
                source=options["source"] or path.name,
                on=options["on"],
                partial=options["partial"],
            )
        except LayerFileError as error:
            raise CommandError(str(error)) from error
        total = report.matched + len(report.missing)
        self.stdout.write(
            f"Khớp {report.matched}/{total} đơn vị "
            f"({report.by_code} theo mã, {report.by_name} theo tên)."
        )
        for label in report.strangers:
            self.stdout.write(f"Không khớp: dòng {label}")
        for label in report.missing:
            self.stdout.write(f"Chưa có địa giới: {label}")
