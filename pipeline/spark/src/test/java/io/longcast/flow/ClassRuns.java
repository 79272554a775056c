package io.longcast.flow;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.functions;

/** Classifiers' runs on generated sources below a folder. */
record ClassRuns(Path folder) {

  /** A file of {@code conf/} on data that are generated as it says. */
  RunSpec of(String name, String... more) {
    Path file = Path.of(System.getProperty("longcast.root")).resolve("conf/" + name + ".conf");
    Path out = folder.resolve(name);
    List<String> words =
        new ArrayList<>(List.of("output.path=" + out, "labels.intervals=[\"" + out + "/labels\"]"));
    words.addAll(List.of(more));
    RunSpec run = RunFile.read(Optional.of(file), words).spec();
    GenerateFlow.Written written =
        GenerateFlow.run(SharedSession.get(), run.generate(), out.toString());
    return run.withSource(written.format(), written.observations());
  }

  /** Ten sensors of thirty days whose label is the half of the day, as a column of codes. */
  RunSpec coded(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "generate.series=10",
                "generate.steps=720",
                "training.steps=60",
                "training.shards=2",
                "training.refit=false",
                "labels.intervals=[]",
                "labels.column=code"));
    words.addAll(List.of(more));
    return withCodes(
        of("faults", words.toArray(String[]::new)), "cast(hour(timestamp) >= 12 as double)");
  }

  /** The same readings with other labels in the column {@code code}. */
  RunSpec withCodes(RunSpec run, String code) {
    String coded = folder.resolve("coded-" + code.hashCode()).toString();
    SharedSession.get()
        .read()
        .parquet(run.source().paths().get(0))
        .withColumn("code", functions.expr(code))
        .write()
        .mode("overwrite")
        .parquet(coded);
    return run.withSource("parquet", coded);
  }
}
