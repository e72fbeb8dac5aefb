import Resolution

extension FailureCase {
  /// Hints about the user's own lines: they name all that have to change, and what that admits.
  static let hintsOfLines: [FailureCase] = [
    FailureCase(
      testDescription: "three lines with one bound",
      index: [serve("a", "1"), serve("a", "2"), serve("b", "1")], asks: ["a<2", "b", "a>=2", "a<2"],
      constraints: ["a<2"],
      text: """
        the requirements can't be met
          Because your requirements ask for both a<2 (app.in:1) and a>=2 (app.in:3), your requirements \
        can't be met.
        hint: raise `a<2` (app.in:1, app.in:4) and the constraint `a<2` (limits.txt:1) to admit a==2
        hint: lower `a>=2` (app.in:3) to admit a==1
        """),
    FailureCase(
      testDescription: "two lines with bounds of which each is enough",
      index: [serve("a", "1"), serve("a", "2"), serve("a", "3"), serve("b", "1", requires: ["a>=3"])],
      asks: ["a<3", "b", "a<2.5"],
      text: """
        the requirements can't be met
          Because your requirements ask for a<3 (app.in:1), and for b (app.in:2) which depends on a>=3, \
        your requirements can't be met.
        hint: raise `a<3` (app.in:1) and `a<2.5` (app.in:3) to admit a==3
        """),
    FailureCase(
      testDescription: "two lines with one bound that no release is in",
      index: [serve("a", "1")], asks: ["a>=9", "a>=9"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>=9 (app.in:1), which no release matches (the newest is 1), \
        your requirements can't be met.
        hint: lower `a>=9` (app.in:1, app.in:2): the newest release is 1
        """),
    FailureCase(
      testDescription: "a third line keeps some of what would do",
      index: [serve("a", "1"), serve("a", "2"), serve("a", "3")], asks: ["a<2", "a>=2", "a!=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for both a<2 (app.in:1) and a>=2 (app.in:2), your requirements \
        can't be met.
        hint: raise `a<2` (app.in:1) to admit a==3
        hint: lower `a>=2` (app.in:2) to admit a==1
        """),
    FailureCase(
      testDescription: "constraints that name one release each",
      index: [serve("a", "1"), serve("a", "2"), serve("a", "3")], asks: ["a"],
      constraints: ["a==1", "a==3"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1), a>=2 are ruled out by the constraint a==1 \
        (limits.txt:1) and a<=2 are ruled out by the constraint a==3 (limits.txt:2), your requirements \
        can't be met.
        hint: raise the constraint `a==1` (limits.txt:1) to admit a==3
        hint: lower the constraint `a==3` (limits.txt:2) to admit a==1
        """),
    FailureCase(
      testDescription: "constraints the lower of which comes first",
      index: [serve("a", "1"), serve("a", "2"), serve("a", "3"), serve("b", "1", requires: ["a"])],
      asks: ["b"], constraints: ["a>2", "a<2"],
      text: """
        the requirements can't be met
          Because your requirements ask for b (app.in:1) which depends on a, a>=2 are ruled out by the \
        constraint a<2 (limits.txt:2) and a<=2 are ruled out by the constraint a>2 (limits.txt:1), your \
        requirements can't be met.
        hint: raise the constraint `a<2` (limits.txt:2) to admit a==3
        hint: lower the constraint `a>2` (limits.txt:1) to admit a==1
        """),
    FailureCase(
      testDescription: "an upper bound that a candidate doesn't meet",
      index: [serve("a", "2rc1"), serve("a", "2rc2")],
      asks: ["a<2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a<2 (app.in:1), which no release matches (the newest is 2rc2), \
        your requirements can't be met.
        hint: raise `a<2` (app.in:1): the oldest release is 2rc1
        """),
    FailureCase(
      testDescription: "a lower bound that a local version doesn't meet", index: [serve("a", "1+cpu")],
      asks: ["a>1"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>1 (app.in:1), which no release matches (the newest is 1+cpu), \
        your requirements can't be met.
        hint: lower `a>1` (app.in:1): the newest release is 1+cpu
        """),
    FailureCase(
      testDescription: "bounds just around which the releases are",
      index: [serve("a", "1"), serve("a", "3")],
      asks: ["a>1,<3"],
      text: """
        the requirements can't be met
          Because your requirements ask for a<3,>1 (app.in:1), which no release matches (the newest is 3), \
        your requirements can't be met.
        hint: change `a<3,>1` (app.in:1): the nearest releases are 1 and 3
        """),
    FailureCase(
      testDescription: "bounds that leave out what is between them",
      index: [serve("a", "1"), serve("a", "2"), serve("a", "3")], asks: ["a>1,<3,!=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a!=2,<3,>1 (app.in:1), which no release matches (the newest is \
        3), your requirements can't be met.
        hint: change `a!=2,<3,>1` (app.in:1): the nearest release is 2
        """),
    FailureCase(
      testDescription: "a yanked release among those that would do",
      index: [
        serve("a", "1"), serve("a", "2"), serve("a", "3", yanked: "broken"), serve("a", "4"),
        serve("a", "5", yanked: "broken"),
      ], asks: ["a<2", "a>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for both a<2 (app.in:1) and a>=2 (app.in:2), your requirements \
        can't be met.
        hint: raise `a<2` (app.in:1) to admit a>=2,<=4
        hint: lower `a>=2` (app.in:2) to admit a==1
        """),
    FailureCase(
      testDescription: "a release among those that would do that another line rules out",
      index: (1...5).map { serve("a", "\($0)") }, asks: ["a<2", "a>=2", "a!=3"],
      text: """
        the requirements can't be met
          Because your requirements ask for both a<2 (app.in:1) and a>=2 (app.in:2), your requirements \
        can't be met.
        hint: raise `a<2` (app.in:1) to admit a==5
        hint: lower `a>=2` (app.in:2) to admit a==1
        """),
    FailureCase(
      testDescription: "a constraint that no release is in",
      index: [serve("a", "1"), serve("a", "3")], asks: ["a"], constraints: ["a>=9"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and every release of a is ruled out by the \
        constraint a>=9 (limits.txt:1), your requirements can't be met.
        hint: lower the constraint `a>=9` (limits.txt:1): the newest release is 3
        """),
    FailureCase(
      testDescription: "a constraint below all releases", index: [serve("a", "1"), serve("a", "3")],
      asks: ["a"], constraints: ["a<1"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and every release of a is ruled out by the \
        constraint a<1 (limits.txt:1), your requirements can't be met.
        hint: raise the constraint `a<1` (limits.txt:1): the oldest release is 1
        """),
    FailureCase(
      testDescription: "overrides that contradict each other",
      index: [serve("a", "1", requires: ["b"]), serve("b", "1"), serve("b", "2")], asks: ["a"],
      overrides: ["b<2", "c", "b>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) which depends on both b<2 (override \
        overrides.txt:1) and b>=2 (override overrides.txt:3), your requirements can't be met.
        hint: your overrides contradict each other: leave out `b<2` (overrides.txt:1) or `b>=2` \
        (overrides.txt:3)
        """),
    FailureCase(
      testDescription: "overrides of the user's own line that contradict each other",
      index: [serve("b", "1"), serve("b", "2")], asks: ["b"], overrides: ["b==1", "b==2"],
      text: """
        the requirements can't be met
          Because your requirements ask for both b==1 (override overrides.txt:1) and b==2 (override \
        overrides.txt:2), your requirements can't be met.
        hint: your overrides contradict each other: leave out `b==1` (overrides.txt:1) or `b==2` \
        (overrides.txt:2)
        """),
    FailureCase(
      testDescription: "the newest parent that allows the child",
      index: [
        serve("flask", "2.0", requires: ["werkzeug>=2"]), serve("flask", "2.2", requires: ["werkzeug>=2"]),
        serve("flask", "2.3", requires: ["werkzeug>=3"]), serve("flask", "3.0", requires: ["werkzeug>=3"]),
        serve("werkzeug", "2.0"), serve("werkzeug", "3.0"),
      ], asks: ["flask>=3", "werkzeug<3"],
      text: """
        the requirements can't be met
          Because your requirements ask for flask>=3 (app.in:1) which depends on werkzeug>=3, and for \
        werkzeug<3 (app.in:2), your requirements can't be met.
        hint: raise `werkzeug<3` (app.in:2) to admit werkzeug==3.0
        hint: lower `flask>=3` (app.in:1) to admit flask==2.2
        """),
    FailureCase(
      testDescription: "a newer parent allows the child",
      index: (1...9).map { serve("boto", "1.\($0)", requires: ["urllib<\($0 < 7 ? 2 : 3)"]) }
        + [serve("urllib", "1"), serve("urllib", "2")],
      asks: ["boto<1.5", "urllib>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for boto<1.5 (app.in:1) which depends on urllib<2, and for \
        urllib>=2 (app.in:2), your requirements can't be met.
        hint: raise `boto<1.5` (app.in:1) to admit boto==1.9
        hint: lower `urllib>=2` (app.in:2) to admit urllib==1
        """),
    FailureCase(
      testDescription: "no parent allows the child",
      index: (1...5).map { serve("a", "\($0)", requires: ["b>=2"]) } + [serve("b", "1"), serve("b", "2")],
      asks: ["a>=4", "b<2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>=4 (app.in:1) which depends on b>=2, and for b<2 (app.in:2), \
        your requirements can't be met.
        hint: raise `b<2` (app.in:2) to admit b==2
        """),
    FailureCase(
      testDescription: "a parent that doesn't need the child, below those that do",
      index: [serve("a", "1")] + (2...4).map { serve("a", "\($0)", requires: ["b>=2"]) }
        + [serve("b", "1"), serve("b", "2")],
      asks: ["a>=3", "b<2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>=3 (app.in:1) which depends on b>=2, and for b<2 (app.in:2), \
        your requirements can't be met.
        hint: raise `b<2` (app.in:2) to admit b==2
        hint: lower `a>=3` (app.in:1) to admit a==1
        """),
    FailureCase(
      testDescription: "a parent two levels up that allows what lies between",
      index: [
        serve("a", "1", requires: ["b"]), serve("a", "2", requires: ["b>=1"]),
        serve("a", "3", requires: ["b>=2"]), serve("b", "1", requires: ["c<2"]),
        serve("b", "2", requires: ["c>=2"]), serve("c", "1"), serve("c", "2"),
      ], asks: ["a>=3", "c<2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>=3 (app.in:1) which depends on b>=2 which depends on c>=2, \
        and for c<2 (app.in:2), your requirements can't be met.
        hint: raise `c<2` (app.in:2) to admit c==2
        hint: lower `a>=3` (app.in:1) to admit a==2
        """),
    FailureCase(
      testDescription: "two parents, each held by a line",
      index: [
        serve("left", "1", requires: ["shared<3"]), serve("left", "2", requires: ["shared<2"]),
        serve("right", "1", requires: ["shared"]), serve("right", "2", requires: ["shared>=2"]),
        serve("shared", "1"), serve("shared", "2"),
      ], asks: ["left>=2", "right>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for left>=2 (app.in:1) which depends on shared<2, and for right>=2 \
        (app.in:2) which depends on shared>=2, your requirements can't be met.
        hint: lower `left>=2` (app.in:1) to admit left==1
        hint: lower `right>=2` (app.in:2) to admit right==1
        """),
    FailureCase(
      testDescription: "forty parents, none of which allows the child",
      index: (1...40).map { serve("a", "\($0)", requires: ["b>=2"]) } + [serve("b", "1"), serve("b", "2")],
      asks: ["a>=40", "b<2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>=40 (app.in:1) which depends on b>=2, and for b<2 (app.in:2), \
        your requirements can't be met.
        hint: raise `b<2` (app.in:2) to admit b==2
        """),
    FailureCase(
      testDescription: "a need that comes through an extra",
      index: [
        serve("a", "3", requires: ["b[x]>=1"]), serve("b", "1", extras: ["x"]),
        serve("b", "2", extras: ["x"]),
        serve("b", "3", requires: ["c>=2; extra == 'x'"], extras: ["x"]), serve("c", "1"), serve("c", "2"),
      ].map { release in
        guard release.name == "b", release.version != "3" else { return release }
        var release = release
        release.requires = ["c<1; extra == 'x'"]
        return release
      },
      asks: ["a>=3", "b==1"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>=3 (app.in:1) which depends on b[x]>=1, and for b==1 \
        (app.in:2), and b[x]==1 depends on c<1, which no release matches (the newest is 2), your \
        requirements can't be met.
        hint: raise `b==1` (app.in:2) to admit b==3
        """),
    FailureCase(
      testDescription: "what a line would admit is ruled out by what it needs",
      index: [
        serve("a", "1"), serve("a", "2", requires: ["b>=2"]), serve("a", "3", requires: ["b>=3"]),
        serve("b", "1"), serve("b", "2"), serve("b", "3"), serve("c", "1", requires: ["a>=2"]),
      ], asks: ["a<2", "c", "b<3"],
      text: """
        the requirements can't be met
          Because your requirements ask for a<2 (app.in:1), and for c (app.in:2) which depends on a>=2, \
        your requirements can't be met.
        hint: raise `a<2` (app.in:1) to admit a==2
        """),
    FailureCase(
      testDescription: "an override that leaves nothing",
      index: [
        serve("flask", "2", requires: ["werkzeug"]), serve("flask", "3", requires: ["werkzeug>=3"]),
        serve("werkzeug", "3"),
      ], asks: ["flask>=3"], overrides: ["werkzeug==99"],
      text: """
        the requirements can't be met
          Because your requirements ask for flask>=3 (app.in:1) which depends on werkzeug==99 (override \
        overrides.txt:1), which no release matches (the newest is 3), your requirements can't be met.
        hint: lower the override `werkzeug==99` (overrides.txt:1): the newest release is 3
        """),
    FailureCase(
      testDescription: "three conflicts that have nothing to do with each other",
      index: ["a", "b", "c"].flatMap { [serve($0, "1"), serve($0, "2")] },
      asks: ["a<2", "b<2", "c<2", "a>=2", "b>=2", "c>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for both a<2 (app.in:1) and a>=2 (app.in:4), your requirements \
        can't be met.
        hint: raise `a<2` (app.in:1) to admit a==2, and raise `b<2` (app.in:2) to admit b==2, and raise \
        `c<2` (app.in:3) to admit c==2
        """),
    FailureCase(
      testDescription: "four conflicts that have nothing to do with each other",
      index: ["a", "b", "c", "d"].flatMap { [serve($0, "1"), serve($0, "2")] },
      asks: ["a<2", "b<2", "c<2", "d<2", "a>=2", "b>=2", "c>=2", "d>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for both a<2 (app.in:1) and a>=2 (app.in:5), your requirements \
        can't be met.
        hint: raise `a<2` (app.in:1) to admit a==2, and raise `b<2` (app.in:2) to admit b==2, and raise \
        `c<2` (app.in:3) to admit c==2, and raise `d<2` (app.in:4) to admit d==2
        """),
  ]
}
