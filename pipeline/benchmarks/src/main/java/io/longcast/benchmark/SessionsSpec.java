package io.longcast.benchmark;

import io.longcast.settings.SettingChecks;
import java.util.List;
import java.util.Optional;

/**
 * Labelled sessions of log keys (HDFS).
 *
 * @param train pattern of the files of normal sessions to learn from, such as {@code hdfs_train*}
 * @param normal of the normal sessions to evaluate
 * @param abnormal of the abnormal ones
 * @param fewer sizes of smaller training sets that are tried as well
 * @param allAbnormal abnormal sessions of the whole collection, by which precision is corrected;
 *     none: it is reported as it is
 * @param allNormal its normal sessions; with {@code allAbnormal}
 */
public record SessionsSpec(
    String train,
    String normal,
    String abnormal,
    List<Integer> fewer,
    Optional<Long> allAbnormal,
    Optional<Long> allNormal) {

  public SessionsSpec {
    fewer = List.copyOf(fewer);
    fewer.forEach(size -> SettingChecks.atLeast(size, 1, "benchmark.sessions.fewer"));
    allAbnormal.ifPresent(
        count -> SettingChecks.atLeast(count, 1, "benchmark.sessions.allAbnormal"));
    allNormal.ifPresent(count -> SettingChecks.atLeast(count, 1, "benchmark.sessions.allNormal"));
    SettingChecks.require(
        allAbnormal.isPresent() == allNormal.isPresent(),
        "benchmark.sessions.allNormal",
        "given where allAbnormal is given",
        allNormal);
  }
}
