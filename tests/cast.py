"""The small cast of people that tests speak of: one per role, two operators, two leaders."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from infra.ground.choices import OrganisationKind, Role
from infra.models import Organisation, User
from tests.factories import make_organisation, make_user

PASSWORD = "mot cau du dai de nho"


@dataclass(frozen=True)
class Cast:
    """`operator` is of company A, `rival` of company B; `consulted` of a commune."""

    inspector: User
    planner: User
    operator: User
    rival: User
    officer: User
    head: User
    leader: User
    second_leader: User
    clerk: User
    consulted: User
    auditor: User
    administrator: User

    def people(self) -> Iterator[tuple[str, User]]:
        """Each by name."""
        for field in fields(self):
            yield field.name, getattr(self, field.name)


def make_cast() -> Cast:
    """Everybody, each with PASSWORD."""
    company_a = make_organisation("doanh-nghiep-a", short_name="Doanh nghiệp A")
    company_b = make_organisation("doanh-nghiep-b", short_name="Doanh nghiệp B")
    commune = make_organisation("ubnd-phuong", OrganisationKind.COMMUNE, short_name="UBND phường")
    return Cast(
        inspector=_person(Role.INSPECTOR, full_name="Nguyễn Văn Khảo"),
        planner=_person(Role.PLANNER, full_name="Trần Thị Hoạch"),
        operator=_person(Role.OPERATOR, at=company_a, full_name="Người của A"),
        rival=_person(Role.OPERATOR, at=company_b, full_name="Người của B"),
        officer=_person(Role.OFFICER, full_name="Lê Thị Lan"),
        head=_person(Role.HEAD, full_name="Phạm Văn Trưởng"),
        leader=_person(Role.LEADER, full_name="Võ Minh Đạo"),
        second_leader=_person(Role.LEADER, full_name="Đặng Thu Hà"),
        clerk=_person(Role.CLERK, full_name="Bùi Thị Thư"),
        consulted=_person(Role.CONSULTED, at=commune, full_name="Huỳnh Văn Phường"),
        auditor=_person(Role.AUDITOR, full_name="Lý Thị Soát"),
        administrator=_person(Role.ADMINISTRATOR, full_name="Ngô Quản Trị"),
    )


def _person(role: Role, full_name: str, at: Organisation | None = None) -> User:
    return make_user(role, at=at, full_name=full_name, password=PASSWORD)
