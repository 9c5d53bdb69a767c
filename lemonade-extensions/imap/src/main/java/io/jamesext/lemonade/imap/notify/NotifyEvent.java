/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.jamesext.lemonade.imap.notify;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The events that a client can be told of, in the order of RFC 5465 section 8. */
enum NotifyEvent {
    MESSAGE_NEW("MessageNew", true), MESSAGE_EXPUNGE("MessageExpunge", true), FLAG_CHANGE("FlagChange", true),
    /** RFC 5257, which is not there. */
    ANNOTATION_CHANGE("AnnotationChange", true),
    MAILBOX_NAME("MailboxName", false), SUBSCRIPTION_CHANGE("SubscriptionChange", false),
    MAILBOX_METADATA_CHANGE("MailboxMetadataChange", false), SERVER_METADATA_CHANGE("ServerMetadataChange", false);

    /** RFC 5465 section 3.1: BADEVENT lists all that are supported. */
    static final String BAD_EVENT = "BADEVENT (" + Arrays.stream(values()).filter(NotifyEvent::supported).map(NotifyEvent::word)
        .collect(Collectors.joining(" ")) + ")";

    private final String word;
    private final boolean ofMessages;

    NotifyEvent(String word, boolean ofMessages) {
        this.word = word;
        this.ofMessages = ofMessages;
    }

    static Optional<NotifyEvent> of(String word) {
        return Arrays.stream(values()).filter(event -> event.word.equalsIgnoreCase(word)).findAny();
    }

    String word() {
        return word;
    }

    /** RFC 5465 section 8: whether it is a message-event. */
    boolean ofMessages() {
        return ofMessages;
    }

    boolean supported() {
        return this != ANNOTATION_CHANGE;
    }
}
