package io.longcast.logs.line;

/** Why a line is no entry: what the summary of a run counts by. */
public enum RejectReason {
  BLANK("blank", ""),
  NO_HEADER("no header of the declared form", "logs.lines.pattern"),
  NOT_JSON("not one JSON object", "logs.lines.form"),
  NO_CONTENT("no content", "logs.lines.fields"),
  NO_TIMESTAMP("no timestamp", "logs.lines.fields"),
  BAD_TIMESTAMP("timestamp not of the declared format", "logs.lines.timestampFormat"),
  NO_YEAR("timestamp without a year", "logs.lines.year"),
  WRONG_EPOCH_UNIT("timestamp of another epoch unit", "logs.lines.timestampFormat"),
  SKIPPED_TIME("local time that the zone skips", "logs.lines.zone"),
  UNKNOWN_ZONE("zone name unknown or ambiguous", "logs.lines.zone"),
  TOO_LONG("longer than the limit", "logs.files.maxLineLength"),
  WRONG_ENCODING("of another encoding", "logs.files.encoding");

  private final String words;
  private final String key;

  RejectReason(String words, String key) {
    this.words = words;
    this.key = key;
  }

  /** The reason for a person. */
  public String words() {
    return words;
  }

  /** The settings key that resolves it; empty where there is none. */
  public String key() {
    return key;
  }

  /** Whether such a line may go on the entry before it. */
  boolean isContinuation() {
    return switch (this) {
      case BLANK, NO_HEADER, NOT_JSON, NO_CONTENT, NO_TIMESTAMP, BAD_TIMESTAMP, UNKNOWN_ZONE ->
          true;
      default -> false;
    };
  }
}
