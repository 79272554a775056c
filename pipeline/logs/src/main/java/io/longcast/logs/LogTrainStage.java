package io.longcast.logs;

import io.longcast.logs.language.KeyTrainer;
import io.longcast.logs.sequence.NormalSessions;
import io.longcast.logs.template.Template;
import io.longcast.logs.template.TemplateStage;
import io.longcast.settings.SettingException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns what is normal in a log. */
public final class LogTrainStage {
  private static final Logger LOG = LoggerFactory.getLogger(LogTrainStage.class);

  private LogTrainStage() {}

  /**
   * The templates of the training lines. Two shuffles.
   *
   * @param lines as {@link io.longcast.logs.line.LogReadStage} reads them
   */
  public static List<Template> templates(Dataset<Row> lines, LogSpec spec) {
    JavaRDD<String> contents =
        lines
            .filter(functions.col("reason").isNull().and(isOld(spec)))
            .select("content")
            .as(Encoders.STRING())
            .toJavaRDD();
    return TemplateStage.learn(contents, spec.templates());
  }

  private static Column isOld(LogSpec spec) {
    Column time = functions.col("timestamp");
    return spec.trainBefore()
        .map(any -> time.isNull().or(time.lt(new Timestamp(spec.trainBeforeMillis()))))
        .orElse(functions.lit(true));
  }

  /**
   * Learns the normal sessions. One shuffle groups lines by session, a small one counts the
   * sessions. Sessions that end after {@code trainBefore} and sessions with a line that matches no
   * template are excluded.
   *
   * @throws IllegalArgumentException if no line has a session
   */
  public static SequenceModel sequences(
      Dataset<Row> lines, List<Template> templates, LogSpec spec, KeyTrainer trainer) {
    long before = spec.trainBeforeMillis();
    JavaRDD<LogSession> old =
        SessionStage.sessions(lines, templates, spec.templates())
            .filter(session -> session.millis()[session.millis().length - 1] < before);
    NormalSessions normal =
        SessionCountStage.count(old, templates.size(), spec.sequences().distinctSessions())
            .orElseThrow(() -> nothingToLearn(lines));
    LOG.info(
        "learned {} templates, {} sessions, {} of them distinct",
        templates.size(),
        normal.kept().total(),
        normal.kept().counts().length);
    if (spec.trainBefore().isEmpty()) {
      LOG.warn(
          "all sessions of the log are taken for normal: if it may hold faults, say until when it was"
              + " known to be normal (key logs.trainBefore)");
    }
    sayWhatLimits(normal, AlarmShares.of(spec.sequences().alarmBudget(), normal));
    return SequenceModel.fit(normal, spec.sequences(), trainer);
  }

  private static SettingException nothingToLearn(Dataset<Row> lines) {
    LogLineCounts counts = LogLineCounts.of(lines);
    counts.requireUsed();
    return new SettingException(
        List.of("logs.trainBefore", "logs.templatesFrom"),
        "no session can be learned from, of "
            + counts
            + ": none ends before trainBefore, or each has a line that fits no template");
  }

  private static void sayWhatLimits(NormalSessions normal, AlarmShares shares) {
    if (shares.isOverdrawn()) {
      LOG.warn(
          "a normal session has a message that none of {} has with a chance of {}, more than the"
              + " alarm budget of {} (key logs.sequences.alarmBudget): learn from more normal"
              + " sessions",
          normal.all().sessions(),
          String.format(Locale.ROOT, "%.2g", shares.unseen()),
          shares.budget());
    }
    if (normal.leftOut() > shares.content() * normal.all().sessions()) {
      LOG.warn(
          "{} of {} normal sessions are too rare to be kept, and more than {} of them may be alarmed:"
              + " keep more (key logs.sequences.distinctSessions)",
          normal.leftOut(),
          normal.all().sessions(),
          String.format(Locale.ROOT, "%.2g", shares.content()));
    }
    if (normal.unmatchedLines() > 0) {
      LOG.warn(
          "{} lines fit no template, their sessions are not learned from: complete the templates"
              + " (key logs.templatesFrom)",
          normal.unmatchedLines());
    }
  }
}
