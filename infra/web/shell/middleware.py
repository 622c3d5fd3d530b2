"""Vietnamese unless a person chose otherwise, and problems told as pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation import gettext as _

from infra.ground.errors import Problem, Refused
from infra.web.shell.errors import problem_page


class ChosenLanguageMiddleware(LocaleMiddleware):
    """The language the person chose (a cookie), else Vietnamese: the browser's is not asked."""

    def process_request(self, request: HttpRequest) -> None:
        """Sets the language for this request."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = {code for code, _name in settings.LANGUAGES}
        translation.activate(chosen if chosen in known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()


class ProblemMiddleware:
    """Turns a Problem that a view raised into a page with its status and sentences."""

    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)  # type: ignore[operator,no-any-return]

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of the problem; anything else goes on to Django."""
        if isinstance(error, RawPostDataException):
            error = Refused(_("A form was sent where JSON is read."))
        if not isinstance(error, Problem):
            return None
        return problem_page(request, error.status, error.sentences, code=error.code)
