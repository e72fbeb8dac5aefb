import PackageIndex
import PythonPackaging
import UpdatePolicy

/// What options, environment and configuration say of advisories.
struct AdvisorySettings {
  /// Where they are from.
  var choice = AdvisoryChoice.kept(AdvisoryChoice.osvFiles)
  /// Kept records that are older don't count as known; nil: the source's own limit.
  var maximumAge: PolicyDuration?
  /// Indexes whose names may be told to anybody, beside the default one.
  var publicIndexes: [String] = []
  /// Whether a source that isn't sure counts as one that failed.
  var isStrict = false

  /// None at all.
  static var off: AdvisorySettings {
    var settings = AdvisorySettings()
    settings.choice = .none
    return settings
  }

  private init() {}

  /// - Parameter arguments: with what the environment adds to them.
  init(
    _ arguments: AdvisoryArguments, configuration: PolicyConfiguration, context: CommandContext
  ) throws(CommandFailure) {
    if let source = AdvisoryChoice.words(
      ("--advisories-source", arguments.source), configuration: configuration, context: context)
    {
      choice = try AdvisoryChoice(source.text, place: source.place, context: context)
    }
    maximumAge = configuration.advisoryMaximumAge
    publicIndexes =
      arguments.publicIndexes.isEmpty ? configuration.publicIndexes : arguments.publicIndexes
    for index in publicIndexes {
      do throws(IndexError) {
        try IndexClient.checkIndexURL(index)
      } catch {
        throw .usage(
          "`--public-index` or `public-indexes`: found `\(PrintableText.escaped(URLCredentials.redacted(index), limit: 300))`, "
            + "expected an http or https address")
      }
    }
    isStrict = arguments.strict
  }
}
