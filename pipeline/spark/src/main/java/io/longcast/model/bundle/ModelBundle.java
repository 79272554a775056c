package io.longcast.model.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trained model in memory: its manifest and its files. Written and read as a folder by whoever
 * stores it; small enough to be broadcast.
 */
public final class ModelBundle {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final int ID_DIGITS = 16;

  private final Manifest manifest;
  private final TreeMap<String, byte[]> content;

  private ModelBundle(Manifest manifest, TreeMap<String, byte[]> content) {
    this.manifest = manifest;
    this.content = content;
  }

  /**
   * A new bundle.
   *
   * @param draft the manifest; its version, id and hashes are set here
   * @param content the files, without the manifest
   */
  public static ModelBundle of(Manifest draft, Map<String, byte[]> content) {
    TreeMap<String, byte[]> files = new TreeMap<>(content);
    Map<String, String> hashes = hashes(files);
    return new ModelBundle(
        new Manifest(
            Manifest.VERSION,
            id(hashes),
            draft.name(),
            draft.parametersSha256(),
            draft.seed(),
            draft.dataFingerprint(),
            draft.numerics(),
            draft.settings(),
            draft.metrics(),
            draft.versions(),
            draft.notes(),
            hashes),
        files);
  }

  /**
   * A bundle from its files.
   *
   * @param files all of them, the manifest too
   * @param where for messages
   * @throws IllegalArgumentException if the manifest is missing or of a newer format, or a file is
   *     missing, changed or not of the bundle; the message names it
   */
  public static ModelBundle read(Map<String, byte[]> files, String where) {
    Manifest manifest = manifest(files.get(Manifest.FILE), where);
    TreeMap<String, byte[]> content = new TreeMap<>(files);
    content.remove(Manifest.FILE);
    Map<String, String> found = hashes(content);
    manifest
        .files()
        .forEach(
            (name, hash) -> {
              if (!found.containsKey(name)) {
                throw broken(where, "the file " + name + " is missing");
              }
              if (!found.get(name).equals(hash)) {
                throw broken(
                    where,
                    "the file "
                        + name
                        + " was changed: expected SHA-256 "
                        + hash
                        + ", found "
                        + found.get(name));
              }
            });
    found.keySet().stream()
        .filter(name -> !manifest.files().containsKey(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw broken(where, "the file " + name + " is not in its manifest");
            });
    if (!id(found).equals(manifest.modelId())) {
      throw broken(where, "its model id " + manifest.modelId() + " is not that of its content");
    }
    return new ModelBundle(manifest, content);
  }

  /**
   * The manifest of a bundle whose other files are not looked at.
   *
   * @param bytes of the file {@link Manifest#FILE}; null where it is missing
   * @param where for messages
   * @throws IllegalArgumentException if it is missing, no manifest, or of a newer format
   */
  public static Manifest manifest(byte[] bytes, String where) {
    if (bytes == null) {
      throw broken(where, "the file " + Manifest.FILE + " is missing");
    }
    try {
      JsonNode tree = JSON.readTree(bytes);
      int version = tree.path("formatVersion").asInt(-1);
      if (version > Manifest.VERSION) {
        throw broken(
            where,
            "it has format "
                + version
                + ", this program reads up to "
                + Manifest.VERSION
                + "; use a newer version of the program");
      }
      if (version < 1) {
        throw broken(where, Manifest.FILE + " names no format version");
      }
      return JSON.treeToValue(tree, Manifest.class);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the model at " + where + " cannot be used: " + Manifest.FILE + " is not a manifest", e);
    }
  }

  private static IllegalArgumentException broken(String where, String why) {
    return new IllegalArgumentException("the model at " + where + " cannot be used: " + why);
  }

  /** What the bundle says of itself. */
  public Manifest manifest() {
    return manifest;
  }

  /**
   * One file.
   *
   * @throws IllegalArgumentException if the bundle has none of this name
   */
  public byte[] file(String name) {
    byte[] bytes = content.get(name);
    if (bytes == null) {
      throw broken(manifest.modelId(), "it has no file " + name);
    }
    return bytes.clone();
  }

  /** All files with the manifest, by name. */
  public Map<String, byte[]> files() {
    TreeMap<String, byte[]> files = new TreeMap<>(content);
    try {
      files.put(Manifest.FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the manifest cannot be written as JSON", e);
    }
    return files;
  }

  private static Map<String, String> hashes(Map<String, byte[]> files) {
    TreeMap<String, String> hashes = new TreeMap<>();
    files.forEach((name, bytes) -> hashes.put(name, sha256(bytes)));
    return hashes;
  }

  private static String id(Map<String, String> hashes) {
    String text = new TreeMap<>(hashes).toString();
    return sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
