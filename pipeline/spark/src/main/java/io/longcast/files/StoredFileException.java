package io.longcast.files;

/**
 * A file in an output, model, checkpoint or state folder says something that this program never
 * writes: it is damaged, of another version, or names what lies outside its folder. Nothing was
 * changed on its word.
 */
public final class StoredFileException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * @param file which
   * @param why what it says and what was expected
   */
  public StoredFileException(Object file, String why) {
    super(
        "cannot use %s: %s; nothing was changed on its word; if no run of Longcast wrote it, delete it"
            .formatted(file, why));
  }
}
