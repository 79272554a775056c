package io.longcast.logs.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Literal text with fields between, blanks of any number, and optional parts. It must match the
 * whole text. {@link FieldMatcher} matches it in linear time.
 */
public final class FieldPattern {
  /** What one piece matches. */
  public enum Kind {
    /** Its text. */
    LITERAL,
    /** One blank or more, as many as lead to a match. */
    BLANKS,
    /** Anything, as little as leads to a match; the text is its name. */
    FIELD,
    /** Anything, as much as leads to a match; the text is its name. */
    WIDE_FIELD,
    /** From here to its end, there or not. */
    OPTIONAL,
    /** The end of an optional part. */
    OPTIONAL_END,
    /** The end of the text; not given, it is always there. */
    END;

    boolean isField() {
      return this == FIELD || this == WIDE_FIELD;
    }

    /** Whether there may be several ways to match it at one place. */
    boolean isChoice() {
      return isField() || this == BLANKS || this == OPTIONAL;
    }
  }

  /**
   * One piece of a pattern as it is written.
   *
   * @param text of a literal, name of a field, otherwise empty
   */
  public record Piece(Kind kind, String text) {}

  /**
   * A piece with the number of its successor.
   *
   * @param next number of the part behind it
   * @param inner number of the first part inside an optional one, whose last part leads to next
   */
  record Part(Kind kind, String text, int next, int inner) {}

  private final List<Part> parts = new ArrayList<>();
  private final int first;

  /**
   * @throws IllegalArgumentException if optional parts do not begin and end in pairs
   */
  public FieldPattern(List<Piece> pieces) {
    parts.add(new Part(Kind.END, "", -1, -1));
    first = compile(pieces);
  }

  /** Compiles from the last piece to the first, because each refers to its successor. */
  private int compile(List<Piece> pieces) {
    Deque<Integer> behindOptional = new ArrayDeque<>();
    int next = 0;
    for (int i = pieces.size() - 1; i >= 0; i--) {
      Piece piece = pieces.get(i);
      switch (piece.kind()) {
        case OPTIONAL_END -> behindOptional.push(next);
        case OPTIONAL -> {
          requirePairs(!behindOptional.isEmpty());
          next = add(new Part(Kind.OPTIONAL, "", behindOptional.pop(), next));
        }
        default -> next = add(new Part(piece.kind(), piece.text(), next, -1));
      }
    }
    requirePairs(behindOptional.isEmpty());
    return next;
  }

  private static void requirePairs(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("optional parts must begin and end in pairs");
    }
  }

  private int add(Part part) {
    parts.add(part);
    return parts.size() - 1;
  }

  /** Number of the part that a match begins with. */
  int first() {
    return first;
  }

  /** All parts by their numbers; the end is number 0. */
  List<Part> parts() {
    return parts;
  }
}
