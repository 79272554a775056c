package io.longcast.flow.draft;

import java.nio.file.Path;

/** What a run over some data is called. */
public final class RunName {
  private RunName() {}

  /** The name of a file or folder to its first dot, as far as {@code name} may hold it. */
  public static String of(Path data) {
    String file = data.toAbsolutePath().normalize().getFileName().toString();
    int dot = file.indexOf('.');
    String plain = (dot > 0 ? file.substring(0, dot) : file).replaceAll("[^A-Za-z0-9._-]", "-");
    String begun = plain.replaceFirst("^[^A-Za-z0-9]+", "");
    return begun.isEmpty() ? "longcast" : begun;
  }
}
