import PackageIndex

extension Refusal {
  /// How to log in, a line each.
  var hints: [String] {
    if let name = variables.first {
      return ["set the variable `\(name)`: the address has `${\(name)}` in it, and it has no value"]
    }
    return switch source {
    case .address:
      status == 401
        ? [
          "check the user name and the password in the address; a character that means something in a URL is `%` and two "
            + "digits there"
        ] : [otherUser]
    case .netrc:
      status == 401
        ? ["check the entry of `\(host)` in netrc (`NETRC` names it, else it is `~/.netrc`)"] : [otherUser]
    case .keyring:
      status == 401 ? ["keep the right password: `keyring set \(service) USER`"] : [otherUser]
    case nil, .userName: [netrcHint] + keyringHints + [addressHint]
    }
  }

  private var otherUser: String { "this user may not read it: ask who runs it, or log in as another" }

  private var netrcHint: String {
    "log in by netrc (`NETRC` names it, else it is `~/.netrc`): `machine \(host) login USER password PASSWORD`"
  }

  /// It is asked only once a server has said that it wants to know who is there.
  private var keyringHints: [String] {
    guard status == 401 else { return [] }
    switch keyring {
    case .asked: return ["or by the keyring: `keyring set \(service) USER`, and `USER@` in the address"]
    case .missing: return ["or by the keyring: there is no `keyring` on PATH"]
    case .disabled: return ["or by the keyring, which `--keyring-provider auto` asks"]
    }
  }

  private var addressHint: String {
    let address = "`\(with("${USER}:${PASSWORD}@"))`"
    guard index != nil else { return "or write the address as \(address) in a requirements file" }
    return "or write the address as \(address) in a requirements file, or whole into `REPIN_INDEX_URL`"
  }

  private var service: String { index ?? host }

  private func with(_ userInformation: String) -> String {
    let address = index ?? url
    let parts = address.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count == 3 ? "\(parts[0])//\(userInformation)\(parts[2])" : address
  }
}

extension CertificateFile {
  /// What the file must be.
  var hint: String {
    switch role {
    case .authorities:
      "`--cert` names a PEM file or a directory with the certificates of the authorities to trust"
    case .client: "`--client-cert` names a PEM file with a certificate and its private key"
    }
  }
}
