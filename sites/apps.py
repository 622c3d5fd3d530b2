"""Masts and stations as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from infra.ground.loading import Stage, register_loader


class SitesConfig(AppConfig):
    """Registers its layers, workflows, documents and importers when Django is ready."""

    name = "sites"
    verbose_name = _("Masts and stations")

    def ready(self) -> None:
        """Register what the ground floor knows by key only."""
        from sites.appraisal import reference  # noqa: PLC0415 - models are ready now
        from sites.appraisal import registering as appraisal_registering  # noqa: PLC0415 - models are ready now
        from sites.appraisal.demo import load_dossiers  # noqa: PLC0415
        from sites.register import layers  # noqa: PLC0415 - models are ready now
        from sites.register import registering as mast_registering  # noqa: PLC0415 - models are ready now
        from sites.register.demo import load_masts  # noqa: PLC0415
        from sites.safety import registering as survey_registering  # noqa: PLC0415 - models are ready now

        layers.register()
        mast_registering.register()
        survey_registering.register()
        appraisal_registering.register()
        register_loader(Stage.REFERENCE, "appraisal", reference.load, order=40)
        register_loader(Stage.DEMO, "masts", load_masts, order=30)
        register_loader(Stage.DEMO, "dossiers", load_dossiers, order=50)
