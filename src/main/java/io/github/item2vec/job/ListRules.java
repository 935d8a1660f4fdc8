package io.github.item2vec.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;

import io.github.item2vec.config.JobConfig.Recommend.Rules;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.data.Columns;
import io.github.item2vec.data.ItemIds;
import io.github.item2vec.data.Ratings;
import io.github.item2vec.data.RatingsSource;
import io.github.item2vec.job.run.RuleCounts;
import io.github.item2vec.recommend.ItemVectors;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.recommend.Recommender;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * The rules {@code recommend.eligible}, {@code denied} and {@code denied-per-user}, for the model
 * and all that is compared with it. The driver holds the items' ids; the pairs stay on the
 * executors, cached until {@link #close}.
 */
final class ListRules implements AutoCloseable {
  private static final String ELIGIBLE = "recommend.eligible";
  private static final String DENIED = "recommend.denied";
  private static final String DENIED_PER_USER = "recommend.denied-per-user";
  private static final int SHOWN = 3;

  private final Rules config;
  private final Optional<Set<String>> eligible;
  private final Optional<Set<String>> denied;
  private final Optional<Ratings> pairs;
  private Dataset<Row> joined;

  private ListRules(
      Rules config,
      Optional<Set<String>> eligible,
      Optional<Set<String>> denied,
      Optional<Ratings> pairs) {
    this.config = config;
    this.eligible = eligible;
    this.denied = denied;
    this.pairs = pairs;
  }

  /**
   * Reads all that is configured.
   *
   * @throws BadInputException when something of it cannot be read
   */
  static ListRules read(SparkSession spark, Rules config) {
    return new ListRules(
        config,
        config.eligible().map(path -> named(ELIGIBLE, path, () -> ItemIds.read(spark, path))),
        config.denied().map(path -> named(DENIED, path, () -> ItemIds.read(spark, path))),
        config
            .deniedPerUser()
            .map(path -> named(DENIED_PER_USER, path, () -> Ratings.read(spark, pairs(path)))));
  }

  /** Rows of user and item, none of them bad. */
  private static RatingsSource pairs(String path) {
    return new RatingsSource(
        path,
        RatingsSource.Format.AUTO,
        RatingsSource.Order.FILE,
        0,
        0,
        0,
        0,
        RatingsSource.AUTO_COLUMN,
        RatingsSource.AUTO_COLUMN,
        RatingsSource.NO_COLUMN,
        RatingsSource.NO_COLUMN,
        "UTF-8",
        RatingsSource.AUTO_COLUMN);
  }

  private static <T> T named(String key, String path, Supplier<T> body) {
    try {
      return body.get();
    } catch (BadInputException e) {
      String form =
          key.equals(DENIED_PER_USER)
              ? "a table of the columns user and item"
              : "item ids, one per line, or a table with a column item";
      throw new BadInputException(
          "%s = %s: %s (must be %s)".formatted(key, path, e.getMessage(), form), e);
    }
  }

  /** Tells lists which items they may hold. */
  Recommender applied(Recommender recommender) {
    Recommender some = eligible.map(recommender::only).orElse(recommender);
    return denied.map(some::without).orElse(some);
  }

  /** Adds what each user is denied, cached; the column is not there without that rule. */
  Dataset<Row> addTo(Dataset<Row> users) {
    if (pairs.isEmpty()) {
      return users;
    }
    joined =
        users
            .join(
                pairs
                    .get()
                    .histories()
                    .select(col(Columns.USER), col(Columns.ITEMS).as(Recommendations.LEAVE_OUT)),
                new String[] {Columns.USER},
                "left")
            .persist(StorageLevel.MEMORY_AND_DISK());
    return joined;
  }

  /**
   * Refuses eligible items none of which is known.
   *
   * @param whose says who knows them: "the train part"
   * @throws BadInputException when there is the rule and it leaves nothing
   */
  void requireSome(Predicate<String> known, String whose, Supplier<Collection<String>> items) {
    if (eligible.isPresent() && eligible.get().stream().noneMatch(known)) {
      throw new BadInputException(
          "%s = %s: none of its %,d ids is an item of %s: they are such as %s, its items such as %s; give ids as they stand in the ratings, or leave the rule out"
              .formatted(
                  ELIGIBLE,
                  config.eligible().orElseThrow(),
                  eligible.get().size(),
                  whose,
                  eligible.get().stream().limit(SHOWN).toList(),
                  items.get().stream().limit(SHOWN).toList()));
    }
  }

  /**
   * What the rules come to for a model; two small jobs where pairs are denied.
   *
   * @param users as {@link #addTo} returns them
   * @throws BadInputException when nothing may be recommended
   */
  RuleCounts counts(Dataset<Row> users, ItemVectors model) {
    requireSome(
        model::contains,
        "the model",
        () -> IntStream.range(0, Math.min(SHOWN, model.size())).mapToObj(model::item).toList());
    long permitted =
        IntStream.range(0, model.size()).mapToObj(model::item).filter(this::permits).count();
    if (permitted == 0) {
      throw new BadInputException(
          "%s = %s: denies all %,d items of the model that would be recommended; nothing is left"
              .formatted(DENIED, config.denied().orElse(""), model.size()));
    }
    return new RuleCounts(
        model.size(),
        Math.toIntExact(permitted),
        eligible.map(ids -> items(config.eligible(), ids, model)).orElse(null),
        denied.map(ids -> items(config.denied(), ids, model)).orElse(null),
        pairs.map(rows -> pairs(rows, users, model)).orElse(null));
  }

  private boolean permits(String item) {
    return eligible.map(ids -> ids.contains(item)).orElse(true)
        && !denied.map(ids -> ids.contains(item)).orElse(false);
  }

  private static RuleCounts.Items items(Optional<String> path, Set<String> ids, ItemVectors model) {
    long unknown = ids.stream().filter(id -> !model.contains(id)).count();
    return new RuleCounts.Items(path.orElseThrow(), ids.size(), Math.toIntExact(unknown));
  }

  private RuleCounts.Pairs pairs(Ratings rows, Dataset<Row> users, ItemVectors model) {
    long met = users.agg(count_if(col(Recommendations.LEAVE_OUT).isNotNull())).first().getLong(0);
    long known = rows.countItems(model::contains);
    return new RuleCounts.Pairs(
        config.deniedPerUser().orElseThrow(),
        rows.kept(),
        met,
        rows.users() - met,
        rows.items(),
        rows.items() - known);
  }

  @Override
  public void close() {
    pairs.ifPresent(Ratings::close);
    if (joined != null) {
      joined.unpersist();
    }
  }
}
