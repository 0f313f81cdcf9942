"""May a site's configuration do what it asks for: run code, and read or write outside of the workspace.

MkDocs does whatever its configuration names: hooks, plugins, templates, even objects of Python that stand in the YAML.
A workspace that somebody else sent must not do so before its user has said yes.
"""

from crmtool.app.site_trust.approvals import Approvals
from crmtool.app.site_trust.asking import Asked, asked
from crmtool.app.site_trust.power import Power
from crmtool.app.site_trust.powers import is_outside

__all__ = ["Approvals", "Asked", "Power", "asked", "is_outside"]
