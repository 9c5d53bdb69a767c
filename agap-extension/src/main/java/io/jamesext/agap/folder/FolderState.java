package io.jamesext.agap.folder;

/**
 * What STAT and CHNG tell of a folder.
 *
 * @param fcid AGAP section 2.6
 * @param ucid AGAP section 2.7
 * @param total how many items it holds
 * @param unseen how many of them are not SEEN
 */
public record FolderState(long fcid, long ucid, long total, long unseen) {
}
