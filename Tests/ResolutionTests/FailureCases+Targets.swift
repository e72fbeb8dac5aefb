import Resolution

extension FailureCase {
  /// Releases for another Python or another platform.
  static let targets: [FailureCase] = [
    FailureCase(
      testDescription: "a newer Python",
      index: [serve("a", "1"), serve("a", "2", requiresPython: ">=3.13")], asks: ["a>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>=2 (app.in:1) and a==2 needs Python >=3.13 (the target is \
        3.12.0), your requirements can't be met.
        hint: Python 3.13 would do for `a`: `--python-version 3.13`, or another interpreter by `--python`
        hint: lower `a>=2` (app.in:1) to admit a==1
        """),
    FailureCase(
      testDescription: "a newer Python, and newer releases an even newer one",
      index: [serve("a", "1", requiresPython: ">=3.13"), serve("a", "2", requiresPython: ">=3.14")],
      asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and every release of a needs a newer Python than \
        3.12.0 (3.13 at the least), your requirements can't be met.
        hint: Python 3.13 would do for `a`: `--python-version 3.13`, or another interpreter by `--python`
        """),
    FailureCase(
      testDescription: "an older Python", index: [serve("a", "1", requiresPython: ">=3.6,<3.12")],
      asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 needs Python >=3.6,<3.12 (the target is \
        3.12.0), your requirements can't be met.
        hint: Python 3.11 would do for `a`: `--python-version 3.11`, or another interpreter by `--python`
        """),
    FailureCase(
      testDescription: "an older Python, in several wordings",
      index: [
        serve("a", "1", requiresPython: "<3.10"), serve("a", "2", requiresPython: "<3.11"),
        serve("a", "3", requiresPython: "<3.12"),
      ], asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and every release of a needs an older Python than \
        3.12.0 (3.11 at the most), your requirements can't be met.
        hint: Python 3.11 would do for `a`: `--python-version 3.11`, or another interpreter by `--python`
        """),
    FailureCase(
      testDescription: "a later patch of the Python", index: [serve("a", "1", requiresPython: ">=3.12.4")],
      asks: ["a"], python: "3.12.1",
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 needs Python >=3.12.4 (the target is \
        3.12.1), your requirements can't be met.
        hint: Python 3.12.4 would do for `a`: `--python-version 3.12.4`, or another interpreter by \
        `--python`
        """),
    FailureCase(
      testDescription: "some releases want a newer Python and some an older one",
      index: [serve("a", "1", requiresPython: "<3.8"), serve("a", "2", requiresPython: ">=3.13")],
      asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and every release of a needs another Python than \
        3.12.0 (>=3.13; <3.8), your requirements can't be met.
        hint: Python 3.13 would do for `a`: `--python-version 3.13`, or another interpreter by `--python`
        """),
    FailureCase(
      testDescription: "a newer Python, two levels down",
      index: [
        serve("a", "1", requires: ["b>=2"]), serve("a", "2", requires: ["b>=2"]), serve("b", "1"),
        serve("b", "2", requiresPython: ">=3.13"),
      ], asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) which depends on b>=2, and b==2 needs Python \
        >=3.13 (the target is 3.12.0), your requirements can't be met.
        hint: Python 3.13 would do for `b`: `--python-version 3.13`, or another interpreter by `--python`
        """),
    FailureCase(
      testDescription: "wheels for another platform",
      index: [serve("a", "1", tags: "cp312-cp312-win_amd64")], asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 has wheels for other targets only \
        (cp312-cp312-win_amd64; the target is cp312-cp312-manylinux_2_28_x86_64), your requirements can't \
        be met.
        hint: `a` has wheels for another platform: `--python-platform windows`
        """),
    FailureCase(
      testDescription: "wheels for a C library too new",
      index: [serve("a", "1", tags: "cp312-cp312-manylinux_2_39_x86_64")], asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 has wheels for other targets only \
        (cp312-cp312-manylinux_2_39_x86_64; the target is cp312-cp312-manylinux_2_28_x86_64), your \
        requirements can't be met.
        hint: `a` has wheels for another platform: `--python-platform x86_64-manylinux_2_39`
        """),
    FailureCase(
      testDescription: "wheels for another ABI",
      index: [serve("a", "1", tags: "cp313-cp313t-manylinux_2_28_x86_64")], asks: ["a"], python: "3.13",
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 has wheels for other targets only \
        (cp313-cp313t-manylinux_2_28_x86_64; the target is cp313-cp313-manylinux_2_28_x86_64), your \
        requirements can't be met.
        """),
    FailureCase(
      testDescription: "wheels for another Python",
      index: [
        serve("a", "1", tags: "cp310-cp310-manylinux_2_28_x86_64"),
        serve("a", "2", tags: "cp311-cp311-manylinux_2_28_x86_64"),
      ], asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and every release of a has wheels for other \
        targets only (cp311-cp311-manylinux_2_28_x86_64, cp310-cp310-manylinux_2_28_x86_64; the target is \
        cp312-cp312-manylinux_2_28_x86_64), your requirements can't be met.
        hint: `a` has wheels for Python 3.11: `--python-version 3.11`, or another interpreter by \
        `--python`
        """),
    FailureCase(
      testDescription: "wheels for many targets",
      index: [
        serve("a", "1", tags: "cp312-cp312-win_amd64"), serve("a", "2", tags: "cp312-cp312-win_arm64"),
        serve("a", "3", tags: "cp312-cp312-macosx_11_0_arm64"),
        serve("a", "4", tags: "cp312-cp312-macosx_14_0_x86_64"),
        serve("a", "5", tags: "cp312-cp312-musllinux_1_2_x86_64"),
      ], asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and every release of a has wheels for other \
        targets only (cp312-cp312-musllinux_1_2_x86_64, cp312-cp312-macosx_14_0_x86_64, \
        cp312-cp312-macosx_11_0_arm64, 2 more; the target is cp312-cp312-manylinux_2_28_x86_64), your \
        requirements can't be met.
        hint: `a` has wheels for another platform: `--python-platform macos`
        """),
  ]
}
