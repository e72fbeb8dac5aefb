extension JSONGolden {
  /// What is asked for.
  static let requirements = [
    JSONGolden(
      testDescription: "a dependency and a requirement",
      json: #"""
        {
          "version": 1,
          "summary": "the requirements can't be met",
          "isIncomplete": false,
          "hints": [
            {
              "kind": "raise",
              "project": "werkzeug",
              "line": 2,
              "source": "app.in",
              "text": "raise `werkzeug<3` (app.in:2) to admit werkzeug>=3.0"
            },
            {
              "kind": "lower",
              "project": "flask",
              "line": 1,
              "source": "app.in",
              "text": "lower `flask>=3` (app.in:1) to admit flask==2.3"
            }
          ],
          "requirements": [
            {"kind": "requirement", "line": 1, "project": "flask", "source": "app.in", "text": "flask>=3"},
            {"kind": "requirement", "line": 2, "project": "werkzeug", "source": "app.in", "text": "werkzeug<3"}
          ],
          "steps": [
            {
              "beginsPart": false,
              "conclusion": [],
              "premises": [
                {
                  "kind": "requirement",
                  "clause": "your requirements ask for flask>=3 (app.in:1)",
                  "needs": {"count": 2, "newest": "3.1", "oldest": "3.0", "project": "flask", "range": "flask>=3.0"},
                  "requirement": 0,
                  "specifiers": [">=3"]
                },
                {
                  "kind": "requirement",
                  "clause": "your requirements ask for werkzeug<3 (app.in:2)",
                  "needs": {
                    "project": "werkzeug",
                    "range": "werkzeug==2.0",
                    "count": 1,
                    "newest": "2.0",
                    "oldest": "2.0"
                  },
                  "requirement": 1,
                  "specifiers": ["<3"]
                },
                {
                  "kind": "dependency",
                  "clause": "flask>=3.0 depend on werkzeug>=3.0",
                  "needs": {
                    "project": "werkzeug",
                    "range": "werkzeug>=3.0",
                    "count": 2,
                    "newest": "3.1",
                    "oldest": "3.0"
                  },
                  "releases": {"count": 2, "newest": "3.1", "oldest": "3.0", "project": "flask", "range": "flask>=3.0"},
                  "specifiers": [">=3.1", ">=3.0"]
                }
              ],
              "sentence": "Because your requirements ask for flask>=3 (app.in:1) which depends on werkzeug>=3.0, and for werkzeug<3 (app.in:2), your requirements can't be met."
            }
          ],
          "unavailable": []
        }
        """#),
    JSONGolden(
      testDescription: "a project that no index has, near one that is asked for",
      json: #"""
        {
          "version": 1,
          "summary": "the requirements can't be met",
          "isIncomplete": false,
          "hints": [{"kind": "other-name", "project": "flsk", "text": "no index has `flsk`; did you mean `flask`?"}],
          "requirements": [{"kind": "requirement", "line": 2, "project": "flsk", "source": "app.in", "text": "flsk>=1"}],
          "steps": [
            {
              "beginsPart": false,
              "conclusion": [],
              "premises": [
                {
                  "kind": "requirement",
                  "clause": "your requirements ask for flsk>=1 (app.in:2), which no index has",
                  "needs": {"count": 0, "project": "flsk", "range": "no release of flsk"},
                  "requirement": 0,
                  "specifiers": [">=1"]
                }
              ],
              "sentence": "Because your requirements ask for flsk>=1 (app.in:2), which no index has, your requirements can't be met."
            }
          ],
          "unavailable": []
        }
        """#),
    JSONGolden(
      testDescription: "two extras of one project that exclude each other",
      json: #"""
        {
          "version": 1,
          "summary": "the requirements can't be met",
          "isIncomplete": false,
          "hints": [],
          "requirements": [
            {"kind": "requirement", "line": 1, "project": "a", "source": "app.in", "text": "a[old]"},
            {"kind": "requirement", "line": 2, "project": "a", "source": "app.in", "text": "a[new]"}
          ],
          "steps": [
            {
              "beginsPart": false,
              "conclusion": [],
              "premises": [
                {
                  "kind": "requirement",
                  "clause": "your requirements ask for a[old] (app.in:1)",
                  "needs": {
                    "project": "a",
                    "extra": "old",
                    "range": "a[old]==1",
                    "count": 1,
                    "newest": "1",
                    "oldest": "1"
                  },
                  "requirement": 0,
                  "specifiers": []
                },
                {
                  "kind": "requirement",
                  "clause": "your requirements ask for a[new] (app.in:2)",
                  "needs": {
                    "project": "a",
                    "extra": "new",
                    "range": "a[new]==1",
                    "count": 1,
                    "newest": "1",
                    "oldest": "1"
                  },
                  "requirement": 1,
                  "specifiers": []
                },
                {
                  "kind": "dependency",
                  "clause": "a[old]==1 depends on b<2",
                  "needs": {"count": 1, "newest": "1", "oldest": "1", "project": "b", "range": "b==1"},
                  "releases": {
                    "project": "a",
                    "extra": "old",
                    "range": "a[old]==1",
                    "count": 1,
                    "newest": "1",
                    "oldest": "1"
                  },
                  "specifiers": ["<2"]
                },
                {
                  "kind": "dependency",
                  "clause": "a[new]==1 depends on b>=2",
                  "needs": {"count": 1, "newest": "2", "oldest": "2", "project": "b", "range": "b==2"},
                  "releases": {
                    "project": "a",
                    "extra": "new",
                    "range": "a[new]==1",
                    "count": 1,
                    "newest": "1",
                    "oldest": "1"
                  },
                  "specifiers": [">=2"]
                }
              ],
              "sentence": "Because your requirements ask for a[old] (app.in:1) which depends on b<2, and for a[new] (app.in:2) which depends on b>=2, your requirements can't be met."
            }
          ],
          "unavailable": []
        }
        """#),
    JSONGolden(
      testDescription: "an override of what several releases ask for",
      json: #"""
        {
          "version": 1,
          "summary": "the requirements can't be met",
          "isIncomplete": false,
          "hints": [
            {
              "kind": "raise",
              "project": "b",
              "source": "overrides.txt",
              "line": 1,
              "text": "raise the override `b==1` (overrides.txt:1) to admit b==2"
            },
            {
              "kind": "lower",
              "project": "c",
              "source": "app.in",
              "line": 2,
              "text": "lower `c>=1` (app.in:2) to admit c==0.5"
            }
          ],
          "requirements": [
            {"kind": "requirement", "line": 1, "project": "a", "source": "app.in", "text": "a"},
            {"kind": "requirement", "line": 2, "project": "c", "source": "app.in", "text": "c>=1"},
            {"kind": "override", "line": 1, "project": "b", "source": "overrides.txt", "text": "b==1"}
          ],
          "steps": [
            {
              "beginsPart": false,
              "conclusion": [],
              "premises": [
                {
                  "kind": "requirement",
                  "clause": "your requirements ask for a (app.in:1)",
                  "needs": {"count": 2, "newest": "2", "oldest": "1", "project": "a", "range": "every release of a"},
                  "requirement": 0,
                  "specifiers": []
                },
                {
                  "kind": "requirement",
                  "clause": "your requirements ask for c>=1 (app.in:2)",
                  "needs": {"count": 1, "newest": "1", "oldest": "1", "project": "c", "range": "c==1"},
                  "requirement": 1,
                  "specifiers": [">=1"]
                },
                {
                  "kind": "override",
                  "clause": "every release of a depends on b==1 (override overrides.txt:1)",
                  "needs": {"count": 1, "newest": "1", "oldest": "1", "project": "b", "range": "b==1"},
                  "releases": {"count": 2, "newest": "2", "oldest": "1", "project": "a", "range": "every release of a"},
                  "requirement": 2,
                  "specifiers": ["==1"]
                },
                {
                  "kind": "dependency",
                  "clause": "b==1 depends on c<1",
                  "needs": {"count": 1, "newest": "0.5", "oldest": "0.5", "project": "c", "range": "c==0.5"},
                  "releases": {"count": 1, "newest": "1", "oldest": "1", "project": "b", "range": "b==1"},
                  "specifiers": ["<1"]
                }
              ],
              "sentence": "Because your requirements ask for a (app.in:1) which depends on b==1 (override overrides.txt:1) which depends on c<1, and for c>=1 (app.in:2), your requirements can't be met."
            }
          ],
          "unavailable": []
        }
        """#),
  ]
}
