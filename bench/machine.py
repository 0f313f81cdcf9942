"""What was measured on: without it no figure means anything."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from pathlib import Path


def machine() -> dict[str, str]:
    """Tell processor, cores, memory, system, and the versions of what crmtool stands on; how busy it was beforehand."""
    kilobytes = int(_found(r"MemTotal:\s*(\d+)", "/proc/meminfo") or 0)
    return {
        "processor": _found(r"model name\s*:\s*(.*)", "/proc/cpuinfo") or platform.processor() or platform.machine(),
        "cores": str(os.cpu_count()),
        "memory": f"{kilobytes / (1 << 20):.0f} GiB",
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "python": platform.python_version(),
        "git": subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.split()[2],
        "load before": f"{os.getloadavg()[0]:.1f}",
    }


def _found(pattern: str, file: str) -> str:
    try:
        found = re.search(pattern, Path(file).read_text())
    except OSError:
        return ""
    return found[1] if found else ""
