package io.longcast.anomaly.logs;

import io.longcast.anomaly.logs.language.KeyModelSpec;
import io.longcast.anomaly.logs.language.KeyTrainingSpec;
import io.longcast.anomaly.logs.line.LineSpec;
import io.longcast.anomaly.logs.sequence.CountVectorSpec;
import io.longcast.anomaly.logs.template.TemplateSpec;
import java.io.Serializable;
import java.util.List;

/**
 * Anomalies in logs: section {@code logs}.
 *
 * @param paths of the log files; default: none
 * @param lines how they are read
 * @param templates how messages become keys
 * @param counts count vectors of a session
 * @param model language model of keys
 * @param training of the language model
 * @param rankTop most probable keys that are allowed at each place where the language model
 *     detects, at least 1; default 10
 * @param enoughSessions normal sessions from which counts detect and the language model explains;
 *     below, the language model detects; at least 1; default 1000
 * @param gapFactor by which the time between two messages may exceed the longest seen, at least 1;
 *     default 3
 * @param distinctSessions most distinct normal sessions kept, the most frequent first; at least 1;
 *     default 100000
 */
public record LogSpec(
    List<String> paths,
    LineSpec lines,
    TemplateSpec templates,
    CountVectorSpec counts,
    KeyModelSpec model,
    KeyTrainingSpec training,
    int rankTop,
    int enoughSessions,
    double gapFactor,
    int distinctSessions)
    implements Serializable {

  public LogSpec {
    paths = List.copyOf(paths);
    require(rankTop >= 1, "rankTop", rankTop);
    require(enoughSessions >= 1, "enoughSessions", enoughSessions);
    require(gapFactor >= 1, "gapFactor", gapFactor);
    require(distinctSessions >= 1, "distinctSessions", distinctSessions);
  }

  private static void require(boolean holds, String key, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(
          key + " must be >= 1, found " + found + " (key logs." + key + ")");
    }
  }
}
