"""Make a workspace: `python -m bench.making CONTACTS FOLDER`, with its Git history."""

import sys
from pathlib import Path

from bench.making.repository import write_repository

write_repository(Path(sys.argv[2]), int(sys.argv[1]))
