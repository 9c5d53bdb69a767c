package io.jamesext.agap.session;

/** AGAP section 3. */
public enum State {
    /** Section 3.1. */
    NOT_AUTHENTICATED,
    /** Section 3.2. */
    PRE_AUTHENTICATION,
    /** Section 3.3, authenticated and a folder selected. */
    AUTHENTICATED,
    /** Section 3.4, authenticated but no folder selected. */
    NOT_SELECTED,
    /** Section 3.5. Nothing leads there yet: no PRESENCE mechanism is offered. */
    PRESENCE,
    /** Section 3.6. Nothing leads there yet: no STORING mechanism is offered. */
    STORING
}
