package io.longcast.jobs;

import io.longcast.files.RunFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what this process writes beside its output in folders of its own, which its user alone can
 * enter and which do not outlive it: cached rows, spilled blocks, buffers of uploads, native
 * libraries that are unpacked.
 */
final class TemporaryFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFiles.class);
  private static final String JAVA = "java.io.tmpdir";
  private static final String SPARK = "spark.local.dir";
  private static final String HADOOP = "hadoop.tmp.dir";

  /** After Spark's own hooks and those of file systems, which still write or delete. */
  private static final int LAST = 0;

  /** The one below the JVM's own temporary folder; a process has one of these. */
  private static Path own;

  private TemporaryFiles() {}

  /** The settings of Spark that keep its temporary files in such folders. */
  static Map<String, String> settings(SparkConf conf) {
    Path folder = own();
    Map<String, String> settings = new LinkedHashMap<>();
    if (conf.get("spark.master").startsWith("local")) {
      if (conf.contains(SPARK)) {
        settings.put(SPARK, below(conf.get(SPARK)));
      }
      boolean isDefault = new Configuration().getRaw(HADOOP).equals("/tmp/hadoop-${user.name}");
      if (isDefault && !conf.contains("spark.hadoop." + HADOOP)) {
        settings.put("spark.hadoop." + HADOOP, folder.resolve("hadoop").toString());
      }
    }
    return settings;
  }

  private static synchronized Path own() {
    if (own == null) {
      own = opened(Path.of(System.getProperty(JAVA)));
      System.setProperty(JAVA, own.toString());
      closeNativeLibraries();
    }
    return own;
  }

  private static String below(String folders) {
    return Arrays.stream(folders.split(","))
        .map(folder -> opened(Path.of(folder.trim())).toString())
        .collect(Collectors.joining(","));
  }

  private static Path opened(Path parent) {
    RunFolder folder = RunFolder.open(parent);
    ShutdownHookManager.get().addShutdownHook(folder::close, LAST);
    return folder.path();
  }

  /** DL4J's libraries are unpacked once for each user; others must not put theirs there. */
  private static void closeNativeLibraries() {
    String otherwise = System.getProperty("user.home") + "/.javacpp/cache";
    Path cache = Path.of(System.getProperty("org.bytedeco.javacpp.cachedir", otherwise));
    try {
      RunFolder.makePrivate(cache);
      RunFolder.closeToOthers(cache);
    } catch (IOException notOurs) {
      LOG.debug("{} is left as it is", cache, notOurs);
    }
  }

  /** Where Spark keeps cached rows: it leaves the rights to them to the user's mask. */
  static void closeToOthers() {
    for (File folder : SparkEnv.get().blockManager().diskBlockManager().localDirs()) {
      try {
        if (Files.isDirectory(folder.toPath())) {
          RunFolder.closeToOthers(folder.toPath());
        }
      } catch (IOException notOurs) {
        LOG.debug("{} is left as it is", folder, notOurs);
      }
    }
  }
}
