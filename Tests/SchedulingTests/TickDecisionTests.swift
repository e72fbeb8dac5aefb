import Scheduling
import Testing

/// What a run is to do, by what is known.
struct TickDecisionTests {
  private static let week: Int64 = 604_800
  /// A window, and a moment after it.
  private static let window: Int64 = 1_000 * week
  private static let now = window + 300

  /// Facts in which nothing is to be done: the window is served, the lockfiles are rebuilt.
  private static var quiet: TickDecision.Facts {
    var facts = TickDecision.Facts(now: now)
    facts.window = window
    facts.servedWindow = window
    facts.canRebuild = true
    facts.digest = "a"
    facts.rebuilt = .init(at: window, digest: "a")
    return facts
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout TickDecision.Facts) -> Void
    var reasons: [TickDecision.Reason] = []
    var window: Int64?
    var updates = false
    var rebuilds = false

    init(
      _ name: String, _ reasons: [TickDecision.Reason] = [], window: Int64? = nil, updates: Bool = false,
      rebuilds: Bool = false, _ change: @escaping @Sendable (inout TickDecision.Facts) -> Void
    ) {
      testDescription = name
      self.change = change
      self.reasons = reasons
      self.window = window
      self.updates = updates
      self.rebuilds = rebuilds
    }
  }

  static let rows: [Row] = [
    Row("nothing") { _ in },
    Row("due now waits for no window", [.dueNow], updates: true) { $0.hasDueNow = true },
    Row("what can wait waits") { $0.hasDueAtWindow = true },
    Row("a window without anything due is served in silence", window: window) {
      $0.servedWindow = window - week
    },
    Row("the window has come", [.dueAtWindow], window: window, updates: true) {
      $0.servedWindow = window - week
      $0.hasDueAtWindow = true
    },
    Row("windows that were missed are one", [.dueAtWindow], window: window, updates: true) {
      $0.servedWindow = window - 9 * week
      $0.hasDueAtWindow = true
    },
    Row(
      "the first run counts as a window", [.dueAtWindow, .neverBuilt], window: window, updates: true,
      rebuilds: true
    ) {
      $0.servedWindow = nil
      $0.rebuilt = nil
      $0.hasDueAtWindow = true
    },
    Row("before the first window there is none") {
      $0.window = nil
      $0.servedWindow = nil
      $0.hasDueAtWindow = true
    },
    Row("somebody asks for a window", [.dueAtWindow], updates: true) {
      $0.isForced = true
      $0.hasDueAtWindow = true
    },
    Row("nobody knows what is due: nothing is updated", window: window) {
      $0.servedWindow = window - week
      $0.hasDueNow = true
      $0.hasDueAtWindow = true
      $0.isIncomplete = true
    },
    Row(
      "what was reviewed is rebuilt though a source fails", [.lockfilesChanged], window: window,
      rebuilds: true
    ) {
      $0.servedWindow = window - week
      $0.isIncomplete = true
      $0.digest = "b"
    },
    Row("a failed rebuild is tried again at the next run", [.retry], rebuilds: true) { $0.hasFailed = true },
    Row("other lockfiles wait for the window") { $0.digest = "b" },
    Row("other lockfiles are rebuilt at the window", [.lockfilesChanged], window: window, rebuilds: true) {
      $0.servedWindow = window - week
      $0.digest = "b"
    },
    Row("what was urgent is rebuilt as soon as it is taken over", [.lockfilesChanged], rebuilds: true) {
      $0.wasUrgent = true
      $0.digest = "b"
    },
    Row("what was urgent and isn't taken over waits") { $0.wasUrgent = true },
    Row("an old image is rebuilt at the window", [.imageAge], window: window, rebuilds: true) {
      $0.servedWindow = window - week
      $0.rebuilt = .init(at: now - 30 * 86_400 - 1, digest: "a")
      $0.greatestImageAge = 30 * 86_400
    },
    Row("the limit itself is allowed", window: window) {
      $0.servedWindow = window - week
      $0.rebuilt = .init(at: now - 30 * 86_400, digest: "a")
      $0.greatestImageAge = 30 * 86_400
    },
    Row("an old image waits for the window") {
      $0.rebuilt = .init(at: now - 31 * 86_400, digest: "a")
      $0.greatestImageAge = 30 * 86_400
    },
    Row("a rebuild later than now makes no image old", window: window) {
      $0.servedWindow = window - week
      $0.rebuilt = .init(at: now + 90 * 86_400, digest: "a")
      $0.greatestImageAge = 30 * 86_400
    },
    Row("where nothing rebuilds, nothing is rebuilt", window: window) {
      $0.servedWindow = nil
      $0.canRebuild = false
      $0.rebuilt = nil
      $0.hasFailed = true
      $0.digest = "b"
    },
    Row(
      "all at once, the gravest first", [.dueNow, .dueAtWindow, .retry, .lockfilesChanged, .imageAge],
      window: window, updates: true, rebuilds: true
    ) {
      $0.servedWindow = window - week
      $0.hasDueNow = true
      $0.hasDueAtWindow = true
      $0.hasFailed = true
      $0.digest = "b"
      $0.rebuilt = .init(at: 0, digest: "a")
      $0.greatestImageAge = 86_400
    },
  ]

  @Test("it is decided as the table says", arguments: rows)
  func decides(row: Row) {
    var facts = Self.quiet
    row.change(&facts)
    let decision = TickDecision(facts)
    #expect(decision.reasons == row.reasons)
    #expect(decision.window == row.window)
    #expect(decision.updates == row.updates)
    #expect(decision.rebuilds == row.rebuilds)
    #expect(decision.isWindow == (row.window != nil || facts.isForced))
  }

  @Test("every reason is a word of its own without spaces")
  func words() {
    let words = TickDecision.Reason.allCases.map(\.rawValue)
    #expect(Set(words).count == words.count)
    #expect(words.allSatisfy { !$0.contains(" ") && !$0.isEmpty })
  }
}
