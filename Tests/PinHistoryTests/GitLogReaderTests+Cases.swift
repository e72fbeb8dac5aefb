@testable import PinHistory

extension GitLogReaderTests {
  static let cases: [Case] = [
    Case(name: "edits, among other commits", expected: [Expected("a"), Expected("b"), Expected("a")]) {
      $0.commit([.file("other", "x")])
      $0.commit([.file("lock.txt", "a")])
      $0.commit([.file("other", "y")])
      $0.commit([.file("lock.txt", "b"), .file("other", "z")])
      $0.commit([.file("lock.txt", "a")])
    },
    Case(
      name: "renamed, then renamed and changed",
      expected: [
        Expected(lock("1"), at: "a.txt"), Expected(lock("2"), at: "a.txt"),
        Expected(lock("2"), at: "é/b.txt"),
        Expected(lock("3")), Expected(lock("4")),
      ]
    ) {
      $0.commit([.file("a.txt", lock("1"))])
      $0.commit([.file("a.txt", lock("2"))])
      $0.commit([.rename("a.txt", "é/b.txt")])
      $0.commit([.rename("é/b.txt", "lock.txt"), .file("lock.txt", lock("3"))])
      $0.commit([.file("lock.txt", lock("4"))])
    },
    Case(
      name: "renamed there and back",
      expected: [Expected(lock("1")), Expected(lock("1"), at: "b"), Expected(lock("2"))]
    ) {
      $0.commit([.file("lock.txt", lock("1"))])
      $0.commit([.rename("lock.txt", "b")])
      $0.commit([.rename("b", "lock.txt"), .file("lock.txt", lock("2"))])
    },
    Case(
      name: "renamed, with three of four pins changed",
      expected: [
        Expected("flask==1.0\nclick==2.0\njinja2==3.0\nsix==1\n", at: "reqs.txt"),
        Expected("flask==1.1\nclick==2.2\njinja2==3.4\nsix==1\n"),
      ]
    ) {
      $0.commit([.file("reqs.txt", "flask==1.0\nclick==2.0\njinja2==3.0\nsix==1\n"), .file("notes.md", "x")])
      $0.commit([
        .delete("reqs.txt"), .delete("notes.md"),
        .file("lock.txt", "flask==1.1\nclick==2.2\njinja2==3.4\nsix==1\n"),
      ])
    },
    Case(
      name: "a little like one of two lockfiles that go",
      expected: [Expected("flask==1.1\nclick==2.2\njinja2==3.4\nsix==1\n")]
    ) {
      $0.commit([
        .file("reqs.txt", "flask==1.0\nclick==2.0\njinja2==3.0\nsix==1\n"), .file("uv.lock", "other\n"),
      ])
      $0.commit([
        .delete("reqs.txt"), .delete("uv.lock"),
        .file("lock.txt", "flask==1.1\nclick==2.2\njinja2==3.4\nsix==1\n"),
      ])
    },
    Case(
      name: "a little like a file that goes and is no lockfile",
      expected: [Expected("flask==1.1\nclick==2.2\njinja2==3.4\nsix==1\n")]
    ) {
      $0.commit([.file("requirements.in", "flask==1.0\nclick==2.0\njinja2==3.0\nsix==1\n")])
      $0.commit([
        .delete("requirements.in"),
        .file("lock.txt", "flask==1.1\nclick==2.2\njinja2==3.4\nsix==1\n"),
      ])
    },
    Case(
      name: "names swapped", expected: [Expected(lock("1")), Expected(lock("2"))]
    ) {
      $0.commit([.file("lock.txt", lock("1")), .file("dev.txt", lock("2"))])
      $0.commit([.file("lock.txt", lock("2")), .file("dev.txt", lock("1"))])
    },
    Case(name: "renamed away", expected: [Expected(lock("1")), Expected(nil)]) {
      $0.commit([.file("lock.txt", lock("1"))])
      $0.commit([.rename("lock.txt", "b.txt")])
    },
    Case(name: "like another lockfile, which stays", expected: [Expected(lock("1"))]) {
      $0.commit([.file("base.txt", lock("0"))])
      $0.commit([.file("base.txt", lock("2"))])
      $0.commit([.file("lock.txt", lock("1"))])
    },
    Case(
      name: "its place taken by another after a rename",
      expected: [Expected(lock("1"), at: "a"), Expected(lock("1"))]
    ) {
      $0.commit([.file("lock.txt", "another")])
      $0.commit([.delete("lock.txt"), .file("a", lock("1"))])
      $0.commit([.rename("a", "lock.txt")])
    },
    Case(
      name: "deleted and added again",
      expected: [Expected(lock("1")), Expected(nil), Expected("new"), Expected("newer")]
    ) {
      $0.commit([.file("lock.txt", lock("1"))])
      $0.commit([.delete("lock.txt")])
      $0.commit([.file("other", "x")])
      $0.commit([.file("lock.txt", "new")])
      $0.commit([.file("lock.txt", "newer")])
    },
    Case(name: "a mode", expected: [Expected("a"), Expected("a"), Expected("b")]) {
      $0.commit([.file("lock.txt", "a")])
      $0.commit([.file("lock.txt", "a", mode: "100755")])
      $0.commit([.file("lock.txt", "b", mode: "100755")])
    },
    Case(name: "a symbolic link for a while", expected: [Expected("a"), Expected(nil), Expected("b")]) {
      $0.commit([.file("lock.txt", "a"), .file("target", "t")])
      $0.commit([.file("lock.txt", "target", mode: "120000")])
      $0.commit([.file("lock.txt", "b")])
    },
    Case(name: "a directory in its place", expected: [Expected("a"), Expected(nil)]) {
      $0.commit([.file("lock.txt", "a")])
      $0.commit([.delete("lock.txt"), .file("lock.txt/inner", "b")])
    },
    Case(name: "none ever", expected: []) { $0.commit([.file("other", "x")]) },

    // MARK: Merges
    Case(name: "a merge that brings two changes", expected: [Expected("a"), Expected("c"), Expected("d")]) {
      $0.commit([.file("lock.txt", "a")])
      $0.commit([.file("lock.txt", "b")], on: "side", from: "main")
      $0.commit([.file("lock.txt", "c")], on: "side")
      $0.commit([.file("other", "x")])
      $0.commit([.file("lock.txt", "c")], merge: "side")
      $0.commit([.file("lock.txt", "d")])
    },
    Case(
      name: "a merge that is like neither parent", expected: [Expected("a"), Expected("b"), Expected("evil")]
    ) {
      $0.commit([.file("lock.txt", "a")])
      $0.commit([.file("lock.txt", "s")], on: "side", from: "main")
      $0.commit([.file("lock.txt", "b")])
      $0.commit([.file("lock.txt", "evil")], merge: "side")
    },
    Case(name: "a merge that keeps the first parent's", expected: [Expected("a"), Expected("b")]) {
      $0.commit([.file("lock.txt", "a")])
      $0.commit([.file("lock.txt", "s")], on: "side", from: "main")
      $0.commit([.file("lock.txt", "b")])
      $0.commit([], merge: "side")
    },
    Case(
      name: "a merge that brings a rename", expected: [Expected(lock("1"), at: "a"), Expected(lock("2"))]
    ) {
      $0.commit([.file("a", lock("1"))])
      $0.commit([.rename("a", "lock.txt")], on: "side", from: "main")
      $0.commit([.file("lock.txt", lock("2"))], on: "side")
      $0.commit([.file("other", "x")])
      $0.commit([.rename("a", "lock.txt"), .file("lock.txt", lock("2"))], merge: "side")
    },
    Case(name: "a merge of a history of its own", expected: [Expected("o"), Expected("p")]) {
      $0.commit([.file("other", "x")])
      $0.commit([.file("lock.txt", "n")], on: "orphan")
      $0.commit([.file("lock.txt", "o")], on: "orphan")
      $0.commit([.file("lock.txt", "o")], merge: "orphan")
      $0.commit([.file("lock.txt", "p")])
    },
    Case(name: "times that go backwards", expected: [Expected("a"), Expected("b"), Expected("c")]) {
      $0.commit([.file("lock.txt", "a")], at: 5000)
      $0.commit([.file("lock.txt", "b")], at: 10)
      $0.commit([.file("lock.txt", "c")], at: 5000, zone: "+0545")
    },
  ]

  static let bytesCases: [Case] =
    ["lock.txt", "ü/ñ 日本.txt", "-n", ":(glob)*", "a\"b\\c", "two\nlines", "*.txt"].map { path in
      Case(
        name: "the path \(path)", path: path, expected: [Expected("a", at: path), Expected("b", at: path)]
      ) {
        $0.commit([.file(path, "a"), .file("z.txt", "x")])
        $0.commit([.file("z.txt", "y")])
        $0.commit([.file(path, "b")])
      }
    }
    + [
      ("no line end", "a"), ("two line ends", "a\r\nb\r\n\n"), ("nothing", ""),
      (
        "lines like git's",
        "diff --git a/lock.txt b/lock.txt\n@@ -1 +1 @@\n-- \n--- a\n+++ b\ncommit 12 3\n\u{0}:100644"
      ),
      ("lines of the answer", "\(String(repeating: "a", count: 40)) blob 3\nabc\n"),
      ("long", String(repeating: "x", count: 300_000)),
    ].map { name, text in
      Case(
        name: name, expected: [Expected("first\n"), Expected(text + "1"), Expected(text), Expected("last")]
      ) {
        $0.commit([.file("lock.txt", "first\n")])
        $0.commit([.file("lock.txt", text + "1")])
        $0.commit([.file("lock.txt", text)])
        $0.commit([.file("lock.txt", "last")])
      }
    }
}
