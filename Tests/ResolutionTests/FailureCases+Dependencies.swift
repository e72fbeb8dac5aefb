import Resolution

extension FailureCase {
  /// What releases need of each other.
  static let dependencies: [FailureCase] = [
    FailureCase(
      testDescription: "a dependency and a requirement",
      index: [
        serve("flask", "2.3", requires: ["werkzeug>=2.0"]),
        serve("flask", "3.0", requires: ["werkzeug>=3.0"]),
        serve("flask", "3.1", requires: ["werkzeug>=3.1"]),
        serve("werkzeug", "2.0"), serve("werkzeug", "3.0"), serve("werkzeug", "3.1"),
      ], asks: ["flask>=3", "werkzeug<3"],
      text: """
        the requirements can't be met
          Because your requirements ask for flask>=3 (app.in:1) which depends on werkzeug>=3.0, and for \
        werkzeug<3 (app.in:2), your requirements can't be met.
        hint: raise `werkzeug<3` (app.in:2) to admit werkzeug>=3.0
        hint: lower `flask>=3` (app.in:1) to admit flask==2.3
        """),
    FailureCase(
      testDescription: "a dependency of one release",
      index: [serve("a", "1.4", requires: ["b<2"]), serve("b", "1"), serve("b", "2")],
      asks: ["a==1.4", "b>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a==1.4 (app.in:1) which depends on b<2, and for b>=2 \
        (app.in:2), your requirements can't be met.
        hint: lower `b>=2` (app.in:2) to admit b==1
        """),
    FailureCase(
      testDescription: "a chain of two",
      index: [
        serve("a", "1", requires: ["b>=2"]), serve("b", "1"), serve("b", "2", requires: ["c>=3"]),
        serve("c", "1"), serve("c", "3"),
      ], asks: ["a", "c<3"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) which depends on b>=2 which depends on c>=3, and \
        for c<3 (app.in:2), your requirements can't be met.
        hint: raise `c<3` (app.in:2) to admit c==3
        """),
    FailureCase(
      testDescription: "a chain of three",
      index: [
        serve("a", "1", requires: ["b>=2"]), serve("b", "2", requires: ["c>=3"]),
        serve("c", "3", requires: ["d>=4"]), serve("d", "1"), serve("d", "4"),
      ], asks: ["a", "d<4"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) which depends on b>=2 which depends on c>=3 which \
        depends on d>=4, and for d<4 (app.in:2), your requirements can't be met.
        hint: raise `d<4` (app.in:2) to admit d==4
        """),
    FailureCase(
      testDescription: "a chain of four, in several releases",
      index: [
        serve("a", "1", requires: ["b>=1"]), serve("a", "2", requires: ["b>=2"]),
        serve("b", "1", requires: ["c>=1"]), serve("b", "2", requires: ["c>=2"]),
        serve("c", "1", requires: ["d>=1"]), serve("c", "2", requires: ["d>=2"]),
        serve("d", "1", requires: ["e>=1"]), serve("d", "2", requires: ["e>=2"]), serve("e", "0.1"),
        serve("e", "1"), serve("e", "2"),
      ], asks: ["a", "e<1"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) which depends on b which depends on c which \
        depends on d which depends on e>=1, and for e<1 (app.in:2), your requirements can't be met.
        hint: raise `e<1` (app.in:2) to admit e>=1
        """),
    FailureCase(
      testDescription: "a cap two levels below",
      index: [
        serve("boto3", "1.1", requires: ["botocore==1.1"]),
        serve("boto3", "1.2", requires: ["botocore==1.2"]),
        serve("botocore", "1.1", requires: ["urllib3<1.26"]),
        serve("botocore", "1.2", requires: ["urllib3<2"]), serve("urllib3", "1.25"), serve("urllib3", "1.26"),
        serve("urllib3", "2.0"),
      ], asks: ["boto3", "urllib3>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for boto3 (app.in:1) which depends on botocore which depends on \
        urllib3<=1.26, and for urllib3>=2 (app.in:2), your requirements can't be met.
        hint: lower `urllib3>=2` (app.in:2) to admit urllib3<=1.26
        """),
    FailureCase(
      testDescription: "a diamond",
      index: [
        serve("top", "1", requires: ["left", "right"]), serve("left", "1", requires: ["shared<2"]),
        serve("right", "1", requires: ["shared>=2"]), serve("shared", "1"), serve("shared", "2"),
      ], asks: ["top"],
      text: """
        the requirements can't be met
          Because your requirements ask for top (app.in:1) which depends on left which depends on \
        shared<2, and on right which depends on shared>=2, your requirements can't be met.
        """),
    FailureCase(
      testDescription: "two projects that share a third",
      index: [
        serve("left", "1", requires: ["shared<2"]), serve("left", "2", requires: ["shared<2"]),
        serve("right", "1", requires: ["shared>=2"]), serve("shared", "1"), serve("shared", "2"),
      ], asks: ["left", "right"],
      text: """
        the requirements can't be met
          Because your requirements ask for left (app.in:1) which depends on shared<2, and for right \
        (app.in:2) which depends on shared>=2, your requirements can't be met.
        """),
    FailureCase(
      testDescription: "old releases fail otherwise than new ones",
      index: [
        serve("a", "1", requires: ["b<1"]), serve("a", "2", requires: ["b<1"]),
        serve("a", "3", requires: ["c>=2"]), serve("a", "4", requires: ["c>=2"]), serve("b", "0.9"),
        serve("b", "1"), serve("c", "1"), serve("c", "2"),
      ], asks: ["a", "b>=1", "c<2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1), b>=1 (app.in:2) and c<2 (app.in:3), a>=3 depend \
        on c>=2 and a<=2 depend on b<1, your requirements can't be met.
        hint: raise `c<2` (app.in:3) to admit c==2
        hint: lower `b>=1` (app.in:2) to admit b==0.9
        """),
    FailureCase(
      testDescription: "releases that fail by what they have in common only",
      index: [
        serve("a", "1", requires: ["b==1", "d==2"]), serve("a", "2", requires: ["b==2", "d==1"]),
        serve("b", "1", requires: ["c==1"]), serve("b", "2", requires: ["c==2"]),
        serve("c", "1", requires: ["d==1"]), serve("c", "2", requires: ["d==2"]), serve("d", "1"),
        serve("d", "2"),
      ], asks: ["a"],
      text: """
        the requirements can't be met
              Because b==1 depends on c==1 which depends on d==1, b==1 needs d==1.
          (1) So, because a==1 depends on both d==2 and b==1, a==1 can't be used.

              Because b==2 depends on c==2 which depends on d==2, b==2 needs d==2.
              And because a==2 depends on both b==2 and d==1, a==2 can't be used.
              And because a==1 can't be used (1), a can't be used.
              So, because your requirements ask for a (app.in:1), your requirements can't be met.
        """),
    FailureCase(
      testDescription: "a project that depends on another version of itself",
      index: [serve("a", "1", requires: ["a>=2"])], asks: ["a==1"],
      text: """
        the requirements can't be met
          Because your requirements ask for a==1 (app.in:1) which depends on a>=2, which no release \
        matches (the newest is 1), your requirements can't be met.
        """),
    FailureCase(
      testDescription: "a cycle",
      index: [
        serve("a", "1", requires: ["b==1"]), serve("b", "1", requires: ["a==2"]),
        serve("a", "2", requires: ["b==2"]), serve("b", "2", requires: ["a==1"]),
      ], asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and b==1 depends on a==2 which depends on b==2 \
        which depends on a==1 which depends on b==1, your requirements can't be met.
        """),
    FailureCase(
      testDescription: "a wide range with holes",
      index: (1...20).map { number in
        serve("a", "\(number)", requires: number % 3 == 0 ? ["b<2"] : ["c<2"])
      } + [serve("b", "1"), serve("b", "2"), serve("c", "1"), serve("c", "2")],
      asks: ["a", "b>=2", "c>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1), b>=2 (app.in:2) and c>=2 (app.in:3), 14 releases \
        of a from 1 to 20 depend on c<2 and 6 releases of a from 3 to 18 depend on b<2, your requirements \
        can't be met.
        hint: lower `b>=2` (app.in:2) to admit b==1
        hint: lower `c>=2` (app.in:3) to admit c==1
        """),
    FailureCase(
      testDescription: "many requirements on one project",
      index: (1...6).map { serve("p\($0)", "1", requires: ["z>=\($0)"]) }
        + (1...6).map { serve("z", "\($0)") },
      asks: ["p1", "p2", "p3", "p4", "p5", "p6", "z<6"],
      text: """
        the requirements can't be met
          Because your requirements ask for p6 (app.in:6) which depends on z>=6, and for z<6 (app.in:7), \
        your requirements can't be met.
        hint: raise `z<6` (app.in:7) to admit z==6
        """),
  ]

  /// Extras.
  static let extras: [FailureCase] = [
    FailureCase(
      testDescription: "two extras of one project that exclude each other",
      index: [
        serve("a", "1", requires: ["b<2; extra == 'old'", "b>=2; extra == 'new'"], extras: ["old", "new"]),
        serve("b", "1"), serve("b", "2"),
      ], asks: ["a[old]", "a[new]"],
      text: """
        the requirements can't be met
          Because your requirements ask for a[old] (app.in:1) which depends on b<2, and for a[new] \
        (app.in:2) which depends on b>=2, your requirements can't be met.
        """),
    FailureCase(
      testDescription: "two extras in one line that exclude each other",
      index: [
        serve("a", "1", requires: ["b<2; extra == 'old'", "b>=2; extra == 'new'"], extras: ["old", "new"]),
        serve("b", "1"), serve("b", "2"),
      ], asks: ["a[old,new]"],
      text: """
        the requirements can't be met
          Because your requirements ask for a[new,old] (app.in:1), a[new]==1 depends on b>=2 and a[old]==1 \
        depends on b<2, your requirements can't be met.
        """),
    FailureCase(
      testDescription: "an extra in many releases",
      index: (1...9).map {
        serve("c", "\($0)", requires: ["redis>=\($0 + 3); extra == 'redis'"], extras: ["redis"])
      } + [serve("redis", "1"), serve("redis", "4"), serve("redis", "20")],
      asks: ["c[redis]>=8", "redis<3"],
      text: """
        the requirements can't be met
          Because your requirements ask for c[redis]>=8 (app.in:1) which depends on redis==20, and for \
        redis<3 (app.in:2), your requirements can't be met.
        hint: raise `redis<3` (app.in:2) to admit redis==20
        """),
    FailureCase(
      testDescription: "an extra of one release, and another release asked for",
      index: [
        serve("a", "1", extras: ["x"]), serve("a", "2", extras: ["x"]), serve("b", "1", requires: ["a[x]<2"]),
      ],
      asks: ["a>=2", "b"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>=2 (app.in:1), and for b (app.in:2) which depends on a<2, \
        your requirements can't be met.
        hint: lower `a>=2` (app.in:1) to admit a==1
        """),
    FailureCase(
      testDescription: "an extra that asks for its own project with another",
      index: [
        serve("a", "1", requires: ["a[x]; extra == 'all'", "b>=2; extra == 'x'"], extras: ["all", "x"]),
        serve("b", "1"), serve("b", "2"),
      ], asks: ["a[all]", "b<2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a[all] (app.in:1) which depends on a[x] which depends on b>=2, \
        and for b<2 (app.in:2), your requirements can't be met.
        hint: raise `b<2` (app.in:2) to admit b==2
        """),
    FailureCase(
      testDescription: "an extra that no release has",
      index: [serve("a", "1"), serve("a", "2"), serve("b", "1", requires: ["a[nothing]>=2"])],
      asks: ["b", "a[nothing]<2"],
      text: """
        the requirements can't be met
          Because your requirements ask for b (app.in:1) which depends on a>=2, and for a[nothing]<2 \
        (app.in:2), your requirements can't be met.
        hint: raise `a[nothing]<2` (app.in:2) to admit a==2
        """),
  ]
}
