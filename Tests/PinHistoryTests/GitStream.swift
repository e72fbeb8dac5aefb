/// Commits for `git fast-import`, which makes them just as told: times, trees and parents.
struct GitStream: Sendable {
  /// What a commit does to one path.
  enum Change: Sendable {
    case file(String, [UInt8], mode: String)
    case delete(String)
    case rename(String, String)
  }

  private(set) var bytes: [UInt8] = []
  private(set) var count = 0
  private var marks: [String: Int] = [:]
  private var time: Int64 = 1_700_000_000

  /// A commit on a branch. Its first parent is the branch's commit; a branch that is new has none, or that of `from`.
  mutating func commit(
    _ changes: [Change], on branch: String = "main", from: String? = nil, merge: String? = nil,
    at time: Int64? = nil, zone: String = "+0000"
  ) {
    count += 1
    self.time += 100
    write("commit refs/heads/\(branch)\nmark :\(count)\n")
    write("author A <a@host.example> 1 +0000\ncommitter C <c@host.example> \(time ?? self.time) \(zone)\n")
    write("data 30\ncommit 0123456789 diff --git a\n")
    if let parent = marks[branch] ?? from.flatMap({ marks[$0] }) { write("from :\(parent)\n") }
    if let parent = merge.flatMap({ marks[$0] }) { write("merge :\(parent)\n") }
    for change in changes {
      switch change {
      case .file(let path, let content, let mode):
        write("M \(mode) inline \(quoted(path))\ndata \(content.count)\n")
        bytes += content + [0x0A]
      case .delete(let path): write("D \(quoted(path))\n")
      case .rename(let old, let new): write("R \(quoted(old)) \(quoted(new))\n")
      }
    }
    write("\n")
    marks[branch] = count
  }

  private mutating func write(_ text: String) { bytes += Array(text.utf8) }

  private func quoted(_ path: String) -> String {
    let escaped = path.map { character in
      switch character {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      default: String(character)
      }
    }
    return "\"\(escaped.joined())\""
  }
}

extension GitStream.Change {
  static func file(_ path: String, _ text: String, mode: String = "100644") -> Self {
    .file(path, Array(text.utf8), mode: mode)
  }
}
