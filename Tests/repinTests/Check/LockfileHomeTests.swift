import PinHistory
import TestSupport
import Testing

@testable import repin

/// What lockfiles are known by in the history.
@Suite struct LockfileHomeTests {
  @Test(arguments: ["shop", "lädchen", "店", "e\u{301}"])
  func `a path is counted from the top of its repository, however that is named`(_ top: String) async {
    let directory = TemporaryDirectory()
    for name in [top, "\(top)/.git", "\(top)/app"] { directory.makeDirectory(name) }
    directory.write("\(top)/app/requirements.txt", "")
    let context = CommandContext(
      environment: [:], workingDirectory: directory.path, terminal: Terminal(environment: [:]))
    let place = await LockfileHome(context: context).place(of: "\(top)/app/requirements.txt")
    #expect(place.identity.path == "app/requirements.txt")
    #expect(place.workTree?.hasSuffix("/\(top)") == true)
  }
}
