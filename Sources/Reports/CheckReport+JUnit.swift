import PythonPackaging
import UpdatePolicy

extension CheckReport {
  /// The report as JUnit's XML: a suite for each lockfile, a case for each pin. What is due is a failure, what isn't known an
  /// error, what can't be checked is skipped; what is noted or ignored is output of a case that passes.
  package func junit() -> String {
    let suites = locks.map { JUnitSuite($0, at: checkedAt) }
    func sum(_ count: (JUnitSuite) -> Int) -> String { String(suites.reduce(0) { $0 + count($1) }) }
    let root = XMLText.opening(
      "testsuites",
      [
        ("name", "repin check"), ("tests", sum(\.cases.count)), ("failures", sum { $0.count(.failure) }),
        ("errors", sum { $0.count(.error) }), ("skipped", sum { $0.count(.skipped) }),
      ])
    let document =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(root)>\n"
      + suites.map(\.text).joined() + "</testsuites>\n"
    return WorkflowText.inert(document, colon: "&#58;", hash: "&#35;")
  }
}

/// The suite of one lockfile.
private struct JUnitSuite {
  enum Outcome: String {
    case passed = ""
    case failure
    case error
    case skipped
  }

  struct Case {
    let name: String
    var outcome = Outcome.passed
    var message = ""
    /// A line each.
    var details: [String] = []
  }

  let path: String
  let timestamp: String
  private(set) var cases: [Case] = []

  init(_ lock: CheckedLock, at moment: Int64) {
    path = OutsideText.path(lock.path)
    timestamp = ShownMoments.localTimestamp(moment)
    addPins(of: lock)
    for pin in lock.unchecked {
      cases.append(
        Case(name: OutsideText.sentence(pin.text), outcome: .skipped, message: pin.reason.noun))
    }
    let pinned = Set(lock.assessment.pins.map(\.package))
    for failure in lock.assessment.failures where failure.package.map({ !pinned.contains($0) }) ?? true {
      let package = failure.package.map { " of \($0)" } ?? ""
      cases.append(
        Case(
          name: "\(OutsideText.name(failure.source)): \(failure.subject.rawValue)\(package)", outcome: .error,
          message: Self.words(failure)))
    }
    for fault in lock.faults {
      cases.append(
        Case(
          name: OutsideText.place(fault.path, line: fault.line, column: fault.column),
          outcome: fault.hidesPins ? .error : .passed, message: OutsideText.sentence(fault.text),
          details: fault.remedy.map { [OutsideText.sentence($0)] } ?? []))
    }
  }

  /// A line that pins what other lines pin as well.
  private struct RepeatedPin: Hashable {
    let pin: ReportedPin
    let place: PinFacts.Place
  }

  /// A case for each line; where a pin stands in several, each has the findings of its own, and the line's number in its name.
  private mutating func addPins(of lock: CheckedLock) {
    let pins = lock.assessment.pins.map { ReportedPin(package: $0.package, version: $0.version) }
    let counts = Dictionary(pins.map { ($0, 1) }, uniquingKeysWith: +)
    let findings = Dictionary(grouping: lock.assessment.findings, by: \.pin)
    let failures = Dictionary(grouping: lock.assessment.failures, by: \.package)
    var repeated: [RepeatedPin: [Finding]] = [:]
    for (pin, findings) in findings where counts[pin] ?? 0 > 1 {
      for finding in findings {
        repeated[RepeatedPin(pin: pin, place: finding.place), default: []].append(finding)
      }
    }
    // In a file of one line a pin may stand there any number of times; what is said of it is the same.
    var known: [RepeatedPin: Case] = [:]
    for (pin, metrics) in zip(pins, lock.assessment.pins) {
      let failures = failures[pin.package] ?? []
      if counts[pin] == 1 {
        cases.append(Self.pin("\(pin.package)==\(pin.version)", findings[pin] ?? [], failures))
        continue
      }
      let key = RepeatedPin(pin: pin, place: metrics.place)
      let line = metrics.place.line > 0 ? " (line \(metrics.place.line))" : ""
      let test =
        known[key] ?? Self.pin("\(pin.package)==\(pin.version)\(line)", repeated[key] ?? [], failures)
      known[key] = test
      cases.append(test)
    }
  }

  private static func pin(_ name: String, _ findings: [Finding], _ failures: [SourceFailure]) -> Case {
    var test = Case(name: name)
    var lines: [String] = []
    var seen: Set<String> = []
    for finding in findings {
      let words = "\(finding.urgency.words): \(FindingWords.text(finding))"
      if seen.insert(words).inserted { lines.append(words) }
    }
    test.details = lines + failures.map(words)
    if let first = findings.first, first.urgency <= .dueAtWindow {
      test.outcome = .failure
      test.message = lines[0]
    } else if let first = failures.first {
      test.outcome = .error
      test.message = words(first)
    }
    return test
  }

  private static func words(_ failure: SourceFailure) -> String {
    "`\(OutsideText.name(failure.source))` didn't tell the \(failure.subject.rawValue)"
  }

  func count(_ outcome: Outcome) -> Int { cases.count { $0.outcome == outcome } }

  var text: String {
    let opening = XMLText.opening(
      "testsuite",
      [
        ("name", path), ("tests", String(cases.count)), ("failures", String(count(.failure))),
        ("errors", String(count(.error))), ("skipped", String(count(.skipped))), ("timestamp", timestamp),
      ])
    return "  \(opening)>\n" + cases.map { text(of: $0) }.joined() + "  </testsuite>\n"
  }

  private func text(of test: Case) -> String {
    let opening = "    " + XMLText.opening("testcase", [("classname", path), ("name", test.name)])
    let details = test.details.map(XMLText.escaped).joined(separator: "\n")
    switch test.outcome {
    case .passed:
      let output = [test.message, details].filter { !$0.isEmpty }
      guard !output.isEmpty else { return "\(opening)/>\n" }
      let text = [XMLText.escaped(test.message), details].filter { !$0.isEmpty }.joined(separator: "\n")
      return "\(opening)>\n      <system-out>\(text)</system-out>\n    </testcase>\n"
    case .failure, .error, .skipped:
      let name = test.outcome.rawValue
      let element = "      " + XMLText.opening(name, [("message", test.message)])
      let body = details.isEmpty ? "/>" : ">\(details)</\(name)>"
      return "\(opening)>\n\(element)\(body)\n    </testcase>\n"
    }
  }
}
