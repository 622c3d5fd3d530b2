"""Rows of a file as features of a constraint layer."""

from collections.abc import Iterator
from typing import Any, Final

from infra.places.territory.constraints import NewFeature
from infra.places.territory.files import LayerFile, LayerFileError
from infra.places.territory.services import as_geos

NAME_FIELDS: Final = ("name:vi", "name", "ten", "tên", "title")
ID_FIELDS: Final = ("id", "@id", "osm_id", "osm_way_id", "ma", "mã", "code", "fid")


def new_features(file: LayerFile, *, skip_refused: bool = False) -> Iterator[NewFeature]:
    """The rows as features; raises LayerFileError naming every refused row unless skipped."""
    if file.refusals and not skip_refused:
        msg = (
            f"{len(file.refusals)} dòng không dùng được, chưa ghi gì. "
            f"{file.refused_sentences()} "
            "Hãy sửa tệp, hoặc thêm --skip-refused để bỏ qua các dòng này."
        )
        raise LayerFileError(msg)
    for row in file.rows:
        yield NewFeature(
            geometry=as_geos(row.geometry),
            name=_first(row.attributes, NAME_FIELDS),
            external_id=_first(row.attributes, ID_FIELDS),
            properties=row.attributes,
        )


def _first(attributes: dict[str, Any], names: tuple[str, ...]) -> str:
    fields = {name.casefold(): value for name, value in attributes.items()}
    return next((str(fields[name]) for name in names if fields.get(name)), "")
