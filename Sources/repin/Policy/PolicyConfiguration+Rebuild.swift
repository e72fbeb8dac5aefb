import PythonPackaging
import TOMLReading
import UpdatePolicy

/// What `[rebuild]` says: how what is made of the lockfiles is made anew, and how old it may get.
struct RebuildSettings: Sendable, Hashable {
  /// A command by its words.
  typealias Words = [String]

  /// The command that rebuilds; empty: none does.
  var command: Words = []
  /// What runs before it, one after the other.
  var before: [Words] = []
  /// What runs after it, one after the other.
  var after: [Words] = []
  /// How long each command may take.
  var timeLimit: PolicyDuration = .oneHour
  /// How old an image may get though no pin changed; nil: as old as it likes.
  var maxAge: PolicyDuration?
  /// Where the command is configured.
  var place: String?

  /// All commands, in their order.
  var commands: [Words] { command.isEmpty ? [] : before + [command] + after }
}

extension PolicyDuration {
  fileprivate static var oneHour: PolicyDuration {
    guard let hour = try? PolicyDuration("1 hour") else { preconditionFailure("an hour is a length of time") }
    return hour
  }
}

extension PolicyConfiguration {
  // MARK: [rebuild]

  mutating func takeRebuild(_ item: TOMLItem, _ file: String) throws(CommandFailure) {
    let table = try PolicyTable(item, named: "rebuild", file: file)
    try table.refuseOthers(than: ["command", "before", "after", "time-limit", "max-age"])
    if let item = table.item("command") {
      rebuild.command = try Self.words(item, of: "command", in: table)
      rebuild.place = table.place(of: item)
    }
    rebuild.before = try Self.commands(of: "before", in: table)
    rebuild.after = try Self.commands(of: "after", in: table)
    if let limit = try table.duration("time-limit") {
      guard limit > .off else {
        throw table.failure("`time-limit` is no time at all; leave it out for 1 hour")
      }
      rebuild.timeLimit = limit
    }
    if let age = try table.duration("max-age"), age > .off { rebuild.maxAge = age }
    if rebuild.command.isEmpty, !rebuild.before.isEmpty || !rebuild.after.isEmpty {
      throw table.failure("found `before` or `after`, and no `command` that they belong to")
    }
  }

  /// One command, or an array of commands.
  private static func commands(
    of key: String, in table: PolicyTable
  ) throws(CommandFailure) -> [RebuildSettings.Words] {
    guard let item = table.item(key) else { return [] }
    guard case .array(let items) = item.value, case .array = items.first?.value else {
      return [try words(item, of: key, in: table)]
    }
    return try items.map { (item) throws(CommandFailure) in try words(item, of: key, in: table) }
  }

  private static func words(
    _ item: TOMLItem, of key: String, in table: PolicyTable
  ) throws(CommandFailure) -> RebuildSettings.Words {
    let expected = "an array of a command's words, such as [\"make\", \"image\"] or [\"sh\", \"-c\", \"…\"]"
    guard case .array(let items) = item.value else {
      throw table.unexpected(item, of: key, expected: expected)
    }
    var words: [String] = []
    for item in items {
      guard case .string(let word) = item.value, !word.utf8.contains(0) else {
        throw table.unexpected(item, of: key, expected: expected)
      }
      words.append(word)
    }
    guard words.first?.isEmpty == false else {
      throw .configuration(
        "\(table.place(of: item)): `rebuild.\(key)`: found no command, expected \(expected)")
    }
    return words
  }
}
