package dev.espalier.driver.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The line on which each key and list item of a YAML text stands, from 1.
 *
 * @param lines line by JSON pointer
 */
record KeyLines(Map<JsonPointer, Integer> lines) {

  /** Walks a text once; throws on text that is not YAML and on a key given twice. */
  static KeyLines of(String text) throws IOException {
    Map<JsonPointer, Integer> lines = new HashMap<>();
    YAMLFactory factory =
        YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try (JsonParser parser = factory.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        lines.putIfAbsent(
            parser.getParsingContext().pathAsPointer(), parser.currentTokenLocation().getLineNr());
      }
    }
    return new KeyLines(Map.copyOf(lines));
  }

  /** The line of a place, or of the closest place around it that the text has. */
  int of(JsonPointer place) {
    for (JsonPointer at = place; at != null; at = at.head()) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
    }
    return 1;
  }
}
