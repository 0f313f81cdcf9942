"""`python -m crmtool`."""

from crmtool.cli import main

main()
