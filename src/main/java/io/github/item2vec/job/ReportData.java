package io.github.item2vec.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.xxhash64;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.data.Columns;
import io.github.item2vec.recommend.ItemVectors;
import io.github.item2vec.recommend.PopularItems;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.redis.layout.MemoryForecast;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.report.ItemClusters;
import io.github.item2vec.report.ItemMap;
import io.github.item2vec.report.LongTail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What report.html shows besides run.json, taken from the run's lists and vectors. On the driver: a
 * count an item, a few users, and as many vectors as the map has items.
 */
final class ReportData {
  /** Places of each list that are counted and shown. */
  private static final int PLACES = 10;

  /** Items of a user that are shown, the latest ones. */
  private static final int KNOWN_SHOWN = 12;

  private static final int NEIGHBOURS = 6;

  /** As many as colours that can be told apart. */
  private static final int CLUSTERS = 7;

  private static final List<Long> FORECAST_USERS = List.of(1_000_000L, 100_000_000L);

  /**
   * The sections of the page.
   *
   * @param longTail of the first places of all lists
   * @param titles of the items that are shown, by id
   */
  record Sections(
      Memory redis,
      Tail longTail,
      Points map,
      List<SampleUser> users,
      Map<String, String> titles) {}

  /** What the lists take of Redis' memory, or would. */
  record Memory(
      long users,
      int listLength,
      int items,
      String prefix,
      long ttlSeconds,
      List<Long> forecastUsers,
      List<LayoutMemory> layouts) {}

  /** In one layout; {@code forecast} for each number of {@code forecastUsers}. */
  record LayoutMemory(String layout, long bytes, List<Long> forecast) {}

  /** The first {@code k} places. */
  record Tail(@JsonUnwrapped LongTail spread, int k) {}

  /**
   * The map of the items, a list a column.
   *
   * @param items with vectors, more than are shown
   * @param kept share of the nearest that are near on the map too
   * @param group the name of each item's group in the titles file, empty without one; null when the
   *     file has no such column
   * @param cluster the number of each item's cluster
   */
  record Points(
      int items,
      List<Double> variance,
      double kept,
      List<String> group,
      List<Integer> cluster,
      List<String> id,
      List<Double> x,
      List<Double> y,
      List<Long> rows,
      List<Long> places,
      List<List<Integer>> nearest) {}

  /** A user's items beside the list; {@code known} counts those of which the latest are shown. */
  record SampleUser(
      String user,
      int known,
      List<String> latest,
      List<String> test,
      List<String> list,
      List<Float> scores,
      boolean cold) {}

  private final JobConfig config;
  private final Titles titles;
  private final Map<String, String> shownTitles = new LinkedHashMap<>();

  ReportData(JobConfig config, Titles titles) {
    this.config = config;
    this.titles = titles;
  }

  /**
   * Computes it all: one pass over the lists for the counts, one for the users.
   *
   * @param lists persisted; columns user, context, test, items, scores, cold
   * @param users of the run
   */
  Sections of(Dataset<Row> lists, ItemVectors vectors, PopularItems popular, long users) {
    Map<String, Long> places = places(lists);
    return new Sections(
        redis(users, popular.size()),
        new Tail(LongTail.of(popular, places), Math.min(PLACES, config.recommend().k())),
        map(vectors, popular, places),
        users(lists),
        shownTitles);
  }

  private static Map<String, Long> places(Dataset<Row> lists) {
    Map<String, Long> places = new HashMap<>();
    lists
        .select(explode(slice(col(Recommendations.ITEMS), 1, PLACES)).as(Columns.ITEM))
        .groupBy(Columns.ITEM)
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(row -> places.put(row.getString(0), row.getLong(1)));
    return places;
  }

  private Memory redis(long users, int items) {
    int k = Math.min(config.recommend().k(), items);
    List<LayoutMemory> layouts = new ArrayList<>();
    for (ValueLayout layout : ValueLayout.values()) {
      layouts.add(
          new LayoutMemory(
              layout.toString(),
              forecast(users, k, items).bytes(layout),
              FORECAST_USERS.stream()
                  .map(many -> forecast(many, k, items).bytes(layout))
                  .toList()));
    }
    return new Memory(
        users,
        k,
        items,
        config.publish().prefix(),
        config.publish().ttl().toSeconds(),
        FORECAST_USERS,
        layouts);
  }

  private MemoryForecast forecast(long users, int k, int items) {
    return new MemoryForecast(
        users,
        k,
        items,
        config.publish().prefix(),
        !config.publish().ttl().isZero(),
        config.publish().scores());
  }

  /** The most popular items that have vectors, in columns. */
  private Points map(ItemVectors vectors, PopularItems popular, Map<String, Long> places) {
    int[] ranks =
        IntStream.range(0, popular.size())
            .filter(rank -> vectors.contains(popular.item(rank)))
            .limit(config.report().items())
            .toArray();
    List<String> ids = IntStream.of(ranks).mapToObj(popular::item).toList();
    ids.forEach(this::show);
    titles.warnIfNoneOf(ids);
    List<float[]> shown = ids.stream().map(vectors::context).toList();
    ItemMap points = ItemMap.of(shown, NEIGHBOURS);
    return new Points(
        vectors.size(),
        points.variance(),
        rounded(points.kept()),
        titles.grouped() ? ids.stream().map(titles::group).toList() : null,
        ItemClusters.of(shown, CLUSTERS, config.training().seed()),
        ids,
        points.points().stream().map(p -> rounded(p.x())).toList(),
        points.points().stream().map(p -> rounded(p.y())).toList(),
        IntStream.of(ranks).mapToObj(popular::count).toList(),
        ids.stream().map(id -> places.getOrDefault(id, 0L)).toList(),
        points.nearest());
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }

  private void show(String item) {
    String title = titles.of(item);
    if (!title.isEmpty()) {
      shownTitles.put(item, title);
    }
  }

  private List<SampleUser> users(Dataset<Row> lists) {
    if (config.report().users() == 0) {
      return List.of();
    }
    return lists
        .orderBy(xxhash64(col(Columns.USER), lit(config.training().seed())), col(Columns.USER))
        .select(
            col(Columns.USER),
            size(col(Recommendations.CONTEXT)),
            slice(
                col(Recommendations.CONTEXT),
                greatest(size(col(Recommendations.CONTEXT)).minus(KNOWN_SHOWN - 1), lit(1)),
                lit(KNOWN_SHOWN)),
            col(Columns.TEST),
            slice(col(Recommendations.ITEMS), 1, PLACES),
            slice(col(Recommendations.SCORES), 1, PLACES),
            col(Recommendations.COLD))
        .limit(config.report().users())
        .collectAsList()
        .stream()
        .map(this::user)
        .toList();
  }

  private SampleUser user(Row row) {
    return new SampleUser(
        row.getString(0),
        row.getInt(1),
        items(row, 2),
        items(row, 3),
        items(row, 4),
        row.isNullAt(5) ? List.of() : row.getList(5),
        row.getBoolean(6));
  }

  private List<String> items(Row row, int column) {
    List<String> items = row.isNullAt(column) ? List.of() : row.getList(column);
    items.forEach(this::show);
    return items;
  }
}
