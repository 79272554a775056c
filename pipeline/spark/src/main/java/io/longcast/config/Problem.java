package io.longcast.config;

import java.io.Serializable;

/**
 * One thing that is wrong in the settings.
 *
 * @param where the file and line, or {@code command line}
 * @param what what is wrong, with the key, what was expected and what was found
 */
public record Problem(String where, String what) implements Serializable {

  @Override
  public String toString() {
    return where + ": " + what;
  }
}
