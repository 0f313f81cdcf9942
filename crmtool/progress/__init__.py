"""Progress, not activity: what came closer to a decision, what was decided, how long that took, and what held."""

from crmtool.progress.change import Direction, Progress, clarified, direction, progress
from crmtool.progress.figures import Figures, figures
from crmtool.progress.measures import MINIMUM, Share, Spread
from crmtool.progress.period import Period

__all__ = [
    "MINIMUM",
    "Direction",
    "Figures",
    "Period",
    "Progress",
    "Share",
    "Spread",
    "clarified",
    "direction",
    "figures",
    "progress",
]
