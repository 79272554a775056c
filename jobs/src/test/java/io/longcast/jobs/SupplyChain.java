package io.longcast.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a build took from elsewhere: the artifacts in the jar ({@code jar}), beside it at run time
 * ({@code spark}) and in tests ({@code test}), each with the SHA-256 of its file, and the libraries
 * that they hold repackaged, by the coordinates that Maven leaves in them ({@code within}).
 * Compares that with the lock file {@code .ci/supply/JAR.lock}, so that nothing new comes in
 * unseen, and writes bills of materials (CycloneDX 1.5) of the jar and of its class path. Runs at
 * the end of {@code mvn verify}, without a network.
 */
public final class SupplyChain {
  private static final Path FOLDER = Path.of(".ci/supply");
  private static final String VEX = "vex.cdx.json";
  private static final String PLATFORM_OF_THE_LOCK = "linux-x86_64";
  private static final Pattern STORED = Pattern.compile("(.+)/([^/]+)/([^/]+)/([^/]+)\\.jar");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * One file of the local repository.
   *
   * @param coordinates {@code group:name:version}, {@code :classifier} where it has one
   * @param within coordinates of the libraries repackaged in it
   */
  private record Artifact(String coordinates, String sha256, List<String> within) {
    boolean isOfAPlatform() {
      return coordinates.split(":").length > 3;
    }
  }

  private final Path root;
  private final Path target;
  private final String jar;
  private final Path repository;

  /** By what it is for and by file; the first use counts. */
  private final Map<String, TreeMap<Path, Artifact>> artifacts = new TreeMap<>();

  private SupplyChain(Path root, String target, String jar, Path repository) {
    this.root = root;
    this.target = root.resolve("jobs").resolve(target);
    this.jar = jar;
    this.repository = repository;
  }

  /**
   * Arguments: the folder of the project, the name of the folders of results, of the jar, the
   * platform of its native libraries, Maven's local repository, and {@code check} or {@code lock}.
   *
   * @throws IllegalStateException if the build took anything but what is locked
   */
  public static void main(String[] args) throws Exception {
    SupplyChain chain = new SupplyChain(Path.of(args[0]), args[1], args[2], Path.of(args[4]));
    chain.collect(args[1]);
    chain.writeBill(args[2] + ".cdx.json", args[2] + ".jar", List.of("jar"));
    chain.writeBill("runtime.cdx.json", "class path of " + args[2], List.of("jar", "spark"));
    Path lock = chain.root.resolve(FOLDER).resolve(args[2] + ".lock");
    if (args[5].equals("lock")) {
      Files.write(lock, chain.lines(true));
    } else {
      chain.check(lock, args[3].equals(PLATFORM_OF_THE_LOCK));
    }
    System.out.println("supply chain: " + chain.counts());
  }

  private void collect(String results) throws Exception {
    for (String line : Files.readAllLines(target.resolve("libraries.txt"))) {
      for (String part : line.trim().split("[:\\s](?=/)")) {
        add("jar", Path.of(part.replaceFirst(" -- module .*", "")));
      }
    }
    addAll("spark", target.resolve("spark.classpath"));
    try (Stream<Path> files = Files.walk(root, 4)) {
      for (Path list : files.filter(file -> file.endsWith(results + "/test.classpath")).toList()) {
        addAll("test", list);
      }
    }
  }

  private void addAll(String use, Path classPath) throws Exception {
    for (String file : Files.readString(classPath).trim().split(":")) {
      add(use, Path.of(file));
    }
  }

  private void add(String use, Path file) throws Exception {
    if (!file.startsWith(repository)) {
      return;
    }
    Matcher stored = STORED.matcher(repository.relativize(file).toString());
    boolean isKnown = artifacts.values().stream().anyMatch(all -> all.containsKey(file));
    if (isKnown || !stored.matches() || stored.group(1).startsWith("io/longcast")) {
      return;
    }
    String version = stored.group(3);
    String own = stored.group(1).replace('/', '.') + ":" + stored.group(2);
    String classifier =
        stored
            .group(4)
            .substring((stored.group(2) + "-" + version).length())
            .replaceFirst("-", ":");
    artifacts
        .computeIfAbsent(use, key -> new TreeMap<>())
        .put(file, new Artifact(own + ":" + version + classifier, sha256(file), within(file, own)));
  }

  private static String sha256(Path file) throws IOException, GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A library that is repackaged may have the name, but not the group, of what holds it. */
  private static List<String> within(Path file, String own) throws IOException {
    TreeSet<String> found = new TreeSet<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        if (entry.getName().matches("META-INF/maven/.*/pom\\.properties")) {
          Properties maven = new Properties();
          maven.load(zip.getInputStream(entry));
          String name = maven.getProperty("groupId") + ":" + maven.getProperty("artifactId");
          if (!name.equals(own)) {
            found.add(name + ":" + maven.getProperty("version"));
          }
        }
      }
    }
    return List.copyOf(found);
  }

  private List<String> lines(boolean withPlatform) {
    TreeSet<String> lines = new TreeSet<>();
    artifacts.forEach(
        (use, all) ->
            all.values().stream()
                .filter(one -> withPlatform || !one.isOfAPlatform())
                .forEach(
                    one -> {
                      lines.add("%s %s %s".formatted(use, one.coordinates(), one.sha256()));
                      one.within()
                          .forEach(in -> lines.add("within " + one.coordinates() + " " + in));
                    }));
    return List.copyOf(lines);
  }

  private void check(Path lock, boolean isOfThePlatform) throws IOException {
    List<String> found = lines(isOfThePlatform);
    List<String> locked = Files.readAllLines(lock);
    List<String> problems = new ArrayList<>();
    found.stream()
        .filter(line -> !locked.contains(line))
        .map("not locked: "::concat)
        .forEach(problems::add);
    if (isOfThePlatform) {
      locked.stream()
          .filter(line -> !found.contains(line))
          .map("not taken: "::concat)
          .forEach(problems::add);
    }
    for (JsonNode affected :
        JSON.readTree(root.resolve(FOLDER).resolve(VEX).toFile()).findValues("ref")) {
      if (purls().noneMatch(affected.asText()::equals) && jar.equals("longcast")) {
        problems.add(VEX + " speaks of a component that is not taken: " + affected.asText());
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "%s differs from what the build took:%n%s%nlook at licences (NOTICE) and known vulnerabilities (%s) of what is new, then lock it: mvn verify -DskipTests -Dlongcast.supply=lock"
              .formatted(root.relativize(lock), String.join("\n", problems), FOLDER.resolve(VEX)));
    }
  }

  private Stream<String> purls() {
    return artifacts.values().stream()
        .flatMap(all -> all.values().stream())
        .flatMap(one -> Stream.concat(Stream.of(one.coordinates()), one.within().stream()))
        .map(SupplyChain::purl);
  }

  private static String purl(String coordinates) {
    String[] parts = coordinates.split(":");
    String classifier = parts.length > 3 ? "?classifier=" + parts[3] : "";
    return "pkg:maven/%s/%s@%s%s".formatted(parts[0], parts[1], parts[2], classifier);
  }

  private String counts() {
    long within =
        artifacts.values().stream()
            .flatMap(all -> all.values().stream())
            .mapToLong(one -> one.within().size())
            .sum();
    List<String> counts = new ArrayList<>();
    artifacts.forEach((use, all) -> counts.add(all.size() + " artifacts of " + use));
    return String.join(", ", counts) + ", " + within + " libraries repackaged in them";
  }

  private void writeBill(String file, String name, List<String> uses) throws IOException {
    ObjectNode bill = JSON.createObjectNode();
    bill.put("bomFormat", "CycloneDX").put("specVersion", "1.5").put("version", 1);
    bill.putObject("metadata").putObject("component").put("type", "application").put("name", name);
    ArrayNode components = bill.putArray("components");
    uses.stream()
        .flatMap(use -> artifacts.getOrDefault(use, new TreeMap<>()).values().stream())
        .forEach(
            one -> {
              ObjectNode component = component(components.addObject(), one.coordinates());
              component
                  .putArray("hashes")
                  .addObject()
                  .put("alg", "SHA-256")
                  .put("content", one.sha256());
              if (!one.within().isEmpty()) {
                ArrayNode inner = component.putArray("components");
                one.within().forEach(library -> component(inner.addObject(), library));
              }
            });
    JSON.writeValue(target.resolve(file).toFile(), bill);
  }

  private static ObjectNode component(ObjectNode node, String coordinates) {
    List<String> parts = Arrays.asList(coordinates.split(":"));
    return node.put("type", "library")
        .put("group", parts.get(0))
        .put("name", parts.get(1))
        .put("version", parts.get(2))
        .put("purl", purl(coordinates));
  }
}
