"""Remarks on a case: public or internal, pinned on the map or not, sent twice they are one."""

from uuid import UUID, uuid4

from django.contrib.contenttypes.models import ContentType
from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils.translation import gettext as _

from infra.cases.dossiers.people import may_comment
from infra.cases.workflow.door import lock, refuse_unseen
from infra.cases.workflow.registry import table_of
from infra.ground.choices import CommentVisibility
from infra.ground.errors import Forbidden, Refused
from infra.ground.once import create_once, kept_already
from infra.models import Comment, User
from infra.models.base import VersionedModel

# What must be the same for a comment that is sent again to be the one already kept.
SAME = ("target_type_id", "target_id", "author_id", "body", "visibility", "point")


@transaction.atomic
def comment_add(
    target: VersionedModel,
    *,
    body: str,
    actor: User,
    version: int,
    is_public: bool = False,
    point: Point | None = None,
    uuid: UUID | None = None,
) -> Comment:
    """A remark on the case as the person saw it; outsiders always write public ones.

    Raises UnknownTransition, StaleVersion, Forbidden, Refused, or Conflict when the uuid is
    somebody else's or keeps other words.
    """
    row = lock(target, actor)
    public = is_public or not actor.is_department
    comment = Comment(
        uuid=uuid or uuid4(),
        target_type=ContentType.objects.get_for_model(row),
        target_id=row.pk,
        author=actor,
        body=body.strip(),
        visibility=CommentVisibility.PUBLIC if public else CommentVisibility.INTERNAL,
        point=point,
    )
    if kept := kept_already(comment, SAME):
        return kept
    refuse_unseen(row, version, table=table_of(row), actor=actor)
    if not may_comment(actor):
        raise Forbidden(_("This step is not yours to take."))
    if not comment.body:
        raise Refused(_("Write something first."))
    return create_once(comment, SAME)[0]
