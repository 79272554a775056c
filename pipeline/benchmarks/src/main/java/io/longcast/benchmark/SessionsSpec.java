package io.longcast.benchmark;

import io.longcast.settings.SettingChecks;
import java.util.List;

/**
 * Labelled sessions of log keys (HDFS).
 *
 * @param train pattern of the files of normal sessions to learn from, such as {@code hdfs_train*}
 * @param normal of the normal sessions to evaluate
 * @param abnormal of the abnormal ones
 * @param fewer sizes of smaller training sets that are tried as well
 * @param allAbnormal abnormal sessions of the whole collection, by which precision is corrected
 * @param allNormal its normal sessions
 */
public record SessionsSpec(
    String train,
    String normal,
    String abnormal,
    List<Integer> fewer,
    long allAbnormal,
    long allNormal) {

  public SessionsSpec {
    fewer = List.copyOf(fewer);
    fewer.forEach(size -> SettingChecks.atLeast(size, 1, "benchmark.sessions.fewer"));
    SettingChecks.atLeast(allAbnormal, 1, "benchmark.sessions.allAbnormal");
    SettingChecks.atLeast(allNormal, 1, "benchmark.sessions.allNormal");
  }
}
