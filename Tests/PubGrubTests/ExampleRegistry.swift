import PubGrub

/// Packages with names and versions as people write them, for worked examples.
struct ExampleRegistry: Sendable {
  struct Release: Sendable {
    let version: String
    let needs: [String]
  }

  private(set) var names = ["root"]
  private(set) var releases: [[Release]] = [[]]

  /// The texts of the needs, by the labels of their dependencies.
  private(set) var texts: [String] = []

  /// The versions that can't be used, with the reason.
  private(set) var unusable: [String: String] = [:]

  /// Adds a release; those of a package must come in ascending order. A need is a name and a specification: `any`,
  /// `^1.0.0`, or bounds such as `>=1.0.0` and `<2.0.0`.
  mutating func serve(_ name: String, _ version: String, requires needs: [String] = []) {
    let index = number(of: name)
    releases[index].append(Release(version: version, needs: needs))
    for need in needs {
      _ = number(of: String(need.prefix { $0 != " " }))
      if !texts.contains(need) { texts.append(need) }
    }
  }

  /// Says that a release can't be used.
  mutating func withdraw(_ name: String, _ version: String, because reason: String) {
    unusable["\(name) \(version)"] = reason
  }

  /// A number that says the order of versions whose parts are below 100.
  static func order(_ version: some StringProtocol) -> Int {
    version.split(separator: ".").reduce(0) { $0 * 100 + (Int($1) ?? 0) }
  }

  func package(_ name: String) -> PackageID {
    PackageID(index: UInt32(names.firstIndex(of: name) ?? 0))
  }

  func name(_ package: PackageID) -> String { names[Int(package.index)] }

  func version(_ package: PackageID, _ version: UInt32) -> String {
    releases[Int(package.index)][Int(version)].version
  }

  func versions(matching need: String) -> VersionRanges {
    let parts = need.split(separator: " ")
    let all = releases[names.firstIndex(of: String(parts[0])) ?? 0]
    let matching = all.indices.filter { index in
      let order = Self.order(all[index].version)
      return parts.dropFirst().allSatisfy { Self.matches(order, $0) }
    }
    return VersionRanges(matching.map { $0..<($0 + 1) })
  }

  private static func matches(_ order: Int, _ specification: Substring) -> Bool {
    if specification.hasPrefix("^") {
      let low = Self.order(specification.dropFirst())
      return order >= low && order / 10_000 == low / 10_000
    }
    if specification.hasPrefix(">=") { return order >= Self.order(specification.dropFirst(2)) }
    if specification.hasPrefix("<") { return order < Self.order(specification.dropFirst()) }
    return specification == "any"
  }

  private mutating func number(of name: String) -> Int {
    if let index = names.firstIndex(of: name) { return index }
    names.append(name)
    releases.append([])
    return names.count - 1
  }

  /// A solver that knows the packages, the first of `order` to be decided first.
  func solver(decidingFirst order: [String] = []) -> Solver {
    var solver = Solver()
    for package in releases.dropFirst() { _ = solver.addPackage(versionCount: package.count) }
    for (place, name) in order.reversed().enumerated() {
      solver.setPriority(UInt64(place + 1), of: package(name))
    }
    return solver
  }

  /// Runs a solver, always choosing the highest usable version. What was chosen is added to `trace`.
  func run(_ solver: inout Solver, trace: inout [String]) -> Solver.Step {
    while true {
      let step = solver.step()
      switch step {
      case .solved, .failed: return step
      case .chooseVersion(let package, let versions):
        choose(package, versions, &solver, &trace)
      case .dependencies(let package, let version):
        let release = releases[Int(package.index)][Int(version)]
        let equal = releases[Int(package.index)].indices.filter {
          releases[Int(package.index)][$0].needs == release.needs
        }
        solver.supply(
          dependencies: release.needs.map { dependency($0) }, of: package,
          versions: VersionRanges(equal.map { $0..<($0 + 1) })
        )
      }
    }
  }

  private func choose(
    _ package: PackageID, _ versions: VersionRanges, _ solver: inout Solver, _ trace: inout [String]
  ) {
    for version in versions.ranges.joined().reversed() {
      let text = "\(name(package)) \(self.version(package, version))"
      if let reason = unusable[text] {
        let label = UInt32(unusable.values.sorted().firstIndex(of: reason) ?? 0)
        solver.supply(unavailable: VersionRanges(version), of: package, label: label)
      } else {
        trace.append(text)
        return solver.supply(version: version, of: package)
      }
    }
    trace.append("\(name(package)) none")
    solver.supply(noVersionOf: package)
  }

  func dependency(_ need: String) -> Solver.Dependency {
    Solver.Dependency(
      package: package(String(need.prefix { $0 != " " })), versions: versions(matching: need),
      label: UInt32(texts.firstIndex(of: need) ?? 0)
    )
  }
}

extension ExampleRegistry: ExplanationVocabulary {
  func subject(_ package: PackageID, _ versions: VersionRanges) -> ExplanationNoun {
    if package != Solver.root && versions == .all(count: releases[Int(package.index)].count) {
      return ExplanationNoun("every version of \(name(package))")
    }
    return object(package, versions, label: nil)
  }

  func object(_ package: PackageID, _ versions: VersionRanges, label: UInt32?) -> ExplanationNoun {
    if let label { return ExplanationNoun(texts[Int(label)]) }
    let all = releases[Int(package.index)]
    if package == Solver.root || versions == .all(count: all.count) { return ExplanationNoun(name(package)) }
    let named = texts.first {
      $0.hasPrefix("\(name(package)) ^") && self.versions(matching: $0) == versions
    }
    if let named { return ExplanationNoun(named) }
    let ranges = versions.ranges.map { range -> String in
      let low = all[Int(range.lowerBound)].version
      if Int(range.upperBound) == all.count { return ">=\(low)" }
      let high = all[Int(range.upperBound)].version
      if range.lowerBound == 0 { return "<\(high)" }
      return range.count == 1 ? low : ">=\(low) <\(high)"
    }
    return ExplanationNoun("\(name(package)) \(ranges.joined(separator: " or "))")
  }

  func unavailability(
    _ package: PackageID, _ facts: [(versions: VersionRanges, label: UInt32)]
  ) -> [String] {
    facts.map { versions, label in
      let list = versions.ranges.joined().map { version(package, $0) }.joined(separator: ", ")
      return "\(name(package)) \(list) \(unusable.values.sorted()[Int(label)])"
    }
  }

  func absence(_ package: PackageID, _ versions: VersionRanges) -> String {
    "there is no usable version of \(object(package, versions, label: nil).text)"
  }
}
