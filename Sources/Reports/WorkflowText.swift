/// Text that a workflow's runner reads along with: what a step prints, it obeys.
///
/// GitHub's runner takes a line for a command that begins with `::`, blanks before it or not, and what stands in a line from
/// `##[` on; Azure's `##vso[`, TeamCity's `##teamcity[`. Such marks come from outside, as in the name of a folder, and are
/// broken up: `\::error::`, `#\#[error]`.
package enum WorkflowText {
  /// The text with its commands broken up.
  ///
  /// - Parameters:
  ///   - colon: what stands for the first `:` of a line that begins with two.
  ///   - hash: what stands for the second `#` of `##name[`.
  package static func inert(_ text: String, colon: String = "\\:", hash: String = "\\#") -> String {
    guard mayHaveCommands(text) else { return text }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var isBeginning = true
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case ":" where isBeginning && index + 1 < scalars.count && scalars[index + 1] == ":":
        result.append(contentsOf: colon.unicodeScalars)
      case "#" where index > 0 && scalars[index - 1] == "#" && isName(scalars[(index + 1)...]):
        result.append(contentsOf: hash.unicodeScalars)
      default: result.append(scalar)
      }
      isBeginning = scalar == "\n" || isBeginning && scalar.properties.isWhitespace
    }
    return String(result)
  }

  /// Whether a line of the text could be a command.
  private static func mayHaveCommands(_ text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.indices.dropFirst().contains { index in
        let byte = bytes[index]
        return (byte == UInt8(ascii: ":") || byte == UInt8(ascii: "#")) && bytes[index - 1] == byte
      }
    } ?? true
  }

  /// Whether letters and a `[` stand there, or a `[` alone.
  private static func isName(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
    text.first { !("a"..."z").contains($0) && !("A"..."Z").contains($0) } == "["
  }
}
