"""Writes holidays-2000-2040.json beside this file: the public holidays of Sweden, Norway and Denmark according to the
package `holidays` (https://pypi.org/project/holidays), which PublicHolidayReferenceTests compares with Torg's own rules.

    python3 -m venv /tmp/reference && /tmp/reference/bin/pip install holidays
    /tmp/reference/bin/python Tests/DomainTests/Deadlines/holidays_reference.py
"""

import json
import pathlib

import holidays

YEARS = range(2000, 2041)

reference = {
    "about": "Public holidays (without ordinary Sundays); written by holidays_reference.py, not by hand",
    "package": f"holidays {holidays.__version__}",
    "first_year": YEARS[0],
    "last_year": YEARS[-1],
}
for country in ("SE", "NO", "DK"):
    days = holidays.country_holidays(country, years=YEARS, categories=("public",))
    reference[country] = [day.isoformat() for day in sorted(days)]

path = pathlib.Path(__file__).with_name("holidays-2000-2040.json")
path.write_text(json.dumps(reference, indent=0) + "\n")
print(path, *(f"{c}: {len(reference[c])}" for c in ("SE", "NO", "DK")))
