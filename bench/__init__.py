"""Measurements of crmtool beside its floor and its peers: `make bench`, or `python -m bench --help`."""
