package io.longcast.anomaly.logs.template;

import java.util.List;

/**
 * Masks of what varies in the logs of any system: none of them names one. Each says which
 * characters a line must hold for it to be worth a try.
 */
final class DefaultMasks {
  private static final String HEX = "[0-9a-fA-F]";
  private static final String UUID = HEX + "{8}(?:-" + HEX + "{4}){3}-" + HEX + "{12}";
  private static final String ADDRESS = "/?(?:\\d{1,3}\\.){3}\\d{1,3}(?::\\d+)?";
  private static final String SIZE = "\\d+(?:\\.\\d+)? ?";

  /** In the order in which they apply. */
  static final List<Mask> ALL =
      List.of(
          // Fri Jul  1 07:57:30 2005
          new Mask(
              "\\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?"
                  + "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* +\\d{1,2} "
                  + "\\d{2}:\\d{2}:\\d{2}(?: [A-Z]{3,4})?(?: \\d{4})?",
              "0:"),
          // IPv4 addresses with port, lists of them, and the host name that follows in brackets
          new Mask(
              "(?<![\\w.])" + ADDRESS + "(?:," + ADDRESS + ")*(?![\\w.])(?: \\([\\w.-]*\\))?",
              "0."),
          new Mask("\\b\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?Z?", "0-:"),
          // the addresses of network cards and IPv6
          new Mask("\\b(?:" + HEX + "{2}[:-]){5}" + HEX + "{2}\\b", "0"),
          new Mask(
              "(?<![\\w:])(?=[0-9a-fA-F:]*"
                  + HEX
                  + ":)(?:"
                  + HEX
                  + "{0,4}:){2,7}"
                  + HEX
                  + "{0,4}(?![\\w:])",
              ":"),
          // blk_-123, req-<uuid>, job-7
          new Mask("\\b[a-z]+[_-]-?(?:\\d+|" + UUID + ")\\b", "0"),
          new Mask("\\b" + UUID + "\\b", "-"),
          // host.name:port, and names of hosts and packages with two dots or more
          new Mask("(?<![\\w.])(?:[a-zA-Z0-9_-]+\\.)+[a-zA-Z]{2,}:\\d+\\b", "0.:"),
          new Mask("(?<![\\w.$])(?:[a-z0-9_-]+\\.){2,}[a-z]{2,}(?![\\w.$(])", "."),
          // 1190 bytes (1.16 KB); 12 ms
          new Mask(
              "(?<![\\w.])" + SIZE + "(?:bytes?|[KMGT]i?B)\\b(?: \\(" + SIZE + "[KMGT]i?B\\))?",
              "0"),
          new Mask("(?<![\\w.])<?" + SIZE + "(?:ms|sec|secs|seconds|min|minutes)\\b", "0"),
          // hexadecimal numbers
          new Mask("\\b(?=[a-fA-F]*\\d)" + HEX + "{6,}\\b", "0"),
          // the one letter of a rack, a unit, a thread: R02-M1-N0, u0
          new Mask("(?<![a-zA-Z0-9])[a-zA-Z](?=\\d)", "0"),
          // paths and addresses of pages
          new Mask("(?<![\\w<])(?:https?:/)?/[\\w.%~$+@:<>*/-]*(?:\\?[^\\s\"]*)?", "/"),
          new Mask("\\b(?:true|false)\\b", "e"),
          new Mask("(?<=\\bfor user )[\\w.-]+", "u"));

  private DefaultMasks() {}
}
