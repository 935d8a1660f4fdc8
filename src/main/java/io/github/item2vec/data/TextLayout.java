package io.github.item2vec.data;

import java.io.Serializable;

/**
 * How the lines of one text file are read; found on the driver, used in tasks.
 *
 * @param separator the text between fields; a blank for any number of blanks
 * @param quoted whether fields may stand in quotes
 * @param columns what stands where
 * @param rowsFrom offset of the first row: what stands before is a header or a remark
 */
record TextLayout(String separator, boolean quoted, ColumnPositions columns, long rowsFrom)
    implements Serializable {}
