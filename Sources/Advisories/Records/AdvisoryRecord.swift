package import PythonPackaging

/// An advisory: what one source knows of one problem in releases of packages, as an OSV record of schema 1.x has it.
///
/// Only what it says of packages of the ecosystem `PyPI` is kept.
package struct AdvisoryRecord: Sendable, Hashable {
  /// A page about it.
  package struct Reference: Sendable, Hashable {
    /// What kind of page, in capitals: `ADVISORY`, `FIX`, `WEB` …
    package let type: String
    /// Its address: of `http` or `https`, without white space and control characters.
    package let url: String

    package init(type: String, url: String) {
      self.type = type
      self.url = url
    }
  }

  /// How many things of a record couldn't be read and were passed over.
  package struct Skipped: Sendable, Hashable {
    /// Versions that are none to PEP 440.
    package var versions = 0
    /// Events of ranges that name no version, or nothing that is known.
    package var events = 0
    /// Ranges of a type that isn't known.
    package var ranges = 0
    /// Entries for a package whose name is none.
    package var packages = 0
    /// Aliases that can't be ids, and a withdrawal that is no moment.
    package var others = 0

    package init() {}

    package var total: Int { versions + events + ranges + packages + others }

    static func += (left: inout Skipped, right: Skipped) {
      left.versions += right.versions
      left.events += right.events
      left.ranges += right.ranges
      left.packages += right.packages
      left.others += right.others
    }
  }

  /// Its id in the database it is from.
  package var id: AdvisoryID
  /// When it was changed last, in seconds since 1970-01-01 00:00 UTC.
  package var modified: Int64
  /// When it was published, in the same.
  package var published: Int64?
  /// When its authors took it back, in the same; then it affects nothing.
  package var withdrawn: Int64?
  /// The ids of the same problem in other databases.
  package var aliases: [AdvisoryID]
  /// One line of plain text, without control characters; empty if there is none.
  package var summary: String
  /// Text in CommonMark, as it was written; empty if there is none.
  package var details: String
  /// Whether ``details`` was longer and has been cut.
  package var isDetailsCut: Bool
  package var references: [Reference]
  package var severities: [SeverityVector]
  /// The word of the database it is from, where there is one: `LOW`, `MODERATE`, `HIGH`, `CRITICAL`.
  package var databaseSeverity: String?
  package var affected: [PackageName: AffectedPackage]
  package var skipped: Skipped

  package init(
    id: AdvisoryID, modified: Int64, published: Int64? = nil, withdrawn: Int64? = nil,
    aliases: [AdvisoryID] = [], summary: String = "", details: String = "", isDetailsCut: Bool = false,
    references: [Reference] = [], severities: [SeverityVector] = [], databaseSeverity: String? = nil,
    affected: [PackageName: AffectedPackage] = [:], skipped: Skipped = Skipped()
  ) {
    self.id = id
    self.modified = modified
    self.published = published
    self.withdrawn = withdrawn
    self.aliases = aliases
    self.summary = summary
    self.details = details
    self.isDetailsCut = isDetailsCut
    self.references = references
    self.severities = severities
    self.databaseSeverity = databaseSeverity
    self.affected = affected
    self.skipped = skipped
  }

  /// Whether its authors took it back.
  package var isWithdrawn: Bool { withdrawn != nil }
}
