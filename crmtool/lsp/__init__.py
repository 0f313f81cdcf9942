"""The language server: what crmtool knows, shown in an editor while a file is being written."""
