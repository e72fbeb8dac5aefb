import PythonPackaging
import Testing

@testable import Reports
@testable import UpdatePolicy

@Suite("Libyears over time") struct LibyearTrendTests {
  private static let day: Int64 = 86_400
  private static let year: Int64 = 31_557_600

  private static func release(
    _ version: String, _ day: String, isYanked: Bool = false
  ) throws -> ReleaseFacts {
    ReleaseFacts(version: try Version(version), uploadedAt: try Facts.day(day), isYanked: isYanked)
  }

  private static func pin(_ name: String, _ version: String) throws -> ReportedPin {
    ReportedPin(package: try PackageName(name), version: try Version(version))
  }

  /// A moment, and the days that the libyears come to from then on.
  private static func told(_ points: [LockHistory.TrendPoint]) -> [String] {
    points.map { "\(ShownMoments.timestamp($0.at).prefix(16)) \($0.libyearSeconds / day)" }
  }

  /// One that nobody touches rots.
  @Test func untouched() throws {
    let trend = LibyearTrend(
      [
        ProjectFacts(
          name: try PackageName("flask"),
          releases: [
            try Self.release("2.0", "2024-01-01"), try Self.release("2.1", "2024-03-01"),
            try Self.release("1.9.1", "2024-04-01"), try Self.release("3.0rc1", "2024-05-01"),
            try Self.release("2.2", "2024-06-01", isYanked: true), try Self.release("3.0", "2025-01-01"),
            try Self.release("4.0", "2026-11-29"),
          ])
      ], cooldown: 3 * Self.day)
    let changes = [
      LibyearTrend.Change(at: try Facts.day("2024-02-01"), pinned: [try Self.pin("flask", "2.0")])
    ]
    let points = trend.points(of: changes, until: Facts.now)
    #expect(
      Self.told(points) == [
        "2024-02-01T00:00 0", "2024-03-04T00:00 60", "2025-01-04T00:00 366", "2026-11-30T09:00 366",
      ])
    #expect(
      Self.told(trend.points(of: changes, since: try Facts.day("2024-12-24"), until: Facts.now)) == [
        "2024-12-24T00:00 60", "2025-01-04T00:00 366", "2026-11-30T09:00 366",
      ])
    #expect(trend.points(of: changes, since: Facts.now + 1, until: Facts.now).isEmpty)
    #expect(trend.points(of: [], until: Facts.now).isEmpty)
  }

  /// Of a day there is the last point; a change has its own; one of the future is of now.
  @Test func daysAndChanges() throws {
    let start = try Facts.day("2026-01-01")
    let hours = try (0..<30).map { hour in
      ReleaseFacts(
        version: try Version("1.\(hour)"), uploadedAt: start + Int64(hour) * 3_600)
    }
    let trend = LibyearTrend(
      [ProjectFacts(name: try PackageName("a"), releases: hours)], cooldown: 0)
    let changes = [
      LibyearTrend.Change(at: start + 1, pinned: [try Self.pin("a", "1.0")]),
      LibyearTrend.Change(
        at: start + 2 * Self.day, pinned: [try Self.pin("a", "1.29")], replaced: [try Self.pin("a", "1.0")]),
      LibyearTrend.Change(at: start + 9 * Self.day, replaced: [try Self.pin("a", "1.29")]),
    ]
    let points = trend.points(of: changes, until: start + 5 * Self.day)
    let hour: Int64 = 3_600
    let expected: [(Int64, Int64)] = [
      (1, 0), (23 * hour, 23 * hour), (29 * hour, 29 * hour), (2 * Self.day, 0), (5 * Self.day, 0),
    ]
    #expect(points == expected.map { LockHistory.TrendPoint(at: start + $0.0, libyearSeconds: $0.1) })
  }

  // MARK: Beside an evaluator that looks at everything

  private struct World {
    var projects: [ProjectFacts] = []
    var changes: [LibyearTrend.Change] = []
    let start: Int64
    let end: Int64
    let cooldown: Int64

    init(_ random: inout SplitMix64) throws {
      func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
      let days = 2 + below(60)
      start = Facts.now - Int64(days) * LibyearTrendTests.day - Int64(below(86_400))
      end = Facts.now
      cooldown = [0, 3 * LibyearTrendTests.day, 5_000][below(3)]
      let earliest = start - 30 * LibyearTrendTests.day
      var versions: [[Version]] = []
      for project in 0..<(1 + below(4)) {
        let texts = (0..<(1 + below(30))).map { _ in
          "\(below(3)).\(below(9))" + (below(4) == 0 ? "rc\(below(2))" : "")
        }
        let all = try Set(texts).sorted().map { try Version($0) }
        versions.append(all)
        let releases = all.map { version in
          ReleaseFacts(
            version: version,
            uploadedAt: below(8) == 0
              ? nil : earliest + Int64(random.next() % UInt64(end - earliest + 2 * LibyearTrendTests.day)),
            isYanked: below(6) == 0, admitsPython: below(6) > 0, hasUsableFile: below(6) > 0)
        }
        projects.append(ProjectFacts(name: try PackageName("p\(project)"), releases: releases))
      }
      var held: Set<ReportedPin> = []
      var moments = (0..<below(6)).map { _ in start + Int64(random.next() % UInt64(end - start)) }
      moments = ([start] + moments).sorted()
      for moment in moments {
        var change = LibyearTrend.Change(at: moment)
        for pin in held.sorted(by: { "\($0)" < "\($1)" }) where below(3) == 0 {
          change.replaced.append(pin)
          held.remove(pin)
        }
        for _ in 0..<below(4) {
          let project = below(projects.count + 1)
          let pin =
            project == projects.count
            ? ReportedPin(package: try PackageName("private"), version: try Version("1.0"))
            : ReportedPin(
              package: projects[project].name, version: versions[project][below(versions[project].count)])
          if held.insert(pin).inserted { change.pinned.append(pin) }
        }
        changes.append(change)
      }
    }

    func pins(at moment: Int64) -> Set<ReportedPin> {
      var pins: Set<ReportedPin> = []
      for change in changes where change.at <= moment {
        pins.subtract(change.replaced)
        pins.formUnion(change.pinned)
      }
      return pins
    }

    func libyears(at moment: Int64) -> Int64 {
      pins(at: moment).reduce(0) { sum, pin in
        let releases = projects.first { $0.name == pin.package }?.releases ?? []
        guard let from = releases.first(where: { $0.version == pin.version })?.uploadedAt else { return sum }
        let newest = releases.last { release in
          guard let uploadedAt = release.uploadedAt, uploadedAt + cooldown <= moment else { return false }
          return release.version > pin.version && !release.isYanked && release.admitsPython
            && release.hasUsableFile && (pin.version.isPreRelease || !release.version.isPreRelease)
        }
        return sum + max(0, (newest?.uploadedAt ?? from) - from)
      }
    }
  }

  private static func dayNumber(_ moment: Int64) -> Int64 { moment / day }

  @Test func agreesWithAnEvaluatorOfAllMoments() throws {
    var random = SplitMix64(seed: 20_261_129)
    var grown = 0
    for round in 0..<400 {
      let world = try World(&random)
      let trend = LibyearTrend(world.projects, cooldown: world.cooldown)
      let points = trend.points(of: world.changes, until: world.end)
      let first = try #require(points.first)
      #expect(first.at == world.start && points.last?.at == world.end, "round \(round)")
      for point in points {
        #expect(point.libyearSeconds == world.libyears(at: point.at), "round \(round), \(point.at)")
      }
      #expect(zip(points, points.dropFirst()).allSatisfy { $0.at < $1.at }, "round \(round)")
      let changes = Set(world.changes.map(\.at))
      let between = points.filter { !changes.contains($0.at) }.map { Self.dayNumber($0.at) }
      #expect(Set(between).count == between.count, "round \(round)")
      grown += between.count > 1 ? 1 : 0
      for _ in 0..<20 {
        let moment = world.start + Int64(random.next() % UInt64(world.end - world.start + 1))
        let place = try #require(points.lastIndex { $0.at <= moment })
        // Within a day the value may be that of its beginning, as long as the day has a point later.
        let isLate =
          place + 1 < points.count && Self.dayNumber(points[place + 1].at) == Self.dayNumber(moment)
        let value = world.libyears(at: moment)
        #expect(isLate || points[place].libyearSeconds == value, "round \(round), \(moment)")
        let later = trend.points(of: world.changes, since: moment, until: world.end)
        #expect(later.first == LockHistory.TrendPoint(at: moment, libyearSeconds: value), "round \(round)")
        #expect(later.dropFirst() == points.drop { $0.at <= moment }, "round \(round)")
      }
    }
    #expect(grown > 100)
  }

  /// The last point is what a check sums up.
  @Test func endsWithWhatTheCheckSays() throws {
    var random = SplitMix64(seed: 5)
    for round in 0..<200 {
      var world = try World(&random)
      world.projects = world.projects.map { project in
        ProjectFacts(name: project.name, releases: project.releases.filter { $0.uploadedAt != nil })
      }
      let pins = world.pins(at: world.end).map { pin in
        PinFacts(
          package: pin.package, version: pin.version, place: PinFacts.Place(path: "a", line: 1),
          pinnedAt: nil,
          uploadedAt: world.projects.first { $0.name == pin.package }?.releases
            .first { $0.version == pin.version }?.uploadedAt)
      }
      let policy = Policy()
      let assessment = Assessor(policy: policy, now: world.end, projects: world.projects).assess(
        LockFacts(pins: pins))
      let points = LibyearTrend(
        world.projects, cooldown: policy.cooldown(for: .update).seconds
      ).points(of: world.changes, until: world.end)
      #expect(points.last?.libyearSeconds == assessment.metrics.libyearSeconds.sum, "round \(round)")
    }
  }

  /// A project with a release every hour, pinned at each of them, is no more than a point a day.
  @Test func manyPinsOfManyReleases() throws {
    let count = 3_000
    let start = Facts.now - Int64(count) * 3_600
    let releases = try (0..<count).map {
      ReleaseFacts(version: try Version("\($0)"), uploadedAt: start + Int64($0) * 3_600)
    }
    let name = try PackageName("a")
    let trend = LibyearTrend([ProjectFacts(name: name, releases: releases)], cooldown: 0)
    let change = LibyearTrend.Change(
      at: start, pinned: releases.map { ReportedPin(package: name, version: $0.version) })
    let points = trend.points(of: [change], until: Facts.now)
    #expect(points.count <= count / 24 + 3)
    #expect(points.last?.libyearSeconds == (0..<count).reduce(0) { $0 + Int64(count - 1 - $1) * 3_600 })
  }

  @Test func hostileMoments() throws {
    let version = try Version("1.0")
    let name = try PackageName("a")
    let facts = ProjectFacts(
      name: name,
      releases: [
        ReleaseFacts(version: version, uploadedAt: .min),
        ReleaseFacts(version: try Version("2.0"), uploadedAt: .max),
      ])
    let pin = ReportedPin(package: name, version: version)
    for end in [Int64.min, 0, .max] {
      for cooldown in [Int64.min, 0, .max] {
        let points = LibyearTrend([facts], cooldown: cooldown).points(
          of: [.init(at: .min, pinned: [pin]), .init(at: .max, replaced: [pin])], until: end)
        #expect(!points.isEmpty && points.allSatisfy { $0.at <= end && $0.libyearSeconds >= 0 })
      }
    }
  }
}
