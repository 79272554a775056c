package io.longcast.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The folders of public data that some tests read. Where a folder is absent the test is skipped
 * with the reason, or fails where {@code -Dlongcast.requireData=true} is set.
 */
public final class PublicData {
  private PublicData() {}

  /**
   * The folder of a collection below the folder named by the system property {@code longcast.data}.
   *
   * @param name the collection, such as {@code m4}
   */
  public static Path folder(String name) {
    Path folder = Path.of(System.getProperty("longcast.data", "absent")).resolve(name);
    if (!Files.isDirectory(folder)) {
      String reason = "no public data at " + folder + " (system property longcast.data)";
      if (Boolean.getBoolean("longcast.requireData")) {
        throw new AssertionError(reason);
      }
      Assumptions.abort(reason);
    }
    return folder;
  }
}
