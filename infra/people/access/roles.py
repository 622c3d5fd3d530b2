"""Names for the sets of roles that guards and tests speak of."""

from infra.ground.choices import DEPARTMENT_ROLES, Role

EVERYBODY = frozenset(Role)
DEPARTMENT = DEPARTMENT_ROLES
APPLICANTS = frozenset({Role.OPERATOR})
DOSSIER_READERS = frozenset(
    {
        Role.OPERATOR,
        Role.OFFICER,
        Role.HEAD,
        Role.LEADER,
        Role.CLERK,
        Role.CONSULTED,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)
# Whoever signs, numbers or administers must show a second factor (outside demo mode).
SECOND_FACTOR = frozenset({Role.LEADER, Role.CLERK, Role.ADMINISTRATOR})
