"""The people of demo mode: invented names, one simple password, on this machine only."""

from collections.abc import Iterator
from dataclasses import dataclass

from infra.ground.choices import OrganisationKind, Role
from infra.models import Organisation, User

PASSWORD = "tram-va-tuyen"  # noqa: S105  printed on the sign-in page of demo mode


@dataclass(frozen=True)
class DemoPerson:
    """One account: `<key>@demo.local`, its role and the code of its organisation."""

    key: str
    full_name: str
    title: str
    role: Role
    organisation: str

    @property
    def email(self) -> str:
        """The address it signs in with."""
        return f"{self.key}@demo.local"


COMMUNE = "ubnd-cao-lanh"
# The same codes as in fixtures/organisations.json; the commune's body is found by its unit.
ORGANISATIONS = {
    "so-khcn": ("Sở Khoa học và Công nghệ tỉnh Đồng Tháp", "Sở KH&CN", OrganisationKind.DEPARTMENT),
    "viettel": ("Viettel Đồng Tháp", "Viettel", OrganisationKind.OPERATOR),
    "vnpt": ("VNPT Đồng Tháp", "VNPT", OrganisationKind.OPERATOR),
    COMMUNE: ("UBND phường Cao Lãnh", "UBND P. Cao Lãnh", OrganisationKind.COMMUNE),
}

PEOPLE = (
    DemoPerson("khaosat", "Nguyễn Văn Khảo", "Cán bộ khảo sát", Role.INSPECTOR, "so-khcn"),
    DemoPerson("quyhoach", "Trần Thị Hoạch", "Cán bộ quy hoạch", Role.PLANNER, "so-khcn"),
    DemoPerson("viettel", "Nguyễn Minh Tín", "Đại diện Viettel", Role.OPERATOR, "viettel"),
    DemoPerson("vnpt", "Hồ Thị Sóng", "Đại diện VNPT", Role.OPERATOR, "vnpt"),
    DemoPerson("chuyenvien", "Lê Thị Lan", "Chuyên viên", Role.OFFICER, "so-khcn"),
    DemoPerson("truongphong", "Phạm Văn Trưởng", "Trưởng phòng", Role.HEAD, "so-khcn"),
    DemoPerson("lanhdao", "Võ Minh Đạo", "Phó Giám đốc", Role.LEADER, "so-khcn"),
    DemoPerson("giamdoc", "Đặng Thu Hà", "Giám đốc", Role.LEADER, "so-khcn"),
    DemoPerson("vanthu", "Bùi Thị Thư", "Văn thư", Role.CLERK, "so-khcn"),
    DemoPerson("xaphuong", "Huỳnh Văn Phường", "Cán bộ UBND", Role.CONSULTED, COMMUNE),
    DemoPerson("kiemtoan", "Lý Thị Soát", "Kiểm toán", Role.AUDITOR, "so-khcn"),
    DemoPerson("quantri", "Ngô Quản Trị", "Quản trị hệ thống", Role.ADMINISTRATOR, "so-khcn"),
)


def make_demo_people() -> Iterator[User]:
    """Makes, or brings back to how they should be, the demo accounts and their organisations."""
    bodies = {code: _organisation(code) for code in ORGANISATIONS}
    for person in PEOPLE:
        user, _made = User.objects.get_or_create(email=person.email)
        user.full_name, user.title = person.full_name, person.title
        user.organisation = bodies[person.organisation]
        user.roles, user.is_active = [person.role.value], True
        user.notify_by_email = False
        user.set_password(PASSWORD)
        user.save()
        yield user


def demo_user(key: str) -> User | None:
    """The account of a demo person by key; None for any key that is not in the list."""
    person = next((person for person in PEOPLE if person.key == key), None)
    if person is None:
        return None
    return User.objects.filter(email=person.email, is_active=True).first()


def is_demo_account(user: User) -> bool:
    """Whether the person is one of the list, with the password that is printed there."""
    return any(user.email.lower() == person.email for person in PEOPLE)


def _organisation(code: str) -> Organisation:
    if code == COMMUNE and (body := _body_of_cao_lanh()):
        return body
    name, short_name, kind = ORGANISATIONS[code]
    defaults = {"name": name, "short_name": short_name, "kind": kind}
    return Organisation.objects.get_or_create(code=code, defaults=defaults)[0]


def _body_of_cao_lanh() -> Organisation | None:
    return Organisation.objects.filter(
        kind=OrganisationKind.COMMUNE,
        unit__name="Cao Lãnh",
        unit__kind_name="Phường",
        unit__valid_to=None,
    ).first()
