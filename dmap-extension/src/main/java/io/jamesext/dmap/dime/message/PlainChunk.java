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
package io.jamesext.dmap.dime.message;

import java.security.SecureRandom;

import io.jamesext.dmap.dime.OctetReader;
import io.jamesext.dmap.dime.OctetWriter;
import io.jamesext.dmap.dime.SigningKey;
import io.jamesext.dmap.dime.VerifyingKey;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * A decrypted chunk: data with the author's signature. The cipher does not tell a wrong key from the right one; only the signature
 * does. PROTOCOL.md section 5.6.
 */
public final class PlainChunk {
    /** Signature, length of the data, flags, padding octet. */
    static final int HEAD_BYTES = VerifyingKey.SIGNATURE_BYTES + 5;
    /** The data of the next chunk of this kind belong to these. */
    static final int CONTINUED = 128;
    /** The data are compressed. */
    private static final int GZIP = 4;
    private static final int BLOCK_BYTES = 16;
    private static final int MIN_PAYLOAD_BYTES = 256;
    /** The most data in a chunk: with the longest padding there is still room in a length of three octets. */
    static final int MAX_DATA_BYTES = 0xFFFFF0 - HEAD_BYTES - 16 * BLOCK_BYTES;

    private final ChunkKind kind;
    private final byte[] payload;
    private final int flags;
    private final int dataBytes;

    private PlainChunk(ChunkKind kind, byte[] payload, int flags, int dataBytes) {
        this.kind = kind;
        this.payload = payload;
        this.flags = flags;
        this.dataBytes = dataBytes;
    }

    /** Of a decrypted payload. The padding is not looked at: libdime writes its length modulo 256, and the signature is over it. */
    static PlainChunk read(ChunkKind kind, byte[] payload) {
        OctetReader reader = new OctetReader(payload);
        reader.skip(VerifyingKey.SIGNATURE_BYTES);
        int dataBytes = reader.number(3);
        int flags = reader.number(1);
        reader.skip(1);
        if (dataBytes > reader.remaining()) {
            throw new ProtocolException(Failure.NO_PERMISSION, "a chunk cannot be decrypted with this key");
        }
        return new PlainChunk(kind, payload, flags, dataBytes);
    }

    /** The payload of these data, signed and padded. */
    static byte[] write(byte[] data, int flags, SigningKey author, SecureRandom random) {
        int bytes = HEAD_BYTES + data.length;
        int padding = bytes < MIN_PAYLOAD_BYTES ? MIN_PAYLOAD_BYTES - bytes + BLOCK_BYTES * random.nextInt(bytes / BLOCK_BYTES + 1)
            : BLOCK_BYTES - bytes % BLOCK_BYTES + BLOCK_BYTES * random.nextInt(BLOCK_BYTES);
        OctetWriter signed = new OctetWriter().number(data.length, 3).number(flags, 1).number(padding, 1).octets(data);
        for (int i = 0; i < padding; i++) {
            signed.number(padding, 1);
        }
        byte[] octets = signed.toBytes();
        return new OctetWriter().octets(author.sign(octets)).octets(octets).toBytes();
    }

    /** What it is. */
    public ChunkKind kind() {
        return kind;
    }

    /** What it holds, without padding. */
    public byte[] data() {
        return new OctetReader(payload, HEAD_BYTES, HEAD_BYTES + dataBytes).rest();
    }

    /** Octets that it holds. */
    public int dataBytes() {
        return dataBytes;
    }

    /** Whether the next chunk of this kind goes on with the data. */
    public boolean isContinued() {
        return (flags & CONTINUED) != 0;
    }

    /** Whether the data, put together with what continues them, are compressed by gzip (RFC 1952). Nothing here unpacks them. */
    public boolean isCompressed() {
        return (flags & GZIP) != 0;
    }

    /** Whether this is what the author wrote. */
    public boolean isSignedBy(VerifyingKey author) {
        byte[] signature = new OctetReader(payload).take(VerifyingKey.SIGNATURE_BYTES);
        return author.verifies(signature, payload, VerifyingKey.SIGNATURE_BYTES, payload.length);
    }

    @Override
    public String toString() {
        return "chunk " + kind.number() + " of " + dataBytes + " octets";
    }
}
