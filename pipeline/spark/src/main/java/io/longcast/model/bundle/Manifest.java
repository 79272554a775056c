package io.longcast.model.bundle;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a bundle says of itself: its file {@value #FILE}.
 *
 * @param formatVersion layout of the bundle, {@value #VERSION} for this version of the program
 * @param modelId first 16 hexadecimal digits of the SHA-256 of the content
 * @param name the model's name
 * @param parametersSha256 SHA-256 over the parameters as little-endian floats
 * @param seed of the run
 * @param dataFingerprint of what it was trained on
 * @param numerics back end, vector width and versions that decide the bits
 * @param settings the configuration as resolved, by key
 * @param metrics by model and metric, of the network and the baselines on the same windows
 * @param versions of the libraries
 * @param notes what else a reader should know, such as whether the weights were refitted
 * @param files SHA-256 of every other file of the bundle
 */
public record Manifest(
    int formatVersion,
    String modelId,
    String name,
    String parametersSha256,
    long seed,
    String dataFingerprint,
    String numerics,
    Map<String, String> settings,
    Map<String, Map<String, Double>> metrics,
    Map<String, String> versions,
    Map<String, String> notes,
    Map<String, String> files) {

  /** Its name in the bundle. */
  public static final String FILE = "manifest.json";

  /** The format this program writes. */
  public static final int VERSION = 1;

  public Manifest {
    settings = new TreeMap<>(settings);
    metrics = new TreeMap<>(metrics);
    versions = new TreeMap<>(versions);
    notes = new TreeMap<>(notes);
    files = new TreeMap<>(files);
  }
}
