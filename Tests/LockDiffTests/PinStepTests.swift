import LockDiff
import PythonPackaging
import Testing

@Suite("Kinds of steps") struct PinStepTests {
  @Test(
    arguments: [
      ("1.4.2", "2.0", "major", "major"), ("1.4.2", "1.5", "minor", "minor"),
      ("1.4.2", "1.4.3", "patch", "patch"),
      ("1.4.2", "1.4.2.1", "patch", "patch"), ("1.4.2", "1.4.2.post1", "post", "patch"),
      ("1.4.2.post1", "1.4.2.post2", "post", "patch"), ("1.4.2", "1.4.3.post1", "patch", "patch"),
      ("1.4.2", "2.0rc1", "pre", "major"), ("1.4.2", "1.5.dev3", "pre", "minor"),
      ("2.0rc1", "2.0", "patch", "patch"),
      ("2.0rc1", "2.0rc2", "pre", "patch"), ("2.0", "1.0", "down", "major"),
      ("1.4.2", "1.4.2rc1", "down", "patch"),
      ("1.4.2.post1", "1.4.2", "down", "patch"), ("9.0", "1!1.0", "major", "major"),
      ("1!1.0", "9.0", "down", "major"),
      ("1.0", "1.0+cpu", "patch", "patch"),
    ] as [(String, String, String, String)])
  func steps(_ old: String, _ new: String, _ kind: String, _ size: String) throws {
    let step = try #require(PinStep(from: try Version(old), to: try Version(new)))
    #expect(step.kind.rawValue == kind)
    #expect(step.size.rawValue == size)
  }

  @Test(arguments: [("1.0", "1.0.0"), ("1.0", "v1.0"), ("1.0RC1", "1.0rc1")])
  func equalVersionsAreNoStep(_ old: String, _ new: String) throws {
    #expect(PinStep(from: try Version(old), to: try Version(new)) == nil)
  }
}
