"""How the rows of the ground floor and of the libraries live; each half names its own."""

from infra.work.seals.grants import Grant, register_grants

FINAL = (
    "admin.LogEntry",
    "infra.Comment",
    "infra.FileOpening",
    "infra.TransitionRecord",
    "pghistory.Context",
)
KEPT = (
    "infra.AdministrativeUnit",
    "infra.ConstraintDataset",
    "infra.ConstraintFeature",
    "infra.Document",
    "infra.UnitSuccession",
    "infra.User",
)
OPEN = (
    "account.EmailAddress",
    "account.EmailConfirmation",
    "auth.Group",
    "infra.CalendarDay",
    "infra.ColumnMemory",
    "infra.DutyRun",
    "infra.ImportIssue",
    "infra.ImportRun",
    "infra.Job",
    "infra.LayerLoad",
    "infra.MapAggregate",
    "infra.MapTableVersion",
    "infra.Notice",
    "infra.NoticeDelivery",
    "infra.Organisation",
    "infra.Procedure",
    "infra.ProcedureComponent",
    "infra.RegulationLimit",
    "infra.SignInFailures",
    "infra.SigningAuthority",
    "mfa.Authenticator",
    "sessions.Session",
)
# A draft goes with all it holds, so rows may go; their seals keep them once it was submitted.
SEALED = {
    "infra.Attachment": frozenset({"seal_attachment", "seal_truncate"}),
    "infra.ClockPause": frozenset({"seal_truncate"}),
    "infra.Consultation": frozenset({"seal_question", "seal_truncate"}),
    "infra.Dossier": frozenset({"seal_dossier", "seal_step", "seal_truncate"}),
    "infra.SupplementRequest": frozenset({"seal_question", "seal_truncate"}),
}
READ = ("auth.Permission", "contenttypes.ContentType", "infra.SearchWord")


def register() -> None:
    """Called once, when Django is ready."""
    register_grants(
        {
            **dict.fromkeys(FINAL, Grant.FINAL),
            **dict.fromkeys(KEPT, Grant.KEPT),
            **dict.fromkeys(OPEN, Grant.OPEN),
            **dict.fromkeys(SEALED, Grant.OPEN),
            **dict.fromkeys(READ, Grant.READ),
            "infra.ChainLink": Grant.CHAIN,
        },
        tables={"infra_cache": Grant.OPEN, "django_migrations": Grant.READ},
        seals={
            **SEALED,
            "infra.Document": frozenset({"seal_document", "seal_step", "tt_chain"}),
            "infra.TransitionRecord": frozenset({"tt_chain"}),
        },
    )
