import IndexServer
import TestSupport
import Testing

/// One compilation: what there is, and what must come of it.
///
/// In files, arguments and expectations `ROOT` stands for the server's address and `DIR` for the directory.
struct CompileCase: CustomTestStringConvertible {
  let testDescription: String
  /// By name, directories included.
  var files: [String: String] = [:]
  var arguments: [String] = []
  var environment: [String: String] = [:]
  /// What is written, without comments that start a line and the index's line; nil: nothing is, and what was there stays.
  var pins: String?
  var status: Int32 = 0
  /// Standard error; nil: not looked at.
  var errors: String?
  /// What standard error has somewhere.
  var says: [String] = []
  /// What standard error has nowhere.
  var neverSays: [String] = []
  /// The lockfile.
  var output = "requirements.txt"
}

extension CommandFixture {
  /// The server's address, which stays when it is stopped.
  var address: String { String(url.dropLast("/simple/".count)) }

  /// A text with `ROOT` and `DIR` filled in.
  func filled(_ text: String) -> String {
    text.replacing("ROOT", with: address).replacing("DIR", with: directory.path)
  }

  /// Writes files, making the directories they are in.
  func write(_ files: [String: String]) {
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      makeDirectories(of: name)
      directory.write(name, filled(text))
    }
  }

  /// Writes a distribution into a directory.
  func write(_ file: ServedFile, in folder: String) {
    makeDirectories(of: "\(folder)/\(file.filename)")
    directory.write("\(folder)/\(file.filename)", file.bytes)
  }

  /// Makes the directories that a name has before its last part.
  func makeDirectories(of name: String) {
    var path = ""
    for part in name.split(separator: "/").dropLast() {
      path += (path.isEmpty ? "" : "/") + part
      directory.makeDirectory(path)
    }
  }

  /// Compiles and holds what comes of it to what is expected.
  func expect(_ given: CompileCase, target: [String] = CommandFixture.target) async throws {
    var fixture = self
    fixture.environment.merge(given.environment.mapValues(filled)) { $1 }
    write(given.files)
    let before = directory.text(given.output)
    let outcome = try await fixture.run(["compile"] + target + given.arguments.map(filled))
    #expect(outcome.status == given.status, Comment(rawValue: outcome.errors))
    if let errors = given.errors { #expect(outcome.errors == errors) }
    for text in given.says { #expect(outcome.errors.contains(text), Comment(rawValue: outcome.errors)) }
    for text in given.neverSays { #expect(!outcome.errors.contains(text), Comment(rawValue: outcome.errors)) }
    if let pins = given.pins {
      #expect(self.pins(given.output) == pins, Comment(rawValue: outcome.errors))
    } else {
      #expect(directory.text(given.output) == before)
    }
    #expect(!directory.names().contains { $0.hasPrefix(".requirements") })
  }
}
