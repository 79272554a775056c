package io.longcast.benchmark;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * The Numenta benchmark's rules on the files of a folder. Files are taken in the order of their
 * path; those without an entry among the labels have no window.
 *
 * @param dataFolder below the data folder; all {@code .csv} files below it, columns timestamp,
 *     value
 * @param labelFile JSON: path below {@code dataFolder} to a list of [start, end]
 * @param threshold alarm at or above it, frozen for all files and profiles
 * @param silence rows without an alarm after an alarm, at least 0
 */
public record NabSpec(String dataFolder, String labelFile, double threshold, int silence)
    implements Serializable {

  public NabSpec {
    SettingChecks.atLeast(silence, 0, "benchmark.nab.silence");
  }
}
