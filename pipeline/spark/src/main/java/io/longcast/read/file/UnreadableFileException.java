package io.longcast.read.file;

/** A file whose damage shows only while it is read. */
public final class UnreadableFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;

  /**
   * @param file its path
   * @param cause what went wrong
   */
  public UnreadableFileException(String file, Exception cause) {
    super("cannot read file " + file + ": " + cause, cause);
    this.file = file;
  }

  /** The path of the file. */
  public String file() {
    return file;
  }
}
