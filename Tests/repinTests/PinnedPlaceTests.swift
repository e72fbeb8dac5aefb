import PythonPackaging
import RequirementsFiles
import Testing

@testable import repin

/// How a change of what a pin is fixed to is told.
@Suite struct PinnedPlaceTests {
  struct Change: CustomTestStringConvertible {
    let before: LockedPin.Source
    let after: LockedPin.Source
    /// Nil: it is none.
    let told: String?

    var testDescription: String { "\(before) to \(after)" }
  }

  private static let one = String(repeating: "1a", count: 20)
  private static let other = String(repeating: "2b", count: 20)

  @Test(arguments: [
    Change(before: .version("1.0"), after: .version("1.0"), told: nil),
    Change(before: .version("1.0"), after: .version("1.1"), told: "~ a==1.1 (was 1.0)"),
    Change(
      before: .version("1.0"), after: .url("https://h/a-1.1.zip"), told: "~ a https://h/a-1.1.zip (was 1.0)"),
    Change(before: .url("git+https://h/a@\(one)"), after: .version("1.0"), told: "~ a==1.0 (was 1a1a1a1)"),
    Change(
      before: .url("git+https://h/a@\(one)"), after: .url("git+https://h/a@\(other)"),
      told: "~ a 2b2b2b2 (was 1a1a1a1)"),
    Change(before: .url("git+https://h/a@\(one)"), after: .url("git+https://u:p@h/a@\(one)"), told: nil),
    Change(
      before: .url("git+https://h/a@\(one)"), after: .url("git+https://h/b@\(one)"),
      told: "~ a git+https://h/b@\(one) (was git+https://h/a@\(one))"),
    Change(before: .url("git+https://u@h/a@\(one)"), after: .url("git+https://u:p@h/a@\(one)"), told: nil),
    Change(before: .url("git+file:/a@\(one)"), after: .url("git+file:///a@\(one)#egg=a"), told: nil),
    Change(
      before: .editable("git+https://h/a@\(one)#egg=a"), after: .editable("git+https://h/a@\(other)#egg=a"),
      told: "~ a 2b2b2b2 (was 1a1a1a1)"),
    Change(
      before: .url("https://h/a-1.zip#sha256=00"), after: .url("https://h/a-1.zip#sha256=01"),
      told: "~ a https://h/a-1.zip#sha256=01 (was https://h/a-1.zip#sha256=00)"),
    Change(
      before: .url("https://h/\(String(repeating: "long/", count: 20))a-1.0-py3-none-any.whl"),
      after: .version("1.0"),
      told: "~ a==1.0 (was https://h/long/long/…g/long/long/long/a-1.0-py3-none-any.whl)"),
  ]) func changes(_ change: Change) throws {
    let name = try PackageName("a")
    let (before, after) = (
      LockedPin(name: name, source: change.before), LockedPin(name: name, source: change.after)
    )
    let told = PinnedPlace(after).change(from: PinnedPlace(before), of: name)
    #expect(told.map { "~ \($0.pin) (was \($0.old))" } == change.told)
  }
}
