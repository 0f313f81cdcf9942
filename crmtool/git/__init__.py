"""Git, by the git program: the index and revisions as trees, and a workspace in one of them as a Snapshot."""

from crmtool.git.repository import Repository, data_version
from crmtool.git.snapshot import GitSnapshot
from crmtool.git.tree import Entry, Tree, workspaces

__all__ = ["Entry", "GitSnapshot", "Repository", "Tree", "data_version", "workspaces"]
