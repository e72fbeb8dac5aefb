import Resolution

extension FailureCase {
  private static let january: Int64 = 1_767_225_600_000
  private static let march: Int64 = 1_772_366_400_000

  /// Hints about releases that can't be used: none names what can't be used either.
  static let hintsOfReasons: [FailureCase] = [
    FailureCase(
      testDescription: "a yanked release that a line names which doesn't hold",
      index: [serve("b", "1", requires: ["a>=2"]), serve("a", "1"), serve("a", "2", yanked: "broken")],
      asks: ["b", "a<2", "a==2; sys_platform == 'win32'"],
      text: """
        the requirements can't be met
          Because your requirements ask for b (app.in:1) which depends on a>=2, and for a<2 (app.in:2), \
        your requirements can't be met.
        """),
    FailureCase(
      testDescription: "a Python that can't be asked for",
      index: [serve("a", "1", requiresPython: "==1.5.2")],
      asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 needs Python ==1.5.2 (the target is \
        3.12.0), your requirements can't be met.
        """),
    FailureCase(
      testDescription: "a Python for which there is no wheel",
      index: [
        serve("a", "1", requiresPython: ">=3.13", tags: "cp311-cp311-manylinux_2_28_x86_64")
      ], asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 needs Python >=3.13 (the target is \
        3.12.0), your requirements can't be met.
        """),
    FailureCase(
      testDescription: "pre-releases that a policy bars, of which none could be picked",
      index: [serve("a", "1"), serve("a", "2rc1", yanked: "broken")], asks: ["a>1"], preReleases: .disallow,
      text: """
        the requirements can't be met
          Because your requirements ask for a>1 (app.in:1) and a==2rc1 is a pre-release, your requirements \
        can't be met.
        hint: lower `a>1` (app.in:1) to admit a==1
        """),
    FailureCase(
      testDescription: "a lower release would do, and is newer than the cutoff",
      index: [
        serve("a", "1", uploadedAt: march), serve("a", "0.9", uploadedAt: january),
        serve("a", "2", uploadedAt: march),
      ], asks: ["a>=2"], cutoff: january + 1,
      text: """
        the requirements can't be met
          Because your requirements ask for a>=2 (app.in:1) and a==2 is newer than the cutoff, your \
        requirements can't be met.
        hint: `--exclude-newer-package a=2026-03-01T12:00:01Z` admits `a==2`
        hint: lower `a>=2` (app.in:1) to admit a==0.9
        """),
    FailureCase(
      testDescription: "the newest release is newer than the cutoff, and none is in range",
      index: [serve("a", "1", uploadedAt: january), serve("a", "2", uploadedAt: march)], asks: ["a>=99"],
      cutoff: january + 1,
      text: """
        the requirements can't be met
          Because your requirements ask for a>=99 (app.in:1), which no release matches (the newest is 2), \
        your requirements can't be met.
        hint: lower `a>=99` (app.in:1): the newest that could be picked is 1
        """),
    FailureCase(
      testDescription: "a lower release would do, and would have to be built",
      index: [
        serve("a", "1", tags: nil, source: .built), serve("a", "0.9"),
        serve("a", "2", tags: nil, source: .built),
      ], asks: ["a>=2"], isBuildRuledOut: true,
      text: """
        the requirements can't be met
          Because your requirements ask for a>=2 (app.in:1) and a==2 has no wheel and would have to be \
        built, which isn't allowed, your requirements can't be met.
        hint: leave out `--no-build` for `a`
        hint: lower `a>=2` (app.in:1) to admit a==0.9
        """),
    FailureCase(
      testDescription: "a lower release would do, and has no wheel",
      index: [
        serve("a", "1", tags: nil, source: .telling), serve("a", "2", requires: ["b>=2"]), serve("b", "1"),
        serve("b", "2"),
      ], asks: ["a>=2", "b<2"], onlyBinary: ":all:",
      text: """
        the requirements can't be met
          Because your requirements ask for a>=2 (app.in:1) which depends on b>=2, and for b<2 (app.in:2), \
        your requirements can't be met.
        hint: raise `b<2` (app.in:2) to admit b==2
        """),
    FailureCase(
      testDescription: "the only lower release is yanked",
      index: [
        serve("a", "1", yanked: "broken"), serve("a", "2", requires: ["b>=2"]), serve("b", "1"),
        serve("b", "2"),
      ], asks: ["a>=2", "b<2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>=2 (app.in:1) which depends on b>=2, and for b<2 (app.in:2), \
        your requirements can't be met.
        hint: raise `b<2` (app.in:2) to admit b==2
        """),
    FailureCase(
      testDescription: "the only newer release needs a newer Python",
      index: [
        serve("a", "1", requires: ["b<2"]), serve("a", "2", requiresPython: ">=3.13"), serve("b", "1"),
        serve("b", "2"),
      ], asks: ["a<2", "b>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a<2 (app.in:1) which depends on b<2, and for b>=2 (app.in:2), \
        your requirements can't be met.
        hint: lower `b>=2` (app.in:2) to admit b==1
        """),
    FailureCase(
      testDescription: "the only newer release is for another platform",
      index: [serve("a", "1"), serve("a", "2", tags: "cp312-cp312-win_amd64")], asks: ["a<2", "a>1"],
      text: """
        the requirements can't be met
          Because your requirements ask for both a<2 (app.in:1) and a>1 (app.in:2), your requirements can't \
        be met.
        hint: lower `a>1` (app.in:2) to admit a==1
        """),
    FailureCase(
      testDescription: "a yanked release and an override",
      index: [serve("a", "1"), serve("a", "2", yanked: "")],
      asks: ["a"], overrides: ["a>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>=2 (override overrides.txt:1) and a==2 is yanked, your \
        requirements can't be met.
        hint: lower the override `a>=2` (overrides.txt:1) to admit a==1
        """),
    FailureCase(
      testDescription: "a release that an index may have that isn't asked",
      index: [serve("a", "1"), serve("a", "2")], asks: ["a>=3"],
      unasked: ["https://other.example/simple/"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>=3 (app.in:1), which no release matches (the newest is 2), \
        your requirements can't be met.
        hint: `a` isn't looked for on `https://other.example/simple/`, as an earlier index has the name: \
        `--index-strategy unsafe-best-match` takes releases from all, and asks all for every name, private \
        ones too
        hint: lower `a>=3` (app.in:1): the newest release is 2
        """),
    FailureCase(
      testDescription: "a release that an index may have that isn't asked, and a release asks for",
      index: [serve("b", "1", requires: ["a>=3,<5"]), serve("a", "1")], asks: ["b"],
      unasked: ["https://other.example/simple/", "https://third.example/simple/"],
      text: """
        the requirements can't be met
          Because your requirements ask for b (app.in:1) which depends on a<5,>=3, which no release matches \
        (the newest is 1), your requirements can't be met.
        hint: `a` isn't looked for on `https://other.example/simple/`, `https://third.example/simple/`, as an \
        earlier index has the name: `--index-strategy unsafe-best-match` takes releases from all, and asks all for every name, private \
        ones too
        """),
    FailureCase(
      testDescription: "what another index has is no matter where this one has releases in range",
      index: [serve("a", "1", requires: ["b<2"]), serve("b", "1"), serve("b", "2")], asks: ["a", "b>=2"],
      unasked: ["https://other.example/simple/"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) which depends on b<2, and for b>=2 (app.in:2), \
        your requirements can't be met.
        hint: lower `b>=2` (app.in:2) to admit b==1
        """),
    FailureCase(
      testDescription: "a release without an upload time beside one that is too new",
      index: [serve("a", "1"), serve("a", "1", tags: nil, source: .telling, uploadedAt: march)], asks: ["a"],
      cutoff: january,
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 is newer than the cutoff, your \
        requirements can't be met.
        hint: `--exclude-newer 2026-03-01T12:00:01Z` is the earliest cutoff that admits a release of `a`
        """),
    FailureCase(
      testDescription: "an index that tells no upload times", index: [serve("a", "1"), serve("b", "1")],
      asks: ["a", "b"], cutoff: january,
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 has no upload time on the index to hold \
        against the cutoff, your requirements can't be met.
        hint: leave out `--exclude-newer`: the index tells no upload time of anything that you ask for
        """),
    FailureCase(
      testDescription: "no index is asked", index: [], asks: ["a"], isWithoutIndex: true,
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1), which no index has, your requirements can't be \
        met.
        hint: `a` may be misspelt, or where nobody looks: name that by `--find-links`, or leave out \
        `--no-index`
        """),
    FailureCase(
      testDescription: "a cutoff before everything",
      index: [
        serve("a", "1", uploadedAt: january), serve("a", "2", uploadedAt: march),
        serve("b", "1", uploadedAt: march),
      ], asks: ["a", "b"], cutoff: 86_399_999,
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and every release of a is newer than the cutoff, \
        your requirements can't be met.
        hint: `--exclude-newer 2026-03-01T12:00:01Z` is the earliest cutoff that admits all that you ask \
        for
        """),
    FailureCase(
      testDescription: "a cutoff of one project before everything",
      index: [
        serve("a", "1", uploadedAt: january), serve("a", "2", uploadedAt: march),
        serve("b", "1", uploadedAt: march),
      ], asks: ["a", "b"], cutoff: march + 1, cutoffs: ["a": 5],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and every release of a is newer than the cutoff, \
        your requirements can't be met.
        hint: `--exclude-newer-package a=2026-01-01T00:00:01Z` instead of the one given admits `a==1`
        """),
    FailureCase(
      testDescription: "the oldest release is yanked, and all are newer than the cutoff",
      index: [
        serve("a", "1", yanked: "broken", uploadedAt: january), serve("a", "2", uploadedAt: march),
        serve("b", "1", uploadedAt: 4),
      ], asks: ["a", "b"], cutoff: 5,
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and every release of a is newer than the cutoff, \
        your requirements can't be met.
        hint: `--exclude-newer-package a=2026-03-01T12:00:01Z` admits `a==2`
        """),
    FailureCase(
      testDescription: "names and versions without end",
      index: [
        serve("a\(String(repeating: "a", count: 500))", "1+\(String(repeating: "x", count: 300))"),
        serve("a\(String(repeating: "a", count: 500))", "2+\(String(repeating: "x", count: 300))"),
      ],
      asks: [
        "a\(String(repeating: "a", count: 500))<2", "a\(String(repeating: "a", count: 500))>=2",
      ],
      text: """
        the requirements can't be met
          Because your requirements ask for both \
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa… \
        (app.in:1) and \
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa… \
        (app.in:2), your requirements can't be met.
        hint: raise `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…` (app.in:1) to admit \
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…==2+xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
        hint: lower `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…` (app.in:2) to admit \
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…==1+xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
        """),
    FailureCase(
      testDescription: "an unknown name without end", index: [],
      asks: [String(repeating: "b", count: 1000)],
      text: """
        the requirements can't be met
          Because your requirements ask for \
        bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb… \
        (app.in:1), which no index has, your requirements can't be met.
        hint: `bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…` may be misspelt, or on an \
        index that isn't asked: `--extra-index-url`
        """),
    FailureCase(
      testDescription: "another Python admits a release that needs what another line rules out",
      index: [
        serve("a", "1"), serve("a", "2", requires: ["b>=2"], requiresPython: ">=3.12"), serve("b", "1"),
        serve("b", "2"),
      ], asks: ["a>=2", "b<2"], python: "3.10",
      text: """
        the requirements can't be met
          Because your requirements ask for a>=2 (app.in:1) and a==2 needs Python >=3.12 (the target is \
        3.10.0), your requirements can't be met.
        hint: lower `a>=2` (app.in:1) to admit a==1
        """),
    FailureCase(
      testDescription: "each need wants a newer Python than the last",
      index: [
        serve("a", "1", requires: ["b"], requiresPython: ">=3.11"),
        serve("b", "1", requires: ["c"], requiresPython: ">=3.12"), serve("c", "1", requiresPython: ">=3.13"),
      ], asks: ["a"], python: "3.10",
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 needs Python >=3.11 (the target is \
        3.10.0), your requirements can't be met.
        hint: Python 3.13 would do for `c`: `--python-version 3.13`, or another interpreter by \
        `--python`
        """),
    FailureCase(
      testDescription: "another cutoff admits a release that needs what another line rules out",
      index: [
        serve("a", "1", uploadedAt: 1000), serve("a", "2", requires: ["b>=2"], uploadedAt: 9000),
        serve("b", "1", uploadedAt: 1000), serve("b", "2", uploadedAt: 1000),
      ], asks: ["a>=2", "b<2"], cutoff: 5000,
      text: """
        the requirements can't be met
          Because your requirements ask for a>=2 (app.in:1) and a==2 is newer than the cutoff, your \
        requirements can't be met.
        hint: lower `a>=2` (app.in:1) to admit a==1
        """),
    FailureCase(
      testDescription: "what is asked for needs what was uploaded later",
      index: [
        serve("a", "1", requires: ["b"], uploadedAt: 9_000_000), serve("b", "1", uploadedAt: 99_000_000),
      ], asks: ["a"], cutoff: 0,
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 is newer than the cutoff, your \
        requirements can't be met.
        hint: `--exclude-newer 1970-01-02T03:30:01Z` is the earliest cutoff that admits all that you ask \
        for, and what it needs
        """),
    FailureCase(
      testDescription: "two projects whose own cutoffs leave nothing",
      index: [
        serve("a", "1", requires: ["b"], uploadedAt: 9_000_000), serve("b", "1", uploadedAt: 99_000_000),
      ], asks: ["a"], cutoffs: ["a": 0, "b": 0],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 is newer than the cutoff, your \
        requirements can't be met.
        hint: `--exclude-newer-package a=1970-01-01T02:30:01Z` instead of the one given admits `a==1`, and \
        `--exclude-newer-package b=1970-01-02T03:30:01Z` instead of the one given admits `b==1`
        """),
    FailureCase(
      testDescription: "a yanked release that needs what another line rules out",
      index: [
        serve("a", "1", requires: ["b>=2"], yanked: "broken"), serve("b", "1"), serve("b", "2"),
      ], asks: ["a", "b<2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 is yanked (broken), your requirements \
        can't be met.
        hint: write `a==1` among your requirements to take a yanked release all the same, and raise \
        `b<2` (app.in:2) to admit b==2
        """),
    FailureCase(
      testDescription: "a pre-release that needs what another line rules out",
      index: [serve("a", "1rc1", requires: ["b>=2"]), serve("b", "1"), serve("b", "2")],
      asks: ["a", "b<2"], preReleases: .disallow,
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1rc1 is a pre-release, your requirements \
        can't be met.
        hint: `--prerelease if-necessary` instead of `disallow` admits the pre-release `a==1rc1`, and \
        raise `b<2` (app.in:2) to admit b==2
        """),
    FailureCase(
      testDescription: "wheels of a Python whose tags had a letter more",
      index: [serve("a", "1", tags: "cp36-cp36m-manylinux2010_x86_64")], asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 has wheels for other targets only \
        (cp36-cp36m-manylinux2010_x86_64; the target is cp312-cp312-manylinux_2_28_x86_64), your \
        requirements can't be met.
        hint: `a` has wheels for Python 3.6: `--python-version 3.6`, or another interpreter by `--python`
        """),
  ]
}
