import PythonPackaging

/// The address of a source whose records are kept in the cache.
struct KeptSource {
  let address: String

  /// The source that `--source`, the environment or repin.toml names, else OSV.
  ///
  /// - Throws: Where it is one that is asked anew each time.
  init(_ place: AdvisoryPlace, context: CommandContext) throws(CommandFailure) {
    let configuration =
      try place.cache.noConfig
      ? PolicyConfiguration()
      : PolicyConfiguration(config: place.cache.config, directory: "", read: context.configurationBytes)
    guard
      let named = AdvisoryChoice.words(
        ("--source", place.source), configuration: configuration, context: context)
    else {
      address = AdvisoryChoice.osvFiles
      return
    }
    guard case .kept(let address)? = try? AdvisoryChoice(named.text, place: named.place, context: context)
    else {
      throw .usage(
        "\(named.place): found `\(PrintableText.escaped(URLCredentials.redacted(named.text), limit: 300))`, expected osv or "
          + "an http or https address: of others nothing is kept",
        hint: place.source == nil ? "name one by `--source`" : nil)
    }
    self.address = address
  }

  /// As it is shown.
  var shown: String { PrintableText.excerpt(URLCredentials.redacted(address), limit: 300) }
}
