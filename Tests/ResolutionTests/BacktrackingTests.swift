import CapturedMetadata
import PythonPackaging
import Resolution
import Testing

/// Real sets that send a search through hundreds of releases where it goes the wrong way about it: what it comes to, and
/// how many releases it asks for their metadata on the way.
@Suite struct BacktrackingTests {
  struct Case: CustomTestStringConvertible {
    let set: String
    let asks: [String]
    /// The pins of what is asked for.
    let pins: [String]
    /// The most releases that may be asked for their metadata.
    let tries: Int

    var testDescription: String { "\(set): \(asks.joined(separator: ", "))" }
  }

  static let cases: [Case] = [
    Case(
      set: "bigquery", asks: ["protobuf", "google-cloud-bigquery"],
      pins: ["google-cloud-bigquery==3.47.0", "protobuf==7.36.2"], tries: 24),
    Case(
      set: "bigquery", asks: ["protobuf", "google-cloud-bigquery<3.10"],
      pins: ["google-cloud-bigquery==3.9.0", "protobuf==4.25.9"], tries: 52),
    Case(
      set: "bigquery", asks: ["protobuf<3.20", "google-cloud-bigquery"],
      pins: ["google-cloud-bigquery==3.47.0", "protobuf==3.19.6"], tries: 69),
    Case(
      set: "boto3", asks: ["boto3", "urllib3<1.26"], pins: ["boto3==1.43.123", "urllib3==1.25.11"], tries: 7),
    Case(
      set: "boto3", asks: ["urllib3", "boto3"], pins: ["boto3==1.43.123", "urllib3==2.8.0"], tries: 7),
    Case(
      set: "boto3", asks: ["urllib3", "boto3<1.30"], pins: ["boto3==1.29.7", "urllib3==2.0.7"], tries: 13),
    Case(
      set: "boto3", asks: ["urllib3<1.25", "boto3"], pins: ["boto3==1.15.18", "urllib3==1.24.3"], tries: 2929),
    Case(
      set: "numba", asks: ["numba", "numpy>=2.4"], pins: ["numba==0.68.1", "numpy==2.5.4"], tries: 3),
    Case(
      set: "numba", asks: ["numpy", "numba"], pins: ["numba==0.68.1", "numpy==2.5.4"], tries: 3),
    Case(
      set: "numba", asks: ["numpy", "numba<0.61"], pins: ["numba==0.60.0", "numpy==2.0.2"], tries: 8),
    Case(
      set: "numba", asks: ["numpy>=2.3", "numba"], pins: ["numba==0.68.1", "numpy==2.5.4"], tries: 3),
    Case(
      set: "opentelemetry", asks: ["protobuf", "opentelemetry-exporter-otlp"],
      pins: ["opentelemetry-exporter-otlp==1.45.2", "protobuf==7.36.2"], tries: 19),
    Case(
      set: "opentelemetry", asks: ["protobuf", "opentelemetry-exporter-otlp<1.20"],
      pins: ["opentelemetry-exporter-otlp==1.19.0", "protobuf==4.25.9"], tries: 39),
    Case(
      set: "opentelemetry", asks: ["protobuf<4", "opentelemetry-exporter-otlp"],
      pins: ["opentelemetry-exporter-otlp==1.27.0", "protobuf==3.20.3"], tries: 179),
    Case(
      set: "s3fs", asks: ["boto3", "s3fs"], pins: ["boto3==1.43.117", "s3fs==2026.9.0"], tries: 67),
    Case(
      set: "s3fs", asks: ["botocore", "boto3", "s3fs"],
      pins: ["boto3==1.43.117", "botocore==1.43.117", "s3fs==2026.9.0"], tries: 67),
    Case(
      set: "s3fs", asks: ["boto3", "botocore", "aiobotocore"],
      pins: ["aiobotocore==3.10.0", "boto3==1.43.117", "botocore==1.43.117"], tries: 67),
    Case(
      set: "s3fs", asks: ["s3fs", "boto3"], pins: ["boto3==1.43.117", "s3fs==2026.9.0"], tries: 32),
    Case(
      set: "s3fs", asks: ["s3fs<2024", "aiobotocore", "boto3"],
      pins: ["aiobotocore==2.26.0", "boto3==1.41.5", "s3fs==2023.12.2"], tries: 290),
    Case(
      set: "sphinx", asks: ["docutils", "sphinx-rtd-theme", "sphinx"],
      pins: ["docutils==0.22.4", "sphinx==9.1.1", "sphinx-rtd-theme==3.1.0"], tries: 29),
    Case(
      set: "sphinx", asks: ["docutils", "sphinx-rtd-theme<2", "sphinx"],
      pins: ["docutils==0.18.1", "sphinx==7.3.7", "sphinx-rtd-theme==1.3.0"], tries: 36),
    Case(
      set: "sphinx", asks: ["docutils<0.17", "sphinx", "sphinx-rtd-theme"],
      pins: ["docutils==0.16", "sphinx==5.3.0", "sphinx-rtd-theme==2.0.0"], tries: 81),
    Case(
      set: "starlette", asks: ["fastapi", "starlette<=0.36.0"],
      pins: ["fastapi==0.109.1", "starlette==0.35.1"], tries: 176),
    Case(
      set: "starlette", asks: ["starlette", "fastapi"], pins: ["fastapi==0.162.0", "starlette==1.10.0"],
      tries: 11),
    Case(
      set: "starlette", asks: ["starlette", "fastapi<0.160"],
      pins: ["fastapi==0.159.1", "starlette==1.10.0"], tries: 11),
    Case(
      set: "starlette", asks: ["starlette<=0.36.0", "fastapi"],
      pins: ["fastapi==0.109.1", "starlette==0.35.1"], tries: 177),
  ]

  @Test(arguments: cases) func comesToAnEnd(_ given: Case) async throws {
    let request = ResolutionRequest(
      requirements: try given.asks.map { try Requirement($0) },
      environment: try TargetEnvironment(pythonVersion: "3.12", platformName: "linux"))
    let index = try CapturedIndex(given.set)
    let graph = try await Resolver(index: index).resolve(request)
    let asked = Set(request.requirements.map(\.name))
    #expect(graph.pins.filter { asked.contains($0.name) }.map { "\($0.name)==\($0.version)" } == given.pins)
    #expect(graph.tries <= given.tries)

    // What was picked is a solution.
    let versions = Dictionary(uniqueKeysWithValues: graph.pins.map { ($0.name, $0.version) })
    var requirements = request.requirements
    for pin in graph.pins {
      let file = try #require(pin.distributions.first)
      guard case .metadata(let metadata)? = index.knownMetadata(of: file, project: pin.name) else {
        Issue.record("\(pin.name) has no metadata")
        continue
      }
      requirements += metadata.requiresDist
    }
    for requirement in requirements {
      let version = try #require(versions[requirement.name], "\(requirement)")
      #expect(requirement.specifiers.allows(version), "\(requirement)")
    }
  }
}
