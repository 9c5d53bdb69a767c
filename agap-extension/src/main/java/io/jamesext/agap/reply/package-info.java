/** What the server says. */
@NullMarked
package io.jamesext.agap.reply;

import org.jspecify.annotations.NullMarked;
