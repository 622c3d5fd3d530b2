"""Pages, JSON and exports go compressed to whoever takes gzip."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/", "application/json", "application/geo+json", "image/svg+xml")


class CompressionMiddleware(GZipMiddleware):
    """Django's gzip for text alone: pictures, papers and workbooks are compressed as they are.

    Django adds a random number of bytes to each answer and masks its form tokens anew each time,
    so that an answer's size does not tell what stands in it (BREACH). What is compressed already,
    tiles and static files, passes untouched.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The response, compressed where that saves something."""
        if not response.headers.get("Content-Type", "").startswith(TEXTS):
            return response
        return super().process_response(request, response)
