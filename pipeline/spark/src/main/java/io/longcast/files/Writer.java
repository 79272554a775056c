package io.longcast.files;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who writes a table.
 *
 * @param id unique to one write
 * @param user and host, for people
 * @param machine distinguishes processes with the same number: the start of the machine and its
 *     name space of processes, else the host's name
 * @param process its number on that machine
 * @param started when that process began, because numbers return
 * @param since when the write began
 */
record Writer(
    String id, String user, String machine, long process, Instant started, Instant since) {
  private static final String HEAD = "longcast writer 1";
  private static final Set<String> FIELDS =
      Set.of("id", "user", "machine", "process", "started", "since");

  /** This process. */
  static Writer here() {
    ProcessHandle own = ProcessHandle.current();
    return new Writer(
        UUID.randomUUID().toString(),
        System.getProperty("user.name") + "@" + host(),
        machineHere(),
        own.pid(),
        started(own),
        Instant.now());
  }

  /** True if it is known to have ended; false where that cannot be seen from here. */
  boolean isDead() {
    if (!machine.equals(machineHere())) {
      return false;
    }
    Optional<ProcessHandle> now = ProcessHandle.of(process).filter(ProcessHandle::isAlive);
    return now.map(handle -> !started(handle).equals(started)).orElse(true);
  }

  private static Instant started(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }

  /** Tells process numbers of this place from those of others. */
  private static String machineHere() {
    try {
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).trim();
      return boot + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | RuntimeException notLinux) {
      return host();
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unknown host";
    }
  }

  String text() {
    return String.join(
        "\n",
        HEAD,
        "id=" + id,
        "user=" + user,
        "machine=" + machine,
        "process=" + process,
        "started=" + started,
        "since=" + since,
        "");
  }

  /** The writer in a text; empty where it is not whole, as while it is being written. */
  static Optional<Writer> parse(String text) {
    if (!text.startsWith(HEAD + "\n") || !text.endsWith("\n")) {
      return Optional.empty();
    }
    Map<String, String> fields = new LinkedHashMap<>();
    text.lines()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> fields.put(pair[0], pair[1]));
    if (!fields.keySet().containsAll(FIELDS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Writer(
              fields.get("id"),
              fields.get("user"),
              fields.get("machine"),
              Long.parseLong(fields.get("process")),
              Instant.parse(fields.get("started")),
              Instant.parse(fields.get("since"))));
    } catch (NumberFormatException | DateTimeParseException broken) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "%s, process %d, since %s".formatted(user, process, since);
  }
}
