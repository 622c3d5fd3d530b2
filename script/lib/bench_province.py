"""A province of very many masts for the benches: the demo's rows copied, moved and renamed.

Most copies stand where the demo's masts stand densest, as in a real province: in its towns. Codes,
names and addresses are composed, so that a typed word is found as often or as seldom as in reality.
"""

from django.db import connection

from infra.models import Dossier
from script.lib.crowd import chance, copy_rows, gauss, one_of
from sites.models import CandidateLocation, Inspection, Mast, RemediationProposal, Station

BATCH = 50_000
PER_DOSSIER = 20  # masts
DENSE_M = 2000
FIRST_NUMBER = 100_000
# A name that two masts in a hundred thousand have, as people look for.
RARE, RARE_EVERY = "Sếu Đầu Đỏ", 40_009
FIRST = tuple("Tân Mỹ An Bình Long Phú Hòa Thạnh Vĩnh Thới Đông Tây Hưng Lộc".split())  # noqa: SIM905
SECOND = tuple("Hội Thuận Lợi Quới Hiệp Đức Trạch Khánh Nhơn Thành Định".split())  # noqa: SIM905
STREETS = (
    "Nguyễn Huệ",
    "Lý Thường Kiệt",
    "Tôn Đức Thắng",
    "Phạm Hữu Lầu",
    "Nguyễn Sinh Sắc",
    "Trần Hưng Đạo",
    "Hùng Vương",
    "Ngô Thời Nhậm",
    "Cách Mạng Tháng Tám",
    "Đinh Bộ Lĩnh",
)


def build(size: int) -> None:
    """Fill the demo's database up to so many masts, with what hangs on them."""
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '256MB'; SET work_mem = '128MB'")
        last = _masts(cursor, size)
        _stations(last)
        # A link of the hash chain costs more than the visit; no page of the benches reads it.
        cursor.execute("ALTER TABLE sites_inspection DISABLE TRIGGER tt_chain")
        _visits(last, size)
        cursor.execute("ALTER TABLE sites_inspection ENABLE TRIGGER tt_chain")
        _dossiers(size // PER_DOSSIER)
        cursor.execute("VACUUM ANALYZE")


def _masts(cursor, size: int) -> int:  # type: ignore[no-untyped-def]
    """Write the masts that are missing; returns the last number of the demo's own."""
    cursor.execute(
        "CREATE TEMP TABLE pool AS SELECT m.*, row_number() OVER (ORDER BY ("
        " SELECT count(*) FROM sites_mast o"
        " WHERE ST_DWithin(geography(o.point), geography(m.point), %s)) DESC, id) - 1 AS rank"
        " FROM sites_mast m WHERE archived_at IS NULL",
        [DENSE_M],
    )
    cursor.execute("CREATE INDEX ON pool (rank); ANALYZE pool")
    cursor.execute("SELECT count(*), (SELECT max(id) FROM sites_mast) FROM pool")
    have, last = cursor.fetchone()
    hamlet = f"{one_of(11, *FIRST)} || ' ' || {one_of(12, *SECOND)}"
    rare = f"CASE WHEN n %% {RARE_EVERY} = 7 THEN ' {RARE}' ELSE '' END"
    metre = 1 / 111_320
    source = (
        "SELECT n, pool.* FROM generate_series(%(first)s, %(last)s) AS n"  # noqa: S608
        f" JOIN pool ON rank = floor(power({chance(1)}, 2) * %(have)s)"
    )
    for first in range(1, size - have + 1, BATCH):
        copy_rows(
            Mast,
            source,
            {"first": first, "last": min(first + BATCH - 1, size - have), "have": have},
            code=f"split_part(code, '-', 1) || '-DTH-' || ({FIRST_NUMBER} + n)",
            name=f"declared_unit || ' ' || {hamlet} || ' ' || (n %% 97){' || ' + rare}",
            address=f"'Số ' || (1 + n %% 300) || ' đường ' || {one_of(13, *STREETS)}"
            f" || ', ấp ' || {hamlet} || ', ' || declared_unit",
            point=f"ST_Translate(point, {300 * metre} * {gauss(2)}, {300 * metre} * {gauss(4)})",
            last_verified_on=f"last_verified_on - floor({chance(6)} * 700)::int",
        )
    return int(last)


def _stations(after: int) -> None:
    """One station of its owner, or of a tenant, on each mast; a second one on every fifth."""
    newest = Mast.objects.latest("pk").pk
    source = (
        "SELECT m.id AS n, m.code AS mast_code, m.owner_id, s.* FROM sites_mast m"
        " JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS rank, count(*) OVER () AS all_of"
        "   FROM sites_station WHERE mast_id <= %(after)s) AS s"
        " ON s.rank = floor({chance} * %(count)s)::int"
        " WHERE m.id > %(first)s AND m.id <= %(last)s"
    )
    count = Station.objects.filter(mast__lte=after).count()
    own = (
        "CASE WHEN EXISTS (SELECT FROM sites_station o WHERE o.operator_id = owner_id"
        f" AND o.mast_id <= {after}) THEN owner_id ELSE operator_id END"
    )
    for first in range(after, newest, BATCH):
        values = {"after": after, "count": count, "first": first, "last": first + BATCH}
        copy_rows(
            Station,
            source.format(chance=chance(21, "m.id")),
            values,
            mast_id="n",
            operator_id=own,
            code="mast_code || '_1'",
        )
        copy_rows(
            Station,
            source.format(chance=chance(22, "m.id")) + " AND m.id %% 5 = 0",
            values,
            mast_id="n",
            code="mast_code || '_2'",
        )


def _visits(after: int, size: int) -> None:
    """A visit to every third mast within three years, and the proposal that each D raised."""
    newest = Inspection.objects.latest("pk").pk
    count = Inspection.objects.count()
    day = f"now() - interval '1 day' * ({chance(31)} * 1000)"
    source = (
        "SELECT m.id AS n, m.point AS mast_point, v.* FROM sites_mast m"  # noqa: S608
        " JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS rank FROM sites_inspection"
        "   WHERE id <= %(newest)s) AS v"
        f" ON v.rank = floor({chance(32, 'm.id')} * %(count)s)::int"
        " WHERE m.id > %(first)s AND m.id <= %(last)s AND m.id %% 3 = 0"
    )
    for first in range(after, after + size, BATCH):
        values = {"newest": newest, "count": count, "first": first, "last": first + BATCH}
        copy_rows(
            Inspection,
            source,
            values,
            mast_id="n",
            point="mast_point",
            visited_at=day,
            counts_from=day,
            created_at=day,
        )
    proposed = RemediationProposal.objects.order_by("pk").first()
    if proposed is None:
        return
    copy_rows(
        RemediationProposal,
        "SELECT v.id AS visit, v.mast_id AS its_mast, v.counts_from, v.id AS n, p.*"
        " FROM sites_inspection v, sites_remediationproposal p"
        " WHERE v.id > %(newest)s AND v.grade = 'D' AND p.id = %(proposed)s",
        {"newest": newest, "proposed": proposed.pk},
        inspection_id="visit",
        mast_id="its_mast",
        grade="'D'",
        state=f"CASE WHEN {chance(33)} < 0.8 THEN 'done' WHEN n %% 2 = 0 THEN 'accepted'"
        " ELSE 'proposed' END",
        due_at="counts_from + interval '2 days'",
        created_at="counts_from",
    )


def _dossiers(count: int) -> None:
    """Dossiers of the last years with a position each; nine of ten have come to their end."""
    newest = Dossier.objects.latest("pk").pk
    ended = "state IN ('returned', 'refused_at_intake', 'withdrawn')"
    age = f"interval '1 day' * floor({chance(41)} * 1400)"
    sql = (
        "WITH pool AS (SELECT *, {ended} AS ended,"
        "   row_number() OVER (PARTITION BY {ended} ORDER BY id) - 1 AS rank,"
        "   count(*) OVER (PARTITION BY {ended}) AS all_of"
        "   FROM infra_dossier WHERE state <> 'draft')"
        " SELECT n, pool.* FROM generate_series(1, %(count)s) AS n"
        " JOIN pool ON ended = (n %% 10 <> 0) AND rank = floor({chance} * all_of)"
    )
    moved = {
        name: f"{name} - {age}"
        for name in ("created_at", "submitted_at", "received_at", "completed_at")
    }
    copy_rows(
        Dossier,
        sql.format(ended=ended, chance=chance(42)),
        {"count": count},
        code="CASE WHEN code IS NOT NULL THEN 'DO-' || n END",
        title="title || ' ' || n",
        due_on=f"due_on - floor({chance(41)} * 1400)::int",
        **moved,
    )
    copy_rows(
        CandidateLocation,
        "SELECT d.id AS n, c.* FROM infra_dossier d"  # noqa: S608
        " JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS rank,"
        "   count(*) OVER () AS all_of FROM sites_candidatelocation) AS c"
        f" ON c.rank = floor({chance(43, 'd.id')} * c.all_of)"
        " WHERE d.id > %(newest)s",
        {"newest": newest},
        dossier_id="n",
        point=f"ST_Translate(point, 0.02 * {gauss(44)}, 0.02 * {gauss(46)})",
    )
