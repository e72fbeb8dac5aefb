import ImageLabels

/// What a check's document says of an image; docs/check-report.md describes it.
struct ImageDocument: Encodable {
  struct Lock: Encodable {
    let path: String
    /// `same`, `other`, `absent`.
    let state: String
    let digest: String
    let builtFrom: String?
  }

  struct Other: Encodable {
    let path: String
    let digest: String
  }

  struct Reason: Encodable {
    /// `untold`, `foreign`, `changed`, `too-old`.
    let reason: String
    let text: String
  }

  let name: String?
  let verdict: CheckVerdict
  let labelled: Bool
  let revision: String?
  let created: DocumentMoment?
  let createdText: String?
  let ageSeconds: Int64?
  let maxAgeSeconds: Int64?
  let lockfiles: [Lock]
  let others: [Other]
  let reasons: [Reason]

  init(_ image: ImageComparison, _ moments: ShownMoments) {
    name = image.shownName
    verdict = image.verdict
    labelled = image.tellsLocks
    revision = image.revision.map(OutsideText.name)
    switch image.age {
    case .known(let createdAt, let seconds):
      created = DocumentMoment(createdAt)
      ageSeconds = seconds
      createdText = nil
    case .unknown(let said):
      created = nil
      ageSeconds = nil
      createdText = said.map(OutsideText.name)
    }
    maxAgeSeconds = image.limit
    lockfiles = image.locks.map { lock in
      switch lock.origin {
      case .same:
        Lock(path: OutsideText.path(lock.path), state: "same", digest: lock.digest, builtFrom: lock.digest)
      case .other(let digest):
        Lock(path: OutsideText.path(lock.path), state: "other", digest: lock.digest, builtFrom: digest)
      case .absent:
        Lock(path: OutsideText.path(lock.path), state: "absent", digest: lock.digest, builtFrom: nil)
      }
    }
    others = image.others.map { Other(path: OutsideText.path($0.path), digest: $0.digest) }
    let words = ImageWords(image, moments)
    reasons = image.reasons.map { Reason(reason: $0.name, text: words.reason($0)) }
  }
}

extension ImageComparison.Reason {
  /// In a document.
  fileprivate var name: String {
    switch self {
    case .untold: "untold"
    case .foreign: "foreign"
    case .changed: "changed"
    case .tooOld: "too-old"
    }
  }
}
