extension InterpreterFacts {
  /// The facts as bytes that `init(record:)` reads, many times sooner than JSON: each field in a fixed order, a NUL behind
  /// it. Nil where a value has a NUL itself, as none should.
  package var record: [UInt8]? {
    var record = FactsRecord.Writer()
    record.append("\(format)")
    record.append(executable)
    for value in [
      markers.implementationName, markers.implementationVersion, markers.osName, markers.platformMachine,
      markers.platformPythonImplementation, markers.platformRelease, markers.platformSystem,
      markers.platformVersion, markers.pythonFullVersion, markers.pythonVersion, markers.sysPlatform,
    ] { record.append(value) }
    record.append(implementation)
    record.append("\(major)")
    record.append("\(minor)")
    record.append("\(abis.count)")
    for abi in abis { record.append(abi) }
    record.append(isFreeThreaded ? "1" : "0")
    record.append(sysconfigPlatform)
    record.append(is32Bit ? "1" : "0")
    for version in [glibc, musl, macOS] { record.append(version.map { "\($0.major).\($0.minor)" } ?? "") }
    record.append(defaultIndexURL ?? "")
    return record.bytes
  }

  /// Reads what `record` wrote; nil for anything else, another format's record among it.
  package init?(record: [UInt8]) {
    var fields = FactsRecord.Reader(record)
    guard fields.next() == "\(Self.currentFormat)", let executable = fields.next() else { return nil }
    var values: [String] = []
    for _ in 0..<11 {
      guard let value = fields.next() else { return nil }
      values.append(value)
    }
    guard let implementation = fields.next(), let major = fields.number(), let minor = fields.number(),
      let abiCount = fields.number(), (0...100).contains(abiCount)
    else { return nil }
    var abis: [String] = []
    for _ in 0..<abiCount {
      guard let abi = fields.next() else { return nil }
      abis.append(abi)
    }
    guard let isFreeThreaded = fields.flag(), let sysconfigPlatform = fields.next(),
      let is32Bit = fields.flag(),
      let glibc = fields.version(), let musl = fields.version(), let macOS = fields.version(),
      let defaultIndexURL = fields.next(), fields.isAtEnd
    else { return nil }
    self.init(
      executable: executable,
      markers: MarkerEnvironment(
        implementationName: values[0], implementationVersion: values[1], osName: values[2],
        platformMachine: values[3], platformPythonImplementation: values[4], platformRelease: values[5],
        platformSystem: values[6], platformVersion: values[7], pythonFullVersion: values[8],
        pythonVersion: values[9], sysPlatform: values[10]),
      implementation: implementation, major: major, minor: minor, abis: abis, isFreeThreaded: isFreeThreaded,
      sysconfigPlatform: sysconfigPlatform, is32Bit: is32Bit, glibc: glibc.value, musl: musl.value,
      macOS: macOS.value, defaultIndexURL: defaultIndexURL.isEmpty ? nil : defaultIndexURL)
  }
}

private enum FactsRecord {
  struct Writer {
    /// Nil once a value couldn't be written.
    private(set) var bytes: [UInt8]? = []

    mutating func append(_ value: String) {
      if value.utf8.contains(0) { bytes = nil }
      bytes?.append(contentsOf: value.utf8)
      bytes?.append(0)
    }
  }

  struct Reader {
    /// A version that may be missing, as a value of its own: a field that isn't there is nil.
    struct Field { var value: InterpreterFacts.ShortVersion? }

    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { at == bytes.count }

    mutating func next() -> String? {
      guard let end = bytes[at...].firstIndex(of: 0) else { return nil }
      defer { at = end + 1 }
      return String(validating: bytes[at..<end], as: UTF8.self)
    }

    mutating func number() -> Int? { next().flatMap { Int($0) } }

    mutating func flag() -> Bool? {
      switch next() {
      case "1": true
      case "0": false
      default: nil
      }
    }

    mutating func version() -> Field? {
      guard let text = next() else { return nil }
      if text.isEmpty { return Field(value: nil) }
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, let major = Int(parts[0]), let minor = Int(parts[1]) else { return nil }
      return Field(value: InterpreterFacts.ShortVersion(major: major, minor: minor))
    }
  }
}
