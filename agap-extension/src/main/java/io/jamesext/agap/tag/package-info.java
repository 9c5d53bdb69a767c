/** Tags, and how they are James's flags. */
@NullMarked
package io.jamesext.agap.tag;

import org.jspecify.annotations.NullMarked;
