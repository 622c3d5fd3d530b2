"""How many queries a page may ask at most, savepoints included: by URL name, as any role.

The matrix walks every address and holds it to this. A page that needs more than PLAIN stands here
with its number; raise one only with a reason, lower it when the page got better.
"""

PLAIN = 14
BUDGETS = {
    "home": 12,
    "sites:dossier_list": 12,
    "sites:inspection_list": 9,
    "data": 16,
    "administration:person": 16,
    "coordinate_reading": 18,
    "map:search": 20,
    # Nothing found: every source is asked again for a likelier spelling.
    "search": 20,
    "sites:proposal_detail": 22,
    "sites:mast_detail": 25,
    "sites:candidate_detail": 30,
    "sites:dossier_detail": 32,
    "undergrounding:route_edit": 18,
    "undergrounding:route_detail": 25,
}
# What is no GET of the matrix: one run of the rules, and the same while the pin moves (the whole
# request, as an applicant).
ONE_SCREENING = 8
PREVIEW = 24


def budget_of(name: str) -> int:
    """The most queries of a GET."""
    return BUDGETS.get(name, PLAIN)
