package io.github.item2vec.job.console;

/** The colours of a terminal, few and always the same, by their numbers in ECMA-48. */
enum Style {
  DONE("1"),
  RUNNING("36"),
  FAILED("31"),
  WARNING("33"),
  FAINT("2");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** The text in this style where the terminal shows colours, else as it is. */
  String of(String text, Terminal terminal) {
    return terminal.kind() == Terminal.Kind.COLOURED && !text.isEmpty()
        ? "\u001b[" + code + "m" + text + "\u001b[0m"
        : text;
  }
}
