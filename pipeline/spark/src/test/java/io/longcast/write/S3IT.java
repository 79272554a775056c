package io.longcast.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longcast.testing.MavenSpark;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo with its output on an S3 server, through Hadoop's own client. */
@Tag("long")
class S3IT {
  private static final Path CLASS_PATHS =
      Path.of(System.getProperty("longcast.root"), "pipeline", "target", "s3");

  @TempDir Path folder;
  private MavenSpark spark;
  private Process server;
  private String endpoint;

  @BeforeEach
  void startServer() throws Exception {
    for (String part : List.of("server", "client")) {
      assumeTrue(
          Files.exists(classPath(part)),
          "no class path of an S3 "
              + part
              + "; fetch it with: mvn -q -f pipeline/spark/src/test/s3/"
              + part
              + ".xml dependency:build-classpath");
    }
    spark = MavenSpark.layOut(folder.resolve("home"));
    for (String jar : Files.readString(classPath("client")).trim().split(":")) {
      Path link = spark.home().resolve("jars").resolve(Path.of(jar).getFileName());
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, Path.of(jar));
      }
    }
    endpoint = "http://127.0.0.1:" + MavenSpark.freePort();
    server = serve();
    MavenSpark.await(this::makeBucket, "a bucket at " + endpoint);
  }

  @AfterEach
  void stop() {
    if (spark != null) {
      spark.close();
    }
    if (server != null) {
      MavenSpark.kill(server);
    }
  }

  @Test
  void holdsTheRowsOfALocalRunAndTheOldOnesWhenAWriterDies() throws IOException {
    String local = folder.resolve("out").toString();
    String store = "s3a://bucket/out";
    run("demo", local);
    run("demo", store);
    List<String> rows = tables(store);
    assertThat(rows).hasSize(3).isEqualTo(tables(local));

    Process dying = start("die", store);
    assertThat(dying.onExit().join().exitValue()).isEqualTo(DyingWriter.DIED);
    assertThat(tables(store)).isEqualTo(rows);
    run("demo", store);
    assertThat(tables(store)).isEqualTo(rows);
  }

  private List<String> tables(String output) throws IOException {
    return run("show", output).lines().filter(line -> line.startsWith("table ")).toList();
  }

  private String run(String what, String output) throws IOException {
    return spark.output(start(what, output), Duration.ofMinutes(5));
  }

  private Process start(String what, String output) throws IOException {
    List<String> flags =
        new ArrayList<>(List.of("-Dlongcast.root=" + System.getProperty("longcast.root")));
    String s3a = "-Dspark.hadoop.fs.s3a.";
    flags.add(s3a + "endpoint=" + endpoint);
    flags.add(s3a + "path.style.access=true");
    flags.add(s3a + "connection.ssl.enabled=false");
    flags.add(s3a + "access.key=x");
    flags.add(s3a + "secret.key=x");
    return spark.startDriver(S3Run.class, flags, List.of(what, output));
  }

  private Process serve() throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("s3proxy.conf"),
            """
            s3proxy.authorization=none
            s3proxy.endpoint=%s
            jclouds.provider=transient
            jclouds.identity=x
            jclouds.credential=x
            """
                .formatted(endpoint));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            Files.readString(classPath("server")).trim(),
            "org.gaul.s3proxy.Main",
            "--properties",
            settings.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("server.log").toFile())
        .start();
  }

  private boolean makeBucket() {
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(endpoint + "/bucket"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      return HttpClient.newHttpClient()
              .send(put, HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path classPath(String part) {
    return CLASS_PATHS.resolve(part + ".classpath");
  }
}
