package io.github.item2vec.job;

import io.github.item2vec.config.JobConfig.Input;
import io.github.item2vec.config.JobConfig.Recommend;
import io.github.item2vec.data.RatingsSource;
import io.github.item2vec.recommend.ColdUsers;

/** The configuration's choices in the words of the packages that act on them. */
public final class Choices {
  private Choices() {}

  static RatingsSource.Format of(Input.Format format) {
    return switch (format) {
      case AUTO -> RatingsSource.Format.AUTO;
      case TSV -> RatingsSource.Format.TSV;
      case CSV -> RatingsSource.Format.CSV;
      case DAT -> RatingsSource.Format.DAT;
      case PARQUET -> RatingsSource.Format.PARQUET;
    };
  }

  static RatingsSource.Order of(Input.Order order) {
    return switch (order) {
      case TIMESTAMP -> RatingsSource.Order.TIMESTAMP;
      case FILE -> RatingsSource.Order.FILE;
    };
  }

  public static ColdUsers of(Recommend.ColdUsers coldUsers) {
    return switch (coldUsers) {
      case POPULAR -> ColdUsers.POPULAR;
      case SKIP -> ColdUsers.SKIP;
    };
  }
}
