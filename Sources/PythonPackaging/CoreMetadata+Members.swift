extension CoreMetadata {
  /// Metadata known from elsewhere than a metadata file, and as fixed as that of version 2.2 without `Dynamic`.
  package init(
    name: PackageName, writtenName: String, version: Version, requiresDist: [Requirement],
    providesExtra: [ExtraName], requiresPython: SpecifierSet?
  ) {
    metadataVersion = "2.2"
    self.name = name
    self.writtenName = writtenName
    self.version = version
    self.requiresDist = requiresDist
    self.providesExtra = providesExtra
    self.requiresPython = requiresPython
    dynamic = []
    summary = nil
    license = nil
    licenseExpression = nil
    projectURLs = []
    homePage = nil
  }
}
