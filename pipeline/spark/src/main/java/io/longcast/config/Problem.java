package io.longcast.config;

import java.io.Serializable;

/**
 * One thing that is wrong in the settings.
 *
 * @param where the file and line, or {@code command line}
 * @param what what is wrong, with the key, what was expected and what was found; cut where it is
 *     long, secrets in it are hidden
 * @param isContradiction whether several settings contradict each other, of which another one may
 *     be the one to change
 */
public record Problem(String where, String what, boolean isContradiction) implements Serializable {

  private static final int MAX_LENGTH = 1000;

  public Problem {
    // Hidden before it is cut, or half a secret would not be known for one.
    String shown = Secrets.redact(what);
    what = shown.length() > MAX_LENGTH ? shown.substring(0, MAX_LENGTH) + "..." : shown;
  }

  /** A problem of one setting. */
  public Problem(String where, String what) {
    this(where, what, false);
  }

  @Override
  public String toString() {
    return where + ": " + what;
  }
}
