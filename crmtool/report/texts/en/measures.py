"""Times, amounts, durations."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "days": "{n} day|{n} days",
    "days_short": "{n} d|{n} d",
    "for_days": "for {n} day|for {n} days",
    "in_days": "in {n} day|in {n} days",
    "today": "today",
    "since_today": "since today",
    "contacts": "{n} contact|{n} contacts",
    "duration.d": "{n} day|{n} days",
    "duration.w": "{n} week|{n} weeks",
    "duration.m": "{n} month|{n} months",
    "duration.y": "{n} year|{n} years",
}
