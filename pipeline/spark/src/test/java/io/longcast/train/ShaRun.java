package io.longcast.train;

import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable;
import io.longcast.model.TrainableFactory;
import io.longcast.model.dl4j.configured.Configurations;
import io.longcast.model.dl4j.configured.ConfiguredNetwork;
import io.longcast.model.network.NetworkFactory;
import io.longcast.model.network.Specs;
import io.longcast.series.CalendarSpec;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.shard.ShardStage;
import io.longcast.shard.ShardedBlocks;
import io.longcast.train.dl4j.Dl4jNumerics;
import io.longcast.train.round.JvmNumerics;
import io.longcast.train.round.RoundMode;
import io.longcast.train.round.Seeds;
import io.longcast.window.CutterSpec;
import io.longcast.window.HoldoutBlock;
import io.longcast.window.SamplingSpec;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerSpeculativeTaskSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * A driver for the tests of equal bits: trains one small model on each master in turn and prints
 * one hash a master. Arguments are {@code key=value}: masters and modes of rounds (separated by
 * {@code ;}), partitions and order of the input, rounds at which an executor is killed, checkpoint
 * folder, resume, steps, model (network, dl4j for a configuration of DL4J's own layers, or linear),
 * slow (an executor that straggles), disorder (the seed of waits by which shards end in another
 * order in every round, the first of them always late), hold (the round after which the driver
 * waits to be killed), door (ours, or dl4j for the training master).
 */
public final class ShaRun {
  private static final int SHARDS = 4;

  private final Map<String, String> arguments;
  private RoundMode rounds;
  private final AtomicInteger killed = new AtomicInteger();
  private final AtomicInteger speculated = new AtomicInteger();
  private final AtomicInteger disordered = new AtomicInteger();

  private ShaRun(Map<String, String> arguments) {
    this.arguments = arguments;
  }

  public static void main(String[] arguments) {
    Map<String, String> map = new HashMap<>();
    for (String argument : arguments) {
      int at = argument.indexOf('=');
      map.put(argument.substring(0, at), argument.substring(at + 1));
    }
    ShaRun run = new ShaRun(map);
    for (String master : map.get("masters").split(";")) {
      for (String rounds : map.getOrDefault("rounds", "auto").split(";")) {
        run.rounds = RoundMode.valueOf(rounds.toUpperCase(Locale.ROOT));
        run.on(master);
      }
    }
  }

  private String argument(String key, String otherwise) {
    return arguments.getOrDefault(key, otherwise);
  }

  private void on(String master) {
    SparkConf conf = new SparkConf().setMaster(master).setAppName("sha");
    conf.set("spark.executor.memory", "512m").set("spark.executor.cores", "1");
    arguments.forEach(
        (key, value) -> {
          if (key.startsWith("spark.")) {
            conf.set(key, value);
          }
        });
    try (JavaSparkContext context = new JavaSparkContext(conf)) {
      context.sc().addSparkListener(new CountingSpeculation());
      context.sc().addSparkListener(new CountingDisorder());
      if (argument("door", "ours").equals("dl4j")) {
        print("SHA " + Dl4jTraining.parametersSha256(context, SHARDS) + " on " + master);
        return;
      }
      TrainingResult result = train(context);
      print("SHA " + result.parametersSha256() + " on " + master);
      print("ROUNDS " + result.history().get(0).round() + ".." + result.rounds());
      print("KILLED " + killed + " SPECULATED " + speculated);
      print("DISORDERED " + disordered);
    }
  }

  private static void print(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private TrainingResult train(JavaSparkContext context) {
    List<Segment> segments = new ArrayList<>(SegmentShards.segments(24, 5));
    int order = Integer.parseInt(argument("order", "0"));
    if (order != 0) {
      Collections.shuffle(segments, new Random(order));
    }
    SplitSpec splits = new SplitSpec(1, 0, 0, 0, 0);
    SeriesLayout layout = SeriesLayout.of("value");
    ShardedBlocks blocks =
        ShardStage.shard(
            context.parallelize(segments, Integer.parseInt(argument("partitions", "3"))),
            layout,
            SegmentShards.WINDOW,
            splits,
            SHARDS);
    TrainingSpec spec = spec();
    CutterSpec cutters = new CutterSpec(SegmentShards.WINDOW, layout, CalendarSpec.NONE, false);
    SamplingSpec sampling = new SamplingSpec(SamplingSpec.Order.PERMUTATION, 0.5);
    var data =
        TrainingData.of(
            blocks, cutters, splits, sampling, HoldoutBlock.NONE, spec.seed(), Map.of());
    Trainer trainer =
        new Trainer(
            context,
            factory(),
            spec,
            argument("model", "network").equals("dl4j") ? Dl4jNumerics::text : JvmNumerics::text,
            (record, all) -> afterRound(context, record));
    TrainingResult result =
        Boolean.parseBoolean(argument("resume", "false"))
            ? trainer.resume(data)
            : trainer.fit(data);
    blocks.close();
    return result;
  }

  private TrainingSpec spec() {
    TrainingSpec spec = SegmentShards.spec(SHARDS, 2, Integer.parseInt(argument("steps", "40")));
    spec = argument("model", "network").equals("dl4j") ? spec.withPeakRate(1) : spec;
    Optional<String> folder = Optional.ofNullable(arguments.get("checkpoint"));
    spec = spec.withCheckpoint(new CheckpointSpec(folder, 3, Duration.ZERO, 2));
    return TrainingSpecs.withRounds(spec, rounds);
  }

  /** The forecasting network: two LSTM layers with dropout, skip, gate and quantiles. */
  private static NetworkFactory network() {
    ModelSpec recipe = Specs.recipe(3, 16, Specs.LEVELS, false);
    ModelSpec model =
        new ModelSpec(
            recipe.shape(),
            recipe.cell(),
            recipe.hiddenSize(),
            2,
            recipe.dropout(),
            recipe.seasonalPeriod(),
            recipe.patchLength(),
            recipe.scaling(),
            recipe.skip(),
            new ModelSpec.Gate(2),
            recipe.convolution(),
            recipe.statics(),
            recipe.output(),
            recipe.decoder(),
            recipe.updater());
    WindowSpec window = SegmentShards.WINDOW;
    return new NetworkFactory(model, NetworkInputs.of(window.contextLength(), window.horizon()));
  }

  /** Two LSTM layers of DL4J's own, with dropout. */
  private static TrainableFactory configured() {
    WindowSpec window = SegmentShards.WINDOW;
    return new ConfiguredNetwork(
        Configurations.spec(Configurations.twoLstms(window.horizon())),
        NetworkInputs.of(window.contextLength(), window.horizon()));
  }

  private TrainableFactory factory() {
    TrainableFactory plain =
        switch (argument("model", "network")) {
          case "network" -> network();
          case "dl4j" -> configured();
          default -> SegmentShards.factory();
        };
    if (arguments.containsKey("disorder")) {
      long seed = Long.parseLong(arguments.get("disorder"));
      return () -> new Disorderly(plain.open(), seed);
    }
    return arguments.containsKey("slow") ? () -> new Straggler(plain.open()) : plain;
  }

  private void afterRound(JavaSparkContext context, RoundRecord record) {
    print("ROUND " + record.round());
    String round = Long.toString(record.round());
    if (argument("hold", "").equals(round)) {
      print("HOLDING");
      LockSupport.parkNanos(Duration.ofMinutes(5).toNanos());
    }
    if (Arrays.asList(argument("kill", "").split(",")).contains(round)) {
      killOneExecutor(context.sc().applicationId());
    }
  }

  private void killOneExecutor(String application) {
    ProcessHandle victim =
        ProcessHandle.allProcesses()
            .filter(process -> isExecutorOf(process, application))
            .findFirst()
            .orElseThrow();
    victim.destroyForcibly();
    killed.incrementAndGet();
    print("KILLED pid " + victim.pid());
  }

  private static boolean isExecutorOf(ProcessHandle process, String application) {
    try {
      Path line = Path.of("/proc/" + process.pid() + "/cmdline");
      TreeSet<String> words = new TreeSet<>(Arrays.asList(Files.readString(line).split("\0")));
      return words.contains("org.apache.spark.executor.CoarseGrainedExecutorBackend")
          && words.contains(application);
    } catch (IOException e) {
      return false;
    }
  }

  private final class CountingSpeculation extends SparkListener {
    @Override
    public void onSpeculativeTaskSubmitted(SparkListenerSpeculativeTaskSubmitted event) {
      speculated.incrementAndGet();
    }
  }

  /** Counts tasks that end before one of the same stage with a lower number. */
  private final class CountingDisorder extends SparkListener {
    private final Map<Integer, Integer> last = new HashMap<>();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
      int index = event.taskInfo().index();
      Integer before = last.put(event.stageId(), index);
      if (before != null && before > index) {
        disordered.incrementAndGet();
      }
    }
  }

  /** Waits by a hash of seed, replica and step; the first replica of a JVM always longest. */
  private static final class Disorderly extends DelegatingTrainable {
    private static final AtomicInteger OPENED = new AtomicInteger();
    private static final int MOST_MILLIS = 20;

    private final int replica = OPENED.getAndIncrement();
    private final long seed;

    Disorderly(Trainable inner, long seed) {
      super(inner);
      this.seed = seed;
    }

    @Override
    public StepReport step(WindowBatch batch, StepSettings settings) {
      long random = Seeds.mix(Seeds.mix(seed + replica) + settings.iteration());
      long millis = replica == 0 ? 2 * MOST_MILLIS : Math.floorMod(random, MOST_MILLIS);
      LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
      return super.step(batch, settings);
    }
  }

  /** Slow on the first executor only. */
  private static final class Straggler extends DelegatingTrainable {
    Straggler(Trainable inner) {
      super(inner);
    }

    @Override
    public StepReport step(WindowBatch batch, StepSettings settings) {
      if (SparkEnv.get().executorId().equals("0")) {
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
      }
      return super.step(batch, settings);
    }
  }
}
