import PackageIndex
import PythonPackaging

/// Where advisories are fetched from.
struct AdvisorySourceAddress {
  let address: String

  /// The source that an option names, else `REPIN_ADVISORIES_SOURCE`, else OSV.
  init(_ given: String?, context: CommandContext) throws(CommandFailure) {
    let (named, place) =
      given.map { ($0, "--source") } ?? context.variable("REPIN_ADVISORIES_SOURCE").map {
        ($0, "REPIN_ADVISORIES_SOURCE")
      } ?? ("osv", "")
    if named == "osv" {
      address = AdvisoryChoice.osvFiles
      return
    }
    do throws(IndexError) {
      try IndexClient.checkIndexURL(named)
    } catch {
      throw .usage(
        "`\(place)`: found `\(PrintableText.escaped(URLCredentials.redacted(named), limit: 300))`, expected osv or an http or https address"
      )
    }
    address = named
  }

  /// As it is shown.
  var shown: String { PrintableText.excerpt(URLCredentials.redacted(address), limit: 300) }
}
