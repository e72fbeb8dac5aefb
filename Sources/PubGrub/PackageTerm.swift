/// A package and the term an incompatibility has for it.
struct PackageTerm: Sendable, Hashable {
  let package: PackageID
  let term: Term
}
