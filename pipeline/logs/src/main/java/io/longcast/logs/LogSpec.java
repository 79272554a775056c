package io.longcast.logs;

import io.longcast.logs.generate.LogGenerateSpec;
import io.longcast.logs.language.KeyModelSpec;
import io.longcast.logs.line.LineSpec;
import io.longcast.logs.line.LogFileSpec;
import io.longcast.logs.template.TemplateSpec;
import io.longcast.logs.text.LinearPattern;
import io.longcast.settings.SettingChecks;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Anomalies in logs: section {@code logs}. A run whose section names paths works on logs.
 *
 * @param paths of the log files; none: the run works on a table of observations; default: none
 * @param trainBefore sessions whose last line is older are learned from, an ISO 8601 instant;
 *     absent: all; default: absent
 * @param files how they are read
 * @param lines how entries are written in them
 * @param templates how messages become keys
 * @param templatesFrom folder of a templates table that a person has edited, in place of learning
 *     them; default: absent
 * @param sequences how sessions are scored
 * @param model language model of keys; section {@code training} says how it is trained
 * @param timeout after which a stream takes a silent session for ended, positive; default 10
 *     minutes
 * @param endPattern regular expression (RE2 syntax) that is found in the last message of a session:
 *     a stream gives its verdict on the session at once; absent: none; default: absent
 * @param options of Spark's stream of files, such as {@code maxFilesPerTrigger}; default: none
 * @param kafka the topic whose messages a stream takes in place of files
 * @param values whether the numbers in the lines are written as the table log_values, one series a
 *     template and place, for the metric detector; default false
 * @param valuesBy regular expression (RE2 syntax) whose first group, found in a line's session,
 *     names the device that its numbers are of, so that each device has series of its own; absent:
 *     one series for all; default: absent
 * @param generate the log that {@code longcast generate} writes
 */
public record LogSpec(
    List<String> paths,
    Optional<String> trainBefore,
    LogFileSpec files,
    LineSpec lines,
    TemplateSpec templates,
    Optional<String> templatesFrom,
    SequenceSpec sequences,
    KeyModelSpec model,
    Duration timeout,
    Optional<String> endPattern,
    Map<String, String> options,
    LogTopicSpec kafka,
    boolean values,
    Optional<String> valuesBy,
    LogGenerateSpec generate)
    implements Serializable {

  static final String VALUES_BY = "logs.valuesBy";
  static final String END_PATTERN = "logs.endPattern";

  public LogSpec {
    paths = List.copyOf(paths);
    options = Map.copyOf(options);
    SettingChecks.require(
        !timeout.isNegative() && !timeout.isZero(), "logs.timeout", "longer than 0", timeout);
    trainBefore.ifPresent(LogSpec::requireInstant);
    endPattern.ifPresent(regex -> LinearPattern.of(regex, END_PATTERN));
    valuesBy.ifPresent(regex -> LinearPattern.withGroup(regex, VALUES_BY));
    if (!paths.isEmpty() || kafka.isConfigured()) {
      lines.requireComplete();
    }
  }

  /** Whether the run works on logs, not on a table of observations. */
  public boolean isConfigured() {
    return !paths.isEmpty() || kafka.isConfigured();
  }

  private static void requireInstant(String text) {
    try {
      Instant.parse(text);
    } catch (DateTimeException e) {
      throw new SettingException(
          "logs.trainBefore", "trainBefore must be an ISO 8601 instant, found " + text, e);
    }
  }

  /** Milliseconds since the epoch before which a training session ends. */
  long trainBeforeMillis() {
    return trainBefore.map(text -> Instant.parse(text).toEpochMilli()).orElse(Long.MAX_VALUE);
  }
}
