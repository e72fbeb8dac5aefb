extension JSONGolden {
  /// What can't be used.
  static let reasons = [
    JSONGolden(
      testDescription: "a constraint",
      json: #"""
        {
          "version": 1,
          "summary": "the requirements can't be met",
          "isIncomplete": false,
          "hints": [
            {
              "kind": "raise",
              "project": "a",
              "line": 1,
              "source": "limits.txt",
              "text": "raise the constraint `a<2` (limits.txt:1) to admit a==2"
            },
            {
              "kind": "lower",
              "project": "a",
              "line": 1,
              "source": "app.in",
              "text": "lower `a>=2` (app.in:1) to admit a==1"
            }
          ],
          "requirements": [
            {"kind": "requirement", "line": 1, "project": "a", "source": "app.in", "text": "a>=2"},
            {"kind": "constraint", "line": 1, "project": "a", "source": "limits.txt", "text": "a<2"}
          ],
          "steps": [
            {
              "beginsPart": false,
              "conclusion": [],
              "premises": [
                {
                  "kind": "requirement",
                  "clause": "your requirements ask for a>=2 (app.in:1)",
                  "needs": {"count": 1, "newest": "2", "oldest": "2", "project": "a", "range": "a==2"},
                  "requirement": 0,
                  "specifiers": [">=2"]
                },
                {
                  "kind": "unavailable",
                  "clause": "a==2 is ruled out by the constraint a<2 (limits.txt:1)",
                  "releases": {"count": 1, "newest": "2", "oldest": "2", "project": "a", "range": "a==2"},
                  "unavailable": 0
                }
              ],
              "sentence": "Because your requirements ask for a>=2 (app.in:1) and a==2 is ruled out by the constraint a<2 (limits.txt:1), your requirements can't be met."
            }
          ],
          "unavailable": [
            {
              "clause": "a==2 is ruled out by the constraint a<2 (limits.txt:1)",
              "detail": "a<2 (limits.txt:1)",
              "reason": "constraint",
              "releases": {"count": 1, "newest": "2", "oldest": "2", "project": "a", "range": "a==2"}
            }
          ]
        }
        """#),
    JSONGolden(
      testDescription: "three reasons in one range",
      json: #"""
        {
          "version": 1,
          "summary": "the requirements can't be met",
          "isIncomplete": false,
          "hints": [
            {
              "kind": "other-python",
              "project": "a",
              "text": "Python 3.13 would do for `a`: `--python-version 3.13`, or another interpreter by `--python`"
            },
            {
              "kind": "lower",
              "project": "a",
              "line": 1,
              "source": "app.in",
              "text": "lower `a>=2` (app.in:1) to admit a==1"
            }
          ],
          "requirements": [{"kind": "requirement", "line": 1, "project": "a", "source": "app.in", "text": "a>=2"}],
          "steps": [
            {
              "beginsPart": false,
              "conclusion": [],
              "premises": [
                {
                  "kind": "requirement",
                  "clause": "your requirements ask for a>=2 (app.in:1)",
                  "needs": {"count": 3, "newest": "4", "oldest": "2", "project": "a", "range": "a>=2"},
                  "requirement": 0,
                  "specifiers": [">=2"]
                },
                {
                  "kind": "unavailable",
                  "clause": "a==4 has wheels for other targets only (cp312-cp312-win_amd64; the target is cp312-cp312-manylinux_2_28_x86_64)",
                  "releases": {"count": 1, "newest": "4", "oldest": "4", "project": "a", "range": "a==4"},
                  "unavailable": 0
                },
                {
                  "kind": "unavailable",
                  "clause": "a==3 needs Python >=3.13 (the target is 3.12.0)",
                  "releases": {"count": 1, "newest": "3", "oldest": "3", "project": "a", "range": "a==3"},
                  "unavailable": 1
                },
                {
                  "kind": "unavailable",
                  "clause": "a==2 is yanked (broken)",
                  "releases": {"count": 1, "newest": "2", "oldest": "2", "project": "a", "range": "a==2"},
                  "unavailable": 2
                }
              ],
              "sentence": "Because your requirements ask for a>=2 (app.in:1), a==4 has wheels for other targets only (cp312-cp312-win_amd64; the target is cp312-cp312-manylinux_2_28_x86_64), a==3 needs Python >=3.13 (the target is 3.12.0) and a==2 is yanked (broken), your requirements can't be met."
            }
          ],
          "unavailable": [
            {
              "clause": "a==4 has wheels for other targets only (cp312-cp312-win_amd64; the target is cp312-cp312-manylinux_2_28_x86_64)",
              "reason": "no-compatible-wheel",
              "releases": {"count": 1, "newest": "4", "oldest": "4", "project": "a", "range": "a==4"},
              "tags": ["cp312-cp312-win_amd64"]
            },
            {
              "clause": "a==3 needs Python >=3.13 (the target is 3.12.0)",
              "detail": ">=3.13",
              "reason": "requires-python",
              "releases": {"count": 1, "newest": "3", "oldest": "3", "project": "a", "range": "a==3"}
            },
            {
              "clause": "a==2 is yanked (broken)",
              "detail": "broken",
              "reason": "yanked",
              "releases": {"count": 1, "newest": "2", "oldest": "2", "project": "a", "range": "a==2"}
            }
          ]
        }
        """#),
    JSONGolden(
      testDescription: "no release in a dependency's range",
      json: #"""
        {
          "version": 1,
          "summary": "the requirements can't be met",
          "isIncomplete": false,
          "hints": [],
          "requirements": [{"kind": "requirement", "line": 1, "project": "a", "source": "app.in", "text": "a"}],
          "steps": [
            {
              "beginsPart": false,
              "conclusion": [],
              "premises": [
                {
                  "kind": "requirement",
                  "clause": "your requirements ask for a (app.in:1)",
                  "needs": {"count": 4, "newest": "4", "oldest": "1", "project": "a", "range": "every release of a"},
                  "requirement": 0,
                  "specifiers": []
                },
                {
                  "kind": "dependency",
                  "clause": "every release of a depends on b>=12, b!=10.1,>=10 or 2 others like it, which no release matches (the newest is 1)",
                  "needs": {"count": 0, "project": "b", "range": "no release of b"},
                  "releases": {"count": 4, "newest": "4", "oldest": "1", "project": "a", "range": "every release of a"},
                  "specifiers": [">=12", "!=10.1,>=10", ">=10", ">=9"]
                }
              ],
              "sentence": "Because your requirements ask for a (app.in:1) which depends on b>=12, b!=10.1,>=10 or 2 others like it, which no release matches (the newest is 1), your requirements can't be met."
            }
          ],
          "unavailable": []
        }
        """#),
    JSONGolden(
      testDescription: "a project that isn't in the cache",
      json: #"""
        {
          "version": 1,
          "summary": "the requirements can't be met",
          "isIncomplete": true,
          "hints": [{"kind": "go-online", "text": "what isn't cached may be on the index: leave out `--offline`"}],
          "requirements": [{"kind": "requirement", "line": 1, "project": "a", "source": "app.in", "text": "a"}],
          "steps": [
            {
              "beginsPart": false,
              "conclusion": [],
              "premises": [
                {
                  "kind": "requirement",
                  "clause": "your requirements ask for a (app.in:1)",
                  "needs": {"count": 1, "newest": "1", "oldest": "1", "project": "a", "range": "a==1"},
                  "requirement": 0,
                  "specifiers": []
                },
                {
                  "kind": "dependency",
                  "clause": "a==1 depends on b, which is not in the cache",
                  "needs": {"count": 0, "project": "b", "range": "no release of b"},
                  "releases": {"count": 1, "newest": "1", "oldest": "1", "project": "a", "range": "a==1"},
                  "specifiers": []
                }
              ],
              "sentence": "Because your requirements ask for a (app.in:1) which depends on b, which is not in the cache, your requirements can't be met."
            }
          ],
          "unavailable": []
        }
        """#),
  ]
}
