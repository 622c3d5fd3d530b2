"""What the addresses of the matrix point at; each thing is made when a row asks for it.

Extend it with one `cached_property` per kind of thing. Unless its name says otherwise a thing
belongs to company A (`cast.operator`), is not public, and stands where most roles see it.
"""

from functools import cached_property
from io import BytesIO

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from django.utils import timezone

from infra.files.services import attach
from infra.ground.choices import (
    ConstraintKind,
    DocumentState,
    DocumentType,
    DossierState,
    ImportState,
    JobState,
)
from infra.models import (
    Attachment,
    Document,
    Dossier,
    ImportRun,
    Job,
    LayerLoad,
    Notice,
    SigningAuthority,
)
from sites.choices import AssessmentConclusion
from sites.models import (
    CandidateLocation,
    Inspection,
    Lease,
    Mast,
    RemediationProposal,
    Repair,
    Station,
    StructuralAssessment,
)
from tests.cast import Cast
from tests.factories import (
    make_authority,
    make_candidate,
    make_cost_rate,
    make_dossier,
    make_inspection,
    make_mast,
    make_notice,
    make_repair,
    make_route,
    make_station,
)
from tests.files.photos import photo
from tests.seals.aside import seals_aside
from undergrounding.models import CostRate, Route


class World:
    """The things of one test, around one cast."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    @cached_property
    def mast(self) -> Mast:
        """An internal mast that company A owns."""
        return make_mast(owner=self.cast.operator.organisation)

    @cached_property
    def station(self) -> Station:
        """A station of company A on its mast."""
        assert self.cast.operator.organisation
        return make_station(self.mast, self.cast.operator.organisation)

    @cached_property
    def assessment(self) -> StructuralAssessment:
        """An assessment of company A's mast."""
        return StructuralAssessment.objects.create(
            mast=self.mast,
            body="Viện A",
            standard="TCVN",
            conclusion=AssessmentConclusion.SAFE,
            assessed_on="2026-01-02",
        )

    @cached_property
    def repair(self) -> Repair:
        """A completed repair of company A's mast."""
        return make_repair(self.mast, self.cast.officer)

    @cached_property
    def lease(self) -> Lease:
        """The lease of company A's mast."""
        return Lease.objects.create(mast=self.mast, landlord_name="Nguyễn Văn Chủ")

    @cached_property
    def job(self) -> Job:
        """An officer's job that failed."""
        return Job.objects.create(
            kind="exchange.check", state=JobState.FAILED, created_by=self.cast.officer
        )

    @cached_property
    def layer_load(self) -> LayerLoad:
        """An officer's load whose trial found an error."""
        return LayerLoad.objects.create(
            kind=ConstraintKind.SCHOOL,
            file_name="truong.geojson",
            sha256="0" * 64,
            size=1,
            source="Sở",
            source_date=timezone.localdate(),
            state=ImportState.FAILED,
            report={"features": 1, "errors": 1, "problems": ["Dòng 1: sai."]},
            created_by=self.cast.officer,
        )

    @cached_property
    def import_run(self) -> ImportRun:
        """An officer's import that is done."""
        return ImportRun.objects.create(
            kind="masts",
            file_name="cot.csv",
            sha256="0" * 64,
            size=1,
            state=ImportState.DONE,
            head={"columns": ["Mã"], "header_row": 1, "sample": [], "sheets": [], "kind": "csv"},
            finished_at=timezone.now(),
            report={"written": {}},
            created_by=self.cast.officer,
        )

    @cached_property
    def dossier(self) -> Dossier:
        """A dossier of company A under appraisal."""
        return self._dossier(DossierState.APPRAISING)

    @cached_property
    def draft_dossier(self) -> Dossier:
        """A dossier of company A that is not submitted yet."""
        return self._dossier(DossierState.DRAFT)

    @cached_property
    def candidate(self) -> CandidateLocation:
        """A position of company A's dossier under appraisal."""
        return make_candidate(self.dossier)

    @cached_property
    def route(self) -> Route:
        """A planner's draft route."""
        return make_route(self.cast.planner)

    @cached_property
    def cost_rate(self) -> CostRate:
        """A cost rate with its source."""
        return make_cost_rate()

    @cached_property
    def inspection(self) -> Inspection:
        """A visit of the inspector to company A's mast."""
        return make_inspection(self.mast, self.cast.inspector)

    @cached_property
    def proposal(self) -> RemediationProposal:
        """What that visit proposes."""
        return RemediationProposal.objects.create(
            mast=self.mast,
            inspection=self.inspection,
            grade="D",
            action="Rào chắn",
            due_at=self.inspection.visited_at,
        )

    @cached_property
    def authority(self) -> SigningAuthority:
        """The leader's competence to sign replies."""
        return make_authority(self.cast.leader)

    @cached_property
    def notice(self) -> Notice:
        """A notice to the operator of company A."""
        return make_notice(self.cast.operator)

    @cached_property
    def attachment(self) -> Attachment:
        """A paper of company A's dossier under appraisal."""
        upload = File(BytesIO(b"ten,cao\nA,30\n"), name="bang.csv")
        return attach(self.dossier, upload, self.cast.operator)

    @cached_property
    def photo(self) -> Attachment:
        """A photo among the papers of company A's dossier under appraisal."""
        upload = File(BytesIO(photo()), name="anh.jpg")
        return attach(self.dossier, upload, self.cast.operator)

    @cached_property
    def letter(self) -> Document:
        """The draft of the reply to company A's dossier."""
        return self._letter(self.dossier)

    @cached_property
    def issued_letter(self) -> Document:
        """An issued reply to company A's dossier."""
        return self._letter(
            self.dossier,
            state=DocumentState.ISSUED,
            number="12",
            symbol="SKHCN-BCVT",
            issued_on="2026-01-05",
            content_hash="ab" * 32,
        )

    @staticmethod
    def _letter(dossier: Dossier, **fields: object) -> Document:
        with seals_aside(Document):
            return Document.objects.create(
                target_type=ContentType.objects.get_for_model(Dossier),
                target_id=dossier.pk,
                type=DocumentType.REPLY_LETTER,
                subject="Ý kiến về vị trí trạm",
                **fields,
            )

    def _dossier(self, state: DossierState) -> Dossier:
        organisation = self.cast.operator.organisation
        assert organisation
        return make_dossier(organisation, self.cast.operator, state=state)
