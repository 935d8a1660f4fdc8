package io.github.item2vec.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * How the column of timestamps counts, the same for all rows of an input: a value that counts
 * otherwise is a bad row, so that no two scales are ever compared. Numbers stay as they are; dates
 * become seconds since 1970. Numbers below 10<sup>8</sup> fit every scale of numbers: places in a
 * sequence, 0 for "unknown".
 */
enum Times {
  /** Small numbers, or of no known unit. */
  NUMBERS("numbers"),
  SECONDS("seconds since 1970"),
  MILLISECONDS("milliseconds since 1970"),
  MICROSECONDS("microseconds since 1970"),
  NANOSECONDS("nanoseconds since 1970"),
  /** ISO 8601, a blank for the T allowed; without a zone they are UTC. */
  DATES("ISO 8601 dates, UTC where no zone is given"),
  /** Parquet's own type, already as seconds. */
  INSTANTS("the file's timestamp type"),
  /** There is no column. */
  NONE("none");

  private static final double SMALL = 1e8;

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .appendPattern("HH:mm[:ss]")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .appendPattern("[XXX][XX][X]")
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final String words;

  Times(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }

  /** The time of a field; NaN when it is none, or one of another scale. */
  double of(String text) {
    if (this == DATES) {
      return date(text == null ? "" : text.strip());
    }
    Double number = RowCheck.number(text);
    return number == null || !accepts(number) ? Double.NaN : number;
  }

  /** Whether a number is a time of this scale. */
  boolean accepts(double number) {
    if (this == INSTANTS || this == NONE) {
      return Double.isFinite(number);
    }
    return this != DATES && (number < SMALL ? number > Double.NEGATIVE_INFINITY : fits(number));
  }

  private boolean fits(double number) {
    Times scale = scaleOf(number);
    return scale == this ? number < Double.POSITIVE_INFINITY : this == NUMBERS && scale == SECONDS;
  }

  /** The scale that a value is of; null of what is no time, {@code NUMBERS} where none is sure. */
  static Times scale(String text) {
    Double number = RowCheck.number(text);
    if (number == null) {
      return text != null && !Double.isNaN(date(text.strip())) ? DATES : null;
    }
    return Double.isFinite(number) ? scaleOf(number) : null;
  }

  /** Each scale from 1973 to about 2286, seconds some centuries longer. */
  private static Times scaleOf(double number) {
    if (number < SMALL) {
      return NUMBERS;
    } else if (number < 1e11) {
      return SECONDS;
    } else if (number < 1e13) {
      return MILLISECONDS;
    } else if (number >= 1e14 && number < 1e16) {
      return MICROSECONDS;
    } else if (number >= 1e17 && number < 1e19) {
      return NANOSECONDS;
    }
    return NUMBERS;
  }

  private static double date(String text) {
    if (text.length() < 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return Double.NaN;
    }
    String iso = text.endsWith(" UTC") ? text.substring(0, text.length() - 4) + "Z" : text;
    if (iso.length() > 10 && iso.charAt(10) == ' ') {
      iso = iso.substring(0, 10) + "T" + iso.substring(11);
    }
    try {
      TemporalAccessor parsed = ISO.parse(iso);
      LocalTime time = parsed.query(TemporalQueries.localTime());
      ZoneOffset zone = parsed.query(TemporalQueries.offset());
      LocalTime clock = time == null ? LocalTime.MIDNIGHT : time;
      long midnight =
          LocalDate.from(parsed).atStartOfDay().toEpochSecond(zone == null ? ZoneOffset.UTC : zone);
      return midnight + clock.toNanoOfDay() / 1e9;
    } catch (DateTimeException e) {
      return Double.NaN; // no date: said by the caller
    }
  }
}
