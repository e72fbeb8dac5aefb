"""Writes what `croniter` says about random cron expressions, zones and moments, as a table the tests hold row by row.

    cron.py ZONES > cron.tsv

ZONES is the folder of time zone files that the tests read, Tests/UpdatePolicyTests/Fixtures/zones/slim. Needs `croniter` 7.0.0
and Python 3.9 or later. The same release writes the same bytes every time: choices come from a fixed seed.

cron.tsv
    zone  expression  moment  next  previous        moments in seconds since 1970-01-01 00:00 UTC

croniter is asked with `implement_cron_bug`, which is cron's own rule of the two day fields: where one of them begins with a
star, a day has to be of both. Where clocks change it goes by rules of its own: a time that the clock leaps over is left out,
and one that is shown twice comes twice. A daemon played in Tests/UpdatePolicyTests/Fixtures/zones.py holds those hours to
cron's rules; here a row is taken only if no clock changes within DISTANCE of the moment and of either answer. Nor does an
answer cross a change of clocks where the hours begin with a star or have a step, of which croniter counts hours and not what the
clock shows. A range whose ends are the same, `15-15`, croniter takes for every number; cron and repin take it for that one, and
none is written here. Nor is a day field that has all its numbers and doesn't begin with a star, `1-7` or `3,*/1`: to cron it restricts
nothing but is no star, so that every day is meant where the other one restricts too; croniter takes it for a star.
"""

import datetime
import pathlib
import random
import sys
import zoneinfo

import croniter

SEED = 909
COUNT = 2_400
ZONES = [
    "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Europe/Dublin",
    "America/Santiago", "Pacific/Apia",
]  # fmt: skip
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
DISTANCE = 36 * 3_600
FIRST = int(datetime.datetime(2000, 1, 1, tzinfo=datetime.timezone.utc).timestamp())
LAST = int(datetime.datetime(2036, 1, 1, tzinfo=datetime.timezone.utc).timestamp())


def number(choice: random.Random, value: int, names: list[str], first: int) -> str:
    """A value, sometimes by its name, in some letter case."""
    if names and choice.random() < 0.4 and value - first < len(names):
        name = names[value - first]
        return choice.choice([name, name.lower(), name.capitalize()])
    return f"{value:02d}" if choice.random() < 0.05 else str(value)


def item(choice: random.Random, low: int, high: int, names: list[str]) -> str:
    kind = choice.random()
    if kind < 0.5:
        return number(choice, choice.randint(low, high), names, low)
    if kind < 0.85:
        start = choice.randint(low, high - 1)
        end = choice.randint(start + 1, high)
        text = f"{number(choice, start, names, low)}-{number(choice, end, names, low)}"
        return text + (f"/{choice.randint(1, max(1, (high - low) // 2))}" if choice.random() < 0.3 else "")
    return f"*/{choice.randint(1, max(1, (high - low) // 2))}"


def field(choice: random.Random, low: int, high: int, names: list[str], stars: float) -> str:
    if choice.random() < stars:
        return "*"
    return ",".join(item(choice, low, high, names) for _ in range(choice.choice([1, 1, 1, 2, 2, 3])))


def expression(choice: random.Random) -> str:
    return " ".join([
        field(choice, 0, 59, [], 0.1), field(choice, 0, 23, [], 0.2), field(choice, 1, 31, [], 0.45),
        field(choice, 1, 12, MONTHS, 0.6), field(choice, 0, 7, DAYS, 0.45),
    ])  # fmt: skip


def changes_between(zone: zoneinfo.ZoneInfo, start: int, end: int) -> bool:
    """Whether the zone's clocks change within a stretch of time, to the hour, which no zone has two changes in."""
    def offset(moment: int):
        return datetime.datetime.fromtimestamp(moment, zone).utcoffset()

    first = offset(start)
    return any(offset(moment) != first for moment in range(start, end + 3_600, 3_600))


def row(choice: random.Random, zones: dict[str, zoneinfo.ZoneInfo]) -> str | None:
    name = choice.choice(ZONES)
    zone = zones[name]
    text = expression(choice)
    moment = choice.randrange(FIRST, LAST)
    if choice.random() < 0.3:
        moment -= moment % 60
    try:
        expanded = croniter.croniter.expand(text)[0]
    except croniter.CroniterError:
        return None
    fields = text.split(" ")
    if any(expanded[place] == ["*"] and not fields[place].startswith("*") for place in [2, 4]):
        return None
    begin = datetime.datetime.fromtimestamp(moment, zone)
    try:
        answers = [
            int(getattr(
                croniter.croniter(text, begin, implement_cron_bug=True, max_years_between_matches=40), what
            )(datetime.datetime).timestamp())
            for what in ["get_next", "get_prev"]
        ]  # fmt: skip
    except croniter.CroniterError:
        # 31 February, and what croniter doesn't take: no row.
        return None
    for at in [moment, *answers]:
        if changes_between(zone, at - DISTANCE, at + DISTANCE):
            return None
    hours = fields[1]
    if "*" in hours or "/" in hours:
        if changes_between(zone, min(answers), max(answers)):
            return None
    return "\t".join([name, text, str(moment), *map(str, answers)])


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    zones: dict[str, zoneinfo.ZoneInfo] = {}
    for name in ZONES:
        if name == "UTC":
            zones[name] = zoneinfo.ZoneInfo("UTC")
            continue
        with (folder / name.replace("/", "-")).open("rb") as file:
            zones[name] = zoneinfo.ZoneInfo.from_file(file, key=name)
    choice = random.Random(SEED)
    print("# zone\texpression\tmoment\tnext\tprevious: by croniter, written by scripts/oracle.d/cron.py")
    written = 0
    while written < COUNT:
        line = row(choice, zones)
        if line:
            print(line)
            written += 1


main()
