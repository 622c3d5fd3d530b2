"""Document to PDF: WeasyPrint, no network, Liberation Serif embedded."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import qrcode
import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from qrcode.image.svg import SvgPathImage
from weasyprint.text.fonts import FontConfiguration

from infra.cases.documents.catalogue import form_of
from infra.cases.documents.hashing import content_hash
from infra.ground.choices import DocumentState, SignMode
from infra.models import Document

CSS = Path(__file__).resolve().parent / "nd30.css"
OWN_SIZE = re.compile(r'\b(width|height)="[0-9.]+mm"')
CHECK_CODE = 10


@dataclass(frozen=True)
class SignatureBlock:
    """Who signs, on whose behalf; empty while nobody did."""

    mode: str = ""
    title: str = ""
    superior_title: str = ""
    name: str = ""

    @property
    def lines(self) -> list[str]:
        """The capitals above the name: KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC."""
        if self.mode == SignMode.SELF:
            return [self.title.upper()] if self.title else []
        return [f"{self.mode} {self.superior_title.upper()}".strip(), self.title.upper()]


def render_pdf(document: Document) -> bytes:
    """The document as it stands: a draft says so, a signed one bears its signature block."""
    html = render_to_string(template_path(document.template), page_context(document))
    page = weasyprint.HTML(string=html, url_fetcher=_no_network)
    fonts = FontConfiguration()
    styles = [weasyprint.CSS(filename=str(CSS), font_config=fonts)]
    content: bytes = page.write_pdf(
        stylesheets=styles, font_config=fonts, pdf_identifier=document.uuid.bytes
    )
    return content


def template_path(template: str) -> str:
    """Where the form's template lies."""
    return template if "/" in template else f"infra/documents/{template}.html"


def page_context(document: Document) -> dict[str, Any]:
    """What every form may print beside its own frozen words."""
    digest = document.content_hash or content_hash(
        document.template, document.context, document.subject
    )
    url = verify_url(document)
    return {
        **document.context,
        "document": document,
        "subject": document.subject,
        "symbol": document.symbol or form_of(document.template).symbol,
        "block": signature_block(document),
        "is_draft": document.state in {DocumentState.DRAFT, DocumentState.FOR_SIGNATURE},
        "is_demo": settings.DEMO_MODE,
        "check_code": digest[:CHECK_CODE].upper(),
        "verify_url": url,
        "qr": qr_svg(url),
    }


def signature_block(document: Document) -> SignatureBlock:
    """From the signer's authority as it was copied when they signed."""
    return SignatureBlock(
        mode=document.sign_mode,
        title=document.signing_title,
        superior_title=document.superior_title,
        name=document.signer.get_full_name() if document.signer else "",
    )


def verify_url(document: Document) -> str:
    """The public page that the QR code leads to."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("document_verify", args=[document.uuid])


def qr_svg(text: str) -> str:
    """A QR code as an SVG element."""
    picture = qrcode.make(text, image_factory=SvgPathImage, border=0, box_size=10)
    svg: str = picture.to_string(encoding="unicode")
    return OWN_SIZE.sub(r'\1="14mm"', svg)


def _no_network(url: str, *_args: Any, **_kwargs: Any) -> NoReturn:
    msg = f"A document may not fetch {url}"
    raise ValueError(msg)
