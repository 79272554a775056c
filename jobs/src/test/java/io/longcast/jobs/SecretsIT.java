package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets in a run file, on the command line, in Spark's settings and in the environment of {@code
 * longcast run}: none stands in what the process prints, in Spark's web page and event log, in the
 * output folder, or in what an MLflow server and the receiver of alerts get beside the header that
 * is theirs.
 */
@Tag("long")
class SecretsIT {
  /** Begins every secret. */
  private static final String SECRET = "hunter2";

  private static final String RUN_FILE =
      """
      name = pumps
      source {
        format = csv
        paths = ["%1$s/input"]
        options {
          password = hunter2-option
          "fs.s3a.secret.key" = hunter2-option-s3
          "kafka.sasl.jaas.config" = "x required username=me password='hunter2-jaas';"
          url = "jdbc:postgresql://me:hunter2-jdbc@db/x?password=hunter2-query"
        }
      }
      output.options { "account.key" = hunter2-output, endpoint = "https://me:hunter2-sink@host" }
      window { contextLength = 48, horizon = 24 }
      training { steps = 2, shards = 1 }
      model.hiddenSize = 8
      anomaly.stride = 12
      tracking.mlflow { uri = "%2$s", attempts = 1, required = true }
      alerts {
        maxAge = 400 days
        http = [{
          name = hook
          url = "%2$s/hooks/hunter2-hook"
          headers { Authorization = "Bearer hunter2-header" }
        }]
      }
      """;

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "MLFLOW_TRACKING_TOKEN", "hunter2-token",
          "AWS_SECRET_ACCESS_KEY", "hunter2-aws",
          "PAGERDUTY_KEY", "hunter2-pager");

  private static final List<String> SPARK =
      List.of(
          "spark.hadoop.fs.s3a.secret.key=hunter2-hadoop",
          "spark.hadoop.fs.s3a.access.key=hunter2-access",
          "spark.hadoop.fs.azure.account.key.me.dfs.core.windows.net=hunter2-azure",
          "spark.hadoop.fs.azure.sas.container.me=sv=1&sig=hunter2-sas",
          "spark.hadoop.store.endpoint=https://me:hunter2-endpoint@host/x",
          "spark.executorEnv.PAGERDUTY_KEY=hunter2-executor",
          "spark.kafka.sasl.jaas.config=x required username='me' password='hunter2-kafka';",
          "spark.ssl.keyPassword=hunter2-ssl");

  @TempDir Path folder;

  /** What was received, and what Spark's web page showed meanwhile, by place. */
  private final Map<String, String> seen = new TreeMap<>();

  private HttpServer server;
  private int page;

  @BeforeEach
  void listens() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      page = free.getLocalPort();
    }
  }

  @AfterEach
  void ends() {
    server.stop(0);
  }

  /** Answers as an MLflow server and a receiver of alerts; the run waits, so its page is there. */
  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    String body = text(exchange.getRequestBody().readAllBytes());
    seen.merge(path.replace("/hooks/hunter2-hook", "/hook"), body, String::concat);
    if (path.endsWith("runs/create") || path.contains("/hooks/")) {
      look();
    }
    byte[] answer =
        """
        {"experiment": {"experiment_id": "1"}, "model_version": {"version": "1"},
         "run": {"info": {"run_id": "r", "artifact_uri": "mlflow-artifacts:/1/r"}}}
        """
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private void look() throws IOException {
    String root = "http://127.0.0.1:" + page;
    String applications = root + "/api/v1/applications";
    String id = new ObjectMapper().readTree(got(applications)).get(0).get("id").asText();
    List<String> places =
        new ArrayList<>(List.of("/environment/", "/jobs/", "/stages/", "/SQL/", "/executors/"));
    for (String part : List.of("environment", "jobs", "stages", "sql?details=true&length=1000")) {
      places.add("/api/v1/applications/" + id + "/" + part);
    }
    for (int execution = 0; execution < 10; execution++) {
      places.add("/SQL/execution/?id=" + execution);
    }
    for (String place : places) {
      seen.put("page " + place, got(root + place));
    }
  }

  private static String got(String address) throws IOException {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    } catch (InterruptedException stop) {
      throw new IOException(stop);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private LongcastProcess start(List<String> words) throws IOException {
    List<String> flags = new ArrayList<>();
    SPARK.forEach(setting -> flags.add("-D" + setting));
    flags.add("-Dspark.ui.enabled=true");
    flags.add("-Dspark.ui.port=" + page);
    flags.add("-Dspark.eventLog.enabled=true");
    flags.add("-Dspark.eventLog.compress=false");
    flags.add("-Dspark.eventLog.dir=" + Files.createDirectories(folder.resolve("events")).toUri());
    flags.add("-Dspark.logConf=true");
    flags.add("-Dlog4j2.configurationFile=" + everyLine());
    return new LongcastProcess.Setup(
            folder.resolve("tmp"), folder.resolve("said"), flags, ENVIRONMENT)
        .start(words);
  }

  /** Log settings of an operator who wants to see everything that Spark says. */
  private Path everyLine() throws IOException {
    return Files.writeString(
        folder.resolve("log4j2.properties"),
        """
        rootLogger.level = info
        rootLogger.appenderRef.console.ref = console
        appender.console.type = Console
        appender.console.name = console
        appender.console.layout.type = PatternLayout
        appender.console.layout.pattern = %p %c %m%n%ex
        """);
  }

  /** Two sensors by the hour with a fault at the end, which makes an alert. */
  private void writeInput() throws IOException {
    List<String> lines = new ArrayList<>(List.of("series_id,timestamp,value"));
    for (int series = 0; series < 2; series++) {
      for (int hour = 0; hour < 14 * 24; hour++) {
        double value = 20 + 8 * Math.sin(Math.PI * hour / 12) + (hour % 167 > 160 ? 90 : 0);
        lines.add(
            String.format(
                Locale.ROOT,
                "pump-%d,2024-03-%02dT%02d:00:00Z,%.2f",
                series,
                1 + hour / 24,
                hour % 24,
                value));
      }
    }
    Files.write(Files.createDirectories(folder.resolve("input")).resolve("rows.csv"), lines);
  }

  @Test
  void noSecretOfARunStandsAnywhere() throws Exception {
    writeInput();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    Path runFile = folder.resolve("run.conf");
    Files.writeString(runFile, RUN_FILE.formatted(folder, address));
    List<String> words =
        List.of(
            "run",
            runFile.toString(),
            "source.options.apiKey=hunter2-word",
            "source.options.endpoint=https://me:hunter2-word@host",
            "--output",
            folder.resolve("out").toString(),
            "--master",
            "local[2]",
            "--verbose");
    LongcastProcess run = start(words);
    assertThat(run.endsWithin(Duration.ofMinutes(4))).as(run.said()).isTrue();
    assertThat(run.process().exitValue()).as(run.said()).isIn(0, ExitCode.GATE_MISSED);

    assertThat(seen).containsKey("/hook").containsKey("page /environment/");
    assertThat(seen.get("page /environment/")).contains("spark.ssl.keyPassword");
    assertThat(folder.resolve("out/report-pumps.html")).exists();
    assertThat(events()).isNotEmpty();
    seen.put("standard output and error", run.said());
    addFiles("out");
    addFiles("events");
    addFiles("tmp");
    requireNoSecret();
  }

  @Test
  void noSecretStandsInTheMessagesOfARunThatFails() throws Exception {
    for (String paths :
        List.of("nosuch://me:hunter2-path@bucket/x", "s3a://AKIA:hunter2/slash@bucket/x")) {
      LongcastProcess run =
          start(
              List.of(
                  "forecast",
                  "name=pumps",
                  "source.format=csv",
                  "source.paths=[\"" + paths + "\"]",
                  "source.options.password=hunter2-option",
                  "--output",
                  folder.resolve("out").toString(),
                  "--master",
                  "local[2]",
                  "--verbose"));
      assertThat(run.endsWithin(Duration.ofMinutes(2))).as(run.said()).isTrue();
      assertThat(run.process().exitValue()).as(run.said()).isNotZero();
      seen.put("said of " + paths.substring(0, 3), run.said());
    }
    addFiles("events");
    requireNoSecret();
  }

  private List<Path> events() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("events"))) {
      return all.toList();
    }
  }

  private void addFiles(String name) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve(name))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        seen.put(folder.relativize(file).toString(), text(Files.readAllBytes(file)));
      }
    }
  }

  private void requireNoSecret() {
    List<String> found = new ArrayList<>();
    seen.forEach(
        (place, text) -> {
          for (int at = text.indexOf(SECRET); at >= 0; at = text.indexOf(SECRET, at + 1)) {
            int from = Math.max(0, at - 60);
            int to = Math.min(text.length(), at + 20);
            found.add(place + ": " + text.substring(from, to).replace('\n', ' '));
          }
        });
    assertThat(found).isEmpty();
    System.out.printf("SECRETS %,d places without a secret%n", seen.size());
  }
}
