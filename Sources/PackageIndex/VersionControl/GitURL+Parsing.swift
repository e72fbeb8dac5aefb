import PythonPackaging

extension GitURL {
  /// In bytes.
  private static let lengthLimit = 8192

  /// Reads a URL as pip does (`VersionControl.get_url_rev_and_auth`, `Link`), and refuses what pip would hand to git and
  /// git must not be given.
  package init(_ text: String) throws(GitURLError) {
    guard text.utf8.count <= GitURL.lengthLimit else { throw .tooLong(limit: GitURL.lengthLimit) }
    guard text.unicodeScalars.allSatisfy(PrintableText.isPrintable) else { throw .unprintable }
    let parts = GitURLParts(text)
    transport = try GitURL.transport(of: parts.scheme)
    var path = text[parts.path.lowerBound..<(parts.referenceMark?.lowerBound ?? parts.path.upperBound)]
    guard transport == .file ? path.hasPrefix("/") : parts.authority != nil else { throw .notURL }
    var authority = parts.authority.map { text[$0] } ?? ""
    var information = ""[...]
    if let at = authority.lastIndex(of: "@") {
      information = authority[..<at]
      authority = authority[authority.index(after: at)...]
    }
    (host, port) = try GitURL.hostAndPort(authority)
    if transport == .file {
      guard host.isEmpty || host == "localhost", port == nil else { throw .remoteFile(host: host) }
      path = percentDecoded(path)[...]
      guard !path.hasPrefix("//"), !path.contains("?"), !path.contains("#") else { throw .path }
    } else if host.isEmpty {
      throw .host("")
    }
    guard percentDecoded(path).unicodeScalars.allSatisfy(PrintableText.isPrintable) else {
      throw .unprintable
    }
    self.path = String(path)
    query = String(text[parts.query].dropFirst())
    let known = Credentials(userInformation: String(information))
    guard !known.user.hasPrefix("-"),
      "\(known.user)\(known.password)".unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
    else { throw .userInformation }
    credentials = transport.isHTTP && !information.isEmpty ? known : nil
    let account = transport == .ssh ? information.prefix { $0 != ":" } : ""
    remote =
      "\(transport.rawValue)://\(account.isEmpty ? "" : "\(account)@")\(authority)\(path)\(text[parts.query])"
    if let mark = parts.referenceMark {
      revision = try GitURL.revision(text[mark.upperBound..<parts.path.upperBound], of: transport)
    } else {
      revision = nil
    }
    if let directory = GitURLParts.fragmentValue("subdirectory", in: text) {
      subdirectory = try GitURL.directory(directory)
    } else {
      subdirectory = nil
    }
    egg = GitURLParts.fragmentValue("egg", in: text)
    if let egg, (try? PackageName(egg)) == nil { throw .egg(egg) }
    self.text = text
  }

  private static func transport(of scheme: String) throws(GitURLError) -> GitTransport {
    let words = scheme.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
    guard let system = words.first, !system.isEmpty else { throw .notURL }
    if words.count == 2, ["hg", "svn", "bzr"].contains(system) { throw .otherSystem(String(system)) }
    guard words.count == 2, system == "git", let transport = GitTransport(rawValue: String(words[1])) else {
      throw .unknownScheme(scheme)
    }
    return transport
  }

  private static func hostAndPort(_ authority: Substring) throws(GitURLError) -> (host: String, port: Int?) {
    var host = authority
    var port: Int?
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      let digits = authority[authority.index(after: colon)...]
      host = authority[..<colon]
      if !digits.isEmpty {
        guard digits.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
          let number = Int(digits), (1...65535).contains(number)
        else { throw .port(String(digits)) }
        port = number
      }
    }
    guard !host.hasPrefix("-"), host.hasPrefix("[") == host.hasSuffix("]"),
      host.utf8.allSatisfy(isHostByte)
    else { throw .host(String(host)) }
    return (String(host), port)
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-._[]:".utf8.contains(byte)
  }

  private static func revision(
    _ text: Substring, of transport: GitTransport
  ) throws(GitURLError) -> GitReference {
    guard !text.isEmpty else { throw .emptyReference }
    // pip decodes a file's path once on its own, and the reference is in it.
    let decoded = transport == .file ? percentDecoded(percentDecoded(text)) : percentDecoded(text)
    guard let revision = GitReference(decoded) else { throw .reference(decoded) }
    return revision
  }

  /// The parts of a path that say something; nil if none does.
  private static func directory(_ path: String) throws(GitURLError) -> String? {
    let names = path.split(separator: "/").filter { $0 != "." }
    guard !path.hasPrefix("/"), !path.contains("#"), !names.contains(".."),
      !names.contains(where: { $0.lowercased() == ".git" })
    else { throw .subdirectory(path) }
    return names.isEmpty ? nil : names.joined(separator: "/")
  }
}
