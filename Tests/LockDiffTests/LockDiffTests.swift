import LockDiff
import LockfileFormats
import PythonPackaging
import Testing

@Suite("What differs between lockfiles") struct LockDiffTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    var old = ""
    var new = ""
    var lines: [String] = []
    var unchanged = 0
  }

  private static let a = Locks.hash(10)
  private static let b = Locks.hash(11)
  private static let c = Locks.hash(12)

  @Test(arguments: [
    Case(testDescription: "nothing"),
    Case(testDescription: "the same", old: "a==1\nb==2\n", new: "b==2\na==1.0\n", unchanged: 2),
    Case(
      testDescription: "every kind", old: "a==1\nb==2\nc==3\n", new: "a==2\nb==1\nd==4\n",
      lines: ["raised a 1 > 2 major/major", "lowered b 2 > 1 down/major", "removed c 3 > -", "added d - > 4"]),
    Case(
      testDescription: "names in another spelling", old: "Foo_Bar==1\n", new: "foo.bar==1.0.1\n",
      lines: ["raised foo-bar 1 > 1.0.1 patch/patch"]),
    Case(
      testDescription: "from an index to a URL", old: "a==1\n", new: "a @ https://host.example/a-1.tar.gz\n",
      lines: ["moved a 1 > ? source"]),
    Case(
      testDescription: "another revision", old: "a @ git+https://git.example/a@1\n",
      new: "a @ git+https://git.example/a@2\n", lines: ["moved a ? > ? source"]),
    Case(
      testDescription: "another index", old: "--index-url https://one.example/\na==1\n",
      new: "--index-url https://two.example/\na==1\n", lines: ["moved a 1 > 1 source"]),
    Case(
      testDescription: "an index that only one file tells", old: "--index-url https://one.example/\na==1\n",
      new: "a==1\n", unchanged: 1),
    Case(
      testDescription: "other hashes", old: "a==1 --hash=\(a)\nb==1 --hash=\(a)\n",
      new: "a==1 --hash=\(b)\nb==1 --hash=\(a) --hash=\(b)\n",
      lines: ["rehashed a 1 > 1 hashes -1 +1", "rehashed b 1 > 1 hashes -0 +1"]),
    Case(
      testDescription: "hashes in another order", old: "a==1 --hash=\(a) --hash=\(b)\n",
      new: "a==1 --hash=\(b) --hash=\(a)\n", unchanged: 1),
    Case(
      testDescription: "hashes of another version are no alarm", old: "a==1 --hash=\(a)\n",
      new: "a==2 --hash=\(b)\n", lines: ["raised a 1 > 2 major/major"]),
    Case(
      testDescription: "a marker, and hashes beside it", old: "a==1 ; os_name == 'nt' --hash=\(a)\n",
      new: "a==1 --hash=\(b)\n", lines: ["rehashed a 1 > 1 hashes -1 +1 marker"]),
    Case(
      testDescription: "conditions", old: "a[x]==1\nb==1\n", new: "a[x,y]==1\nb==1 ; os_name == 'nt'\n",
      lines: ["conditioned a 1 > 1 extras", "conditioned b 1 > 1 marker"]),
    Case(
      testDescription: "what has no name", old: "-e ./x\n-e ./y\n", new: "-e ./y\n-e ./z\n",
      lines: ["removed -e ./x ? > -", "added -e ./z - > ?"], unchanged: 1),
  ])
  func differs(_ given: Case) {
    let diff = Locks.diff(given.old, given.new)
    #expect(diff.changes.map(Locks.line) == given.lines)
    #expect(diff.unchangedCount == given.unchanged)
  }

  private static let old = "python_version < '3.10'"
  private static let new = "python_version >= '3.10'"

  /// Which pin became which, where a package stands several times.
  @Test(arguments: [
    Case(
      testDescription: "each goes on", old: "n==1 ; \(old)\nn==2 ; \(new)\n",
      new: "n==2.1 ; \(new)\nn==1 ; \(old)\n", lines: ["raised n 2 > 2.1 minor/minor"], unchanged: 1),
    Case(
      testDescription: "both go on", old: "n==1 ; \(old)\nn==2 ; \(new)\n",
      new: "n==1.5 ; \(old)\nn==3 ; \(new)\n",
      lines: ["raised n 1 > 1.5 minor/minor", "raised n 2 > 3 major/major"]),
    Case(
      testDescription: "one parts", old: "n==1\n", new: "n==1 ; \(old)\nn==2 ; \(new)\n",
      lines: ["conditioned n 1 > 1 marker", "added n - > 2"]),
    Case(
      testDescription: "two become one", old: "n==1 ; \(old)\nn==2 ; \(new)\n", new: "n==2\n",
      lines: ["conditioned n 2 > 2 marker", "removed n 1 > -"]),
    Case(
      testDescription: "markers are exchanged", old: "n==1 ; \(old)\nn==2 ; \(new)\n",
      new: "n==2 ; \(old)\nn==1 ; \(new)\n",
      lines: ["lowered n 2 > 1 down/major", "raised n 1 > 2 major/major"]),
    Case(
      testDescription: "nothing in common", old: "n==1 ; \(old)\nn==2 ; \(new)\n",
      new: "n==3 ; os_name == 'a'\nn==4 ; os_name == 'b'\n",
      lines: ["raised n 1 > 3 major/major marker", "raised n 2 > 4 major/major marker"]),
  ])
  func matches(_ given: Case) { differs(given) }

  @Test func filesThatAreNotThere() {
    let file = Locks.file("a==1\n")
    #expect(LockDiff(from: nil, to: file).changes.map(Locks.line) == ["added a - > 1"])
    #expect(LockDiff(from: file, to: nil).changes.map(Locks.line) == ["removed a 1 > -"])
    #expect(LockDiff(from: nil, to: nil).isEmpty)
    #expect(LockDiff(from: file, to: nil).path == "requirements.txt")
  }

  @Test func hashesAreSwitchedOnAndOff() {
    let (bare, hashed) = ("a==1\nb==1\n", "a==1 --hash=\(Self.a)\nb==1 --hash=\(Self.b)\n")
    let on = Locks.diff(bare, hashed)
    #expect(on.isEmpty && on.hashesGained == 2 && on.hashesLost == 0)
    let off = Locks.diff(hashed, bare)
    #expect(off.isEmpty && off.hashesGained == 0 && off.hashesLost == 2)
  }

  @Test func whatCantBeReadIsSaid() {
    let diff = Locks.diff("a==1\nb==what?\n", "a==1\n")
    #expect(!diff.isComplete && diff.oldFaults.count == 1 && diff.newFaults.isEmpty)
    #expect(Locks.diff("a==1\n", "a==1\n").isComplete)
  }

  /// Of every format: a lock against itself, and against one in which a hash was exchanged.
  @Test(arguments: [
    (
      "uv.lock",
      "version = 1\n[[package]]\nname = \"a\"\nversion = \"1\"\nsource = { registry = \"https://i.example/\" }\nsdist = { hash = \"HASH\" }\n"
    ),
    (
      "poetry.lock",
      "[[package]]\nname = \"a\"\nversion = \"1\"\nfiles = [{file = \"a\", hash = \"HASH\"}]\n[metadata]\nlock-version = \"2.1\"\n"
    ),
    (
      "pylock.toml",
      "lock-version = \"1.0\"\n[[packages]]\nname = \"a\"\nversion = \"1\"\n[[packages.wheels]]\n[packages.wheels.hashes]\nsha256 = \"HASH\"\n"
    ),
    (
      "Pipfile.lock",
      "{\"_meta\": {\"pipfile-spec\": 6}, \"default\": {\"a\": {\"version\": \"==1\", \"hashes\": [\"HASH\"]}}}"
    ),
    ("requirements.txt", "a==1 --hash=HASH\n"),
  ]) func hashesOfEveryFormat(_ path: String, _ text: String) {
    let isBare = path == "pylock.toml"
    func file(_ digit: Int) -> PinnedFile {
      let hash = Locks.hash(digit)
      return Locks.file(
        text.replacing("HASH", with: isBare ? String(hash.dropFirst(7)) : hash), path: path)
    }
    #expect(file(1).faults.map(\.description) == [])
    #expect(LockDiff(from: file(1), to: file(1)).isEmpty)
    #expect(
      LockDiff(from: file(1), to: file(2)).changes.map(Locks.line) == ["rehashed a 1 > 1 hashes -1 +1"])
  }
}
