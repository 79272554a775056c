package io.longcast.logs.sequence;

import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Why a session differs from normal ones, as text with message keys: a key is a number to the
 * checks, and the text of its template to the reader.
 *
 * @param parts texts and keys in reading order
 */
public record FindingReason(List<Part> parts) implements Serializable {
  private static final int MAX_PARTS = 1 << 16;
  private static final int MAX_TEXT = 1 << 20;

  /**
   * A piece of the reason.
   *
   * @param text the words; empty for a key
   * @param key the message key; {@value #NO_KEY} for words
   */
  record Part(String text, int key) implements Serializable {
    static final int NO_KEY = Integer.MIN_VALUE;

    static Part text(String text) {
      return new Part(text, NO_KEY);
    }

    static Part key(int key) {
      return new Part("", key);
    }
  }

  public FindingReason {
    parts = List.copyOf(parts);
  }

  /** A reason that mentions no key. */
  public static FindingReason of(String text) {
    return new FindingReason(List.of(Part.text(text)));
  }

  /** As a field of a state; to restore one, any. */
  static FindingReason field(StateFields fields, FindingReason now) {
    int count = fields.count(now.parts.size(), MAX_PARTS);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Part part = i < now.parts.size() ? now.parts.get(i) : Part.text("");
      parts.add(new Part(fields.text(part.text(), MAX_TEXT), (int) fields.number(part.key())));
    }
    return new FindingReason(parts);
  }

  /** The reason with each key by its name. */
  public String text(IntFunction<String> nameOfKey) {
    return parts.stream()
        .map(part -> part.key() == Part.NO_KEY ? part.text() : nameOfKey.apply(part.key()))
        .collect(Collectors.joining());
  }

  /** The reason with each key by its number. */
  @Override
  public String toString() {
    return text(key -> "key " + key);
  }
}
