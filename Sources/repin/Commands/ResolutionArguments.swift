import ArgumentParser
import PackageIndex
import PythonPackaging
import Resolution

/// The options that say which releases may be picked, and which of them is wanted.
struct ResolutionArguments: ParsableArguments {
  @Option(
    help: """
      Which release in range is wanted: highest, lowest, or lowest-direct, the lowest of what the sources name and \
      the highest of all else [default: highest].
      """)
  var resolution: ResolutionStrategy?

  @Flag(name: [.customShort("p"), .customLong("pre")], help: "Treat pre-releases like other releases.")
  var pre = false

  @Option(
    help: """
      When pre-releases are taken: if-necessary, where nothing stable is in range; explicit, there and only of packages \
      that a specifier of the sources bounds by one; allow; disallow [default: if-necessary].
      """)
  var prerelease: PreReleasePolicy?

  @Option(
    help: """
      Requirements that stand instead of whatever is asked for of the same packages; a file, may be given more than \
      once.
      """)
  var override: [String] = []

  @Flag(name: .customLong("no-deps"), help: "Pin what the sources name, and nothing of what that needs.")
  var noDependencies = false

  @Option(
    help: """
      Only take what was uploaded before this moment: 2026-01-31T12:00:00Z (RFC 3339), a time before now, "7 days" or \
      P7D, or the end of a day (UTC), 2026-01-31.
      """, transform: { try UploadCutoff($0, includesDay: true) })
  var excludeNewer: UploadCutoff?

  @Option(
    help: "Another moment for one package, NAME=WHEN, or NAME=false for none; may be given more than once.",
    transform: { try PackageCutoff($0) })
  var excludeNewerPackage: [PackageCutoff] = []

  @Option(
    help: """
      Only take what was uploaded before this moment: 2026-01-31T12:00:00Z (RFC 3339), a time before now, P7D, or the \
      beginning of a day (UTC), 2026-01-31.
      """, transform: { try UploadCutoff($0, includesDay: false) })
  var uploadedPriorTo: UploadCutoff?

  func validate() throws {
    if pre, let prerelease, prerelease != .allow {
      throw ValidationError("`--pre` and `--prerelease=\(prerelease.rawValue)` exclude each other")
    }
    if excludeNewer != nil && uploadedPriorTo != nil {
      throw ValidationError("`--exclude-newer` and `--uploaded-prior-to` exclude each other")
    }
    var names: Set<PackageName> = []
    for package in excludeNewerPackage where !names.insert(package.name).inserted {
      throw ValidationError("`--exclude-newer-package` names `\(package.name)` twice")
    }
  }

  /// The last millisecond that counts; nil: no bound.
  func cutoff(now: Int64) -> Int64? { anyCutoff?.latest(now: now) }

  private var anyCutoff: UploadCutoff? { uploadedPriorTo ?? excludeNewer }

  /// The same for what is installed for builds, where single projects have no cutoffs of their own.
  func buildCutoff(now: Int64) -> BuildCutoff? {
    guard let latest = cutoff(now: now) else { return nil }
    // The first millisecond that doesn't count.
    let end = latest + 1
    let fraction = (end % 1_000 + 1_000) % 1_000
    let second = UploadTime(milliseconds: end - fraction).description.dropLast()
    let digits = fraction == 0 ? "" : ".\(String(fraction + 1_000).dropFirst())"
    let moment = "\(second)\(digits)+00:00"
    return BuildCutoff(
      moment: moment,
      identity: anyCutoff?.span.map { "\($0.seconds) s before" } ?? "before \(moment)")
  }

  /// The cutoffs of single projects.
  func projectCutoffs(now: Int64) -> [PackageName: Int64?] {
    var cutoffs: [PackageName: Int64?] = [:]
    for package in excludeNewerPackage {
      cutoffs.updateValue(package.cutoff?.latest(now: now), forKey: package.name)
    }
    return cutoffs
  }
}

extension ResolutionStrategy: ExpressibleByArgument {}
extension PreReleasePolicy: ExpressibleByArgument {}
