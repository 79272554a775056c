package io.longcast.anomaly.logs.template;

import java.util.List;

/** Masks that serve all systems tried so far: none of them names a system. */
public final class DefaultMasks {
  private static final String HEX = "[0-9a-fA-F]";
  private static final String UUID = HEX + "{8}(?:-" + HEX + "{4}){3}-" + HEX + "{12}";
  private static final String ADDRESS = "/?(?:\\d{1,3}\\.){3}\\d{1,3}(?::\\d+)?";
  private static final String SIZE = "\\d+(?:\\.\\d+)? ?";

  /** In the order in which they apply. */
  public static final List<String> ALL =
      List.of(
          // Fri Jul  1 07:57:30 2005
          "\\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?"
              + "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* +\\d{1,2} "
              + "\\d{2}:\\d{2}:\\d{2}(?: [A-Z]{3,4})?(?: \\d{4})?",
          // IPv4 addresses with port, lists of them, and the host name that follows in brackets
          "(?<![\\w.])" + ADDRESS + "(?:," + ADDRESS + ")*(?![\\w.])(?: \\([\\w.-]*\\))?",
          "\\b\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?Z?",
          // blk_-123, req-<uuid>, job-7
          "\\b[a-z]+[_-]-?(?:\\d+|" + UUID + ")\\b",
          "\\b" + UUID + "\\b",
          // host.name:port
          "(?<![\\w.])(?:[a-zA-Z0-9_-]+\\.)+[a-zA-Z]{2,}:\\d+\\b",
          // 1190 bytes (1.16 KB); 12 ms
          "(?<![\\w.])" + SIZE + "(?:bytes?|[KMGT]i?B)\\b(?: \\(" + SIZE + "[KMGT]i?B\\))?",
          "(?<![\\w.])<?" + SIZE + "(?:ms|sec|secs|seconds|min|minutes)\\b",
          // long hexadecimal numbers
          "\\b(?=[a-fA-F]*\\d)" + HEX + "{8,}\\b",
          // paths and addresses of pages
          "(?<![\\w<])(?:https?:/)?/[\\w.%~$+@:<>*/-]*(?:\\?[^\\s\"]*)?",
          "(?<=\\bfor user )[\\w.-]+");

  private DefaultMasks() {}
}
