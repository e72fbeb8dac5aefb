import PythonPackaging
import UpdatePolicy

extension CheckReport {
  /// The report as a bill of materials, CycloneDX 1.6: lockfiles as applications, each pinned release once as a component
  /// with the places where it stands, what asks for what as far as the lockfiles tell, and advisories as vulnerabilities;
  /// those that the policy ignores are told of with their reason.
  ///
  /// The serial number is made of the rest, so that the same report has the same.
  ///
  /// - Parameters:
  ///   - programVersion: of repin, as the report names its tool.
  ///   - timestamp: what it says of when it was made, such as `SOURCE_DATE_EPOCH`, in seconds since 1970-01-01 00:00 UTC; nil:
  ///     the moment of the check.
  package func cyclonedx(programVersion: String, timestamp: Int64? = nil) -> String {
    let materials = BillOfMaterials(locks)
    func document(_ serial: String) -> String {
      var json = JSONWriter()
      json.beginObject()
      json.write("http://cyclonedx.org/schema/bom-1.6.schema.json", "$schema")
      json.write("CycloneDX", "bomFormat")
      json.write("1.6", "specVersion")
      json.write(.text("urn:uuid:\(serial)"), "serialNumber")
      json.write(.number(1), "version")
      json.write(
        [
          "timestamp": .text(ShownMoments.timestamp(timestamp ?? checkedAt)),
          "tools": [
            "components": [
              [
                "type": "application", "name": "repin",
                "version": .text(OutsideText.version(programVersion)),
              ]
            ]
          ],
          "component": locks.count == 1 ? materials.lockfile(0) : nil,
          "properties": [
            BillOfMaterials.property("verdict", verdict.rawValue),
            BillOfMaterials.property("summary", CheckVerdictSentence(self).text),
          ],
        ], "metadata")
      materials.write(to: &json)
      json.end()
      return json.text
    }
    let serial = StableIdentifier.text(of: [document("")])
    return document(serial)
  }
}

/// The lockfiles of a report and what they pin, each release once.
private struct BillOfMaterials {
  struct Material {
    let reference: String
    var node: [(String, JSONNode)]
    /// The lockfiles, by their places, and the lines.
    var places: [(lock: Int, line: Int)] = []
    var hashes: Set<String> = []
    var properties: [JSONNode] = []
  }

  private struct UncheckedKey: Hashable {
    let text: String
    let reason: UncheckedPin.Reason
  }

  private let locks: [CheckedLock]
  private var materials: [Material] = []
  private var pins: [ReportedPin: Int] = [:]
  private var unchecked: [UncheckedKey: Int] = [:]
  /// What asks for what, by references; what is in it asks for nothing else.
  private var edges: [String: Set<String>] = [:]
  private let findings: [UnitedFinding]

  init(_ locks: [CheckedLock]) {
    self.locks = locks
    findings = UnitedFinding.all(of: locks)
    for index in locks.indices { add(index) }
    for item in findings {
      if case .vulnerable = item.finding.kind { continue }
      guard let place = pins[item.finding.pin] else { continue }
      materials[place].properties.append(
        Self.property(
          item.finding.kind.name, "\(FindingWords.text(item.finding)) (\(item.finding.urgency.words))"))
    }
  }

  // MARK: Collecting

  private mutating func add(_ lock: Int) {
    /// The places of a lockfile's components, by their names.
    var named: [PackageName: [(version: Version?, place: Int)]] = [:]
    for pin in locks[lock].assessment.pins {
      let reported = ReportedPin(package: pin.package, version: pin.version)
      let place = pins[reported] ?? materials.count
      if place == materials.count {
        pins[reported] = place
        let purl = Self.packageURL(reported)
        materials.append(
          Material(
            reference: purl,
            node: [
              ("type", "library"), ("bom-ref", .text(purl)), ("name", .text(pin.package.normalized)),
              ("version", .text(pin.version.description)), ("purl", .text(purl)),
            ]))
      }
      materials[place].places.append((lock, pin.place.line))
      if named[pin.package]?.contains(where: { $0.place == place }) != true {
        named[pin.package, default: []].append((pin.version, place))
      }
    }
    for pin in locks[lock].unchecked {
      let key = UncheckedKey(text: pin.text, reason: pin.reason)
      let place = unchecked[key] ?? materials.count
      if place == materials.count {
        unchecked[key] = place
        let reference = "unchecked-\(unchecked.count)"
        let name = pin.name?.normalized ?? OutsideText.sentence(pin.text)
        materials.append(
          Material(
            reference: reference,
            node: [
              ("type", pin.reason == .project ? "application" : "library"), ("bom-ref", .text(reference)),
              ("name", .text(name)),
            ],
            properties: [Self.property("unchecked", "\(OutsideText.sentence(pin.text)), \(pin.reason.noun)")])
        )
      }
      materials[place].places.append((lock, pin.line))
      if let name = pin.name { named[name, default: []].append((nil, place)) }
    }
    addDetails(of: lock, named)
  }

  private mutating func addDetails(of lock: Int, _ named: [PackageName: [(version: Version?, place: Int)]]) {
    guard let details = locks[lock].details else { return }
    let hasGraph = details.contains { $0.isDirect || !$0.askers.isEmpty }
    if hasGraph {
      edges[Self.reference(lock), default: []] = []
      for places in named.values {
        for (_, place) in places { edges[materials[place].reference, default: []] = [] }
      }
    }
    for detail in details {
      for (version, place) in named[detail.package] ?? [] where version == detail.version {
        materials[place].hashes.formUnion(detail.hashes)
        let reference = materials[place].reference
        if detail.isDirect { edges[Self.reference(lock), default: []].insert(reference) }
        for asker in detail.askers {
          for (_, other) in named[asker] ?? [] where other != place {
            edges[materials[other].reference, default: []].insert(reference)
          }
        }
      }
    }
  }

  // MARK: Writing

  func write(to json: inout JSONWriter) {
    json.beginList("components")
    if locks.count > 1 {
      for index in locks.indices { json.write(lockfile(index)) }
    }
    for material in materials { json.write(node(of: material)) }
    json.end()
    if !edges.isEmpty {
      json.beginList("dependencies")
      for (reference, others) in edges.sorted(by: { $0.key < $1.key }) {
        json.write(["ref": .text(reference), "dependsOn": .texts(others.sorted())])
      }
      json.end()
    }
    json.beginList("vulnerabilities")
    for item in findings { json.write(vulnerability(item.finding)) }
    json.end()
    let unread = locks.indices.filter { locks[$0].hasUnreadPins }
    if !unread.isEmpty {
      json.write(
        [["aggregate": "incomplete", "dependencies": .texts(unread.map(Self.reference))]], "compositions")
    }
  }

  func lockfile(_ index: Int) -> JSONNode {
    [
      "type": "application", "bom-ref": .text(Self.reference(index)),
      "name": .text(locks[index].repositoryPath(of: locks[index].path)),
    ]
  }

  private func node(of material: Material) -> JSONNode {
    var members = material.node
    let hashes = material.hashes.sorted().compactMap(Self.hash)
    if !hashes.isEmpty { members.append(("hashes", .list(hashes))) }
    let occurrences = material.places.map { lock, line -> JSONNode in
      [
        "location": .text(locks[lock].repositoryPath(of: locks[lock].path)),
        "line": line > 0 ? .number(line) : nil,
      ]
    }
    members.append(("evidence", ["occurrences": .list(occurrences)]))
    if let properties = JSONNode.some(material.properties) { members.append(("properties", properties)) }
    return .object(members)
  }

  /// Nil: it is no advisory's.
  private func vulnerability(_ finding: Finding) -> JSONNode? {
    guard case .vulnerable(let advisory) = finding.kind, let place = pins[finding.pin] else { return nil }
    let severity = advisory.isMalware ? "critical" : advisory.severity.rawValue
    let aliases = advisory.aliases.map(OutsideText.name).filter { !$0.isEmpty }
    return [
      "id": .text(advisory.shownID), "source": Self.source(of: advisory.shownID),
      "references": .some(aliases.map { ["id": .text($0), "source": Self.source(of: $0)] }),
      "ratings": [["score": advisory.knownScore.map { .word("\($0)") }, "severity": .text(severity)]],
      "description": advisory.summary.isEmpty ? nil : .text(OutsideText.sentence(advisory.summary)),
      "recommendation": finding.fix.map { .text("Update \(finding.package) to \($0).") },
      // Nobody has said that it isn't affected, only that nothing is to be done until then.
      "analysis": finding.ignore.map {
        [
          "state": "in_triage",
          "detail": .text("ignored until \($0.until): \(OutsideText.sentence($0.reason))"),
        ]
      },
      "affects": [["ref": .text(materials[place].reference)]],
    ]
  }

  static func property(_ name: String, _ value: String) -> JSONNode {
    ["name": .text("repin:\(name)"), "value": .text(value)]
  }

  private static func reference(_ lock: Int) -> String { "lockfile-\(lock + 1)" }

  /// `pkg:pypi/flask@3.0.0` (package-url specification, type `pypi`).
  private static func packageURL(_ pin: ReportedPin) -> String {
    "pkg:pypi/\(pin.package)@\(SARIFText.percents(pin.version.description, except: "."))"
  }

  /// A hash as lockfiles write it, `sha256:…`; nil if CycloneDX doesn't have its like.
  private static func hash(_ text: String) -> JSONNode? {
    let parts = text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let (name, length) = algorithms[parts[0].lowercased()],
      parts[1].utf8.count == length, parts[1].allSatisfy({ $0.isASCII && $0.isHexDigit })
    else { return nil }
    return ["alg": .text(name), "content": .text(parts[1].lowercased())]
  }

  /// CycloneDX's names of hash algorithms, and how many digits their hashes have.
  private static let algorithms = [
    "md5": ("MD5", 32), "sha1": ("SHA-1", 40), "sha256": ("SHA-256", 64), "sha384": ("SHA-384", 96),
    "sha512": ("SHA-512", 128),
  ]

  /// The database that an id is of.
  private static func source(of id: String) -> JSONNode {
    let name =
      switch id.prefix(while: { $0 != "-" }).uppercased() {
      case "CVE": "NVD"
      case "GHSA": "GITHUB"
      default: "OSV"
      }
    return ["name": .text(name)]
  }
}
