import Resolution

extension FailureCase {
  private static let january: Int64 = 1_767_225_600_000
  private static let march: Int64 = 1_772_366_400_000

  /// One reason why releases can't be used.
  static let reasons: [FailureCase] = [
    FailureCase(
      testDescription: "yanked, with a reason", index: [serve("a", "1", yanked: "breaks on Tuesdays")],
      asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 is yanked (breaks on Tuesdays), your \
        requirements can't be met.
        hint: write `a==1` among your requirements to take a yanked release all the same
        """),
    FailureCase(
      testDescription: "yanked, without a reason", index: [serve("a", "1"), serve("a", "2", yanked: "")],
      asks: ["a>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>=2 (app.in:1) and a==2 is yanked, your requirements can't be \
        met.
        hint: lower `a>=2` (app.in:1) to admit a==1
        hint: write `a==2` among your requirements to take a yanked release all the same
        """),
    FailureCase(
      testDescription: "yanked, for many reasons",
      index: (1...6).map { serve("a", "\($0)", yanked: "fault \($0)") }, asks: ["a>1"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>1 (app.in:1) and a>=2 are yanked (fault 6; fault 5; fault 4; \
        2 more), your requirements can't be met.
        hint: write `a==6` among your requirements to take a yanked release all the same
        """),
    FailureCase(
      testDescription: "yanked, and what asks for it exactly is no line of the user's",
      index: [
        serve("a", "1", requires: ["b==2"]), serve("b", "1"),
        serve("b", "2", yanked: "withdrawn by its authors"),
      ], asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) which depends on b==2, and b==2 is yanked \
        (withdrawn by its authors), your requirements can't be met.
        hint: write `b==2` among your requirements to take a yanked release all the same
        """),
    FailureCase(
      testDescription: "a build would be needed",
      index: [serve("a", "1", tags: nil, source: .built)], asks: ["a"], isBuildRuledOut: true,
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 has no wheel and would have to be built, \
        which isn't allowed, your requirements can't be met.
        hint: leave out `--no-build` for `a`
        """),
    FailureCase(
      testDescription: "wheels only", index: [serve("a", "1", tags: nil, source: .telling)], asks: ["a"],
      onlyBinary: ":all:",
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 has only source distributions, which \
        `--only-binary` rules out, your requirements can't be met.
        hint: leave out `--only-binary` for `a` to admit source distributions
        """),
    FailureCase(
      testDescription: "source distributions only", index: [serve("a", "1")], asks: ["a"], noBinary: "a",
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 has only wheels, which `--no-binary` \
        rules out, your requirements can't be met.
        hint: leave out `--no-binary` for `a` to admit wheels
        """),
    FailureCase(
      testDescription: "files with other hashes than the requirement gives",
      index: [serve("a", "1", sha256: String(repeating: "ab", count: 32))], asks: ["a==1"],
      hashes: ["a": String(repeating: "cd", count: 32)],
      text: """
        the requirements can't be met
          Because your requirements ask for a==1 (app.in:1) and a==1 has no file with a hash that your \
        requirement gives, your requirements can't be met.
        hint: take out the `--hash` of `a`, or give one of the release that is meant
        """),
    FailureCase(
      testDescription: "pre-releases of a project that the user doesn't name",
      index: [serve("a", "1", requires: ["b>=2rc1"]), serve("b", "1"), serve("b", "2rc1")], asks: ["a"],
      preReleases: .explicit,
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) which depends on b>=2rc1, and b==2rc1 is a \
        pre-release, your requirements can't be met.
        hint: `--prerelease if-necessary` instead of `explicit` admits the pre-release `b==2rc1`
        """),
    FailureCase(
      testDescription: "newer than the cutoff",
      index: [serve("a", "1", uploadedAt: january), serve("a", "2", uploadedAt: march)], asks: ["a>=2"],
      cutoff: january + 1,
      text: """
        the requirements can't be met
          Because your requirements ask for a>=2 (app.in:1) and a==2 is newer than the cutoff, your \
        requirements can't be met.
        hint: `--exclude-newer-package a=2026-03-01T12:00:01Z` admits `a==2`
        hint: lower `a>=2` (app.in:1) to admit a==1
        """),
    FailureCase(
      testDescription: "all newer than the cutoff",
      index: [serve("a", "1", uploadedAt: january), serve("a", "2", uploadedAt: march)], asks: ["a"],
      cutoff: 5,
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and every release of a is newer than the cutoff, \
        your requirements can't be met.
        hint: `--exclude-newer 2026-01-01T00:00:01Z` is the earliest cutoff that admits a release of `a`
        """),
    FailureCase(
      testDescription: "no upload time", index: [serve("a", "1"), serve("a", "2")], asks: ["a"], cutoff: 5,
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and every release of a has no upload time on the \
        index to hold against the cutoff, your requirements can't be met.
        hint: `--exclude-newer-package a=false` lifts the cutoff from `a`, of which the index tells no \
        upload times
        """),
    FailureCase(
      testDescription: "no file", index: [serve("a", "1"), serve("a", "2", isEmpty: true)], asks: ["a>=2"],
      text: """
        the requirements can't be met
          Because your requirements ask for a>=2 (app.in:1) and a==2 has no usable file, your requirements \
        can't be met.
        hint: lower `a>=2` (app.in:1) to admit a==1
        """),
    FailureCase(
      testDescription: "metadata that can't be read",
      index: [serve("a", "1", isUnreadable: true), serve("a", "2", isUnreadable: true)], asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and every release of a has unusable metadata (no \
        `Name` field), your requirements can't be met.
        """),
    FailureCase(
      testDescription: "a dependency on a URL",
      index: [serve("a", "1", requires: ["b @ https://files.example/b-1.zip"])], asks: ["a"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and a==1 depends on a URL, which only your own \
        requirements may (b @ https://files.example/b-1.zip), your requirements can't be met.
        hint: write `b @ https://files.example/b-1.zip` among your own requirements
        """),
    FailureCase(
      testDescription: "pre-releases that aren't admitted", index: [serve("a", "1"), serve("a", "2rc1")],
      asks: ["a>1"], preReleases: .disallow,
      text: """
        the requirements can't be met
          Because your requirements ask for a>1 (app.in:1) and a==2rc1 is a pre-release, your requirements \
        can't be met.
        hint: `--prerelease if-necessary` instead of `disallow` admits the pre-release `a==2rc1`
        hint: lower `a>1` (app.in:1) to admit a==1
        """),
    FailureCase(
      testDescription: "pre-releases are no way out where they are admitted",
      index: [serve("a", "1"), serve("a", "2rc1", requires: ["b<1"]), serve("b", "1"), serve("b", "0.1")],
      asks: ["a>1", "b>=1"], preReleases: .allow,
      text: """
        the requirements can't be met
          Because your requirements ask for a>1 (app.in:1) which depends on b<1, and for b>=1 (app.in:2), \
        your requirements can't be met.
        hint: lower `a>1` (app.in:1) to admit a==1
        hint: lower `b>=1` (app.in:2) to admit b==0.1
        """),
    FailureCase(
      testDescription: "a project that isn't in the cache", index: [serve("a", "1", requires: ["b"])],
      asks: ["a"], uncached: ["b"], leadsOn: true,
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) which depends on b, which is not in the cache, \
        your requirements can't be met.
        hint: what isn't cached may be on the index: leave out `--offline`
        """),
    FailureCase(
      testDescription: "a project of which only some releases are at hand",
      index: [serve("a", "1", requires: ["b>=3"]), serve("b", "1"), serve("b", "2")],
      asks: ["a"], partlyCached: ["b"], leadsOn: true,
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) which depends on b>=3, which no release at hand matches \
        (the newest is 2; the index's are not in the cache), your requirements can't be met.
        hint: what isn't cached may be on the index: leave out `--offline`
        """),
    FailureCase(
      testDescription: "metadata that isn't in the cache", index: [serve("a", "1"), serve("a", "2")],
      asks: ["a"], uncachedFiles: ["a-1-py3-none-any.whl", "a-2-py3-none-any.whl"],
      text: """
        the requirements can't be met
          Because your requirements ask for a (app.in:1) and every release of a is missing from the cache, \
        your requirements can't be met.
        hint: what isn't cached may be on the index: leave out `--offline`
        """),
  ]
}
