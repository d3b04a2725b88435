"""Reporting keeps figures of groups, and of nobody."""

from users.privacy.registry import impersonal_declare

impersonal_declare(
    "reporting.CoverageMonth",
    "reporting.CoverageSnapshot",
    "reporting.RollEntry",
    "reporting.AttendanceMonth",
    "reporting.AttendanceFigure",
)
