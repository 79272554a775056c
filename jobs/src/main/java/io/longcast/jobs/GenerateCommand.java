package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.flow.GenerateFlow;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast generate}. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = "Writes a seeded sample of series or logs with labels.")
final class GenerateCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    RunSpec run = options.settings().spec();
    try (SparkSession spark = Sessions.start("generate", options.master())) {
      GenerateFlow.Written written = GenerateFlow.run(spark, run.generate(), run.output().path());
      System.out.println("observations: " + written.observations() + " (" + written.format() + ")");
      System.out.println("labels:       " + written.labels());
    }
    return 0;
  }
}
