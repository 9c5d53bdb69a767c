/**
 * Folders and paths, and how they are James's mailboxes: names by {@link io.jamesext.agap.folder.FolderName}, types by mailbox classes,
 * changes by {@link io.jamesext.agap.folder.FolderStates}.
 */
@NullMarked
package io.jamesext.agap.folder;

import org.jspecify.annotations.NullMarked;
