"""What gunicorn reads by itself: it writes the same JSON lines as the application.

No access log: it would write whole addresses, and the one that sets a new password is a key.
`infra.ground.log.middleware` writes a line for each request instead.
"""

from infra.settings import LOGGING

logconfig_dict = LOGGING
accesslog = None
