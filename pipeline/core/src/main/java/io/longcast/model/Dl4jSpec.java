package io.longcast.model;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A network of the user's own in place of the built-in one (key {@code model.dl4j}).
 *
 * @param configuration JSON of a DL4J {@code MultiLayerConfiguration}, as its {@code toJson} writes
 *     it; in a run file also the path of a file that holds it, which is read before Spark starts;
 *     empty for the built-in network; default empty
 */
public record Dl4jSpec(String configuration) implements Serializable {
  /** The built-in network. */
  public static final Dl4jSpec NONE = new Dl4jSpec("");

  public Dl4jSpec {
    configuration = configuration.strip();
  }

  /** Whether the network is the user's own. */
  public boolean isPresent() {
    return !configuration.isEmpty();
  }

  /** Whether the configuration is the path of a file, which is yet to be read. */
  public boolean isFile() {
    return isPresent() && !configuration.startsWith("{");
  }

  /** The configuration by its hash: it has hundreds of lines. */
  @Override
  public String toString() {
    return "Dl4jSpec[configuration=" + (isPresent() ? "SHA-256 " + sha256() : "") + "]";
  }

  private String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(configuration.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
