package io.longcast.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A Spark installation made of the test class path: {@code jars/} holds links to the Maven jars.
 * Starts masters, workers and drivers as processes on loopback with free ports, and ends every
 * process it started, with all its children, by process id.
 *
 * <p>Drivers are processes of their own because a JVM holds one Spark context only, and because
 * {@code local-cluster} reads {@code SPARK_HOME} from the environment.
 */
public final class MavenSpark implements AutoCloseable {
  private static final List<String> MODULE_FLAGS =
      List.of(
          "--add-modules=jdk.incubator.vector", "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path home;
  private final List<String> folders = new ArrayList<>();
  private final Deque<Process> started = new ArrayDeque<>();
  private int logs;

  private MavenSpark(Path home) {
    this.home = home;
  }

  /** Lays the links out under {@code home}, which must be empty or absent. */
  public static MavenSpark layOut(Path home) throws IOException {
    MavenSpark spark = new MavenSpark(home.toAbsolutePath());
    Path jars = Files.createDirectories(spark.home.resolve("jars"));
    Files.createDirectories(spark.home.resolve("logs"));
    String classPath = System.getProperty("java.class.path");
    for (String entry : classPath.split(File.pathSeparator)) {
      Path path = Path.of(entry).toAbsolutePath();
      if (Files.isDirectory(path)) {
        spark.folders.add(path.toString());
      } else if (entry.endsWith(".jar") && Files.exists(path)) {
        Files.createSymbolicLink(jars.resolve(path.getFileName()), path);
      }
    }
    return spark;
  }

  /** The laid-out {@code SPARK_HOME}. */
  public Path home() {
    return home;
  }

  /** Folders of classes that executors need beside {@code jars/}, as one class path. */
  public String classFolders() {
    return String.join(File.pathSeparator, folders);
  }

  /** Starts a standalone master and waits until it listens; returns its {@code spark://} URL. */
  public String startMaster() throws IOException {
    int port = freePort();
    int webPort = freePort();
    Process master =
        start(
            "master",
            talkative(),
            Map.of(),
            "org.apache.spark.deploy.master.Master",
            List.of("--host", "127.0.0.1", "--port", "" + port, "--webui-port", "" + webPort));
    Path log = logOf(master);
    awaitLine(master, log, "New state: ALIVE");
    return "spark://127.0.0.1:" + port;
  }

  /**
   * Starts a worker and waits until it is registered.
   *
   * @param host a loopback address; workers under different ones count as different machines
   * @param environment added to that of the worker and so of its executors
   */
  public Process startWorker(
      String master, String host, int cores, int memoryMb, Map<String, String> environment)
      throws IOException {
    Process worker =
        start(
            "worker",
            talkative(),
            environment,
            "org.apache.spark.deploy.worker.Worker",
            List.of(
                "--host",
                host,
                "--webui-port",
                "" + freePort(),
                "--cores",
                "" + cores,
                "--memory",
                memoryMb + "m",
                "--work-dir",
                Files.createDirectories(home.resolve("work-" + logs)).toString(),
                master));
    awaitLine(worker, logOf(worker), "Successfully registered with master");
    return worker;
  }

  /**
   * Starts {@code main} as a driver process; its output goes to a file.
   *
   * @param jvmFlags added to those every driver needs
   */
  public Process startDriver(Class<?> main, List<String> jvmFlags, List<String> arguments)
      throws IOException {
    List<String> flags = new ArrayList<>(jvmFlags);
    sparkProperties().forEach((key, value) -> flags.add("-D" + key + "=" + value));
    return start("driver", flags, Map.of(), main.getName(), arguments);
  }

  /** Runs {@code main} as a driver process to its end and returns what it wrote. */
  public String runDriver(Class<?> main, List<String> arguments) throws IOException {
    Process driver = startDriver(main, List.of(), arguments);
    return output(driver, Duration.ofMinutes(10));
  }

  /** Waits for a driver's end and returns what it wrote; fails where it ended badly. */
  public String output(Process process, Duration limit) throws IOException {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("no end after " + limit + ":\n" + log(process));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException("exit " + process.exitValue() + ":\n" + log(process));
    }
    return log(process);
  }

  /** What a started process has written so far. */
  public String log(Process process) throws IOException {
    return Files.readString(logOf(process));
  }

  /** Spark's settings for drivers on this installation, as system properties. */
  public Map<String, String> sparkProperties() {
    return Map.of(
        "spark.executor.extraClassPath", classFolders(),
        "spark.executor.extraJavaOptions", String.join(" ", MODULE_FLAGS),
        "spark.executorEnv.OMP_NUM_THREADS", "1",
        "spark.driver.host", "127.0.0.1",
        "spark.driver.bindAddress", "127.0.0.1",
        "spark.ui.enabled", "false",
        "spark.sql.session.timeZone", "UTC");
  }

  private Process start(
      String kind, List<String> flags, Map<String, String> more, String main, List<String> args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    command.addAll(inheritedModuleFlags());
    command.addAll(flags);
    command.addAll(List.of("-cp", classFolders() + File.pathSeparator + home + "/jars/*", main));
    command.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", scalaVersion());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().putAll(more);
    Path log = home.resolve("logs").resolve(kind + "-" + logs++ + ".log");
    builder.redirectOutput(log.toFile());
    Process process = builder.start();
    Files.createFile(home.resolve("logs").resolve("pid-" + process.pid()));
    Files.writeString(home.resolve("logs").resolve("pid-" + process.pid()), log.toString());
    started.push(process);
    return process;
  }

  /** Masters and workers say in their log when they are ready; the tests' own logging is silent. */
  private List<String> talkative() throws IOException {
    Path file = home.resolve("daemon-log4j2.properties");
    Files.writeString(
        file,
        """
        rootLogger.level = info
        rootLogger.appenderRef.out.ref = out
        appender.out.type = Console
        appender.out.name = out
        appender.out.layout.type = PatternLayout
        appender.out.layout.pattern = %p %c{1}: %m%n
        """);
    return List.of("-Dlog4j2.configurationFile=" + file.toUri());
  }

  /** The suite's own flags: Spark's module openings and the vector module. */
  private static List<String> inheritedModuleFlags() {
    List<String> flags =
        java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> flag.startsWith("--add-opens") || flag.contains("UnrecognizedVM"))
            .collect(Collectors.toCollection(ArrayList::new));
    flags.add("-XX:+IgnoreUnrecognizedVMOptions");
    flags.addAll(MODULE_FLAGS);
    return flags;
  }

  /** Such as {@code 2.12}. */
  private static String scalaVersion() {
    String version = scala.util.Properties.versionNumberString();
    return version.substring(0, version.lastIndexOf('.'));
  }

  private Path logOf(Process process) throws IOException {
    return Path.of(Files.readString(home.resolve("logs").resolve("pid-" + process.pid())));
  }

  private static void awaitLine(Process process, Path log, String text) {
    await(
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("ended early: " + read(log));
          }
          return read(log).contains(text);
        },
        "\"" + text + "\" in " + log);
  }

  /** Polls until {@code condition} holds; fails after a minute. */
  public static void await(BooleanSupplier condition, String what) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("waited a minute in vain for " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port nobody listens on now. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Executors among the children of a process: the driver in local-cluster, or a worker. */
  public static List<ProcessHandle> executors(ProcessHandle parent) {
    return parent.descendants().filter(MavenSpark::isExecutor).toList();
  }

  private static boolean isExecutor(ProcessHandle process) {
    // ProcessHandle.info() leaves out long command lines on Linux; /proc has them whole.
    try (InputStream line = Files.newInputStream(Path.of("/proc/" + process.pid() + "/cmdline"))) {
      return Arrays.stream(new String(line.readAllBytes()).split("\0"))
          .anyMatch("org.apache.spark.executor.CoarseGrainedExecutorBackend"::equals);
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends a started process and its children at once, as {@code kill -9} does. */
  public static void kill(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  @Override
  public void close() {
    started.forEach(MavenSpark::kill);
  }
}
