"""Writes what Python's zoneinfo says of some time zones, and what a cron daemon would do in them, as tables that the tests
hold row by row.

    python3 zones.py

needs Python 3.9, the system's tz database in /usr/share/zoneinfo with its text form tzdata.zi, and `zic`. The choice of
moments is seeded: with the same tz database the same tables come out. In the folder beside this file it writes

zones/fat/NAME, zones/slim/NAME   the zone's file, `/` in its name as `-`: as `zic -b fat` writes it (every year up to 2037,
                                  then the footer) and as `zic -b slim` does (the footer as soon as it holds)
offsets.tsv    zone  moment  seconds ahead of UTC: around every change from 1990 to 2060, and at random moments
cron.tsv       zone  expression  moment  the first occurrence after it  the last one before it

Moments are seconds since 1970-01-01 00:00 UTC. The daemon is played minute by minute: it remembers the latest time that the
clock has shown, and when a minute begins, does what was due since then, once. What repeats through the day (hours that
begin with `*`) it does by what the clock shows.
"""

import calendar
import datetime
import pathlib
import random
import subprocess
import tempfile
import zoneinfo

ZONES = [
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Apia",
    "Europe/Dublin", "America/Santiago",
]
EXPRESSIONS = [
    "0 6 * * MON", "30 2 * * *", "*/15 * * * *", "0 * * * *", "7 */6 * * *", "0 0 1 * *", "15 3 29 2 *", "0 0 13 * FRI",
    "59 23 31 12 *", "0 0 * * SUN", "30 1,2,3 * * *", "*/20 2 * * *", "0 12 */2 * MON", "0 0 1-7 * */7",
    "10-50/20 0-4/2 * MAR,APR,SEP-NOV SUN", "15 0,2 * * 5-7", "45 1 29-31 * *",
]
NAMES = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
DAYS = {name: number for number, name in enumerate(["sun", "mon", "tue", "wed", "thu", "fri", "sat"])}
MINUTE, DAY = 60, 86400
EPOCH = datetime.datetime(1970, 1, 1)


def numbers(text, low, high, names):
    found = set()
    for item in text.lower().split(","):
        item, _, step = item.partition("/")
        first, _, last = item.partition("-")
        value = lambda word: names[word] if word in names else int(word)
        if item == "*":
            chosen = range(low, high + 1)
        else:
            chosen = range(value(first), (value(last) if last else value(first)) + 1)
        found.update(chosen[:: int(step or 1)])
    return found


class Daemon:
    def __init__(self, expression, zone):
        minute, hour, day, month, weekday = expression.split()
        self.zone = zoneinfo.ZoneInfo(zone)
        self.minutes = numbers(minute, 0, 59, {})
        self.hours = numbers(hour, 0, 23, {})
        self.days = numbers(day, 1, 31, {})
        self.months = numbers(month, 1, 12, NAMES)
        self.weekdays = {number % 7 for number in numbers(weekday, 0, 6, DAYS)}
        self.either = day[0] != "*" and weekday[0] != "*"
        self.repeats = hour[0] == "*"
        self.memory = {}

    def has_day(self, date):
        if date not in self.memory:
            in_days, in_weekdays = date.day in self.days, date.isoweekday() % 7 in self.weekdays
            in_both = in_days or in_weekdays if self.either else in_days and in_weekdays
            self.memory[date] = date.month in self.months and in_both
        return self.memory[date]

    def has(self, wall):
        return wall.minute in self.minutes and wall.hour in self.hours and self.has_day(wall.date())

    def shown(self, moment):
        return datetime.datetime.fromtimestamp(moment, self.zone).replace(tzinfo=None)

    def occurrences(self, start, end):
        """Those from a moment on, before another. A little before the moment the clock begins to be watched."""
        moment = start - start % MINUTE - 3 * DAY
        latest = self.shown(moment)
        while moment < end:
            moment += MINUTE
            wall = self.shown(moment)
            near = range(-2, 4)
            if not any(self.has_day(wall.date() + datetime.timedelta(days=days)) for days in near):
                moment += DAY
                latest = max(latest, self.shown(moment))
                continue
            if self.repeats:
                is_due = self.has(wall)
            else:
                is_due = False
                while latest < wall:
                    latest += datetime.timedelta(minutes=1)
                    is_due = is_due or self.has(latest)
            if is_due and start <= moment < end:
                yield moment

    def after(self, moment):
        return next(self.occurrences(moment + 1, moment + 9 * 366 * DAY))

    def before(self, moment):
        days = 2
        while True:
            found = list(self.occurrences(moment - days * DAY, moment))
            if found:
                return found[-1]
            days *= 4


def moment(year):
    return calendar.timegm((year, 1, 1, 0, 0, 0))


def offset(zone, at):
    return int(datetime.datetime.fromtimestamp(at, zone).utcoffset().total_seconds())


def changes(zone):
    """The first second of every new offset from 1990 to 2060, found by halving."""
    found = []
    start = moment(1990)
    while start < moment(2061):
        end = start + 5 * DAY
        if offset(zone, start) != offset(zone, end):
            low, high = start, end
            while high - low > 1:
                middle = (low + high) // 2
                if offset(zone, middle) == offset(zone, start):
                    low = middle
                else:
                    high = middle
            found.append(high)
        start = end
    return found


def main():
    folder = pathlib.Path(__file__).parent
    source = pathlib.Path("/usr/share/zoneinfo/tzdata.zi")
    for kind in ["fat", "slim"]:
        (folder / "zones" / kind).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as made:
            subprocess.run(["zic", "-b", kind, "-d", made, source], check=True, stderr=subprocess.DEVNULL)
            for name in ZONES:
                contents = (pathlib.Path(made) / name).read_bytes()
                (folder / "zones" / kind / name.replace("/", "-")).write_bytes(contents)
    seeded = random.Random(9636)
    version = source.read_text().splitlines()[0].removeprefix("# version ")
    offsets = [f"# zone, moment, seconds ahead of UTC: zones.py, tz database {version}"]
    rows = [f"# zone, expression, moment, the next, the one before: zones.py, tz database {version}"]
    for name in ZONES:
        zone = zoneinfo.ZoneInfo(name)
        turns = changes(zone)
        moments = {turn + delta for turn in turns for delta in [-1, 0, 1]}
        moments.update(seeded.randrange(moment(1990), moment(2061)) for _ in range(200))
        offsets += [f"{name}\t{at}\t{offset(zone, at)}" for at in sorted(moments)]
        for expression in EXPRESSIONS:
            daemon = Daemon(expression, name)
            near = seeded.sample(turns, min(7, len(turns)))
            starts = [turn + seeded.choice([-7200, -3600, -1800, -1, 0, 1, 1799, 1800, 3600, 5400]) for turn in near]
            starts += [turn + seeded.randrange(-2 * DAY, 2 * DAY) for turn in near]
            starts += [seeded.randrange(moment(1990), moment(2060)) for _ in range(4)]
            for at in starts:
                rows.append(f"{name}\t{expression}\t{at}\t{daemon.after(at)}\t{daemon.before(at)}")
    (folder / "offsets.tsv").write_text("\n".join(offsets) + "\n")
    (folder / "cron.tsv").write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
