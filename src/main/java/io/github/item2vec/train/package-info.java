/**
 * word2vec and the basket model over item sequences as a Spark ML estimator. The public face:
 * {@link io.github.item2vec.train.Item2Vec} and {@link io.github.item2vec.train.Item2VecModel}; the
 * rooms below that are marked Internal are not.
 *
 * <table>
 * <caption>The words for a piece of the work</caption>
 * <tr><th>word</th><th>what it is a piece of</th></tr>
 * <tr><td>partition</td><td>Spark's: rows of a Dataset or RDD that one task reads</td></tr>
 * <tr><td>part</td><td>of the items: item i belongs to one of P parts; a part is a set of rows of the
 * input vectors and the same rows of the output vectors ({@code epoch.Parts})</td></tr>
 * <tr><td>chunk</td><td>of an epoch, in time: chunks are trained one after another ({@code
 * epoch.Slots})</td></tr>
 * <tr><td>slice</td><td>of a chunk, side by side: the sequences whose windows one task or thread
 * lays</td></tr>
 * <tr><td>slot</td><td>a chunk and a slice together: where a sequence belongs, by its hash</td></tr>
 * <tr><td>block</td><td>of a chunk's windows: those with contexts in one part and targets in another;
 * what one task or thread trains alone ({@code window.Block})</td></tr>
 * <tr><td>round</td><td>of a chunk, in time: P blocks that share no row, trained at once; P rounds go
 * through all P x P blocks</td></tr>
 * <tr><td>piece</td><td>of what travels: some rows of a part, or some windows of a block, as one array
 * of bytes, so that no buffer holds the whole ({@code distributed.Shipment}, {@code
 * model.Pieces})</td></tr>
 * </table>
 */
package io.github.item2vec.train;
