"""Files of an object, as a person may see them."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from infra.models import Attachment, FileOpening, User


def files_of(target: Model, user: User) -> QuerySet[Attachment]:
    """The object's files; internal ones only for the department. The object itself is the gate."""
    kind = ContentType.objects.get_for_model(target)
    files = Attachment.objects.filter(target_type=kind, target_id=target.pk)
    files = files.select_related("uploaded_by")
    return files if user.is_department else files.filter(is_internal=False)


def last_opening(file: Attachment) -> FileOpening | None:
    """Who last opened the picture as it was sent."""
    openings = FileOpening.objects.filter(attachment_uuid=file.uuid).select_related("person")
    return openings.first()
