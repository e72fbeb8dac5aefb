import ForgeServer
import IndexServer
import PinHistory
import TestSupport
import Testing

/// Eight weeks and one of a project's life, a run a day and sometimes none: what each did, and what is recorded of it.
@Suite("Eight weeks of repin run")
struct EightWeeksTests {
  /// The project, what it is about, and its remote.
  private struct World {
    var run: RunFixture
    let clock: ShiftedClock
    let forge: ForgeServer
    let forgeServer: IndexServer
    let remote: GitRepository
    static let token = "s3cr3t-t0ken"
    /// Monday, 2027-01-04 06:00 UTC.
    static let firstMonday: Int64 = 1_799_042_400

    init(git: String) async throws {
      clock = try await ShiftedClock()
      remote = try await GitRepository(git: git, isBare: true)
      let bare = remote.directory
      let forge = ForgeServer(.github, repository: "shop/web", token: Self.token) {
        bare.text("refs/heads/\($0)")
      }
      self.forge = forge
      forgeServer = try await IndexServer.start()
      forgeServer.answerAll { request in
        let response = forge.answer(
          .init(method: request.method, path: request.path, fields: request.fields, body: request.body))
        return (response.status, response.fields, response.body)
      }
      run = try await RunFixture()
      for version in ["1.2", "1.3"] { run.update.serve("lib", version) }
      run.configure(
        window: "0 6 * * MON",
        rebuild: RunFixture.noting(
          "[ ! -e crash ] || { rm crash; kill -9 $PPID; }", more: "max-age = \"6 days\""),
        more: """
          [pull-request]
          forge = "github"
          api-url = "\(forgeServer.root)\(forge.prefix)"
          repository = "shop/web"
          labels = ["pins"]
          """)
      run.update.command.write([
        ".gitignore": "rebuilds.txt\ncrash\nempty\n.cache\n*.sh\n.git-*\n",
        "git.sh": """
        set -e
        git init -q -b main .
        git config user.name Shop && git config user.email shop@shop.example
        git add repin.toml requirements.in requirements.txt .gitignore
        git commit -q -m first
        git remote add origin '\(remote.directory.path)'
        git push -q origin main
        """,
        // Somebody takes over what is proposed.
        "merge.sh":
          "set -e\ngit fetch -q origin && git merge -q --ff-only origin/repin/update && git push -q origin main\n",
        "status.sh": "git status --porcelain > .git-status; git rev-parse HEAD > .git-head\n",
      ])
      try #require(try await run.update.command.shell("git.sh") == 0)
      run.update.command.environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"
      run.update.command.environment["REPIN_TOKEN"] = Self.token
      run.update.command.environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
      run.update.command.environment["GIT_CONFIG_NOSYSTEM"] = "1"
    }

    /// The moment of a run: five minutes after six, on a day of a week; both count from 1.
    static func moment(week: Int64, day: Int64) -> Int64 {
      firstMonday + (week - 1) * 604_800 + (day - 1) * 86_400 + 300
    }

    static func window(ofWeek week: Int64) -> Int64 { firstMonday + (week - 1) * 604_800 }

    mutating func tick(week: Int64, day: Int64) async throws -> CommandFixture.Outcome {
      try await tick(at: Self.moment(week: week, day: day))
    }

    mutating func tick(at time: Int64) async throws -> CommandFixture.Outcome {
      for (name, value) in clock.variables(at: time) { run.update.command.environment[name] = value }
      let before = try await state()
      let outcome = try await run.run()
      // Whatever a run does, the work tree and where it is stay as they were.
      #expect(try await state() == before)
      return outcome
    }

    private func state() async throws -> [String?] {
      _ = try await run.update.command.shell("status.sh")
      return [".git-status", ".git-head", "requirements.txt"].map { run.directory.text($0) }
    }

    func merge() async throws { try #require(try await run.update.command.shell("merge.sh") == 0) }

    /// The last run, as the history has it.
    func recorded() throws -> Tick? {
      try PinHistory(path: run.directory.file(".repin/history.sqlite"), access: .reading).lastTicks(
        of: project
      ).first
    }

    /// All runs, the first one first.
    func all() throws -> [Tick] {
      try PinHistory(path: run.directory.file(".repin/history.sqlite"), access: .reading).lastTicks(
        of: project, count: 99
      )
      .reversed()
    }

    private var project: LockfileIdentity {
      LockfileIdentity(repository: remote.directory.path, path: "repin.toml")
    }
  }

  private static let silence = CommandFixture.Outcome(status: 0, output: "", errors: "")

  private func expect(
    _ tick: Tick?, _ outcome: String?, _ reasons: [String], window: Int64?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(tick?.end?.outcome == outcome, sourceLocation: sourceLocation)
    #expect(tick?.reasons == reasons, sourceLocation: sourceLocation)
    #expect(tick?.end?.servedWindow == window.map(World.window), sourceLocation: sourceLocation)
  }

  @Test(.enabled(if: SystemPrograms.git != nil), .timeLimit(.minutes(10)))
  func `each does what it is to do, and is recorded`() async throws {
    var world = try await World(git: #require(SystemPrograms.git))

    // Week 1. Nothing was ever built; then there is nothing to do.
    let first = try await world.tick(week: 1, day: 1)
    #expect(first.status == 0, "\(first.errors)")
    expect(try world.recorded(), "rebuilt", ["never-built"], window: 1)
    #expect(world.run.rebuilds == ["never-built; ; lib==1.0"])
    #expect(try await world.tick(week: 1, day: 4) == Self.silence)
    expect(try world.recorded(), "nothing", [], window: nil)

    // Week 2. A slight flaw waits for the window, and is proposed then; nobody merges it.
    world.run.serve(advisories: WrittenAdvisory(id: "PYSEC-2027-1", fixed: "1.1", score: "5.3"))
    #expect(try await world.tick(week: 1, day: 6) == Self.silence)
    let second = try await world.tick(week: 2, day: 1)
    #expect(second.status == 0, "\(second.errors)")
    #expect(second.errors.contains("opened the pull request"), "\(second.errors)")
    expect(try world.recorded(), "rebuilt", ["due-at-window", "image-age"], window: 2)
    #expect(world.forge.open.map(\.title) == ["Raise lib from 1.0 to 1.1 (security)"])
    #expect(world.forge.open.first?.body.contains("PYSEC-2027-1") == true)
    #expect(world.forge.open.first?.labels == ["pins"])
    #expect(
      try await world.remote.run("show", "--format=", "--name-only", "repin/update") == "requirements.txt")
    #expect(try await world.tick(week: 2, day: 2) == Self.silence)

    // Week 3. Another flaw: the same request is brought up to date, and somebody merges it.
    world.run.serve(
      advisories: WrittenAdvisory(id: "PYSEC-2027-1", fixed: "1.1", score: "5.3"),
      WrittenAdvisory(id: "PYSEC-2027-2", introduced: "1.1", fixed: "1.2", score: "5.3"))
    let third = try await world.tick(week: 3, day: 1)
    #expect(third.status == 0, "\(third.errors)")
    #expect(third.errors.contains("updated the pull request"), "\(third.errors)")
    #expect(world.forge.open.map(\.number) == [1])
    #expect(world.forge.open.map(\.title) == ["Raise lib from 1.0 to 1.2 (security)"])
    try await world.merge()
    #expect(world.run.update.pins() == "lib==1.2")
    #expect(try await world.tick(week: 3, day: 3) == Self.silence)

    // Week 4. What was merged is rebuilt at the window, and the request that is left is closed. What is grave doesn't wait,
    // nor does its rebuild once it is merged.
    let fourth = try await world.tick(week: 4, day: 1)
    #expect(fourth.status == 0, "\(fourth.errors)")
    expect(try world.recorded(), "rebuilt", ["lockfiles-changed", "image-age"], window: 4)
    #expect(world.run.rebuilds.last == "lockfiles-changed image-age; ; lib==1.2")
    #expect(world.forge.open.isEmpty)
    world.run.serve(advisories: WrittenAdvisory(id: "PYSEC-2027-3", introduced: "1.2", fixed: "1.3"))
    let grave = try await world.tick(week: 4, day: 3)
    #expect(grave.status == 0, "\(grave.errors)")
    expect(try world.recorded(), "proposed", ["due-now"], window: nil)
    #expect(world.forge.open.map(\.title) == ["Raise lib from 1.2 to 1.3 (security)"])
    // It is proposed, and waits for people: no news.
    #expect(try await world.tick(week: 4, day: 4) == Self.silence)
    expect(try world.recorded(), "proposed", ["due-now"], window: nil)
    try await world.merge()
    let urgent = try await world.tick(week: 4, day: 5)
    #expect(urgent.status == 0, "\(urgent.errors)")
    expect(try world.recorded(), "rebuilt", ["lockfiles-changed"], window: nil)
    #expect(world.run.rebuilds.last == "lockfiles-changed; ; lib==1.3")

    // Week 5. The run is killed in the middle of its rebuild. The next one takes it up, and makes up for the window.
    world.run.serve(advisories: WrittenAdvisory(id: "PYSEC-2027-3", introduced: "1.2", fixed: "1.3"))
    world.run.directory.write("crash", "")
    let count = world.run.rebuilds.count
    let crashed = try await world.tick(week: 5, day: 5)
    #expect(crashed.status == 128 + 9)
    expect(try world.recorded(), nil, ["image-age"], window: nil)
    let afterCrash = try await world.tick(week: 5, day: 6)
    #expect(afterCrash.status == 0, "\(afterCrash.errors)")
    expect(try world.recorded(), "rebuilt", ["retry", "image-age"], window: 5)
    #expect(world.run.rebuilds.count == count + 2)

    // Week 6. The advisories can't be had: that isn't "clean". What needs none of them is done, and the window is made up for.
    world.run.serve(
      advisories: WrittenAdvisory(id: "PYSEC-2027-4", introduced: "1.3", fixed: "1.4", score: "5.3"))
    world.run.update.serve("lib", "1.4")
    let source = world.run.update.command.environment["REPIN_ADVISORIES_SOURCE"]
    world.run.update.command.environment["REPIN_ADVISORIES_SOURCE"] = (source ?? "") + "/gone"
    let outage = try await world.tick(week: 6, day: 6)
    #expect(outage.status == 3, "\(outage.errors)")
    #expect(outage.errors.contains("a source failed"), "\(outage.errors)")
    expect(try world.recorded(), "incomplete", ["image-age"], window: nil)
    #expect(world.forge.open.isEmpty)
    world.run.update.command.environment["REPIN_ADVISORIES_SOURCE"] = source
    let back = try await world.tick(week: 6, day: 7)
    #expect(back.status == 0, "\(back.errors)")
    expect(try world.recorded(), "proposed", ["due-at-window"], window: 6)
    #expect(world.forge.open.map(\.title) == ["Raise lib from 1.3 to 1.4 (security)"])

    // Week 7. The machine is off. Week 8. One window was missed; the flaw was taken back, and the request is closed.
    world.run.serve(
      advisories: WrittenAdvisory(
        id: "PYSEC-2027-4", introduced: "1.3", fixed: "1.4", score: "5.3", modified: "2027-02-20T00:00:00Z",
        withdrawn: "2027-02-20T00:00:00Z"))
    let last = try await world.tick(week: 8, day: 2)
    #expect(last.status == 0, "\(last.errors)")
    #expect(last.errors.contains("1 window before it was missed"), "\(last.errors)")
    #expect(last.errors.contains("closed the pull request"), "\(last.errors)")
    expect(try world.recorded(), "rebuilt", ["image-age"], window: 8)
    #expect(world.forge.open.isEmpty)
    #expect(world.remote.directory.text("refs/heads/repin/update") == nil)

    // Week 9. A run that rebuilds what there is proposes what is grave, with the same words the day after; what is merged is
    // rebuilt at once.
    world.run.serve(
      advisories: WrittenAdvisory(
        id: "PYSEC-2027-5", introduced: "1.3", fixed: "1.4", modified: "2027-03-01T00:00:00Z"))
    let both = try await world.tick(week: 9, day: 2)
    #expect(both.status == 0, "\(both.errors)")
    expect(try world.recorded(), "rebuilt", ["due-now", "image-age"], window: 9)
    #expect(world.run.rebuilds.last == "due-now image-age; now; lib==1.3")
    #expect(world.forge.open.map(\.title) == ["Raise lib from 1.3 to 1.4 (security)"])
    let commit = world.remote.directory.text("refs/heads/repin/update")
    #expect(try await world.tick(week: 9, day: 3) == Self.silence)
    #expect(world.remote.directory.text("refs/heads/repin/update") == commit)
    try await world.merge()
    #expect(try await world.tick(week: 9, day: 4).status == 0)
    expect(try world.recorded(), "rebuilt", ["lockfiles-changed"], window: nil)
    #expect(world.run.rebuilds.last == "lockfiles-changed; ; lib==1.4")

    // A clock that jumps back is told, and makes nothing due.
    let built = world.run.rebuilds.count
    let early = try await world.tick(week: 9, day: 1)
    #expect(early.status == 0, "\(early.errors)")
    #expect(early.errors.contains("a clock was put back"), "\(early.errors)")
    #expect(world.run.rebuilds.count == built)

    // Every run is recorded, and all but the one that was killed have an end.
    let ticks = try world.all()
    #expect(ticks.count { $0.end == nil } == 1)
    #expect(ticks.compactMap(\.end?.servedWindow) == [1, 2, 3, 4, 5, 6, 8, 9].map(World.window))
  }
}
