package io.longcast.model.dl4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.longcast.model.network.NetworkFactory;

/** What a network is built from, as JSON and back; unknown fields are refused. */
public final class NetworkJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .build()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private NetworkJson() {}

  /** One line of JSON, fields in the order of the records. */
  public static String write(NetworkFactory network) {
    try {
      return MAPPER.writeValueAsString(network);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a network's settings as JSON", e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the text is no such JSON or a value is out of range
   */
  public static NetworkFactory read(String text) {
    try {
      return MAPPER.readValue(text, NetworkFactory.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a network's settings: " + e.getOriginalMessage(), e);
    }
  }
}
