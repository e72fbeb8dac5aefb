"""Sums up what the cases came to: a table by topic, and a line as the last; exits 1 where something isn't as it should.

    python summary.py OUTCOMES CASES

Each line of the file OUTCOMES is a topic and what one of its cases came to, or `pip` and what pip said of a lockfile;
CASES is how many cases there should be.
"""

import sys
from collections import Counter
from pathlib import Path

KINDS = ("same", "explained", "different", "failed")

outcomes = Counter(tuple(line.split()) for line in Path(sys.argv[1]).read_text().splitlines())
accepted, refused = outcomes.pop(("pip", "accepted"), 0), outcomes.pop(("pip", "refused"), 0)

print()
print(f"{'topic':<16}" + "".join(f"{kind:>11}" for kind in KINDS))
for topic in sorted({topic for topic, _ in outcomes}):
    print(f"{topic:<16}" + "".join(f"{outcomes[topic, kind] or '':>11}" for kind in KINDS))

sums = {kind: sum(count for (_, outcome), count in outcomes.items() if outcome == kind) for kind in KINDS}
missing = int(sys.argv[2]) - sum(sums.values())
words = [f"{count} {kind}" for kind, count in sums.items()] + ([f"{missing} not run"] if missing else [])
print(f"\ncompare: {', '.join(words)}; pip accepted {accepted} of {accepted + refused} hashed locks")
sys.exit(1 if sums["different"] or sums["failed"] or missing or refused else 0)
