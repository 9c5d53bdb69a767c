/** Bytes to lines, lines to arguments, and lines to bytes. Nothing here knows a command. */
@NullMarked
package io.jamesext.agap.wire;

import org.jspecify.annotations.NullMarked;
