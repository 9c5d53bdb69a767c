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
package io.jamesext.ximss.op.message;

import java.io.InputStream;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MessageResult;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.folder.StoredMessages;
import io.jamesext.ximss.mail.EmailReader;
import io.jamesext.ximss.mail.ReadingOptions;
import io.jamesext.ximss.mail.Reply;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.FolderMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.smime.SecureReading;
import io.jamesext.ximss.smime.SecureReadings;
import io.jamesext.ximss.submit.Submission;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gives a message, or a part of one, as XML. XIMSS, "Message Operations", folderRead. It changes no flag. The mode forward is behind the
 * text's end, and is what clients of CommuniGate send.
 *
 * <pre>{@code <folderRead id="" folder="" UID="" partID=""? mode="replyFrom|replyAll|forward"? totalSizeLimit=""? />}</pre>
 */
public final class FolderRead implements XimssOperation<FolderRead.Request> {
    private static final String REPLY_ALL = "replyAll";
    private static final String FORWARD = "forward";
    private static final Set<String> MODES = Set.of("replyFrom", REPLY_ALL, FORWARD);

    /** The attributes. */
    public record Request(String folder, long uid, Optional<String> partId, Optional<String> mode, long totalSizeLimit) {
        static Request parse(Element element) {
            Optional<String> mode = element.attribute("mode");
            if (mode.isPresent() && !MODES.contains(mode.get())) {
                throw new ProtocolException(Failure.SYNTAX, "the modes of folderRead are replyFrom, replyAll and forward");
            }
            return new Request(element.required("folder"), Element.number("UID", element.required("UID")), element.attribute("partID"),
                mode, ReadingOptions.textLimit(element.number("totalSizeLimit")));
        }
    }

    private final StoredMessages messages;
    private final Submission submission;
    private final SecureReadings readings;
    private final Preferences preferences;

    /** With what opens signed and encrypted parts, and the time zones of local times. */
    public FolderRead(StoredMessages messages, Submission submission, SecureReadings readings, Preferences preferences) {
        this.messages = messages;
        this.submission = submission;
        this.readings = readings;
        this.preferences = preferences;
    }

    @Override
    public String name() {
        return "folderRead";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MailboxSession reader = session.mailboxSession();
        return Mono.zip(messages.find(session.folder(request.folder).mailbox(), request.uid, reader), preferences.zone(reader.getUser()))
            .flatMap(found -> Blocking.call(() -> show(request, found.getT1(), session, found.getT2())))
            .flux();
    }

    private FolderMessage show(Request request, MessageResult message, XimssSession session, ZoneId zone) throws Exception {
        // XIMSS, "Secure Messaging": decrypted when the private key is unlocked, verified anyway.
        try (SecureReading secure = readings.begin(session.key().find());
                InputStream content = StoredMessages.octets(message).openStream()) {
            Element whole = EmailReader.read(content, message.getSize(),
                new ReadingOptions(request.partId.orElse(""), request.totalSizeLimit, zone, secure));
            Element shown = request.partId.map(id -> part(whole, id)).orElse(whole);
            Element body = request.mode.isPresent() ? reply(shown, request.mode.get(), session.mailboxSession().getUser()) : shown;
            return new FolderMessage(request.folder, request.uid, request.partId, request.mode, body);
        }
    }

    private Element reply(Element email, String mode, Username user) throws Exception {
        if (!email.name().equals("EMail")) {
            throw new ProtocolException(Failure.SYNTAX, "only a message can be replied to or forwarded");
        }
        if (mode.equals(FORWARD)) {
            return Reply.forward(email, submission.address(user).asString());
        }
        return Reply.to(email, mode.equals(REPLY_ALL), submission.addresses(user), submission.address(user).asString());
    }

    private static Element part(Element whole, String id) {
        return whole.find(element -> element.attribute("partID").equals(Optional.of(id)))
            .orElseThrow(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such part"));
    }
}
