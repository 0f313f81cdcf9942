"""A workspace that stays open while its files are being written: judged as they stand in the editor, unsaved."""

from crmtool.app.live.workspace import LiveWorkspace

__all__ = ["LiveWorkspace"]
