package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.pipeline.StageClock;
import org.apache.spark.sql.SparkSession;

/** What a command does once Spark has started. */
@FunctionalInterface
interface CommandBody {

  /** Runs the command and returns its result. */
  CommandResult run(SparkSession spark, RunSpec run, StageClock clock);
}
