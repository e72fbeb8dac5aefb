import LockfileFormats
import PackageIndex
import PythonPackaging
import UpdatePolicy

/// What a check came to, in one line for the history: the same line as the last time means that nothing has changed.
struct CheckDetail {
  let lock: LockfileToCheck
  let assessment: Assessment

  /// `2 due now, 1 at the window, 3 noted; state 1f0c…`.
  var text: String {
    let counts: [(Finding.Urgency, String)] = [
      (.dueNow, "due now"), (.dueAtWindow, "at the window"), (.noted, "noted"), (.ignored, "ignored"),
    ]
    let parts = counts.compactMap { urgency, words -> String? in
      let count = assessment.findings(urgency).count
      return count == 0 ? nil : "\(count) \(words)"
    }
    let told = parts.isEmpty ? "nothing found" : parts.joined(separator: ", ")
    return "\(told); state \(FileHash.sha256(Array(state.utf8)).prefix(16))"
  }

  /// All that a reader would want to hear of again: the file, its faults, the findings, what nobody knows.
  private var state: String {
    var lines = [lock.digest]
    lines += lock.file.faults.map(\.description)
    lines += assessment.findings.map {
      "\($0.package)==\($0.version) \($0.kind.name) \($0.key) \($0.urgency.rawValue)"
    }
    lines += assessment.failures.map {
      "\($0.source) \($0.subject.rawValue) \($0.package?.normalized ?? "")"
    }
    return lines.joined(separator: "\n")
  }
}
