"""Prints the public holidays of the years FIRST to LAST as the Python package `holidays` knows them.

    python3 public_holidays.py 2020 2030 > public-holidays.txt
"""

import sys

import holidays

first, last = int(sys.argv[1]), int(sys.argv[2])
print(f"""# Public holidays {first}-{last}: NL BE DE (nationwide) FR LU GB (England and Wales).
# Source: the Python package `holidays` {holidays.__version__}, https://pypi.org/project/holidays/,
# copyright (c) Vacanza Team and individual contributors, MIT licence.
# NL with the optional days Good Friday and each 5 May, which the Algemene termijnenwet has as well.
# Without Easter Sunday and Pentecost, which are Sundays.""")

WHERE = {
    "NL": {"categories": ("public", "optional")},
    "BE": {},
    "DE": {},
    "FR": {},
    "LU": {},
    "GB": {"subdiv": "ENG"},
}
SUNDAYS = ("Easter Sunday", "Pentecost")

for country, options in WHERE.items():
    years = range(first, last + 1)
    found = holidays.country_holidays(country, years=years, language="en_US", **options)
    for year in years:
        days = sorted(day for day, name in found.items() if day.year == year and name not in SUNDAYS)
        print(country, year, *(day.strftime("%m-%d") for day in days))
