package io.github.item2vec.redis;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The items' UUIDs by index. Given, it is what the dictionary in Redis holds; without a given one a
 * task's own grows with each item it meets, by {@link IdMapping#items}. Broadcast when given.
 */
final class Catalogue implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Map<UTF8String, Integer> indices = new HashMap<>();
  private final List<UUID> uuids = new ArrayList<>();
  private final IdMapping growth;

  private Catalogue(IdMapping growth) {
    this.growth = growth;
  }

  static Catalogue growing() {
    return new Catalogue(IdMapping.items());
  }

  /** Rows of (id, uuid as text); an id's first row counts. */
  static Catalogue of(List<Row> rows) {
    Catalogue catalogue = new Catalogue(null);
    for (Row row : rows) {
      if (row.isNullAt(0) || row.isNullAt(1)) {
        throw new IllegalArgumentException("the catalogue has a row without id or uuid: " + row);
      }
      catalogue.indices.computeIfAbsent(
          UTF8String.fromString(row.getString(0)),
          id -> {
            catalogue.uuids.add(UUID.fromString(row.getString(1)));
            return catalogue.uuids.size() - 1;
          });
    }
    return catalogue;
  }

  int size() {
    return uuids.size();
  }

  UUID uuid(int index) {
    return uuids.get(index);
  }

  /**
   * The index of an item.
   *
   * @throws IllegalArgumentException when the given catalogue has no such item
   */
  int index(UTF8String item) {
    Integer known = indices.get(item);
    if (known != null) {
      return known;
    }
    if (growth == null) {
      throw new IllegalArgumentException("item '" + item + "' has no UUID in the catalogue");
    }
    uuids.add(growth.uuid(item.toString()));
    indices.put(item.copy(), uuids.size() - 1);
    return uuids.size() - 1;
  }
}
