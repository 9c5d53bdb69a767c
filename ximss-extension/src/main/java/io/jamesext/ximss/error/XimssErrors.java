package io.jamesext.ximss.error;

import io.jamesext.kernel.failure.Failure;

/**
 * The table from failures to the errorNum of a response. The specification names two numbers only: 500 for an unknown command and
 * 518 for an account that has moved. The others are SMTP's for the same thing (RFC 5321 section 4.2.3, RFC 4954 section 6), which is
 * the family those two come from.
 */
public final class XimssErrors {
    private XimssErrors() {
    }

    /** The errorNum. */
    public static int number(Failure failure) {
        return switch (failure) {
            case UNKNOWN_COMMAND -> 500;
            case SYNTAX -> 501;
            case WRONG_STATE -> 503;
            case NOT_SUPPORTED -> 504;
            case AUTHENTICATION_FAILED -> 535;
            case ENCRYPTION_REQUIRED -> 538;
            case NO_SUCH_MAILBOX, NO_SUCH_MESSAGE -> 550;
            case NO_PERMISSION -> 551;
            case OVER_QUOTA, TOO_BIG -> 552;
            case BAD_MAILBOX_NAME -> 553;
            case MAILBOX_EXISTS, CONFLICT -> 554;
            case BUSY -> 421;
            case INTERNAL -> 451;
        };
    }
}
