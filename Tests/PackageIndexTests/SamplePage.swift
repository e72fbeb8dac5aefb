import PythonPackaging

@testable import PackageIndex

/// A project page with every fact that a page can give, in both formats.
enum SamplePage {
  static let url = "https://index.example/simple/a-b/"
  static let digest = String(repeating: "0123456789abcdef", count: 4)
  static let otherDigest = String(repeating: "fedcba98", count: 8)
  static let metadataDigest = String(repeating: "ab", count: 32)
  /// Where many indexes keep the file with ``digest``.
  static let directory = "01/23/" + digest.dropFirst(4)

  static let json = """
    {"meta": {"api-version": "1.4", "_last-serial": 42, "later": [{}]}, "name": "a-b",
     "project-status": {"status": "archived", "reason": "moved to c"}, "versions": ["1.0"],
     "files": [
      {"filename": "a_b-1.0-py3-none-any.whl", "url": "/files/\(directory)/a_b-1.0-py3-none-any.whl",
       "hashes": {"sha256": "\(digest)", "md5": "0123456789abcdef0123456789abcdef"},
       "requires-python": ">=3.8,<4", "yanked": false, "core-metadata": {"sha256": "\(metadataDigest)"},
       "upload-time": "2016-04-20T04:13:06.946151Z", "gpg-sig": true, "later": {"deep": [1, {"x": null}]}},
      {"filename": "a-b-1.0.tar.gz", "url": "https://files.example/\(directory)/a-b-1.0.tar.gz",
       "hashes": {"sha256": "\(otherDigest)"}, "yanked": "broken \\u003c build", "dist-info-metadata": true},
      {"filename": "a_b-1.0.1rc1-cp312-cp312-win_amd64.whl", "url": "../../x/a_b-1.0.1rc1-cp312-cp312-win_amd64.whl",
       "hashes": {}, "requires-python": null, "yanked": true},
      {"filename": "a-b-1!2.0+local.1.zip", "url": "a-b-1%212.0%2Blocal.1.zip?x=1",
       "hashes": {}, "yanked": false, "core-metadata": true, "dist-info-metadata": false},
      {"filename": "a_b-1.0.win32.exe", "url": "a_b-1.0.win32.exe", "hashes": {}},
      {"filename": "other-1.0.tar.gz", "url": "other-1.0.tar.gz", "hashes": {}},
      {"filename": "a-b-3.tar.gz", "url": "javascript:alert(1)/a-b-3.tar.gz", "hashes": {}}
     ]}
    """

  static let html = """
    <!DOCTYPE html>
    <html><head><meta name="pypi:repository-version" content="1.4"><META NAME='pypi:project-status' CONTENT=archived>
    <meta name="pypi:project-status-reason" content="moved to c"><title>Links for <a href="a-b-7.zip"></title></head>
    <body><!-- <a href="a-b-8.zip">a-b-8.zip</a> --><script>var x = '<a href="a-b-9.zip">'</script>
    <a href="/files/\(directory)/a_b-1.0-py3-none-any.whl#sha256=\(digest)&amp;md5=0123456789abcdef0123456789abcdef"
      data-requires-python="&gt;=3.8,&lt;4" data-core-metadata="sha256=\(metadataDigest)"
      data-dist-info-metadata="true" data-upload-time="2016-04-20T04:13:06.946151Z">a_b</a><br />
    <A HREF='https://files.example/\(directory)/a-b-1.0.tar.gz#sha256=\(otherDigest.uppercased())'
      data-yanked="broken &lt; build" data-dist-info-metadata=true>a-b-1.0.tar.gz</A>
    <a data-yanked href=../../x/a_b-1.0.1rc1-cp312-cp312-win_amd64.whl>x</a>
    <a href="a-b-1%212.0%2Blocal.1.zip?x=1" data-core-metadata="true">a-b-1!2.0+local.1.zip</a>
    <a name="top">no link</a><a href="a_b-1.0.win32.exe">a_b-1.0.win32.exe</a>
    <a href="other-1.0.tar.gz">other</a><a href="javascript:alert(1)/a-b-3.tar.gz">3</a>
    </body></html>
    """

  /// What both say, by version.
  static func releases() throws -> [(version: String, files: [Distribution])] {
    let project = try PackageName("a-b")
    return [
      (
        "1.0",
        [
          try Distribution(
            filename: "a-b-1.0.tar.gz", of: project, url: "https://files.example/\(directory)/a-b-1.0.tar.gz",
            sha256: otherDigest, yanked: Distribution.Yank(reason: "broken < build"),
            coreMetadata: .present(sha256: nil)),
          try Distribution(
            filename: "a_b-1.0-py3-none-any.whl", of: project,
            url: "https://index.example/files/\(directory)/a_b-1.0-py3-none-any.whl", sha256: digest,
            otherHashes: [Distribution.Digest(algorithm: "md5", hex: "0123456789abcdef0123456789abcdef")],
            requiresPython: ">=3.8,<4", uploadedAt: 1_461_125_586_946,
            coreMetadata: .present(sha256: metadataDigest)),
        ]
      ),
      (
        "1.0.1rc1",
        [
          try Distribution(
            filename: "a_b-1.0.1rc1-cp312-cp312-win_amd64.whl", of: project,
            url: "https://index.example/x/a_b-1.0.1rc1-cp312-cp312-win_amd64.whl",
            yanked: Distribution.Yank(reason: nil))
        ]
      ),
      (
        "1!2.0+local.1",
        [
          try Distribution(
            filename: "a-b-1!2.0+local.1.zip", of: project,
            url: "https://index.example/simple/a-b/a-b-1%212.0%2Blocal.1.zip?x=1",
            coreMetadata: .present(sha256: nil))
        ]
      ),
    ]
  }

  /// The page in JSON.
  static func page() throws -> ProjectPage {
    try ProjectPage(json: Array(json.utf8), pageURL: url, project: PackageName("a-b"))
  }

  /// A page with these files, each at an address with its name; the names mustn't need escapes.
  static func page(of project: String, files: [String]) throws -> ProjectPage {
    let list = files.map { "{\"filename\": \"\($0)\", \"url\": \"\($0)\", \"hashes\": {}}" }
    return try page(of: project, json: "{\"files\": [\(list.joined(separator: ","))]}")
  }

  /// A page in JSON.
  static func page(of project: String, json: String) throws -> ProjectPage {
    try ProjectPage(
      json: Array(json.utf8), pageURL: "https://index.example/simple/\(project)/",
      project: PackageName(project))
  }

  /// A page in HTML.
  static func page(of project: String, html: String) throws -> ProjectPage {
    try ProjectPage(
      html: Array(html.utf8), pageURL: "https://index.example/simple/\(project)/",
      project: PackageName(project))
  }
}

extension ProjectPage {
  /// All files, by version and name.
  var everyDistribution: [Distribution] { (0..<versionCount).flatMap { distributions(at: $0) } }
}
