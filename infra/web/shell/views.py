"""Home, search, notices: the pages everybody uses."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from infra.ground.paging import BoundedPaginator, one_page
from infra.models import Notice
from infra.people.access.decorators import sign_in_required
from infra.people.access.people import person_of
from infra.people.search import search, spelt_search
from infra.people.worklist import KINDS, waiting_for
from infra.web.shell.activity import recent_activity
from infra.web.shell.worklines import lines_of

NOTICES_PER_PAGE = 30
NOTICES_ON_HOME = 5
WORK_PER_PAGE = 50


@never_cache
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person, by due date; the public front page for strangers."""
    if not request.user.is_authenticated:
        return render(request, "shell/landing.html")
    context = {
        "lines": lines_of(waiting_for(request.user)),
        "notices": Notice.objects.filter(recipient=request.user, read_at=None)[:NOTICES_ON_HOME],
        "activity": recent_activity(request.user),
    }
    return render(request, "shell/home.html", context)


@never_cache
@require_GET
@sign_in_required
def work_list(request: HttpRequest, key: str) -> HttpResponse:
    """All rows of one kind of work, as the home page counts them; 404 where it is not theirs."""
    user = person_of(request)
    kind = KINDS.find(key)
    rows = kind.rows(user) if kind else None
    if kind is None or rows is None:
        raise Http404
    page = one_page(rows, request.GET.get("page"), WORK_PER_PAGE, BoundedPaginator)
    context = {
        "label": kind.label,
        "page": page,
        "items": [kind.item(row, user) for row in page.object_list],
    }
    return render(request, "shell/work.html", context)


@require_GET
@vary_on_headers("HX-Request", "Cookie")
def search_page(request: HttpRequest) -> HttpResponse:
    """Hits for `q` in all that the person may see; the drop-down under the box for htmx."""
    text = request.GET.get("q", "").strip()
    is_exact = "exact" in request.GET
    shown, groups = (
        ("", search(request.user, text)) if is_exact else spelt_search(request.user, text)
    )
    context = {"q": text, "shown": shown, "groups": groups}
    fragment = request.headers.get("HX-Request") == "true"
    return render(request, "shell/search_hits.html" if fragment else "shell/search.html", context)


@never_cache
@sign_in_required
def notice_list(request: HttpRequest) -> HttpResponse:
    """The person's own notices, newest first."""
    notices = Notice.objects.filter(recipient=person_of(request))
    page = one_page(notices, request.GET.get("page"), NOTICES_PER_PAGE)
    return render(request, "shell/notices.html", {"page": page})


@require_POST
@sign_in_required
def notice_open(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Marks one notice read and goes where it leads."""
    notice = get_object_or_404(Notice, uuid=uuid, recipient=person_of(request))
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    inside = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if notice.url and inside else "notices")


@require_POST
@sign_in_required
def notices_read(request: HttpRequest) -> HttpResponse:
    """Marks all of the person's notices read."""
    unread = Notice.objects.filter(recipient=person_of(request), read_at=None)
    unread.update(read_at=timezone.now())
    return redirect("notices")
