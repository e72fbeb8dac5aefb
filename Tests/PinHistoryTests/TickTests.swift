import Testing

@testable import PinHistory

@Suite("Runs of projects")
struct TickTests {
  private let fixture = HistoryFixture()
  private let project = LockfileIdentity(repository: "https://git.example/shop.git", path: "repin.toml")

  @Test("A run is there from its begin on, with what it decides, and its end")
  func life() throws {
    let history = try fixture.open()
    let tick = try history.startTick(of: project, at: 100)
    #expect(try history.lastTicks(of: project) == [Tick(id: tick, startedAt: 100, reasons: [], end: nil)])
    try history.decideTick(tick, reasons: ["due-now", "retry"])
    #expect(try history.lastTicks(of: project).first?.reasons == ["due-now", "retry"])
    let end = Tick.End(
      at: 160, outcome: "rebuilt", servedWindow: 90, digest: "sha256:a", detail: "Raise a\nb")
    try history.finishTick(tick, end)
    let expected = Tick(id: tick, startedAt: 100, reasons: ["due-now", "retry"], end: end)
    #expect(try history.lastTicks(of: project) == [expected])
    #expect(try fixture.open(.reading).lastRebuild(of: project) == expected)
    let later = try history.startTick(of: project, at: 200)
    try history.finishTick(later, Tick.End(at: 201, outcome: "nothing"))
    #expect(try history.lastRebuild(of: project) == expected)
  }

  @Test("Runs are asked for by project, the last one first, whatever the clock said")
  func order() throws {
    let history = try fixture.open()
    let other = LockfileIdentity(repository: project.repository, path: "app/repin.toml")
    var ticks: [Tick.ID] = []
    for time: Int64 in [300, 100, 200] {
      ticks.append(try history.startTick(of: project, at: time))
      _ = try history.startTick(of: other, at: time)
    }
    #expect(try history.lastTicks(of: project, count: 9).map(\.startedAt) == [200, 100, 300])
    #expect(try history.lastTicks(of: project, count: 2).map(\.id) == [ticks[2], ticks[1]])
    #expect(try history.ticks(of: project, since: ticks[0]).map(\.id) == [ticks[2], ticks[1]])
    #expect(try history.ticks(of: project, since: nil).count == 3)
    #expect(try history.ticks(of: project, since: ticks[2]).isEmpty)
  }

  @Test("The window that was served last is the latest that isn't later than now")
  func servedWindow() throws {
    let history = try fixture.open()
    #expect(try history.servedWindow(of: project, until: 1_000) == nil)
    for (time, window) in [(10, 7), (20, nil), (30, 900), (40, 14)] as [(Int64, Int64?)] {
      let tick = try history.startTick(of: project, at: time)
      try history.finishTick(tick, Tick.End(at: time, outcome: "nothing", servedWindow: window))
    }
    #expect(try history.servedWindow(of: project, until: 1_000) == 900)
    #expect(try history.servedWindow(of: project, until: 100) == 14)
    #expect(try history.servedWindow(of: project, until: 13) == 7)
    #expect(try history.servedWindow(of: project, until: 6) == nil)
    let other = LockfileIdentity(repository: "elsewhere", path: project.path)
    #expect(try history.servedWindow(of: other, until: 1_000) == nil)
  }

  @Test("A history that can only be read takes no run")
  func readOnly() throws {
    _ = try fixture.open()
    let reader = try fixture.open(.reading)
    #expect(throws: PinHistoryError.self) { try reader.startTick(of: project, at: 1) }
  }
}
