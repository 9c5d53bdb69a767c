/** What the server remembers of a connection. */
@NullMarked
package io.jamesext.agap.session;

import org.jspecify.annotations.NullMarked;
