package io.longcast.tracking;

import io.longcast.testing.MavenSpark;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real MLflow server on a free port of the loopback interface, ended with all its children. */
final class MlflowServerProcess implements AutoCloseable {
  private static final String SCRIPT = System.getProperty("longcast.root") + "/.ci/mlflow";

  private final Process process;
  private final Path log;
  private final String url;

  /** Why there is no server here; empty: there is one. */
  static Optional<String> problem() throws IOException, InterruptedException {
    Path said = Files.createTempFile("mlflow", ".log");
    Process install =
        new ProcessBuilder(SCRIPT, "install")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    boolean ended = install.waitFor(15, TimeUnit.MINUTES);
    if (!ended) {
      MavenSpark.kill(install);
    }
    List<String> lines = Files.readAllLines(said);
    Files.delete(said);
    return ended && install.exitValue() == 0
        ? Optional.empty()
        : Optional.of(lines.isEmpty() ? "no end" : lines.get(lines.size() - 1));
  }

  MlflowServerProcess(Path folder) throws IOException {
    int port = MavenSpark.freePort();
    url = "http://127.0.0.1:" + port;
    log = folder.resolve("server.log");
    process =
        new ProcessBuilder(SCRIPT, "" + port, folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    MavenSpark.await(this::isUp, "the server, which said: " + log);
  }

  private boolean isUp() {
    try {
      if (!process.isAlive()) {
        throw new IllegalStateException("ended early: " + Files.readString(log));
      }
      return get("/health").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  String url() {
    return url;
  }

  HttpResponse<byte[]> get(String path) throws IOException {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(url + path)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException(stop);
    }
  }

  @Override
  public void close() {
    MavenSpark.kill(process);
  }
}
