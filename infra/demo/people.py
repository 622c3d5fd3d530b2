"""The demo accounts, and who among them may sign what."""

import datetime

from infra.ground.choices import DocumentType, SignMode
from infra.ground.loading import Report
from infra.models import SigningAuthority, User
from infra.people.accounts.demo import make_demo_people

_SOURCE = "Minh họa: phân công ký của bản demo"
_FROM = datetime.date(2025, 7, 1)


def load_people(report: Report) -> None:
    """Create or mend the accounts and their signing authorities."""
    people = {user.email.split("@")[0]: user for user in make_demo_people()}
    for document_type in DocumentType:
        _authorise(people["giamdoc"], document_type, SignMode.SELF, "GIÁM ĐỐC", "")
        _authorise(people["lanhdao"], document_type, SignMode.KT, "PHÓ GIÁM ĐỐC", "GIÁM ĐỐC")
    report(f"Tài khoản minh họa: {len(people)}.")


def _authorise(
    person: User, document_type: DocumentType, mode: SignMode, title: str, superior: str
) -> None:
    SigningAuthority.objects.get_or_create(
        person=person,
        document_type=document_type,
        valid_from=_FROM,
        defaults={
            "mode": mode,
            "signing_title": title,
            "superior_title": superior,
            "source": _SOURCE,
        },
    )
