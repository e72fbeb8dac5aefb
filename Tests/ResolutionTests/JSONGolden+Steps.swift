extension JSONGolden {
  /// Proofs of several sentences.
  static let steps = [
    JSONGolden(
      testDescription: "releases that fail by what they have in common only",
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
              "conclusion": [
                {
                  "isSelected": true,
                  "releases": {"count": 1, "newest": "1", "oldest": "1", "project": "b", "range": "b==1"}
                },
                {
                  "isSelected": false,
                  "releases": {"count": 1, "newest": "1", "oldest": "1", "project": "d", "range": "d==1"}
                }
              ],
              "premises": [
                {
                  "kind": "dependency",
                  "clause": "c==1 depends on d==1",
                  "needs": {"count": 1, "newest": "1", "oldest": "1", "project": "d", "range": "d==1"},
                  "releases": {"count": 1, "newest": "1", "oldest": "1", "project": "c", "range": "c==1"},
                  "specifiers": ["==1"]
                },
                {
                  "kind": "dependency",
                  "clause": "b==1 depends on c==1",
                  "needs": {"count": 1, "newest": "1", "oldest": "1", "project": "c", "range": "c==1"},
                  "releases": {"count": 1, "newest": "1", "oldest": "1", "project": "b", "range": "b==1"},
                  "specifiers": ["==1"]
                }
              ],
              "sentence": "Because b==1 depends on c==1 which depends on d==1, b==1 needs d==1."
            },
            {
              "beginsPart": false,
              "conclusion": [
                {
                  "isSelected": true,
                  "releases": {"count": 1, "newest": "1", "oldest": "1", "project": "a", "range": "a==1"}
                }
              ],
              "number": 1,
              "premises": [
                {"clause": "b==1 needs d==1", "kind": "step", "step": 0},
                {
                  "kind": "dependency",
                  "clause": "a==1 depends on d==2",
                  "needs": {"count": 1, "newest": "2", "oldest": "2", "project": "d", "range": "d==2"},
                  "releases": {"count": 1, "newest": "1", "oldest": "1", "project": "a", "range": "a==1"},
                  "specifiers": ["==2"]
                },
                {
                  "kind": "dependency",
                  "clause": "a==1 depends on b==1",
                  "needs": {"count": 1, "newest": "1", "oldest": "1", "project": "b", "range": "b==1"},
                  "releases": {"count": 1, "newest": "1", "oldest": "1", "project": "a", "range": "a==1"},
                  "specifiers": ["==1"]
                }
              ],
              "sentence": "So, because a==1 depends on both d==2 and b==1, a==1 can't be used."
            },
            {
              "beginsPart": true,
              "conclusion": [
                {
                  "isSelected": true,
                  "releases": {"count": 1, "newest": "2", "oldest": "2", "project": "b", "range": "b==2"}
                },
                {
                  "isSelected": false,
                  "releases": {"count": 1, "newest": "2", "oldest": "2", "project": "d", "range": "d==2"}
                }
              ],
              "premises": [
                {
                  "kind": "dependency",
                  "clause": "b==2 depends on c==2",
                  "needs": {"count": 1, "newest": "2", "oldest": "2", "project": "c", "range": "c==2"},
                  "releases": {"count": 1, "newest": "2", "oldest": "2", "project": "b", "range": "b==2"},
                  "specifiers": ["==2"]
                },
                {
                  "kind": "dependency",
                  "clause": "c==2 depends on d==2",
                  "needs": {"count": 1, "newest": "2", "oldest": "2", "project": "d", "range": "d==2"},
                  "releases": {"count": 1, "newest": "2", "oldest": "2", "project": "c", "range": "c==2"},
                  "specifiers": ["==2"]
                }
              ],
              "sentence": "Because b==2 depends on c==2 which depends on d==2, b==2 needs d==2."
            },
            {
              "beginsPart": false,
              "conclusion": [
                {
                  "isSelected": true,
                  "releases": {"count": 1, "newest": "2", "oldest": "2", "project": "a", "range": "a==2"}
                }
              ],
              "premises": [
                {"clause": "b==2 needs d==2", "kind": "step", "step": 2},
                {
                  "kind": "dependency",
                  "clause": "a==2 depends on b==2",
                  "needs": {"count": 1, "newest": "2", "oldest": "2", "project": "b", "range": "b==2"},
                  "releases": {"count": 1, "newest": "2", "oldest": "2", "project": "a", "range": "a==2"},
                  "specifiers": ["==2"]
                },
                {
                  "kind": "dependency",
                  "clause": "a==2 depends on d==1",
                  "needs": {"count": 1, "newest": "1", "oldest": "1", "project": "d", "range": "d==1"},
                  "releases": {"count": 1, "newest": "2", "oldest": "2", "project": "a", "range": "a==2"},
                  "specifiers": ["==1"]
                }
              ],
              "sentence": "And because a==2 depends on both b==2 and d==1, a==2 can't be used."
            },
            {
              "beginsPart": false,
              "conclusion": [
                {
                  "isSelected": true,
                  "releases": {"count": 2, "newest": "2", "oldest": "1", "project": "a", "range": "every release of a"}
                }
              ],
              "premises": [
                {"clause": "a==2 can't be used", "kind": "step", "step": 3},
                {"clause": "a==1 can't be used", "kind": "step", "step": 1}
              ],
              "sentence": "And because a==1 can't be used (1), a can't be used."
            },
            {
              "beginsPart": false,
              "conclusion": [],
              "premises": [
                {"clause": "a can't be used", "kind": "step", "step": 4},
                {
                  "kind": "requirement",
                  "clause": "your requirements ask for a (app.in:1)",
                  "needs": {"count": 2, "newest": "2", "oldest": "1", "project": "a", "range": "every release of a"},
                  "requirement": 0,
                  "specifiers": []
                }
              ],
              "sentence": "So, because your requirements ask for a (app.in:1), your requirements can't be met."
            }
          ],
          "unavailable": []
        }
        """#)
  ]
}
