/// A random history of one file on one branch, with what must be read of it.
struct GitModel {
  struct State: Equatable {
    let path: String
    let bytes: [UInt8]?
  }

  private(set) var stream = GitStream()
  /// The path the file has in the end, or had last.
  private(set) var path = "lock.txt"
  /// After each commit that changed it.
  private(set) var states: [State] = []

  private var lines: [String] = []
  private var exists = false
  private var number = 0

  init(commits: Int, _ random: inout SeededRandom) {
    for _ in 0..<commits { commit(&random) }
  }

  private mutating func commit(_ random: inout SeededRandom) {
    number += 1
    let noise = GitStream.Change.file("noise/\(number % 7)", "\(number)\n")
    if !exists {
      guard Int.random(in: 0..<3, using: &random) == 0 else { return stream.commit([noise]) }
      // Nothing like what it was before.
      lines = (0..<40).map { "new-\(number)-\($0)-\(random.next())" }
      exists = true
      return record([noise, file], &random)
    }
    switch Int.random(in: 0..<20, using: &random) {
    case 0:
      exists = false
      record([noise, .delete(path)], &random)
    case 1, 2:
      let old = path
      path = "place-\(number)/\(["lock.txt", "é.txt", "a b"].randomElement(using: &random) ?? "c")"
      if Bool.random(using: &random) { edit(&random) }
      record([noise, .rename(old, path), file], &random)
    case 3...6: stream.commit([noise])
    default:
      edit(&random)
      record([noise, file], &random)
    }
  }

  private var bytes: [UInt8] { Array(lines.joined(separator: "\n").utf8) }
  private var file: GitStream.Change { .file(path, bytes, mode: "100644") }

  private mutating func edit(_ random: inout SeededRandom) {
    let place = Int.random(in: 0..<lines.count, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0 where lines.count > 30: lines.remove(at: place)
    case 1: lines.insert("@@ -\(number) +1 @@", at: place)
    case 2: lines.append("")
    default: lines[place] = "changed-\(number)\(["", "\r", "\u{0}"].randomElement(using: &random) ?? "")"
    }
    lines[0] = "head-\(number)"
  }

  /// A commit, at times by a merge of a branch that did something else.
  private mutating func record(_ changes: [GitStream.Change], _ random: inout SeededRandom) {
    states.append(State(path: path, bytes: exists ? bytes : nil))
    if Int.random(in: 0..<5, using: &random) == 0 {
      let side = "side-\(number)"
      stream.commit([.file("side", side)], on: side, from: "main")
      stream.commit([.file("side", side + "!")], on: side)
      stream.commit(changes + [.file("side", side)], merge: side)
    } else {
      stream.commit(changes)
    }
  }
}
