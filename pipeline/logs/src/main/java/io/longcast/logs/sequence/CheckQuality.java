package io.longcast.logs.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Alarm rates of a check on held-out normal sessions, and on the same sessions with one artificial
 * fault each. Needs no labels.
 *
 * @param falseAlarms share of the held-out normal sessions that it alarms
 * @param found share of the damaged ones that it alarms
 * @param sessions held-out sessions scored
 */
public record CheckQuality(double falseAlarms, double found, long sessions) {
  private static final int MOST_DAMAGED = 1000;

  /** Alarms of many sessions at once. */
  @FunctionalInterface
  public interface Alarms {
    List<Boolean> of(List<int[]> sessions);
  }

  /** The chance that one more normal session is alarmed. */
  public double chance() {
    return (falseAlarms * sessions + 1) / (sessions + 1);
  }

  /** Cross-validation: fits on all folds but one and evaluates on that one. */
  public static CheckQuality crossValidated(
      SessionSet normal, int folds, Function<SessionSet, SessionCheck> fit) {
    List<CheckQuality> parts = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      SessionSet held = fold(normal, fold, folds, true);
      SessionSet rest = fold(normal, fold, folds, false);
      if (held != null && rest != null) {
        SessionCheck check = fit.apply(rest);
        parts.add(of(held, s -> s.stream().map(one -> check.check(one).isPresent()).toList()));
      }
    }
    return together(parts);
  }

  /** The sessions of one fold, or of the others; null if there are none. */
  private static SessionSet fold(SessionSet all, int fold, int folds, boolean held) {
    List<int[]> sequences = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < all.counts().length; i++) {
      long count = all.counts()[i];
      long own = count / folds + ((fold + i) % folds < count % folds ? 1 : 0);
      long taken = held ? own : count - own;
      if (taken > 0) {
        sequences.add(all.sequences().get(i));
        counts.add(taken);
      }
    }
    return sequences.isEmpty()
        ? null
        : new SessionSet(
            sequences, counts.stream().mapToLong(Long::longValue).toArray(), all.keys());
  }

  /** Judges by sessions that were held out. */
  public static CheckQuality of(SessionSet held, Alarms alarms) {
    List<Boolean> wrong = alarms.of(held.sequences());
    long alarmed = 0;
    for (int i = 0; i < wrong.size(); i++) {
      alarmed += wrong.get(i) ? held.counts()[i] : 0;
    }
    List<int[]> damaged = new ArrayList<>();
    for (int i = 0; i < held.counts().length && damaged.size() < MOST_DAMAGED; i++) {
      damaged.addAll(Corruption.of(held.sequences().get(i), i));
    }
    long found = alarms.of(damaged).stream().filter(Boolean::booleanValue).count();
    return new CheckQuality(
        (double) alarmed / held.total(),
        damaged.isEmpty() ? 0 : (double) found / damaged.size(),
        held.total());
  }

  /** Several parts as one, by their sessions. */
  public static CheckQuality together(List<CheckQuality> parts) {
    long sessions = parts.stream().mapToLong(CheckQuality::sessions).sum();
    double all = Math.max(1, sessions);
    return new CheckQuality(
        parts.stream().mapToDouble(p -> p.falseAlarms * p.sessions).sum() / all,
        parts.stream().mapToDouble(p -> p.found * p.sessions).sum() / all,
        sessions);
  }
}
