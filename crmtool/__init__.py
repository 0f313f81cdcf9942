"""crmtool: a CRM that steers decisions, in plain text and Git."""

__version__ = "0.1.0"
