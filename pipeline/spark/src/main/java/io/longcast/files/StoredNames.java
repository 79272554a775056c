package io.longcast.files;

import java.util.regex.Pattern;

/** Names read from files, checked before they become paths. */
public final class StoredNames {
  /** What {@link java.util.UUID#toString()} gives. */
  public static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private static final int MAX_LENGTH = 255;
  private static final int MAX_SHOWN = 100;

  private StoredNames() {}

  /**
   * A name of a file or folder.
   *
   * @param name as in the file
   * @param file that holds it, for messages
   * @throws StoredFileException unless it is one component that stays in its folder
   */
  public static String name(String name, Object file) {
    if (!isName(name)) {
      throw new StoredFileException(file, "it names %s, expected one name".formatted(shown(name)));
    }
    return name;
  }

  /** The same for a name that must match a pattern as a whole. */
  public static String name(String name, Pattern expected, Object file) {
    if (!isName(name) || !expected.matcher(name).matches()) {
      throw new StoredFileException(
          file, "it names %s, expected %s".formatted(shown(name), expected));
    }
    return name;
  }

  /**
   * A path below a folder.
   *
   * @param path names with slashes between them
   * @param file that holds it, for messages
   * @throws StoredFileException unless every component stays in its folder
   */
  public static String path(String path, Object file) {
    for (String name : path.split("/", -1)) {
      if (!isName(name)) {
        throw new StoredFileException(
            file, "it names %s, expected a path below its folder".formatted(shown(path)));
      }
    }
    return path;
  }

  /** Neither a way up, nor a scheme, nor signs that some file system takes for a separator. */
  static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_LENGTH
        && !name.equals(".")
        && !name.equals("..")
        && name.chars().noneMatch(c -> c < ' ' || c == 127 || "/\\:".indexOf(c) >= 0);
  }

  private static String shown(String name) {
    String text = name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…";
    return '"' + text.replaceAll("\\p{Cntrl}", "?") + '"';
  }
}
