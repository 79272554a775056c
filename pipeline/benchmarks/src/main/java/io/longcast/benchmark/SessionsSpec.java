package io.longcast.benchmark;

import java.util.List;

/**
 * Labelled sessions of log keys (HDFS).
 *
 * @param train pattern of the files of normal sessions to learn from, such as {@code hdfs_train*}
 * @param normal of the normal sessions to judge
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
    fewer.forEach(size -> Bounds.atLeast(1, size, "benchmark.sessions.fewer"));
    Bounds.atLeast(1, (int) Math.min(allAbnormal, 1L << 30), "benchmark.sessions.allAbnormal");
    Bounds.atLeast(1, (int) Math.min(allNormal, 1L << 30), "benchmark.sessions.allNormal");
  }
}
