package io.longcast.train;

import io.longcast.train.round.Floats;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The result of a run.
 *
 * @param parameters of the kept weights
 * @param updaterState averaged over the shards at the last round; empty without one
 * @param steps updates each shard made
 * @param rounds averages taken
 * @param validationLoss of the kept weights, NaN without validation windows
 * @param numerics of every executor that took part
 * @param dataFingerprint of the shards
 * @param history a record a round; of an ensemble the members' one after another, each from its
 *     round 1
 * @param recoveries what was done about failed rounds
 */
public record TrainingResult(
    float[] parameters,
    float[] updaterState,
    long steps,
    long rounds,
    double validationLoss,
    String numerics,
    String dataFingerprint,
    List<RoundRecord> history,
    List<TrainingRecovery> recoveries) {

  public TrainingResult {
    parameters = parameters.clone();
    updaterState = updaterState.clone();
    history = List.copyOf(history);
    recoveries = List.copyOf(recoveries);
  }

  /**
   * The members of an ensemble as one result: parameters and updater states one after the other in
   * the order of the members, the mean of their validation losses, and of each its history and
   * recoveries.
   */
  public static TrainingResult joined(List<TrainingResult> members) {
    TrainingResult first = members.get(0);
    return new TrainingResult(
        Floats.joined(members.stream().map(TrainingResult::parameters).toList()),
        Floats.joined(members.stream().map(TrainingResult::updaterState).toList()),
        first.steps,
        first.rounds,
        members.stream().mapToDouble(TrainingResult::validationLoss).average().orElse(Double.NaN),
        first.numerics,
        first.dataFingerprint,
        members.stream().flatMap(member -> member.history.stream()).toList(),
        IntStream.range(0, members.size())
            .boxed()
            .flatMap(m -> members.get(m).recoveries.stream().map(one -> one.ofMember(m + 1)))
            .toList());
  }

  /** The rounds of each member: a member begins where the rounds count from their start again. */
  public static List<List<RoundRecord>> byMember(List<RoundRecord> history) {
    List<List<RoundRecord>> members = new ArrayList<>();
    long last = Long.MAX_VALUE;
    for (RoundRecord record : history) {
      if (record.round() <= last) {
        members.add(new ArrayList<>());
      }
      members.get(members.size() - 1).add(record);
      last = record.round();
    }
    return members;
  }

  @Override
  public float[] parameters() {
    return parameters.clone();
  }

  @Override
  public float[] updaterState() {
    return updaterState.clone();
  }

  /** SHA-256 over the parameters as little-endian floats, in hexadecimal. */
  public String parametersSha256() {
    return Floats.sha256(parameters);
  }
}
