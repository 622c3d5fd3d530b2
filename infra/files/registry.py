"""Who reads a file: whoever sees its object, unless it is internal."""

from infra.models import Attachment, User
from infra.models.targets import sees


def may_read(user: User, attachment: Attachment) -> bool:
    """Whether the person sees the file's object, and for an internal file is of the department."""
    if attachment.is_internal and not user.is_department:
        return False
    return sees(user, attachment.target_type.model_class(), attachment.target_id)
