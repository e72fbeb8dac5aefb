/// A request that is open, as the forge has it.
struct OpenRequest: Sendable, Hashable {
  let number: Int
  let title: String
  let body: String
  let base: String
  let labels: [String]
  /// Where people read it.
  let url: String

  /// Whether a text is the one that it has: line ends and blanks around it are as the forge keeps them.
  static func isSame(_ one: String, _ other: String) -> Bool { normalized(one) == normalized(other) }

  private static func normalized(_ text: String) -> Substring {
    var text = text.replacing("\r\n", with: "\n")[...]
    while text.last?.isWhitespace == true { text = text.dropLast() }
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    return text
  }
}

/// What of a request is to be another; nil: that stays.
struct RequestEdit: Sendable, Hashable {
  var title: String?
  var body: String?
  var base: String?

  /// What has to change for a request to have these words.
  ///
  /// On GitLab and Gitea it is the title that says that a request isn't to be merged yet, which stays.
  init(_ request: OpenRequest, title: String, body: String, base: String) {
    let mark = Self.draftMarks.first { request.title.hasPrefix($0) && !title.hasPrefix($0) } ?? ""
    let title = mark + title
    self.title = OpenRequest.isSame(request.title, title) ? nil : title
    self.body = OpenRequest.isSame(request.body, body) ? nil : body
    self.base = request.base == base ? nil : base
  }

  private static let draftMarks = ["Draft: ", "WIP: ", "[Draft] ", "[WIP] "]

  var isEmpty: Bool { title == nil && body == nil && base == nil }
}

/// The part of a forge's API that repin needs.
protocol ForgeAPI: Sendable {
  /// The open request of the branch: the one into `base`, else the first.
  func find(base: String) async throws(ForgeError) -> OpenRequest?
  func create(title: String, body: String, base: String) async throws(ForgeError) -> OpenRequest
  func update(_ request: OpenRequest, _ edit: RequestEdit) async throws(ForgeError)
  /// Adds labels to those that it has.
  func add(_ labels: [String], to request: OpenRequest) async throws(ForgeError)
  func close(_ request: OpenRequest) async throws(ForgeError)
  func comment(_ text: String, on request: OpenRequest) async throws(ForgeError)
}
