/// The wheel tags that an environment supports, by priority (PEP 425), equal to `packaging.tags.sys_tags()` there.
///
/// The triples come in blocks: one Python tag and one ABI tag with every platform tag in turn, or with `any`. So a
/// triple's priority is its block's start plus its platform's place, and no list of triples is kept.
package struct CompatibilityTags: Sendable, Hashable {
  /// A Python tag and an ABI tag.
  private struct Pair: Sendable, Hashable {
    var python: String
    var abi: String
  }

  /// A run of triples that have the same Python and ABI tag.
  private struct Block: Sendable, Hashable {
    var pair: Pair
    /// Whether the platform is `any` only; else all of the platforms.
    var isAny: Bool
  }

  /// Where a pair's triples begin.
  private struct Starts: Sendable, Hashable {
    var platforms: Int?
    var any: Int?
  }

  private let blocks: [Block]
  /// The platform tags, without `any`.
  let platforms: [String]
  private let starts: [Pair: Starts]
  private let places: [String: Int]

  /// The tags of a Python on a platform.
  ///
  /// - Parameters:
  ///   - python: The major and the minor version.
  ///   - freeThreaded: Whether the interpreter has no global lock (CPython from 3.13 on); such a one takes `abi3t`
  ///     wheels instead of `abi3` ones.
  ///   - isDebug: Whether it is a debug build, which takes wheels for both.
  package init(
    python: (major: Int, minor: Int), implementation: Implementation, platform: Platform,
    freeThreaded: Bool = false, isDebug: Bool = false
  ) {
    let abis = Self.abis(python, implementation, freeThreaded: freeThreaded, isDebug: isDebug)
    self.init(python: python, implementation: implementation, abis: abis, platform: platform)
  }

  /// The tags of a Python on the platform that other tags are for, with a global lock if theirs has one.
  init(python: (major: Int, minor: Int), implementation: Implementation, alike other: CompatibilityTags) {
    let isFreeThreaded = Self.isFreeThreaded(other.blocks.prefix(1).map(\.pair.abi))
    self.init(
      python: python, implementation: implementation,
      abis: Self.abis(python, implementation, freeThreaded: isFreeThreaded, isDebug: false),
      platforms: other.platforms)
  }

  /// The tags of a Python that has told its own ABI tags.
  ///
  /// - Parameter abis: Its ABI tags, the best first, without `none` and the stable ones.
  package init(
    python: (major: Int, minor: Int), implementation: Implementation, abis: [String], platform: Platform
  ) {
    self.init(python: python, implementation: implementation, abis: abis, platforms: platform.tags)
  }

  private init(
    python: (major: Int, minor: Int), implementation: Implementation, abis: [String], platforms: [String]
  ) {
    // The numbers may come from outside: older minor versions are listed, so they are bounded.
    let python = (major: python.major, minor: min(max(python.minor, 0), 99))
    let version = "\(python.major)\(python.minor)"
    let tag = implementation.tagPrefix + version
    var blocks: [Block] = []
    func add(_ python: String, _ abi: String, any: Bool = false) {
      blocks.append(Block(pair: Pair(python: python, abi: abi), isAny: any))
    }
    if implementation == .cpython {
      let isFreeThreaded = Self.isFreeThreaded(abis)
      let stable = isFreeThreaded ? "abi3t" : "abi3"
      for abi in abis where abi != "none" && abi != stable { add(tag, abi) }
      let hasStable = (python.major, python.minor) >= (3, 2)
      if hasStable { add(tag, stable) }
      add(tag, "none")
      if hasStable {
        for minor in stride(from: python.minor - 1, to: 1, by: -1) {
          add("cp\(python.major)\(minor)", stable)
        }
      }
    } else {
      for abi in abis { add(tag, abi) }
      if !abis.contains("none") { add(tag, "none") }
    }
    let generic =
      ["py\(version)", "py\(python.major)"]
      + stride(from: python.minor - 1, through: 0, by: -1).map { "py\(python.major)\($0)" }
    for python in generic { add(python, "none") }
    switch implementation {
    case .cpython: add(tag, "none", any: true)
    case .pypy: add("pp3", "none", any: true)
    case .other: break
    }
    for python in generic { add(python, "none", any: true) }
    self.init(blocks: blocks, platforms: platforms)
  }

  private init(blocks: [Block], platforms: [String]) {
    self.blocks = blocks
    self.platforms = platforms
    var places: [String: Int] = [:]
    for (place, platform) in platforms.enumerated() where places[platform] == nil { places[platform] = place }
    self.places = places
    var starts: [Pair: Starts] = [:]
    var start = 0
    for block in blocks {
      var known = starts[block.pair] ?? Starts()
      if block.isAny {
        known.any = known.any ?? start
        start += 1
      } else {
        known.platforms = known.platforms ?? start
        start += platforms.count
      }
      starts[block.pair] = known
    }
    self.starts = starts
  }

  /// The Python tags, some more than once.
  var pythons: [String] { blocks.map(\.pair.python) }

  /// The ABI tags, some more than once.
  var abis: [String] { blocks.map(\.pair.abi) }

  /// The priority of the best triple of a wheel: 0 is the best there is, nil is incompatible.
  package func priority(of wheel: WheelFilename) -> Int? {
    var place: Int?
    var isAny = false
    for platform in wheel.platformTags {
      if platform == "any" {
        isAny = true
      } else if let known = places[platform], known < place ?? .max {
        place = known
      }
    }
    guard place != nil || isAny else { return nil }
    var best: Int?
    for python in wheel.pythonTags {
      for abi in wheel.abiTags {
        guard let start = starts[Pair(python: python, abi: abi)] else { continue }
        if let place, let block = start.platforms, block + place < best ?? .max { best = block + place }
        if isAny, let any = start.any, any < best ?? .max { best = any }
      }
    }
    return best
  }

  /// Every triple by priority: `cp311-cp311-manylinux_2_17_x86_64`.
  package var all: [String] {
    blocks.flatMap { block in
      (block.isAny ? ["any"] : platforms).map { "\(block.pair.python)-\(block.pair.abi)-\($0)" }
    }
  }

  package static func == (left: CompatibilityTags, right: CompatibilityTags) -> Bool {
    left.blocks == right.blocks && left.platforms == right.platforms
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(blocks)
    hasher.combine(platforms)
  }
}

extension CompatibilityTags {
  /// An implementation's own ABI tags, the best first.
  private static func abis(
    _ python: (major: Int, minor: Int), _ implementation: Implementation, freeThreaded: Bool, isDebug: Bool
  ) -> [String] {
    switch implementation {
    case .cpython: cpythonABIs(python, freeThreaded: freeThreaded, isDebug: isDebug)
    case .pypy: ["pypy\(python.major)\(python.minor)_pp73"]
    case .other: []
    }
  }

  /// CPython's own ABI tags: the version with `t` without a global lock, `d` for a debug build, `m` for its memory
  /// allocator before 3.8, `u` for wide characters before 3.3.
  static func cpythonABIs(
    _ python: (major: Int, minor: Int), freeThreaded: Bool, isDebug: Bool
  ) -> [String] {
    let version = "cp\(python.major)\(python.minor)"
    let threading = freeThreaded && python >= (3, 13) ? "t" : ""
    let debug = isDebug ? "d" : ""
    let pymalloc = python < (3, 8) ? "m" : ""
    let wide = python < (3, 3) ? "u" : ""
    var abis = [version + threading + debug + pymalloc + wide]
    // A debug build loads what is built for a plain one since 3.8.
    if isDebug, python >= (3, 8) { abis.append(version + threading) }
    return abis
  }

  /// Whether the first ABI tag is `cp`, digits, and flags with a `t` among them.
  private static func isFreeThreaded(_ abis: [String]) -> Bool {
    guard let abi = abis.first, abi.hasPrefix("cp") else { return false }
    return abi.utf8.dropFirst(2).drop { $0.isASCIIDigit }.contains(UInt8(ascii: "t"))
  }
}
