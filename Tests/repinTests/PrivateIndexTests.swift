import IndexServer
import TestSupport
import Testing

/// Logging in: where credentials come from, what is said where they are missing, and what is written down.
@Suite struct PrivateIndexTests {
  /// One refused login; USER is put before the address.
  struct Refused: CustomTestStringConvertible {
    let testDescription: String
    var userInformation = ""
    var status = 401
    var netrc = ""
    /// The keyring's script; nil: there is none.
    var keyring: String?
    var arguments: [String] = []
    let errors: String
  }

  static let notGiven =
    "error: can't fetch the project page of `a`: the index ROOT/simple/ answered 401, and no credentials were given "
    + "(ROOT/simple/a/); nothing was written\n"
  static let netrcHint =
    "hint: log in by netrc (`NETRC` names it, else it is `~/.netrc`): `machine 127.0.0.1 login USER password PASSWORD`\n"
  static let addressHint =
    "hint: or write the address as `http://${USER}:${PASSWORD}@HOST/simple/` in a requirements file, or whole into "
    + "`REPIN_INDEX_URL`\n"

  @Test(arguments: [
    Refused(
      testDescription: "nothing given",
      errors: notGiven + netrcHint + "hint: or by the keyring: there is no `keyring` on PATH\n" + addressHint),
    Refused(
      testDescription: "a keyring that has nothing", keyring: "exit 1",
      errors: notGiven + netrcHint
        + "hint: or by the keyring: `keyring set ROOT/simple/ USER`, and `USER@` in the address\n"
        + addressHint),
    Refused(
      testDescription: "a keyring that fails", keyring: "echo secret >&2; exit 4",
      errors: "warning: `keyring` failed with status 4\n" + notGiven + netrcHint
        + "hint: or by the keyring: `keyring set ROOT/simple/ USER`, and `USER@` in the address\n"
        + addressHint),
    Refused(
      testDescription: "a keyring that may not be asked", keyring: "exit 4",
      arguments: ["--keyring-provider", "disabled"],
      errors: notGiven + netrcHint + "hint: or by the keyring, which `--keyring-provider auto` asks\n"
        + addressHint),
    Refused(
      testDescription: "a keyring with the wrong password",
      keyring: #"echo '{"username":"u","password":"secret"}'"#,
      errors: """
        error: can't fetch the project page of `a`: the index ROOT/simple/ answered 401 to the credentials of the \
        keyring (ROOT/simple/a/); nothing was written
        hint: keep the right password: `keyring set ROOT/simple/ USER`

        """),
    Refused(
      testDescription: "a wrong password in the address", userInformation: "u:secret@",
      errors: """
        error: can't fetch the project page of `a`: the index ROOT/simple/ answered 401 to the credentials in its \
        address (ROOT/simple/a/); nothing was written
        hint: check the user name and the password in the address; a character that means something in a URL is `%` \
        and two digits there

        """),
    Refused(
      testDescription: "a variable without a value", userInformation: "u:${INDEX_PASSWORD}@",
      errors: """
        error: can't fetch the project page of `a`: the index ROOT/simple/ answered 401 to the credentials in its \
        address (ROOT/simple/a/); nothing was written
        hint: set the variable `INDEX_PASSWORD`: the address has `${INDEX_PASSWORD}` in it, and it has no value

        """),
    Refused(
      testDescription: "a user name alone", userInformation: "u@",
      errors: """
        error: can't fetch the project page of `a`: the index ROOT/simple/ answered 401 to the user name in its \
        address, for which no password was found (ROOT/simple/a/); nothing was written

        """ + netrcHint + "hint: or by the keyring: there is no `keyring` on PATH\n" + addressHint),
    Refused(
      testDescription: "a wrong password in netrc", netrc: "machine 127.0.0.1 login u password secret",
      errors: """
        error: can't fetch the project page of `a`: the index ROOT/simple/ answered 401 to the credentials in netrc \
        (ROOT/simple/a/); nothing was written
        hint: check the entry of `127.0.0.1` in netrc (`NETRC` names it, else it is `~/.netrc`)

        """),
    Refused(
      testDescription: "no right to read", userInformation: "u:secret@", status: 403,
      errors: """
        error: can't fetch the project page of `a`: the index ROOT/simple/ answered 403 to the credentials in its \
        address (ROOT/simple/a/); nothing was written
        hint: this user may not read it: ask who runs it, or log in as another

        """),
    Refused(
      testDescription: "403 without credentials", status: 403, keyring: "exit 4",
      errors: notGiven.replacing("401", with: "403") + netrcHint + addressHint),
  ])
  func `a refusal names the index and how to log in`(refused: Refused) async throws {
    var fixture = try await CommandFixture()
    fixture.server.serve("a", "1.0")
    fixture.server.fail(
      "/simple/a/", .status(refused.status, retryAfter: nil), .status(refused.status, retryAfter: nil))
    fixture.directory.write("requirements.in", "a\n")
    fixture.directory.write(".netrc", refused.netrc)
    if let keyring = refused.keyring {
      fixture.directory.write("keyring", "#!/bin/sh\n\(keyring)\n", mode: 0o755)
      fixture.environment["PATH"] = fixture.directory.path
    }
    fixture.environment["REPIN_INDEX_URL"] = fixture.url.replacing(
      "://", with: "://\(refused.userInformation)")
    let outcome = try await fixture.run(["compile"] + CommandFixture.target + refused.arguments)
    let host = fixture.server.root.replacing("http://", with: "")
    #expect(outcome.status == 3)
    #expect(outcome.errors.replacing(host, with: "HOST") == refused.errors)
    #expect(fixture.directory.text("requirements.txt") == nil)
  }

  @Test func `the keyring is asked once for all lockfiles of a command`() async throws {
    var fixture = try await CommandFixture()
    fixture.server.serve("a", "1.0")
    fixture.server.serve("b", "1.0")
    fixture.server.behave { $0.credentials = ("u", "p") }
    fixture.directory.write("a.in", "a\n")
    fixture.directory.write("b.in", "b\n")
    fixture.directory.write(
      "repin.toml", "[[compile]]\nsources = [\"a.in\"]\n[[compile]]\nsources = [\"b.in\"]\n")
    fixture.directory.write(
      "keyring",
      "#!/bin/sh\necho \"$*\" >>calls\necho '{\"username\":\"u\",\"password\":\"p\"}'\n"
        .replacing(">>calls", with: ">>'\(fixture.directory.file("calls"))'"), mode: 0o755)
    fixture.environment["PATH"] = fixture.directory.path
    let outcome = try await fixture.compile("--no-cache")
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(fixture.directory.text("calls") == "--mode=creds --output=json get \(fixture.url)\n")
  }

  struct Written: CustomTestStringConvertible {
    let testDescription: String
    let userInformation: String
    let line: String
    var warns = true
  }
  @Test(arguments: [
    Written(testDescription: "a password", userInformation: "u:p", line: "u@"),
    Written(testDescription: "a token", userInformation: "t0ken", line: ""),
    Written(testDescription: "variables", userInformation: "${U}:${P}", line: "${U}:${P}@", warns: false),
    Written(testDescription: "a variable for a name", userInformation: "${U}:p", line: "${U}@"),
  ])
  func `a lockfile has the address without its password`(written: Written) async throws {
    var fixture = try await CommandFixture()
    fixture.server.serve("a", "1.0")
    let index = fixture.url.replacing("://", with: "://\(written.userInformation)@")
    fixture.environment["U"] = "u"
    fixture.environment["P"] = "p"
    fixture.directory.write("requirements.in", "-i \(index)\na\n")
    let outcome = try await fixture.compile("--no-header", "--no-annotate")
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(outcome.errors.contains("a credential was left out of the lockfile") == written.warns)
    let expected = fixture.url.replacing("://", with: "://\(written.line)")
    #expect(fixture.directory.text("requirements.txt") == "--index-url \(expected)\n\na==1.0\n")
    // What was written compiles to itself.
    let again = try await fixture.compile("--no-header", "--no-annotate", "--check")
    #expect(again.status == 0, Comment(rawValue: again.errors))
  }

  @Test(arguments: ["repin.toml", "REPIN_INDEX_URL", "pip.conf", "--index-url", "--extra-index-url"])
  func `an address has its variables wherever it is written`(place: String) async throws {
    var fixture = try await CommandFixture()
    fixture.server.serve("a", "1.0")
    fixture.server.behave { $0.credentials = ("u", "p") }
    fixture.directory.write("requirements.in", "a\n")
    let index = fixture.url.replacing("://", with: "://${USER_NAME}:${PASSWORD}@")
    fixture.environment = ["REPIN_INDEX_URL": "", "USER_NAME": "u", "PASSWORD": "p"]
    var arguments: [String] = []
    switch place {
    case "repin.toml": fixture.directory.write("repin.toml", "index-url = \"\(index)\"\n")
    case "pip.conf":
      fixture.directory.write("pip.conf", "[global]\nindex-url = \(index)\n")
      fixture.environment["PIP_CONFIG_FILE"] = fixture.directory.file("pip.conf")
    case "REPIN_INDEX_URL": fixture.environment[place] = index
    default: arguments = [place, index]
    }
    let outcome = try await fixture.run(
      ["compile", "--no-header", "--no-annotate"] + CommandFixture.target + arguments)
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    let option = place == "--extra-index-url" ? place : "--index-url"
    #expect(fixture.directory.text("requirements.txt") == "\(option) \(index)\n\na==1.0\n")
  }
}
