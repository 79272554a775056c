package io.longcast.alert;

import io.longcast.settings.SettingChecks;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where {@code longcast run} reports events.
 *
 * @param maxAge how long before the newest row that the last run saw an event may have ended to be
 *     reported, at least 0; default a day
 * @param file folder of files of JSON lines; empty: none
 * @param http endpoints that get a POST an alert; default none
 * @param kafka topics that get a record an alert; default none
 * @param attempts of a request before the rest is left to the next run, at least 1; default 5
 * @param backoff before the second attempt, doubled before each one after it, at least 0; default a
 *     second
 * @param timeout of a request, above 0; default 10 seconds
 */
public record AlertSpec(
    Duration maxAge,
    Optional<String> file,
    List<Http> http,
    List<Kafka> kafka,
    int attempts,
    Duration backoff,
    Duration timeout)
    implements Serializable {

  /**
   * An HTTP endpoint.
   *
   * @param name in messages and in the record of what was delivered; unique
   * @param url that is posted to; never logged
   * @param body template in JSON, see {@link BodyTemplate}; empty: all fields
   * @param headers of the request; never logged
   */
  public record Http(
      String name, String url, Optional<String> body, Optional<Map<String, String>> headers)
      implements Serializable {
    static final String ALL_FIELDS = "{{alert}}";

    public Http {
      headers = headers.map(Map::copyOf);
      URI uri = uri(name, url);
      if (uri.getHost() == null
          || uri.getScheme() == null
          || !Set.of("http", "https").contains(uri.getScheme())) {
        throw new SettingException(
            "alerts.http", "alerts.http: url of %s must be http(s)://host…".formatted(name));
      }
      template(name, body);
      headers.orElse(Map.of()).forEach((header, value) -> requireHeader(name, header, value));
    }

    private static void requireHeader(String name, String header, String value) {
      try {
        HttpRequest.newBuilder().setHeader(header, value);
      } catch (IllegalArgumentException broken) {
        // Its message, which holds the value, is left out.
        throw new SettingException(
            "alerts.http",
            "alerts.http: header %s of %s cannot be sent: expected a name that HTTP clients may set"
                    .formatted(header, name)
                + " and a value without line breaks");
      }
    }

    private static URI uri(String name, String url) {
      try {
        return URI.create(url);
      } catch (IllegalArgumentException broken) {
        throw new SettingException(
            "alerts.http", "alerts.http: url of %s is not an address".formatted(name));
      }
    }

    private static BodyTemplate template(String name, Optional<String> body) {
      return new BodyTemplate(body.orElse(ALL_FIELDS), "alerts.http: body of " + name);
    }

    BodyTemplate template() {
      return template(name, body);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * A Kafka topic.
   *
   * @param name in messages and in the record of what was delivered; unique
   * @param servers {@code host:port}, separated by commas
   * @param topic that gets a record an alert, keyed by event id
   * @param options of Spark's Kafka sink, such as {@code kafka.security.protocol}
   */
  public record Kafka(
      String name, String servers, String topic, Optional<Map<String, String>> options)
      implements Serializable {
    public Kafka {
      options = options.map(Map::copyOf);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public AlertSpec {
    http = List.copyOf(http);
    kafka = List.copyOf(kafka);
    SettingChecks.require(!maxAge.isNegative(), "alerts.maxAge", ">= 0", maxAge);
    SettingChecks.atLeast(attempts, 1, "alerts.attempts");
    SettingChecks.require(!backoff.isNegative(), "alerts.backoff", ">= 0", backoff);
    SettingChecks.require(
        !timeout.isNegative() && !timeout.isZero(), "alerts.timeout", "> 0", timeout);
    requireDistinct(http, kafka);
  }

  private static void requireDistinct(List<Http> http, List<Kafka> kafka) {
    Set<String> names = new HashSet<>(Set.of(FileSink.NAME));
    http.forEach(sink -> requireNew(names, sink.name(), "alerts.http"));
    kafka.forEach(sink -> requireNew(names, sink.name(), "alerts.kafka"));
  }

  private static void requireNew(Set<String> names, String name, String key) {
    if (!names.add(name)) {
      throw new SettingException(
          key, "%s: each sink needs a name of its own, found %s twice".formatted(key, name));
    }
  }

  /** Whether anything is reported. */
  public boolean isConfigured() {
    return file.isPresent() || !http.isEmpty() || !kafka.isEmpty();
  }
}
