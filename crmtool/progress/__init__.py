"""Progress, not activity: what came closer to a decision, what was decided, how long that took, and what held."""
