/// Where a text ends inside a part of HTML that has to be closed: a page that was cut short.
///
/// Example: `<p><a href="x` fails at offset 3 with an unfinished tag.
package struct HTMLError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What isn't closed.
  package enum Part: Sendable, Hashable {
    /// A tag, without its `>`.
    case tag
    /// A comment, without its `-->`.
    case comment
    /// `<!…`, `<?…` or `</` before something else than a letter, without its `>`.
    case declaration
    /// An element whose content is no markup, without its end tag: a script, a style sheet, a title.
    case element
  }

  /// The place of the part's `<`, in bytes from the start of the text.
  package let offset: Int
  /// What isn't closed.
  package let unfinished: Part

  /// The error as a phrase, without the place.
  package var description: String {
    switch unfinished {
    case .tag: "a tag isn't closed"
    case .comment: "a comment isn't closed"
    case .declaration: "a declaration isn't closed"
    case .element: "an element isn't closed"
    }
  }
}
