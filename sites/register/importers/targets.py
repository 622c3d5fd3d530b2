"""The fields that a column may fill, with the headers that usually mean them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infra.exchange.importer import Target

_PLACE = _("Position")
_MAST = _("Mast")
_STATION = _("Station")


def _target(key: str, label: str | Promise, group: str | Promise, *synonyms: str) -> Target:
    words = [word.strip() for line in synonyms for word in line.split(";")]
    return Target(key, label, tuple(words), group)


TARGETS = (
    _target(
        "code",
        _("mast code"),
        _MAST,
        "ma cot; ma tram cot; ma vi tri; site id; mast code; code; ma; ma tram; stt; tt",
    ),
    _target(
        "name",
        _("name"),
        _MAST,
        "ten cot; ten tram; ten vi tri; site name; cellname; cell name; name; ten; ten tram bts",
    ),
    _target(
        "address",
        _("address"),
        _MAST,
        "dia chi; dia diem; vi tri lap dat; address; dia chi lap dat",
    ),
    _target(
        "declared_unit",
        _("commune or ward as declared"),
        _PLACE,
        "xa phuong; xa phuong thi tran; phuong xa; ten xa; xa; commune; ward",
        "ten xa phuong thi tran; commune or ward",
    ),
    _target(
        "declared_district",
        _("district as declared"),
        _PLACE,
        "huyen thanh pho; quan huyen; huyen; huyen thi xa thanh pho; district",
    ),
    _target(
        "lat",
        _("latitude"),
        _PLACE,
        "vi do; lat; latitude; vi do wgs 84; latitude wgs 84; vi do bac; geometry lat; vi do n",
    ),
    _target(
        "lon",
        _("longitude"),
        _PLACE,
        "kinh do; lon; lng; kinh do wgs 84; longitude wgs 84",
        "long; longitude; kinh do dong; geometry lon",
    ),
    _target(
        "x",
        _("X, northing (m)"),
        _PLACE,
        "x m vn 2000; x; x vn2000; x vn 2000; x m; northing; toa do x",
    ),
    _target(
        "y",
        _("Y, easting (m)"),
        _PLACE,
        "y m vn 2000; y; y vn2000; y vn 2000; y m; easting; toa do y",
    ),
    _target(
        "mast_class",
        _("class"),
        _MAST,
        "loai cot; loai; cap cot; mast class; class; loai cot ang ten",
    ),
    _target(
        "structure",
        _("structure"),
        _MAST,
        "ket cau; kieu cot; dang cot; structure; loai ket cau",
    ),
    _target(
        "footing",
        _("footing"),
        _MAST,
        "mong; vi tri dat cot; footing; dat tren",
    ),
    _target(
        "height_m",
        _("mast height, m"),
        _MAST,
        "chieu cao cot; chieu cao; do cao; cao; height; height m; chieu cao m",
        "chieu cao cot m",
    ),
    _target(
        "building_height_m",
        _("building height, m"),
        _MAST,
        "chieu cao nha; chieu cao cong trinh; building height; building height m",
    ),
    _target(
        "half_width_m",
        _("half-width, m"),
        _MAST,
        "nua be rong; half width; ban kinh tan",
    ),
    _target(
        "guy_count",
        _("guys"),
        _MAST,
        "so day co; day co; guys",
    ),
    _target(
        "owner",
        _("owner"),
        _MAST,
        "chu so huu; don vi so huu; owner; so huu",
    ),
    _target(
        "permit_status",
        _("construction permit"),
        _MAST,
        "giay phep; gpxd; giay phep xay dung; permit; construction permit",
    ),
    _target(
        "permit_number",
        _("permit number"),
        _MAST,
        "so gpxd; so giay phep; permit number",
    ),
    _target(
        "permit_date",
        _("permit date"),
        _MAST,
        "ngay cap; ngay gpxd; permit date",
    ),
    _target(
        "operating_status",
        _("operating status"),
        _MAST,
        "trang thai; tinh trang; hien trang; status; tinh trang hoat dong; operating status",
    ),
    _target(
        "built_on",
        _("built on"),
        _MAST,
        "ngay xay dung; nam xay dung; ngay dua vao su dung; built on",
    ),
    _target(
        "note",
        _("note"),
        _MAST,
        "ghi chu; note; notes",
    ),
    _target(
        "operator",
        _("operator"),
        _STATION,
        "nha mang; doanh nghiep; don vi; operator; operators; don vi su dung",
        "doanh nghiep vien thong",
    ),
    _target(
        "station_code",
        _("station code"),
        _STATION,
        "ma bts; ma tram bts; station code; ma tram phat song",
    ),
    _target(
        "technologies",
        _("technologies"),
        _STATION,
        "cong nghe; technology; technologies; radio",
    ),
    _target(
        "emf_certificate",
        _("EMF certificate"),
        _STATION,
        "so giay chung nhan; giay kiem dinh; so kiem dinh; emf certificate",
    ),
    _target(
        "emf_valid_until",
        _("EMF certificate valid until"),
        _STATION,
        "han kiem dinh; het han kiem dinh; hieu luc kiem dinh; emf valid until",
    ),
    _target(
        "cell_id",
        _("cell number (ECI)"),
        _STATION,
        "ecellid; cell id; eci; cellid",
    ),
    _target(
        "azimuth_deg",
        _("azimuth, degrees"),
        _STATION,
        "azimuth; goc phuong vi; huong",
    ),
    _target(
        "band",
        _("band or channel"),
        _STATION,
        "earfcn; band; bang tan; tan so",
    ),
)
