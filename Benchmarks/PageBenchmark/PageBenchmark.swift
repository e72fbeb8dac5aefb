import PackageIndex
import PythonPackaging

/// Reads a big project page some times over, as an index serves it: 600 releases of ten files each.
///
///     PageBenchmark TIMES      → bytes, versions; by tabs
@main
enum PageBenchmark {
  static func main() throws {
    guard let times = CommandLine.arguments.dropFirst().first.flatMap({ Int($0) }), times > 0 else {
      print("usage: PageBenchmark TIMES")
      return
    }
    let page = Array(json.utf8)
    let project = try PackageName("sample-project")
    var versions = 0
    for _ in 0..<times {
      versions = try ProjectPage(
        json: page, pageURL: "https://index.example/simple/sample-project/", project: project
      ).versionCount
    }
    print("\(page.count)\t\(versions)")
  }

  private static let tags =
    ["py3-none-any"]
    + ["cp311-cp311", "cp312-cp312", "cp313-cp313"].flatMap { python in
      ["manylinux_2_28_x86_64", "macosx_11_0_arm64", "win_amd64"].map { "\(python)-\($0)" }
    }

  private static var json: String {
    var files: [String] = []
    for release in 0..<600 {
      let version = "\(release / 100).\(release / 10 % 10).\(release % 10)"
      for (place, tag) in tags.enumerated() {
        let digest = hexadecimal(seed: UInt64(release * tags.count + place))
        let name = "sample_project-\(version)-\(tag).whl"
        files.append(
          """
          {"filename":"\(name)","url":"https://files.example/\(digest.prefix(2))/\(digest.dropFirst(2))/\(name)",\
          "hashes":{"sha256":"\(digest)"},"requires-python":">=3.\(8 + release / 200)","size":\(40_000 + release),\
          "upload-time":"20\(10 + release / 50)-0\(1 + release % 9)-15T12:00:00.000000Z","yanked":false,\
          "core-metadata":{"sha256":"\(hexadecimal(seed: UInt64(release * tags.count + place) &+ 1 << 40))"}}
          """)
      }
    }
    return """
      {"meta":{"api-version":"1.1"},"name":"sample-project","files":[\(files.joined(separator: ","))],"versions":[]}
      """
  }

  /// 64 digits, always the same for a seed.
  private static func hexadecimal(seed: UInt64) -> String {
    var state = seed &+ 0x9e37_79b9_7f4a_7c15
    var digits = ""
    while digits.utf8.count < 64 {
      state = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
      state = (state ^ state >> 27) &* 0x94d0_49bb_1331_11eb
      state ^= state >> 31
      let text = String(state, radix: 16)
      digits += String(repeating: "0", count: 16 - text.utf8.count) + text
      state &+= 0x9e37_79b9_7f4a_7c15
    }
    return digits
  }
}
