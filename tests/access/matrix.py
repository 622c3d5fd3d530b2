"""Every address × every role → status. A URL nobody lists here fails `test_matrix`.

One line per URL name. Merge dictionaries for what differs: `department() | {"operator": 200}`.
Add a section for your part; things to point at come from `tests/access/world.py`.
"""

from typing import Any

from tests.access.rows import DEPARTMENT, Row, department, everyone, only, signed_in, uuid_of
from tests.access.world import World


def station_of(world: World) -> dict[str, Any]:
    """Company A's station by its mast."""
    return {"uuid": world.mast.uuid, "station": world.station.uuid}


SHELL = [
    Row("home", everyone()),
    Row(
        "work_list",
        only("head", "leader", "clerk", others=404),
        kwargs=lambda world: {"key": "documents"},
    ),
    Row("search", everyone(), query="?q=cao"),
    Row("notices", signed_in()),
    Row("notices_read", signed_in(302), method="post"),
    Row("notice_open", signed_in(404) | {"operator": 302}, uuid_of("notice"), method="post"),
    Row("set_language", everyone(302), method="post"),
]

ACCOUNTS = [
    Row("account", signed_in()),
    Row("demo_sign_in", everyone(404), method="post"),
    Row("account_login", signed_in(302, anonymous=200)),
    Row("account_logout", signed_in()),
    Row("account_inactive", everyone()),
    Row("account_reauthenticate", signed_in()),
    Row("account_change_password", signed_in()),
    Row("account_set_password", signed_in(302)),
    Row("account_reset_password", everyone()),
    Row("account_reset_password_done", everyone()),
    Row(
        "account_reset_password_from_key",
        everyone(),
        kwargs=lambda world: {"uidb36": "1", "key": "no-such-key"},
    ),
    Row("account_reset_password_from_key_done", everyone()),
    Row("mfa_index", signed_in()),
    Row("mfa_authenticate", everyone(302)),
    Row("mfa_reauthenticate", signed_in(302)),
    Row("mfa_activate_totp", signed_in(302)),
    Row("mfa_deactivate_totp", signed_in(404)),
    Row("mfa_view_recovery_codes", signed_in(404)),
    Row("mfa_generate_recovery_codes", signed_in(302)),
    Row("mfa_download_recovery_codes", signed_in(404)),
]

ADMIN = only("administrator")
ADMIN_GOES_ON = only("administrator", status=302)


def officer_of(world: World) -> dict[str, Any]:
    """The officer's account."""
    return {"pk": world.cast.officer.pk}


ADMINISTRATION = [
    Row("administration:people", ADMIN, query="?q=lan&role=officer"),
    Row("administration:person_new", ADMIN),
    Row("administration:person", ADMIN, officer_of),
    Row("administration:person_change", ADMIN, officer_of),
    Row("administration:person_close", ADMIN, officer_of),
    Row("administration:person_reopen", ADMIN, officer_of),
    Row("administration:person_invite", ADMIN_GOES_ON, officer_of, method="post"),
    # The administrator's own password first.
    Row("administration:person_second_factor", ADMIN_GOES_ON, officer_of),
    # A mere signpost to the page above, which has the guard.
    Row("administration:person_formerly", everyone(302), officer_of),
    Row("administration:roles", ADMIN),
    Row("administration:organisations", ADMIN, query="?q=so&kind=department"),
    Row("administration:organisation_new", ADMIN),
    Row(
        "administration:organisation",
        ADMIN,
        kwargs=lambda world: {"pk": world.cast.operator.organisation_id},
    ),
    Row("administration:authorities", ADMIN),
    Row("administration:authority_new", ADMIN),
    Row("administration:authority", ADMIN, kwargs=lambda world: {"pk": world.authority.pk}),
    Row("administration:authority_end", ADMIN, kwargs=lambda world: {"pk": world.authority.pk}),
    Row("admin:index", only("administrator")),
    Row("admin:login", everyone(302)),
    Row("admin:logout", only("administrator"), method="post"),
    Row("admin:password_change", only("administrator", status=302)),
    Row("admin:password_change_done", only("administrator")),
    Row("admin:autocomplete", only("administrator", status=403)),
    Row("admin:jsi18n", only("administrator")),
    Row(
        "admin:view_on_site",
        only("administrator", status=404),
        kwargs=lambda world: {"content_type_id": "0", "object_id": "0"},
    ),
    Row("admin:app_list", only("administrator"), kwargs=lambda world: {"app_label": "infra"}),
    Row("admin:*_changelist", only("administrator")),
    Row("admin:infra_noticedelivery_add", only()),
    Row("admin:infra_noticedelivery_delete", only(), kwargs=lambda world: {"object_id": "0"}),
    Row("admin:*_add", only("administrator")),
    Row(
        "admin:*_change", only("administrator", status=302), kwargs=lambda world: {"object_id": "0"}
    ),
    Row(
        "admin:*_delete", only("administrator", status=302), kwargs=lambda world: {"object_id": "0"}
    ),
    Row(
        "admin:*_history",
        only("administrator", status=302),
        kwargs=lambda world: {"object_id": "0"},
    ),
]

WORKFLOW = [
    Row(
        "workflow_transition",
        signed_in(404),
        kwargs=lambda world: {
            "workflow": "no-such-workflow",
            "uuid": world.dossier.uuid,
            "name": "receive",
        },
    ),
]

# Who sees company A's internal mast on the map: the department and A.
SEES_A_MAST = department(others=404, anonymous=404) | {"operator": 200}
CAO_LANH_TILE = {"z": "9", "x": "406", "y": "241"}
MAP = [
    Row("map:page", everyone()),
    Row("map:list", everyone(), query="?bbox=105,10,106,11&layers=routes"),
    Row("map:tile", everyone(), kwargs=lambda world: {"layers": "masts", **CAO_LANH_TILE}),
    Row(
        "map:tile",
        signed_in(anonymous=404),
        kwargs=lambda world: {"layers": "candidates", **CAO_LANH_TILE},
    ),
    Row(
        "map:tile",
        department(others=404, anonymous=404) | {"operator": 200, "rival": 200},
        kwargs=lambda world: {"layers": "stations", **CAO_LANH_TILE},
    ),
    Row(
        "map:tile",
        everyone(404),
        kwargs=lambda world: {"layers": "no-such-layer", **CAO_LANH_TILE},
    ),
    Row("map:identify", everyone(), query="?lat=10.46&lon=105.63&zoom=14&layers="),
    Row("map:search", everyone(), query="?q=cao"),
    Row("map:handout", everyone(), query="?bbox=105.6,10.4,105.7,10.5&layers=routes"),
    Row(
        "map:geojson",
        signed_in(anonymous=404),
        kwargs=lambda world: {"layer": "candidates"},
        query="?bbox=105.6,10.4,105.7,10.5",
    ),
    Row(
        "map:feature",
        SEES_A_MAST,
        kwargs=lambda world: {"layer": "masts", "identifier": str(world.mast.uuid)},
    ),
    Row(
        "map:feature",
        department(others=404, anonymous=404) | {"operator": 200},
        kwargs=lambda world: {"layer": "candidates", "identifier": str(world.candidate.uuid)},
    ),
]

PLACES = [
    Row("coordinate_reading", signed_in(), query="?text=10.46,105.63"),
    Row("territory:units", signed_in()),
    Row("territory:layers", signed_in()),
    Row("territory:layer_load_new", only("officer", "planner", "administrator")),
    Row("territory:boundary_load_new", ADMIN),
    # An officer's own load; administrators see all.
    Row(
        "territory:load_detail",
        only("officer", "administrator") | {"planner": 404},
        uuid_of("layer_load"),
    ),
    Row(
        "territory:load_confirm",
        only("officer", "administrator", status=302) | {"planner": 404},
        uuid_of("layer_load"),
        method="post",
    ),
]
# Company A's internal mast: the department and A see it; nobody else knows of it.
MAST_SEEN = everyone(404) | dict.fromkeys(DEPARTMENT, 200) | {"operator": 200}
MAST_EDITED = only("officer", "inspector", "administrator")
MASTS = [
    Row("sites:mast_list", everyone()),
    Row("sites:mast_csv", everyone()),
    Row("sites:mast_geojson", everyone()),
    Row("sites:mast_lacking", department(), kwargs=lambda world: {"key": "chieu-cao"}),
    Row("sites:mast_detail", MAST_SEEN, uuid_of("mast")),
    Row("sites:mast_sketch", MAST_SEEN, uuid_of("mast")),
    Row("sites:mast_history", MAST_SEEN, uuid_of("mast")),
    Row("sites:mast_new", MAST_EDITED),
    Row("sites:mast_change", MAST_EDITED, uuid_of("mast")),
    Row(
        "sites:mast_shelve",
        only("officer", "administrator", status=302),
        uuid_of("mast"),
        method="post",
    ),
    Row(
        "sites:mast_file_add",
        only("officer", "inspector", "administrator", status=302),
        uuid_of("mast"),
        method="post",
    ),
    Row("api:masts", signed_in(anonymous=401), query="?bbox=105,10,106,11"),
    Row("api:mast", MAST_SEEN | {"anonymous": 401}, uuid_of("mast")),
    Row("sites:station_new", MAST_EDITED, uuid_of("mast")),
    Row("sites:station_change", MAST_EDITED, station_of),
    Row(
        "sites:station_remove",
        only("officer", "inspector", "administrator", status=302),
        station_of,
        method="post",
    ),
    Row("sites:assessment_new", MAST_EDITED, uuid_of("mast")),
    Row(
        "sites:assessment_change",
        MAST_EDITED,
        lambda world: {"uuid": world.mast.uuid, "pk": world.assessment.pk},
    ),
    Row("sites:repair_new", only("officer", "head"), uuid_of("mast")),
    Row(
        "sites:repair_take_back",
        only("officer", "head", status=422),
        lambda world: {"uuid": world.mast.uuid, "repair": world.repair.uuid},
        method="post",
    ),
    Row("sites:lease_new", MAST_EDITED, uuid_of("mast")),
    Row(
        "sites:lease_change",
        MAST_EDITED,
        lambda world: {"uuid": world.mast.uuid, "pk": world.lease.pk},
    ),
]
DOSSIER_PAGE = only(
    "operator", "officer", "head", "leader", "clerk", "auditor", "administrator"
) | {"rival": 404, "consulted": 404}
APPLICANT = only("operator") | {"rival": 404}
APPRAISAL = [
    Row("sites:dossier_list", DOSSIER_PAGE | {"rival": 200, "consulted": 200}),
    Row("sites:dossier_new", only("operator", "rival")),
    Row("sites:dossier_detail", DOSSIER_PAGE, uuid_of("dossier")),
    Row("sites:dossier_edit", APPLICANT, uuid_of("draft_dossier")),
    Row("sites:dossier_remove", APPLICANT | {"operator": 302}, uuid_of("draft_dossier"), "post"),
    Row("sites:dossier_screen", only("officer", status=302), uuid_of("dossier"), "post"),
    Row("sites:candidate_new", APPLICANT, uuid_of("draft_dossier")),
    Row("sites:candidates_paste", APPLICANT, uuid_of("draft_dossier")),
    Row("sites:candidate_preview", APPLICANT, uuid_of("draft_dossier"), "post"),
    Row(
        "sites:candidate_store",
        APPLICANT | {"operator": 422},
        kwargs=lambda world: {
            "uuid": world.draft_dossier.uuid,
            "candidate": world.candidate.uuid,
        },
        method="post",
    ),
    Row("sites:candidate_detail", DOSSIER_PAGE, uuid_of("candidate")),
    Row("sites:candidate_edit", APPLICANT | {"operator": 302}, uuid_of("candidate")),
    Row("sites:candidate_delete", APPLICANT | {"operator": 403}, uuid_of("candidate"), "post"),
    Row("sites:candidate_outcome", only("officer", status=422), uuid_of("candidate"), "post"),
]
# The world's route is a draft: whoever is not of the department finds nothing there.
_ROUTE_READERS = department(others=404)
_ROUTE = uuid_of("route")
UNDERGROUNDING = [
    Row("undergrounding:route_list", signed_in()),
    Row("undergrounding:route_new", only("planner")),
    Row("undergrounding:route_detail", _ROUTE_READERS, _ROUTE),
    Row("undergrounding:route_edit", only("planner"), _ROUTE),
    Row("undergrounding:route_save", only("planner", status=422), _ROUTE, method="post"),
    Row("undergrounding:route_put_aside", only("planner", status=302), _ROUTE, method="post"),
    Row("undergrounding:route_take_back", only("planner", status=302), _ROUTE, method="post"),
    Row("api:routes", signed_in(anonymous=401)),
    Row("api:route", _ROUTE_READERS | {"anonymous": 401}, _ROUTE),
    Row("undergrounding:rate_list", department()),
    Row("undergrounding:rate_new", only("planner")),
    Row("undergrounding:rate_edit", only("planner"), uuid_of("cost_rate")),
    Row(
        "undergrounding:rate_remove",
        only("planner", status=302),
        uuid_of("cost_rate"),
        method="post",
    ),
]
SURVEY = [
    Row("sites:inspection_list", department()),
    Row("sites:survey_form", only("inspector"), uuid_of("mast")),
    Row("sites:survey_submit", only("inspector", status=422), uuid_of("mast"), method="post"),
    Row("sites:inspection_detail", department(), uuid_of("inspection")),
    Row("sites:survey_photo", only("inspector", status=422), uuid_of("inspection"), method="post"),
    Row("sites:proposal_detail", department(), uuid_of("proposal")),
]
# What the department and company A see of A's dossier under appraisal; B and the commune do not.
SEEN_BY_A = department(others=404) | {"operator": 200}
NOT_SEEN = {"rival": 404, "consulted": 404}
DOSSIERS = [
    Row("dossier_reception", only("officer")),
    Row(
        "dossier_comment",
        signed_in(422) | {"auditor": 403, "administrator": 403} | NOT_SEEN,
        uuid_of("dossier"),
        method="post",
    ),
    Row(
        "dossier_consult",
        only("officer", status=422) | NOT_SEEN,
        uuid_of("dossier"),
        method="post",
    ),
    Row("dossier_opinion", signed_in(403) | NOT_SEEN, uuid_of("dossier"), method="post"),
    Row(
        "dossier_assign",
        only("officer", "head", status=422) | NOT_SEEN,
        uuid_of("dossier"),
        method="post",
    ),
    Row(
        "dossier_files",
        only("officer", "head", "leader", "clerk", status=302) | NOT_SEEN,
        uuid_of("dossier"),
        method="post",
    ),
    Row(
        "dossier_file_remove",
        signed_in(403) | NOT_SEEN,
        kwargs=lambda world: {"uuid": world.dossier.uuid, "file": world.attachment.uuid},
        method="post",
    ),
]
# By API a stranger is told 401, not sent to a page; a form in place of JSON is 400.
API = [
    Row("api:openapi-json", everyone()),
    Row("api:api-root", everyone(404)),
    Row("api:dossiers", signed_in(anonymous=401)),
    Row("api:dossier", SEEN_BY_A | {"anonymous": 401}, uuid_of("dossier")),
    Row("api:dossier_transitions", SEEN_BY_A | {"anonymous": 401}, uuid_of("dossier")),
    Row(
        "api:dossier_transition_fire",
        signed_in(400, anonymous=401),
        kwargs=lambda world: {"uuid": world.dossier.uuid, "name": "propose"},
        method="post",
    ),
]
DOCUMENTS = [
    Row("file", SEEN_BY_A, uuid_of("attachment")),
    Row(
        "file_original", department(others=404) | {"operator": 403}, uuid_of("photo"), method="post"
    ),
    Row("document_detail", department(others=404), uuid_of("letter")),
    Row("document_pdf", department(others=404), uuid_of("letter")),
    Row("document_verify", everyone(), uuid_of("issued_letter")),
]
# An officer's own job and import; administrators see all.
OWN_JOB = signed_in(404) | {"officer": 200, "administrator": 200}
OWN_JOB_ACT = signed_in(404) | {"officer": 302, "administrator": 302}
OWN_IMPORT = only("officer", "administrator") | {"planner": 404}
OWN_IMPORT_ACT = only("officer", "administrator", status=302) | {"planner": 404}
JOBS = [
    Row("data", signed_in()),
    Row("jobs:list", signed_in()),
    Row("jobs:detail", OWN_JOB, uuid_of("job")),
    Row("jobs:progress", signed_in(404) | {"officer": 286, "administrator": 286}, uuid_of("job")),
    Row("jobs:cancel", OWN_JOB_ACT, uuid_of("job"), method="post"),
    Row("jobs:retry", OWN_JOB_ACT, uuid_of("job"), method="post"),
    Row("exchange:run_list", only("officer", "planner", "administrator")),
    Row("exchange:run_detail", OWN_IMPORT, uuid_of("import_run")),
    Row("exchange:run_issues_csv", OWN_IMPORT, uuid_of("import_run")),
    Row("exchange:run_reread", OWN_IMPORT_ACT, uuid_of("import_run"), method="post"),
    Row(
        "exchange:run_check",
        only("officer", "administrator", status=422) | {"planner": 404},
        uuid_of("import_run"),
        method="post",
    ),
    Row("exchange:run_mend", OWN_IMPORT_ACT, uuid_of("import_run"), method="post"),
    Row("exchange:run_confirm", OWN_IMPORT_ACT, uuid_of("import_run"), method="post"),
    Row("exchange:run_remap", OWN_IMPORT_ACT, uuid_of("import_run"), method="post"),
]
PLATFORM = [Row("healthz", everyone(), query="?parts=database")]

MATRIX = [
    *SHELL,
    *ACCOUNTS,
    *ADMINISTRATION,
    *WORKFLOW,
    *MAP,
    *PLACES,
    *MASTS,
    *APPRAISAL,
    *SURVEY,
    *UNDERGROUNDING,
    *DOSSIERS,
    *API,
    *DOCUMENTS,
    *JOBS,
    *PLATFORM,
]
__all__ = ["MATRIX", "department"]
