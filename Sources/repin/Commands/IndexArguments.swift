import ArgumentParser
import PackageIndex
import PythonPackaging

/// The options that say which indexes to ask and how; the same for every command that asks one.
struct IndexArguments: ParsableArguments {
  @Option(
    name: [.customShort("i"), .long], help: "The index to ask [default: that of the interpreter's pip].")
  var indexURL: String?

  @Option(help: "An index to ask before --index-url; may be given more than once.")
  var extraIndexURL: [String] = []

  @Option(
    name: [.customShort("f"), .long],
    help: "A directory of distributions, or a page that links to some; may be given more than once.")
  var findLinks: [String] = []

  @Flag(help: "Ask no index; go by --find-links alone.")
  var noIndex = false

  @Option(
    help: """
      Which indexes a package may come from: first-index, the first that has the name; unsafe-first-match, all, the \
      first one's releases being tried first; unsafe-best-match, all alike [default: first-index].
      """)
  var indexStrategy: IndexStrategy?

  @Option(help: "A host whose certificate is not verified; may be given more than once.")
  var trustedHost: [String] = []

  @Option(help: "A PEM file or directory of trusted authorities.")
  var cert: String?

  @Option(help: "A PEM file with a client certificate and its key.")
  var clientCert: String?

  @Option(
    help: """
      How to get passwords once an index wants one: auto or subprocess asks the keyring command, if it is on PATH; \
      disabled asks nobody [default: auto].
      """)
  var keyringProvider: String?

  @Option(help: "Where to keep the cache [default: repin's folder in the user's cache directory].")
  var cacheDir: String?

  @Flag(help: "Use no cache.")
  var noCache = false

  @Flag(help: "Fetch nothing; go by what is cached, however old.")
  var offline = false

  @Flag(help: "Ask the index anew, whatever is cached.")
  var refresh = false

  func validate() throws {
    if offline && refresh { throw ValidationError("`--offline` and `--refresh` exclude each other") }
    if cacheDir?.isEmpty == true { throw ValidationError("`--cache-dir` is empty") }
    if findLinks.contains("") { throw ValidationError("`--find-links` is empty") }
    // It becomes a line of the lockfile, whose words are divided at spaces.
    for host in trustedHost where host.isEmpty || host.contains(where: \.isWhitespace) {
      throw ValidationError(
        "`--trusted-host`: `\(PrintableText.excerpt(host, limit: 100))` is no host, expected `host` or `host:port`"
      )
    }
    if offline && noCache { throw ValidationError("`--offline` and `--no-cache` exclude each other") }
  }

  /// As the module that configures indexes takes them.
  var options: IndexConfiguration.Options {
    var options = IndexConfiguration.Options()
    options.indexURL = indexURL
    options.extraIndexURLs = extraIndexURL
    options.findLinks = findLinks
    options.noIndex = noIndex
    options.trustedHosts = trustedHost
    options.certificates = cert
    options.clientCertificate = clientCert
    options.keyringProvider = keyringProvider
    return options
  }

  /// How the cache is used.
  var mode: CacheMode { offline ? .offline : refresh ? .refresh : .normal }
}

extension IndexStrategy: ExpressibleByArgument {}
