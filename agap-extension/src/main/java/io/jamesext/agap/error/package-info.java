/** Which code goes out. */
@NullMarked
package io.jamesext.agap.error;

import org.jspecify.annotations.NullMarked;
