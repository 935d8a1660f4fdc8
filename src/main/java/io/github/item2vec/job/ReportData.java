package io.github.item2vec.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.item2vec.config.JobConfig;
import io.github.item2vec.data.Columns;
import io.github.item2vec.recommend.ItemVectors;
import io.github.item2vec.recommend.PopularItems;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.redis.layout.MemoryForecast;
import io.github.item2vec.redis.layout.ValueLayout;
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
  private static final long[] FORECAST_USERS = {1_000_000, 100_000_000};

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
  Map<String, Object> of(
      Dataset<Row> lists, ItemVectors vectors, PopularItems popular, long users) {
    Map<String, Long> places = places(lists);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("redis", redis(users, popular.size()));
    Map<String, Object> tail = new LinkedHashMap<>(LongTail.of(popular, places));
    tail.put("k", Math.min(PLACES, config.recommend().k()));
    data.put("longTail", tail);
    data.put("map", map(vectors, popular, places));
    data.put("users", users(lists));
    data.put("titles", shownTitles);
    return data;
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

  private Map<String, Object> redis(long users, int items) {
    int k = Math.min(config.recommend().k(), items);
    List<Map<String, Object>> layouts = new ArrayList<>();
    for (ValueLayout layout : ValueLayout.values()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("layout", layout.toString());
      fields.put("bytes", forecast(users, k, items).bytes(layout));
      List<Long> growth = new ArrayList<>();
      for (long many : FORECAST_USERS) {
        growth.add(forecast(many, k, items).bytes(layout));
      }
      fields.put("forecast", growth);
      layouts.add(fields);
    }
    Map<String, Object> redis = new LinkedHashMap<>();
    redis.put("users", users);
    redis.put("listLength", k);
    redis.put("items", items);
    redis.put("prefix", config.publish().prefix());
    redis.put("ttlSeconds", config.publish().ttl().toSeconds());
    redis.put("forecastUsers", FORECAST_USERS);
    redis.put("layouts", layouts);
    return redis;
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
  private Map<String, Object> map(
      ItemVectors vectors, PopularItems popular, Map<String, Long> places) {
    int[] ranks =
        IntStream.range(0, popular.size())
            .filter(rank -> vectors.contains(popular.item(rank)))
            .limit(config.report().items())
            .toArray();
    List<String> ids = IntStream.of(ranks).mapToObj(popular::item).toList();
    ids.forEach(this::show);
    ItemMap points = ItemMap.of(ids.stream().map(vectors::context).toList(), NEIGHBOURS);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("items", vectors.size());
    fields.put("variance", points.variance());
    fields.put("id", ids);
    fields.put("x", points.points().stream().map(p -> rounded(p.x())).toList());
    fields.put("y", points.points().stream().map(p -> rounded(p.y())).toList());
    fields.put("rows", IntStream.of(ranks).mapToObj(popular::count).toList());
    fields.put("places", ids.stream().map(id -> places.getOrDefault(id, 0L)).toList());
    fields.put("nearest", points.nearest());
    return fields;
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

  private List<Map<String, Object>> users(Dataset<Row> lists) {
    List<Map<String, Object>> users = new ArrayList<>();
    if (config.report().users() == 0) {
      return users;
    }
    for (Row row :
        lists
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
            .collectAsList()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("user", row.getString(0));
      fields.put("known", row.getInt(1));
      fields.put("latest", items(row, 2));
      fields.put("test", items(row, 3));
      fields.put("list", items(row, 4));
      fields.put("scores", row.isNullAt(5) ? List.of() : row.<Float>getList(5));
      fields.put("cold", row.getBoolean(6));
      users.add(fields);
    }
    return users;
  }

  private List<String> items(Row row, int column) {
    List<String> items = row.isNullAt(column) ? List.of() : row.getList(column);
    items.forEach(this::show);
    return items;
  }
}
