package io.longcast.train;

import io.longcast.train.round.Fault;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was done about a failed round before it was repeated.
 *
 * @param member of the ensemble, from 1; 0 outside an ensemble
 * @param round that failed, from 1
 * @param action taken
 * @param remaining share of the learning rate's schedule, or of the clipping norm, that is left
 *     after the action; 1 where windows were excluded
 * @param excluded names of the windows that are excluded from now on
 * @param faults why the round failed, at least one
 */
public record TrainingRecovery(
    int member,
    long round,
    Action action,
    double remaining,
    List<String> excluded,
    List<Fault> faults)
    implements Serializable {

  /** What can be done about a failed round. */
  public enum Action {
    EXCLUDE_WINDOWS("windows-excluded"),
    LOWER_CLIP_NORM("clip-norm-lowered"),
    LOWER_RATE("rate-lowered");

    private final String event;

    Action(String event) {
      this.event = event;
    }

    /** The word of the column {@code event} of the training history. */
    public String event() {
      return event;
    }
  }

  public TrainingRecovery {
    excluded = List.copyOf(excluded);
    faults = List.copyOf(faults);
  }

  /** The same as of a member of an ensemble. */
  TrainingRecovery ofMember(int number) {
    return new TrainingRecovery(number, round, action, remaining, excluded, faults);
  }

  /** The failure alone, for a diagnosis. */
  static String failure(long round, List<Fault> faults) {
    return faults.stream()
        .map(Fault::toString)
        .collect(Collectors.joining(" | ", "round " + round + " failed: ", ""));
  }

  @Override
  public String toString() {
    return (member == 0 ? "" : "member " + member + ": ")
        + failure(round, faults)
        + " -> "
        + switch (action) {
          case EXCLUDE_WINDOWS -> "windows excluded: " + String.join(" | ", excluded);
          case LOWER_CLIP_NORM ->
              "gradients clipped to " + remaining + " of model.updater.gradientNorm";
          case LOWER_RATE -> "learning rate lowered to " + remaining + " of its schedule";
        };
  }
}
