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
package io.jamesext.dmap.sync;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * The token of XRESYNC: what a client knows of all its mailboxes, so short that it fits on a line for a thousand of them. The server keeps
 * nothing of it. PROTOCOL.md section 4.6.
 *
 * @param names stands for the mailboxes' names
 * @param mailboxes stands for each mailbox, under its name and as far as it had come: 48 bits of a hash, so that a change is overlooked
 *     once in 2^48
 */
public record SyncState(long names, Set<Long> mailboxes) {
    private static final byte VERSION = 1;
    private static final int HEAD = 1 + Long.BYTES;
    private static final int EACH = 6;

    /** Of these mailboxes. */
    public static SyncState of(Collection<MailboxPoint> points) {
        Set<String> names = points.stream().map(MailboxPoint::name).collect(Collectors.toCollection(TreeSet::new));
        return new SyncState(hash(String.join("\0", names)).asLong(),
            points.stream().map(SyncState::of).collect(Collectors.toCollection(TreeSet::new)));
    }

    /**
     * From a token; empty for one of another version, which says nothing to this server.
     *
     * @throws ProtocolException for what is no token at all
     */
    public static Optional<SyncState> parse(String token) {
        ByteBuffer octets = ByteBuffer.wrap(decoded(token));
        if (octets.remaining() < HEAD || (octets.remaining() - HEAD) % EACH != 0) {
            throw noState();
        }
        if (octets.get() != VERSION) {
            return Optional.empty();
        }
        long names = octets.getLong();
        Set<Long> mailboxes = new TreeSet<>();
        while (octets.hasRemaining()) {
            mailboxes.add(Short.toUnsignedLong(octets.getShort()) << Integer.SIZE | Integer.toUnsignedLong(octets.getInt()));
        }
        return Optional.of(new SyncState(names, mailboxes));
    }

    /** The token: an atom. */
    public String token() {
        ByteBuffer octets = ByteBuffer.allocate(HEAD + EACH * mailboxes.size()).put(VERSION).putLong(names);
        mailboxes.forEach(mailbox -> octets.putShort((short) (mailbox >>> Integer.SIZE)).putInt(mailbox.intValue()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets.array());
    }

    /** True when the client knows the mailbox as it is. */
    public boolean knows(MailboxPoint point) {
        return mailboxes.contains(of(point));
    }

    private static long of(MailboxPoint point) {
        return hash(String.join("\0", point.id().serialize(), point.name(), Long.toString(point.uidValidity()),
            Long.toString(point.modSeq()))).asLong() >>> Short.SIZE;
    }

    private static HashCode hash(String text) {
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8);
    }

    private static byte[] decoded(String token) {
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw noState();
        }
    }

    private static ProtocolException noState() {
        return new ProtocolException(Failure.SYNTAX, "not a state of XRESYNC");
    }
}
