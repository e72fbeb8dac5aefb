import Resolution

extension FailureCase {
  /// Several reasons at once.
  static let mixtures: [FailureCase] = [
    FailureCase(
      testDescription: "three reasons in one range",
      index: [
        serve("a", "1"), serve("a", "2", yanked: "broken"), serve("a", "3", requiresPython: ">=3.13"),
        serve("a", "4", tags: "cp312-cp312-win_amd64"),
      ], asks: ["a>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>=2 (app.in:1), a==4 has wheels for other targets only \
        (cp312-cp312-win_amd64; the target is cp312-cp312-manylinux_2_28_x86_64), a==3 needs Python >=3.13 \
        (the target is 3.12.0) and a==2 is yanked (broken), your requirements can't be met.
        hint: Python 3.13 would do for `a`: `--python-version 3.13`, or another interpreter by `--python`
        hint: lower `a>=2` (app.in:1) to admit a==1
        """),
    FailureCase(
      testDescription: "six reasons in one range",
      index: [
        serve("a", "1", tags: nil, source: .built), serve("a", "2", yanked: "broken"),
        serve("a", "3", requiresPython: ">=3.13"), serve("a", "4", tags: "cp312-cp312-win_amd64"),
        serve("a", "5", isUnreadable: true), serve("a", "6", isEmpty: true),
      ], asks: ["a"], isBuildRuledOut: true,
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1), a==6 has no usable file, a==5 has unusable \
        metadata (no `Name` field), a==4 has wheels for other targets only (cp312-cp312-win_amd64; the \
        target is cp312-cp312-manylinux_2_28_x86_64) and a<=3 can't be used for other reasons, your \
        requirements can't be met.
        hint: leave out `--no-build` for `a`
        hint: Python 3.13 would do for `a`: `--python-version 3.13`, or another interpreter by `--python`
        """),
    FailureCase(
      testDescription: "some releases conflict and others are yanked",
      index: [
        serve("a", "1", requires: ["b<2"]), serve("a", "2", yanked: "broken"),
        serve("a", "3", requires: ["b<2"]),
        serve("b", "1"), serve("b", "2"),
      ], asks: ["a", "b>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for both a (app.in:1) and b>=2 (app.in:2), a==1 or ==3 depend on \
        b<2 and a==2 is yanked (broken), your requirements can't be met.
        hint: lower `b>=2` (app.in:2) to admit b==1
        hint: write `a==2` among your requirements to take a yanked release all the same
        """),
    FailureCase(
      testDescription: "a constraint and a newer Python",
      index: [serve("a", "1", requiresPython: ">=3.13"), serve("a", "2")], asks: ["a"], constraints: ["a<2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1), a==2 is ruled out by the constraint a<2 \
        (limits.txt:1) and a==1 needs Python >=3.13 (the target is 3.12.0), your requirements can't be \
        met.
        hint: Python 3.13 would do for `a`: `--python-version 3.13`, or another interpreter by `--python`
        hint: raise the constraint `a<2` (limits.txt:1) to admit a==2
        """),
    FailureCase(
      testDescription: "what a dependency needs is yanked, and the user forbids the rest",
      index: [
        serve("a", "1", requires: ["b>=2"]), serve("b", "1"), serve("b", "2", yanked: "broken"),
        serve("b", "3"),
      ], asks: ["a", "b<3"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) which depends on b>=2, and for b<3 (app.in:2), and \
        b==2 is yanked (broken), your requirements can't be met.
        hint: raise `b<3` (app.in:2) to admit b==3
        hint: write `b==2` among your requirements to take a yanked release all the same
        """),
    FailureCase(
      testDescription: "an unknown project in old releases, a conflict in new ones",
      index: [
        serve("a", "1", requires: ["gone"]), serve("a", "2", requires: ["gone"]),
        serve("a", "3", requires: ["b<2"]),
        serve("b", "1"), serve("b", "2"),
      ], asks: ["a", "b>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for both a (app.in:1) and b>=2 (app.in:2), a==3 depends on b<2 and \
        a<=2 depend on gone, which no index has, your requirements can't be met.
        hint: `gone` may be misspelt, or on an index that isn't asked: `--extra-index-url`
        hint: lower `b>=2` (app.in:2) to admit b==1
        """),
  ]

  /// Text from outside, hostile or long.
  static let texts: [FailureCase] = [
    FailureCase(
      testDescription: "a yank's reason that would move the cursor",
      index: [serve("a", "1", yanked: "broken\u{1b}[2K\r\nerror: fake\u{202e}")], asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 is yanked (broken�[2K��error: fake�), \
        your requirements can't be met.
        hint: write `a==1` among your requirements to take a yanked release all the same
        """),
    FailureCase(
      testDescription: "a fault of metadata that would begin a line",
      index: [serve("a", "1", isUnreadable: true)],
      asks: ["a"], fault: "line 3\nhint: run `curl evil`\u{7}",
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 has unusable metadata (line 3�hint: run \
        `curl evil`�), your requirements can't be met.
        """),
    FailureCase(
      testDescription: "a long Requires-Python is cut",
      index: [
        serve("a", "1", requiresPython: ">=3.13," + (0...40).map { "!=3.13.\($0)" }.joined(separator: ","))
      ], asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 needs Python \
        >=3.13,!=3.13.0,!=3.13.1,!=3.13.2,!=3.13.3,!=3.13.4,!=3.13.5,!=3.13.6,!=3.13.7,!=3.13.8,!=3.13.9,!=3.13.10,!=3.13.11,!=3… \
        (the target is 3.12.0), your requirements can't be met.
        hint: Python 3.14 would do for `a`: `--python-version 3.14`, or another interpreter by `--python`
        """),
    FailureCase(
      testDescription: "a long reason is cut",
      index: [serve("a", "1", yanked: String(repeating: "very ", count: 100) + "broken")], asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 is yanked (very very very very very very \
        very very very very very very very very very very very very very very very very very very …), your \
        requirements can't be met.
        hint: write `a==1` among your requirements to take a yanked release all the same
        """),
    FailureCase(
      testDescription: "a long URL is cut, a marker isn't told",
      index: [
        serve(
          "a", "1",
          requires: [
            "b @ https://files.example/\(String(repeating: "deep/", count: 60))b-1.zip ; python_version >= '3.8'"
          ])
      ], asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 depends on a URL, which only your own \
        requirements may (b @ \
        https://files.example/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep…), \
        your requirements can't be met.
        hint: write `b @ \
        https://files.example/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep…` \
        among your own requirements
        """),
    FailureCase(
      testDescription: "a requirement with a long marker and many specifiers",
      index: [serve("a", "1")],
      asks: [
        "a>=2,\((10...60).map { "!=2.\($0)" }.joined(separator: ",")) ; python_version >= '3.8' and "
          + "(sys_platform == 'linux' or sys_platform == 'darwin' or sys_platform == 'win32')"
      ],
      text: """
        the requirements can't be met
          Because your requirements ask for \
        a!=2.10,!=2.11,!=2.12,!=2.13,!=2.14,!=2.15,!=2.16,!=2.17,!=2.18,!=2.19,!=2.20,!=2.21,!=2.22,!=2.23,!=2.24,!=2.25,!=2.26,… \
        (app.in:1), which no release matches (the newest is 1), your requirements can't be met.
        hint: lower `a!=2.10,!=2.11,!=2.12,!=2.13,!=2.14,!=2.…` (app.in:1): the newest release is 1
        """),
  ]
}
