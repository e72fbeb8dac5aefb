import PythonPackaging

/// An option's value twice: as it takes effect, and as it is written in the file, where a `${VARIABLE}` is
/// still a name. What is put out again is the written form.
package struct OptionValue: Sendable, Hashable {
  /// The value after expansion: may hold a secret, never to be printed.
  package var value: String
  /// The value as written.
  package var written: String
  /// Where it is written; nil: not in a requirements file.
  package var location: SourceLocation?

  /// A value of the given parts.
  package init(value: String, written: String, location: SourceLocation? = nil) {
    self.value = value
    self.written = written
    self.location = location
  }

  /// A value without variables: from the command line, from configuration.
  package init(_ value: String) {
    self.init(value: value, written: value)
  }

  /// What a lockfile may hold: the written form on one line, without a literal credential.
  package var output: String { URLCredentials.writable(written) }

  /// What a message may show: the written form on one line, a literal credential as `****`.
  package var shown: String { PrintableText.escaped(URLCredentials.redacted(written)) }
}
