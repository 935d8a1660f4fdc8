package io.github.item2vec.recommend;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * Appends its list to each user's row, in the order of the rows. Runs in tasks, a block of users at
 * a time.
 */
final class RecommendFn implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final ListSettings settings;
  private final ProfileSource source;
  private final LeftOut leftOut;
  private final PopularLists popular;
  private final Broadcast<CandidateItems> candidates;

  RecommendFn(
      ListSettings settings,
      ProfileSource source,
      LeftOut leftOut,
      PopularLists popular,
      Broadcast<CandidateItems> candidates) {
    this.settings = settings;
    this.source = source;
    this.leftOut = leftOut;
    this.popular = popular;
    this.candidates = candidates;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> users) {
    CandidateItems items = candidates.value();
    return new Blocks(users, items, settings.block(items));
  }

  private final class Blocks implements Iterator<Row> {
    private final Iterator<Row> users;
    private final CandidateItems items;
    private final ProfileSource.Profiles profiles = source.open();
    private final ScoredBlock block;
    private final Deque<Row> ready = new ArrayDeque<>();

    Blocks(Iterator<Row> users, CandidateItems items, ScoredBlock block) {
      this.users = users;
      this.items = items;
      this.block = block;
    }

    @Override
    public boolean hasNext() {
      return !ready.isEmpty() || users.hasNext();
    }

    @Override
    public Row next() {
      if (ready.isEmpty()) {
        fill();
      }
      return ready.remove();
    }

    private void fill() {
      block.clear();
      List<Row> rows = new ArrayList<>();
      List<Boolean> warm = new ArrayList<>();
      while (users.hasNext() && rows.size() < block.capacity() && !block.enough()) {
        Row user = users.next();
        Profile profile = profiles.of(user);
        rows.add(user);
        warm.add(profile != null);
        if (profile != null) {
          int[] notRecommended = items.leftOut(leftOut.of(user, settings));
          block.add(profile, notRecommended, items);
        }
      }
      block.score(items);
      int scored = 0;
      for (int i = 0; i < rows.size(); i++) {
        ready.add(warm.get(i) ? list(rows.get(i), scored++) : popular.coldList(rows.get(i)));
      }
    }

    private Row list(Row user, int scored) {
      PartialList list = block.list(scored, items);
      return Recommendations.append(
          user,
          list.items(),
          Recommendations.scores(settings, list.products(), list.logSum()),
          false);
    }
  }
}
