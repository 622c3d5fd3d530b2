"""Load a constraint layer from a file as a new immutable version."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError

from infra.ground.choices import ConstraintKind
from infra.places.territory.constraint_files import new_features
from infra.places.territory.constraints import EmptyDatasetError, dataset_load
from infra.places.territory.files import LayerFileError, read_layer


class Command(BaseCommand):
    """All or nothing; the version before stays and is no longer the current one."""

    help = "Load schools, power lines … from GeoJSON or GeoPackage as a new version of the layer."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("kind", choices=ConstraintKind.values)
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="Who made the data, as cited")
        parser.add_argument(
            "--date", required=True, type=date.fromisoformat, help="Date of the data"
        )
        parser.add_argument("--layer", help="Layer of a file that has several")
        parser.add_argument("--meridian", help="Central meridian of a plane VN-2000 file: 105-00")
        parser.add_argument("--illustrative", action="store_true", help="Invented data")
        parser.add_argument("--skip-refused", action="store_true", help="Leave bad rows out")

    def handle(self, *_args: object, **options: Any) -> None:
        try:
            file = read_layer(options["file"], meridian=options["meridian"], layer=options["layer"])
            with pghistory.context(door="command", why="load_constraints"):
                dataset = dataset_load(
                    kind=ConstraintKind(options["kind"]),
                    features=new_features(file, skip_refused=options["skip_refused"]),
                    source=options["source"],
                    source_date=options["date"],
                    is_illustrative=options["illustrative"],
                )
        except (LayerFileError, EmptyDatasetError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{dataset}: {dataset.feature_count} đối tượng.")
        for refusal in file.refusals:
            self.stdout.write(f"Bỏ qua {refusal}")
