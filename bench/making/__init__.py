"""The workspaces that are measured, made from a seed and a contact's number: the same bytes on every machine."""
