package io.github.item2vec.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A choice of the configuration: an enum whose constants are spelled as their names say. */
public interface Word {
  /** The constant's name. */
  String name();

  /** As it stands in the configuration: {@code LEAVE_LAST} is {@code leave-last}. */
  default String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant that is spelled so. */
  static <E extends Enum<E> & Word> Optional<E> find(Class<E> choices, String word) {
    return Arrays.stream(choices.getEnumConstants())
        .filter(choice -> choice.word().equals(word))
        .findFirst();
  }

  /** How the constants are spelled, in order. */
  static <E extends Enum<E> & Word> List<String> words(Class<E> choices) {
    return Arrays.stream(choices.getEnumConstants()).map(Word::word).toList();
  }
}
