"""PDFs made in memory: plain ones, ones that act by themselves, and one that is really signed."""

import datetime
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from pikepdf import Array, Dictionary, Name, Pdf, String
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

ROOM = 8192
SIGNED = 3
PLACE = 9_999_999_999


def blank() -> Pdf:
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    return pdf


def saved(pdf: Pdf, **how: Any) -> bytes:
    out = BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def plain(**how: Any) -> bytes:
    return saved(blank(), **how)


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def with_annotation(pdf: Pdf, **fields: Any) -> None:
    frame = Array([0, 0, 50, 50])
    note = Dictionary(Type=Name.Annot, Rect=frame, **fields)
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


def opens_a_script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(script())


def opens_an_address(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.URI, URI=String("https://example.test/?who"))


def acts_with_the_page(pdf: Pdf) -> None:
    pdf.pages[0].AA = Dictionary(O=script())


def names_a_script(pdf: Pdf) -> None:
    leaf = Dictionary(Names=Array([String("a"), pdf.make_indirect(script())]))
    pdf.Root.Names = Dictionary(JavaScript=pdf.make_indirect(leaf))


def launches(pdf: Pdf) -> None:
    with_annotation(pdf, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("cmd.exe")))


def sends_a_form(pdf: Pdf) -> None:
    action = Dictionary(S=Name.SubmitForm, F=String("https://example.test/"))
    with_annotation(pdf, Subtype=Name.Widget, FT=Name.Btn, T=String("gui"), A=action)
    pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].Annots)


def leads_to_another_file(pdf: Pdf) -> None:
    action = Dictionary(S=Name.GoToR, F=String("//host/share/x.pdf"), D=Array([0, Name.Fit]))
    with_annotation(pdf, Subtype=Name.Link, A=action)


def carries_a_file(pdf: Pdf) -> None:
    pdf.attachments["x.exe"] = b"MZ"


def carries_a_pinned_file(pdf: Pdf) -> None:
    stream = pdf.make_stream(b"MZ")
    spec = Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=stream))
    with_annotation(pdf, Subtype=Name.FileAttachment, FS=spec)


def plays(pdf: Pdf) -> None:
    with_annotation(pdf, Subtype=Name.RichMedia)


def has_an_xfa_form(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))


ACTIVE: dict[Callable[[Pdf], None], str] = {
    opens_a_script: "JavaScript",
    opens_an_address: "OpenAction",
    acts_with_the_page: "AA",
    names_a_script: "JavaScript",
    launches: "Launch",
    sends_a_form: "SubmitForm",
    leads_to_another_file: "GoToR",
    carries_a_file: "EmbeddedFile",
    carries_a_pinned_file: "FileAttachment",
    plays: "RichMedia",
    has_an_xfa_form: "XFA",
}


def active(act: Callable[[Pdf], None], **how: Any) -> bytes:
    pdf = blank()
    act(pdf)
    return saved(pdf, **how)


def opens_at_a_page(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])


def links(pdf: Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("https://example.test/"))
    with_annotation(pdf, Subtype=Name.Link, A=action)


def asks_in_a_form(pdf: Pdf) -> None:
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("ten"), V=String("Lan")))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


HARMLESS = (opens_at_a_page, links, asks_in_a_form)


def signed(content: bytes) -> bytes:
    """The same file with a real signature appended, as a signing program does it."""
    writer = PdfWriter(BytesIO(content), incremental=True)
    signature = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Sig"),
            NameObject("/Filter"): NameObject("/Adobe.PPKLite"),
            NameObject("/SubFilter"): NameObject("/adbe.pkcs7.detached"),
            NameObject("/Contents"): ByteStringObject(bytes(ROOM)),
            NameObject("/ByteRange"): ArrayObject([NumberObject(0), *[NumberObject(PLACE)] * 3]),
        }
    )
    field = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/T"): TextStringObject("Chu ky"),
            NameObject("/V"): writer._add_object(signature),
            NameObject("/Rect"): ArrayObject([NumberObject(0)] * 4),
            NameObject("/F"): NumberObject(132),
            NameObject("/P"): writer.pages[0].indirect_reference,
        }
    )
    reference = writer._add_object(field)
    page = writer.pages[0]
    page[NameObject("/Annots")] = ArrayObject([*page.get("/Annots", []), reference])
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject(
        {
            NameObject("/Fields"): ArrayObject([reference]),
            NameObject("/SigFlags"): NumberObject(3),
        }
    )
    out = BytesIO()
    writer.write(out)
    return _with_signature(out.getvalue())


def _with_signature(content: bytes) -> bytes:
    empty = b"<" + b"00" * ROOM + b">"
    start = content.index(empty)
    end = start + len(empty)
    places = (start, end, len(content) - end)
    for number in places:
        content = content.replace(str(PLACE).encode(), str(number).rjust(10).encode(), 1)
    own, certificate = _clerk()
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content[:start] + content[end:])
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    done = builder.add_signer(certificate, own, hashes.SHA256()).sign(
        serialization.Encoding.DER, options
    )
    text = b"<" + done.hex().encode().ljust(2 * ROOM, b"0") + b">"
    return content[:start] + text + content[end:]


def _clerk() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    own = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Văn thư")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(own.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(own, hashes.SHA256())
    )
    return own, certificate


def is_signed(content: bytes) -> bool:
    """Whether a reader finds a signature field."""
    root: Any = PdfReader(BytesIO(content)).trailer["/Root"]
    return bool(root["/AcroForm"]["/SigFlags"] == SIGNED)


def locked(user: str) -> bytes:
    return saved(blank(), encryption=pikepdf.Encryption(owner="chu", user=user))
