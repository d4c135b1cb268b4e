package dev.espalier.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a query of Prometheus asks for. Reads the part of the language that the shipped queries use,
 * by recursive descent, and refuses all else: a function that does not exist, a rate over no range,
 * a parenthesis that nobody closes.
 *
 * @param selectors the metrics that it reads
 * @param labels the labels that it groups or joins by
 */
public record PromQl(List<Selector> selectors, Set<String> labels) {

  /**
   * A metric that is read.
   *
   * @param metric its name
   * @param matchers what is asked of its labels: the value for = and !=, else null
   * @param range whether its past is asked for
   */
  public record Selector(String metric, Map<String, Wanted> matchers, boolean range) {}

  /**
   * What is asked of a label.
   *
   * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}
   * @param value the value, or a pattern of it
   */
  public record Wanted(String operator, String value) {}

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|(?<string>\"[^\"]*\")|(?<duration>\\$__rate_interval|[0-9]+(ms|[smhdwy]))"
              + "|(?<number>[0-9]+(\\.[0-9]+)?)|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "|(?<sign>=~|!~|==|!=|>=|<=|[-+*/%^<>=(){}\\[\\],])");
  private static final Set<String> AGGREGATIONS = Set.of("sum", "min", "max", "avg", "count");
  private static final Set<String> OF_RANGES = Set.of("rate", "increase", "max_over_time");
  private static final Set<String> FUNCTIONS = Set.of("absent", "time", "histogram_quantile");
  private static final Set<String> OPERATORS =
      Set.of("+", "-", "*", "/", "%", "^", "==", "!=", ">", "<", ">=", "<=", "and", "or", "unless");

  /**
   * Reads a query.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static PromQl parse(String query) {
    Parser parser = new Parser(query);
    parser.expression();
    parser.require(parser.at == parser.tokens.size(), "the end");
    return new PromQl(List.copyOf(parser.selectors), Set.copyOf(parser.labels));
  }

  private static final class Parser {

    private final String query;
    private final List<String> tokens = new ArrayList<>();
    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> labels = new LinkedHashSet<>();
    private int at;

    Parser(String query) {
      this.query = query;
      Matcher matcher = TOKEN.matcher(query);
      int end = 0;
      while (end < query.length()) {
        if (!matcher.find(end) || matcher.start() != end) {
          throw new IllegalArgumentException("'%s' at %d: no token".formatted(query, end));
        }
        end = matcher.end();
        if (!matcher.group().isBlank()) {
          tokens.add(matcher.group());
        }
      }
    }

    void expression() {
      operand();
      while (OPERATORS.contains(peek())) {
        next();
        if (peek().equals("on") || peek().equals("ignoring")) {
          next();
          grouping();
        }
        operand();
      }
    }

    private void operand() {
      String token = next();
      if (token.equals("(")) {
        expression();
        take(")");
      } else if (AGGREGATIONS.contains(token)) {
        if (peek().equals("by")) {
          next();
          grouping();
        }
        take("(");
        expression();
        take(")");
      } else if (OF_RANGES.contains(token)) {
        take("(");
        int first = selectors.size();
        operand();
        require(
            selectors.size() == first + 1 && selectors.get(first).range(),
            "one metric over a range for " + token);
        take(")");
      } else if (FUNCTIONS.contains(token)) {
        arguments();
      } else if (!Character.isDigit(token.charAt(0))) {
        require(token.matches("[a-zA-Z_:][a-zA-Z0-9_:]*"), "a metric, found " + token);
        require(!peek().equals("("), "a function that exists, found " + token);
        selector(token);
      }
    }

    private void arguments() {
      take("(");
      while (!peek().equals(")")) {
        expression();
        if (!peek().equals(")")) {
          take(",");
        }
      }
      take(")");
    }

    private void selector(String metric) {
      Map<String, Wanted> matchers = new java.util.LinkedHashMap<>();
      if (peek().equals("{")) {
        next();
        while (!peek().equals("}")) {
          String label = next();
          String operator = next();
          require(Set.of("=", "!=", "=~", "!~").contains(operator), "a matcher of " + label);
          String value = next();
          require(value.startsWith("\""), "a text for " + label);
          matchers.put(label, new Wanted(operator, value.substring(1, value.length() - 1)));
          if (!peek().equals("}")) {
            take(",");
          }
        }
        take("}");
      }
      boolean range = peek().equals("[");
      if (range) {
        next();
        String duration = next();
        require(duration.matches("\\$__rate_interval|[0-9]+(ms|[smhdwy])"), "a duration");
        take("]");
      }
      selectors.add(new Selector(metric, matchers, range));
    }

    private void grouping() {
      take("(");
      while (!peek().equals(")")) {
        labels.add(next());
        if (!peek().equals(")")) {
          take(",");
        }
      }
      take(")");
    }

    private String peek() {
      return at < tokens.size() ? tokens.get(at) : "";
    }

    private String next() {
      require(at < tokens.size(), "more");
      return tokens.get(at++);
    }

    private void take(String token) {
      require(peek().equals(token), token);
      at++;
    }

    private void require(boolean met, String expected) {
      if (!met) {
        throw new IllegalArgumentException(
            "'%s' at token %d: expected %s".formatted(query, at, expected));
      }
    }
  }
}
