import Resolution

extension FailureCase {
  /// The user's own lines, names and the index alone.
  static let requirements: [FailureCase] = [
    FailureCase(
      testDescription: "a project that no index has", index: [serve("b", "1.0")], asks: ["b", "qqqqqq>=1"],
      text: """
        the requirements can't be met
          Because your requirements ask for qqqqqq>=1 (app.in:2), which no index has, your requirements \
        can't be met.
        hint: `qqqqqq` may be misspelt, or on an index that isn't asked: `--extra-index-url`
        """),
    FailureCase(
      testDescription: "a project that no index has, near one that is asked for",
      index: [serve("flask", "1.0")], asks: ["flask", "flsk>=1"],
      text: """
        the requirements can't be met
          Because your requirements ask for flsk>=1 (app.in:2), which no index has, your requirements \
        can't be met.
        hint: no index has `flsk`; did you mean `flask`?
        """),
    FailureCase(
      testDescription: "a project that no index has, near one of the lockfile",
      index: [serve("b", "1.0")], asks: ["b", "requsets"], known: ["requests", "urllib3"],
      text: """
        the requirements can't be met
          Because your requirements ask for requsets (app.in:2), which no index has, your requirements \
        can't be met.
        hint: no index has `requsets`; did you mean `requests`?
        """),
    FailureCase(
      testDescription: "two projects that no index has", index: [serve("b", "1.0")],
      asks: ["nothere1", "nothere2"],
      text: """
        the requirements can't be met
          Because your requirements ask for nothere1 (app.in:1), which no index has, your requirements \
        can't be met.
        hint: `nothere1` may be misspelt, or on an index that isn't asked: `--extra-index-url`
        hint: `nothere2` may be misspelt, or on an index that isn't asked: `--extra-index-url`
        """),
    FailureCase(
      testDescription: "a project that no index has, two levels down",
      index: [serve("flask", "1.0", requires: ["wrkzeug>=3"])], asks: ["flask"],
      text: """
        the requirements can't be met
          Because your requirements ask for flask (app.in:1) which depends on wrkzeug>=3, which no index \
        has, your requirements can't be met.
        hint: `wrkzeug` may be misspelt, or on an index that isn't asked: `--extra-index-url`
        """),
    FailureCase(
      testDescription: "a project without any release", index: [], asks: ["a"], empty: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1), which has no distribution that could be used, \
        your requirements can't be met.
        """),
    FailureCase(
      testDescription: "no release so new", index: [serve("flask", "1.0"), serve("flask", "3.1")],
      asks: ["flask>=99"],
      text: """
        the requirements can't be met
          Because your requirements ask for flask>=99 (app.in:1), which no release matches (the newest is \
        3.1), your requirements can't be met.
        hint: lower `flask>=99` (app.in:1): the newest release is 3.1
        """),
    FailureCase(
      testDescription: "no release so old", index: [serve("flask", "1.0"), serve("flask", "3.1")],
      asks: ["flask<0.9"],
      text: """
        the requirements can't be met
          Because your requirements ask for flask<0.9 (app.in:1), which no release matches (the newest is \
        3.1), your requirements can't be met.
        hint: raise `flask<0.9` (app.in:1): the oldest release is 1.0
        """),
    FailureCase(
      testDescription: "no release just there", index: [serve("flask", "1.0"), serve("flask", "3.1")],
      asks: ["flask==2.0"],
      text: """
        the requirements can't be met
          Because your requirements ask for flask==2.0 (app.in:1), which no release matches (the newest is \
        3.1), your requirements can't be met.
        hint: change `flask==2.0` (app.in:1): the nearest releases are 1.0 and 3.1
        """),
    FailureCase(
      testDescription: "no release in a dependency's range",
      index: [
        serve("a", "1", requires: ["b>=9"]), serve("a", "2", requires: ["b>=10"]),
        serve("a", "3", requires: ["b>=10,!=10.1"]), serve("a", "4", requires: ["b>=12"]), serve("b", "1"),
      ], asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) which depends on b>=12, b!=10.1,>=10 or 2 others \
        like it, which no release matches (the newest is 1), your requirements can't be met.
        """),
    FailureCase(
      testDescription: "two requirements of the user's own", index: [serve("a", "1"), serve("a", "2")],
      asks: ["a<2", "a>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for both a<2 (app.in:1) and a>=2 (app.in:2), your requirements \
        can't be met.
        hint: raise `a<2` (app.in:1) to admit a==2
        hint: lower `a>=2` (app.in:2) to admit a==1
        """),
    FailureCase(
      testDescription: "three requirements of the user's own, two of which matter",
      index: [serve("a", "1"), serve("a", "2"), serve("a", "3")], asks: ["a!=3", "a<2", "a>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for both a<2 (app.in:2) and a>=2 (app.in:3), your requirements \
        can't be met.
        hint: raise `a<2` (app.in:2) to admit a==2
        hint: lower `a>=2` (app.in:3) to admit a==1
        """),
    FailureCase(
      testDescription: "a requirement that contradicts itself", index: [serve("a", "1"), serve("a", "2")],
      asks: ["a<2,>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a<2,>=2 (app.in:1), which no release matches (the newest is 2), \
        your requirements can't be met.
        hint: change `a<2,>=2` (app.in:1): its own bounds contradict each other
        """),
    FailureCase(
      testDescription: "a constraint", index: [serve("a", "1"), serve("a", "2")], asks: ["a>=2"],
      constraints: ["a<2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>=2 (app.in:1) and a==2 is ruled out by the constraint a<2 \
        (limits.txt:1), your requirements can't be met.
        hint: raise the constraint `a<2` (limits.txt:1) to admit a==2
        hint: lower `a>=2` (app.in:1) to admit a==1
        """),
    FailureCase(
      testDescription: "a constraint on what something else brings in",
      index: [
        serve("a", "1", requires: ["b>=2"]), serve("a", "2", requires: ["b>=3"]), serve("b", "1"),
        serve("b", "2"), serve("b", "3"),
      ], asks: ["a"], constraints: ["c<1", "b<2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) which depends on b>=2, and b>=2 are ruled out by \
        the constraint b<2 (limits.txt:2), your requirements can't be met.
        hint: raise the constraint `b<2` (limits.txt:2) to admit b>=2
        """),
    FailureCase(
      testDescription: "two constraints that leave nothing",
      index: [serve("a", "1"), serve("a", "2"), serve("a", "3")], asks: ["a"], constraints: ["a<2", "a>2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1), a>=2 are ruled out by the constraint a<2 \
        (limits.txt:1) and a<=2 are ruled out by the constraint a>2 (limits.txt:2), your requirements \
        can't be met.
        hint: raise the constraint `a<2` (limits.txt:1) to admit a==3
        hint: lower the constraint `a>2` (limits.txt:2) to admit a==1
        """),
    FailureCase(
      testDescription: "an override that no release matches",
      index: [serve("a", "1", requires: ["b<2"]), serve("b", "1")], asks: ["a"], overrides: ["b>=9"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) which depends on b>=9 (override overrides.txt:1), \
        which no release matches (the newest is 1), your requirements can't be met.
        hint: lower the override `b>=9` (overrides.txt:1): the newest release is 1
        """),
    FailureCase(
      testDescription: "an override of what several releases ask for",
      index: [
        serve("a", "1", requires: ["b>=1"]), serve("a", "2", requires: ["b>=2"]),
        serve("b", "1", requires: ["c<1"]),
        serve("b", "2"), serve("c", "0.5"), serve("c", "1"),
      ], asks: ["a", "c>=1"], overrides: ["b==1"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) which depends on b==1 (override overrides.txt:1) \
        which depends on c<1, and for c>=1 (app.in:2), your requirements can't be met.
        hint: raise the override `b==1` (overrides.txt:1) to admit b==2
        hint: lower `c>=1` (app.in:2) to admit c==0.5
        """),
    FailureCase(
      testDescription: "an override of the user's own requirement against a constraint",
      index: [serve("a", "1"), serve("a", "2")], asks: ["a<2"], constraints: ["a<2"], overrides: ["a>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>=2 (override overrides.txt:1) and a==2 is ruled out by the \
        constraint a<2 (limits.txt:1), your requirements can't be met.
        hint: raise the constraint `a<2` (limits.txt:1) to admit a==2
        hint: lower the override `a>=2` (overrides.txt:1) to admit a==1
        """),
    FailureCase(
      testDescription: "kept pins have no part in it", index: [serve("a", "1"), serve("a", "2")],
      asks: ["a<2", "a>=2"], kept: ["a": "2", "b": "7"],
      text: """
        the requirements can't be met
          Because your requirements ask for both a<2 (app.in:1) and a>=2 (app.in:2), your requirements \
        can't be met.
        hint: raise `a<2` (app.in:1) to admit a==2
        hint: lower `a>=2` (app.in:2) to admit a==1
        """),
    FailureCase(
      testDescription: "two conflicts that have nothing to do with each other",
      index: [serve("a", "1"), serve("a", "2"), serve("b", "1"), serve("b", "2")],
      asks: ["a<2", "b<2", "a>=2", "b>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for both a<2 (app.in:1) and a>=2 (app.in:3), your requirements \
        can't be met.
        hint: raise `a<2` (app.in:1) to admit a==2, and raise `b<2` (app.in:2) to admit b==2
        """),
    FailureCase(
      testDescription: "local versions",
      index: [serve("a", "1.0+cpu"), serve("a", "1.0+cu126"), serve("a", "2.0+cpu")],
      asks: ["a==1.0", "a>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for both a==1.0 (app.in:1) and a>=2 (app.in:2), your requirements \
        can't be met.
        hint: raise `a==1.0` (app.in:1) to admit a==2.0+cpu
        hint: lower `a>=2` (app.in:2) to admit a<=1.0+cu126
        """),
    FailureCase(
      testDescription: "one local version against another",
      index: [
        serve("a", "1.0+cpu"), serve("a", "1.0+cu126"), serve("b", "1", requires: ["a==1.0+cpu"]),
      ], asks: ["a==1.0+cu126", "b"],
      text: """
        the requirements can't be met
          Because your requirements ask for a==1.0+cu126 (app.in:1), and for b (app.in:2) which depends on \
        a==1.0+cpu, your requirements can't be met.
        hint: lower `a==1.0+cu126` (app.in:1) to admit a==1.0+cpu
        """),
  ]
}
