package io.github.item2vec.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.github.item2vec.text.Address;

/**
 * Looks through a configuration's text before HOCON's parser does, for what the parser would take
 * in silence or not survive: comments that cut a value, names and brackets nested without end,
 * references without number. Driver only.
 */
final class ConfigText {
  /** More than anybody writes, and far from what the parser's recursion bears. */
  static final int DEEPEST = 64;

  /** The parser takes more than the cube of it in time. */
  static final int MOST_REFERENCES = 50;

  /** Characters; the defaults with all their comments are a sixth of it. */
  static final int LONGEST = 1 << 16;

  private static final int EXCERPT = 60;
  private static final String STRUCTURE = "{}[]=,\"";

  private final String source;
  private final String text;
  private final boolean comments;
  private int position;
  private int line = 1;
  private int depth;
  private int dots;
  private int references;

  /** Where the unquoted run of characters that ends here began. */
  private int run;

  private ConfigText(String source, String text, boolean comments) {
    this.source = source;
    this.text = text;
    this.comments = comments;
  }

  /**
   * Passes a text or refuses it.
   *
   * @param source of the text, for the message
   * @param comments whether {@code #} and {@code //} begin a comment: in HOCON they do
   * @throws ConfigException naming the line
   */
  static void check(String source, String text, boolean comments) {
    if (text.length() > LONGEST) {
      throw new ConfigException(
          "%s: %d characters, must be at most %d".formatted(source, text.length(), LONGEST));
    }
    new ConfigText(source, text, comments).check();
  }

  /**
   * Parses a text that has passed. The parser's message quotes what it read, which may be a piece
   * of a password: where the text holds an address it is not repeated.
   *
   * @throws ConfigException naming source and line, when the text holds an address
   * @throws com.typesafe.config.ConfigException otherwise
   */
  static Config parse(String text, ConfigParseOptions options) {
    try {
      return ConfigFactory.parseString(text, options);
    } catch (com.typesafe.config.ConfigException e) {
      if (!Address.isIn(text)) {
        throw e;
      }
      throw notHocon(options.getOriginDescription(), e);
    }
  }

  /** What HOCON's parser or resolver does not take, without what it holds. */
  static ConfigException notHocon(String source, com.typesafe.config.ConfigException e) {
    return new ConfigException(
        "%s: not as HOCON wants it, in or near an address; put the address in quotes, with \\ before each \" and \\ in it"
            .formatted(e.origin() == null ? source : e.origin().description()));
  }

  private void check() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == '"') {
        skipString();
        run = position;
      } else if (commentBegins(c)) {
        requireApart();
        skipComment();
      } else {
        count(c);
        position++;
        run = Character.isWhitespace(c) || STRUCTURE.indexOf(c) >= 0 ? position : run;
      }
    }
  }

  private boolean commentBegins(char c) {
    return comments && (c == '#' || text.startsWith("//", position));
  }

  /** A comment right behind an unquoted value is most likely a part of it. */
  private void requireApart() {
    boolean hash = text.charAt(position) == '#';
    if (run == position || (hash && text.charAt(position - 1) == ':')) {
      return;
    }
    int lineStart = text.lastIndexOf('\n', position) + 1;
    String before = text.substring(lineStart, run);
    boolean secret = ShownConfig.isSecret(before) && !before.contains("-file");
    String cut =
        secret || Address.isIn(text.substring(lineStart, position))
            ? Address.MASK
            : text.substring(run, position);
    throw bad(
        "'%s' begins a comment and cuts '%s' short; put the whole value in quotes, or a space before the comment"
            .formatted(hash ? "#" : "//", excerpt(cut)));
  }

  private void count(char c) {
    depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
    dots = c == '.' ? dots + 1 : c == '\n' || "{}[]=:,".indexOf(c) >= 0 ? 0 : dots;
    if (depth > DEEPEST) {
      throw bad("brackets are nested more than %d deep".formatted(DEEPEST));
    }
    if (dots > DEEPEST) {
      throw bad(
          "a name or value of more than %d parts; put it in quotes if it is a value"
              .formatted(DEEPEST));
    }
    boolean reference = text.startsWith("${", position) || text.startsWith("+=", position);
    references += reference ? 1 : 0;
    if (references > MOST_REFERENCES) {
      throw bad("more than %d references ${...} or +=".formatted(MOST_REFERENCES));
    }
    line += c == '\n' ? 1 : 0;
  }

  private void skipString() {
    boolean triple = text.startsWith("\"\"\"", position);
    position += triple ? 3 : 1;
    while (position < text.length()) {
      char c = text.charAt(position);
      if (triple ? text.startsWith("\"\"\"", position) : c == '"' || c == '\n') {
        position += triple ? 3 : c == '"' ? 1 : 0;
        return;
      }
      line += c == '\n' ? 1 : 0;
      position += c == '\\' && !triple ? 2 : 1;
    }
  }

  private void skipComment() {
    int end = text.indexOf('\n', position);
    position = end < 0 ? text.length() : end;
    run = position;
  }

  private ConfigException bad(String what) {
    return new ConfigException("%s, line %d: %s".formatted(source, line, what));
  }

  /** A text short enough for a message. */
  static String excerpt(String text) {
    return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "...";
  }
}
