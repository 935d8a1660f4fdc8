package io.github.item2vec.recommend;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Top-K lists by exact scoring of the whole catalogue: the inner products of user profiles with
 * item vectors. Immutable; driver only.
 *
 * <p>Cost: the item vectors are broadcast once; then one narrow pass over the users without a
 * shuffle, in which a task multiplies blocks of at most 512 users with tiles of items and holds,
 * besides the broadcast, a few megabytes: never users x items, nor users x k. Lazy: nothing of it
 * runs before an action. Item vectors too large for an executor are tiled, see {@link #byProfiles}.
 *
 * <p>Ties between scores go to the lower item id (as text), and a score has the same bits wherever
 * it is computed, so lists do not depend on partitions, cores, the order of rows, or tiling. They
 * equal those of a full sort. Vectors and profiles must be finite, so no score is NaN.
 */
public final class Recommender {
  private final ListSettings settings;
  private final ItemFilter filter;
  private final PopularItems popular;
  private final long mostBroadcastBytes;

  /**
   * Lists without seen items, with products as scores.
   *
   * @param k list length, >= 1; a list is shorter only when fewer items may be recommended
   * @param coldUsers what users without a profile get
   * @param popular the list for them
   */
  public Recommender(int k, ColdUsers coldUsers, PopularItems popular) {
    this(
        new ListSettings(k, coldUsers, Seen.LEAVE_OUT, Scores.PRODUCT), ItemFilter.ALL, popular, 0);
    if (k < 1) {
      throw new IllegalArgumentException("k = %d: must be >= 1".formatted(k));
    }
  }

  /** Users without a profile get no list. */
  public Recommender(int k) {
    this(k, ColdUsers.SKIP, new PopularItems(List.of(), new long[0]));
  }

  private Recommender(
      ListSettings settings, ItemFilter filter, PopularItems popular, long mostBroadcastBytes) {
    this.settings = settings;
    this.filter = filter;
    this.popular = popular;
    this.mostBroadcastBytes = mostBroadcastBytes;
  }

  /** The same with seen items left out or kept. */
  public Recommender seen(Seen seen) {
    return new Recommender(settings.seen(seen), filter, popular, mostBroadcastBytes);
  }

  /** The same with other scores beside the items. */
  public Recommender scores(Scores scores) {
    return new Recommender(settings.scores(scores), filter, popular, mostBroadcastBytes);
  }

  /** Recommends only these items; popularity lists too. */
  public Recommender only(Collection<String> items) {
    return new Recommender(settings, filter.only(Set.copyOf(items)), popular, mostBroadcastBytes);
  }

  /** Recommends none of these items; popularity lists neither. */
  public Recommender without(Collection<String> items) {
    return new Recommender(
        settings, filter.without(Set.copyOf(items)), popular, mostBroadcastBytes);
  }

  /**
   * Item vectors of {@link #byProfiles} that take more are tiled.
   *
   * @param bytes > 0; 0 (the default) is half the storage memory of the smallest executor
   */
  public Recommender mostBroadcastBytes(long bytes) {
    return new Recommender(settings, filter, popular, bytes);
  }

  /**
   * Lists by the mean of context vectors, under the {@link ProfileRule} of the vectors.
   *
   * @param users a column {@code context} (array&lt;string&gt;, in the order of the user's history:
   *     the profile is the mean over it, its items are the seen ones), optionally {@code leaveOut}
   *     and {@code rated}, see {@link Recommendations}, and any others, which are kept
   * @return the columns of {@code users} and those of the list, see {@link Recommendations}
   */
  public Dataset<Row> byVectors(Dataset<Row> users, ItemVectors vectors) {
    CandidateItems targets =
        settings.scores() == Scores.PROBABILITY || !vectors.contexts().rule().addsNothing()
            ? vectors.targets().hiding(filter)
            : vectors.targets().only(filter);
    int contextColumn = users.schema().fieldIndex(Recommendations.CONTEXT);
    return lists(
        users,
        ProfileSource.mean(
            contextColumn,
            List.of(users.columns()).indexOf(Recommendations.RATED),
            spark(users).broadcast(vectors.contexts())),
        targets);
  }

  /**
   * Lists by given profiles: those of {@code Item2VecModel.transform}, the factors of {@code
   * ALSModel}, or any others.
   *
   * <p>Cost: one job that looks at all item vectors; when they fit, another that collects them
   * packed, a partition at a time. When they do not, they stay on the executors as tiles: each task
   * multiplies some users with one tile, and each user's partial lists meet in one shuffle and a
   * join by the user. Products have the same bits either way.
   *
   * @param users the column of profiles; {@code context} (array&lt;string&gt;: the seen items) is
   *     optional; a column named user (distinct) is needed when items are tiled; others are kept
   * @param profileCol array of float or double or a Spark ML vector; null for a cold user
   * @param items columns named item (distinct), vector (array of float or double or Spark ML
   *     vector) and optionally eligible (boolean): whether it may be recommended
   * @return the columns of {@code users} and those of the list, see {@link Recommendations}
   * @throws IllegalArgumentException when item vectors are absent, not finite or of several lengths
   */
  public Dataset<Row> byProfiles(Dataset<Row> users, String profileCol, Dataset<Row> items) {
    ItemFrame frame = ItemFrame.of(items);
    Recommender eligible = without(frame.ineligible());
    ItemFrame scored =
        settings.scores() == Scores.PROBABILITY ? frame : frame.only(eligible.filter);
    Dataset<Row> floats = users.withColumn(profileCol, ItemFrame.floats(users, profileCol));
    int profileColumn = floats.schema().fieldIndex(profileCol);
    ProfileSource profiles = ProfileSource.column(profileColumn, frame.columns());
    long most = mostBroadcastBytes > 0 ? mostBroadcastBytes : ItemFrame.fitting(items);
    if (scored.bytes() <= most) {
      return eligible.lists(floats, profiles, scored.collect(eligible.filter));
    }
    return new TiledLists(
            settings, profiles, LeftOut.of(floats.schema()), eligible.popularLists(floats))
        .lists(floats, scored.tiles(most, eligible.filter));
  }

  /**
   * The nearest items of every item by cosine, without the item itself; a zero vector has cosine 0
   * with all. Cost as {@link #byProfiles} with items as users.
   *
   * @param items as there
   * @return the item as column user, and the list's items and scores
   */
  public Dataset<Row> similarItems(Dataset<Row> items) {
    Dataset<Row> unit = ItemFrame.unitLength(items);
    Dataset<Row> users =
        unit.select(
            col(ItemFrame.ITEM).as(Recommendations.USER),
            col(ItemFrame.VECTOR).as("profile"),
            array(col(ItemFrame.ITEM)).as(Recommendations.CONTEXT));
    return byProfiles(users, "profile", unit)
        .select(Recommendations.USER, Recommendations.ITEMS, Recommendations.SCORES);
  }

  /**
   * The same by the context vectors of a model on the driver, which are broadcast; cost as {@link
   * #byVectors} with items as users.
   *
   * @return the item as column user, and the list's items and scores
   * @throws IllegalStateException when the items have no vectors of their own, see {@link
   *     ItemVectors#ofWeights}
   */
  public Dataset<Row> similarItems(SparkSession spark, ItemVectors vectors) {
    ItemVectors unit = vectors.unitLength();
    List<String> items = IntStream.range(0, unit.size()).mapToObj(unit::item).toList();
    Dataset<Row> users =
        spark
            .createDataset(items, Encoders.STRING())
            .toDF(Recommendations.USER)
            .withColumn(Recommendations.CONTEXT, array(col(Recommendations.USER)));
    return byVectors(users, unit)
        .select(Recommendations.USER, Recommendations.ITEMS, Recommendations.SCORES);
  }

  /** The popularity list without each user's seen items, for every user. */
  public Dataset<Row> byPopularity(Dataset<Row> users) {
    return users.map(
        popularLists(users).all(), Encoders.row(Recommendations.schema(users.schema())));
  }

  private Dataset<Row> lists(Dataset<Row> users, ProfileSource profiles, CandidateItems items) {
    Broadcast<CandidateItems> candidates = spark(users).broadcast(items);
    RecommendFn fn =
        new RecommendFn(
            settings, profiles, LeftOut.of(users.schema()), popularLists(users), candidates);
    return users.mapPartitions(fn, Encoders.row(Recommendations.schema(users.schema())));
  }

  private PopularLists popularLists(Dataset<Row> users) {
    return new PopularLists(
        settings, LeftOut.of(users.schema()), spark(users).broadcast(popular.only(filter)));
  }

  private static JavaSparkContext spark(Dataset<Row> rows) {
    return JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
  }
}
