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
package io.jamesext.dmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.primitives.Bytes;

import io.jamesext.dmap.dime.DimeObject;
import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.dime.signet.SignetSignatures;
import io.jamesext.dmap.op.keyring.AddKey;
import io.jamesext.dmap.op.signetring.AddSignet;
import io.jamesext.dmap.op.signetring.GetSignet;
import io.jamesext.dmap.op.signetring.ListSignets;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.dmap.ring.TestKeys;
import io.jamesext.dmap.wire.DmapDecoder;
import io.jamesext.dmap.wire.Frame;
import io.jamesext.dmap.wire.Limits;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.server.ConnectionEvent;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

/** Arguments of the ring commands are refused, or they are what the command promises its run. */
class RingArgumentsFuzzTest {
    private static final Limits LIMITS = new Limits(65_536, 131_072, 1_000_000);
    private static final Dime DIME = TestDime.on(Optional.empty(), TestDime.settings(Mode.TRUSTFUL));
    private static final TestKeys KEYS = TestKeys.first();
    private static final Fingerprint ID = KEYS.id();

    private static Frame frame(String before, byte[] octets, String after) {
        EmbeddedChannel channel = new EmbeddedChannel(new DmapDecoder(LIMITS));
        channel.pipeline().fireUserEventTriggered(ConnectionEvent.LOGGED_IN);
        channel.writeInbound(Unpooled.wrappedBuffer(Bytes.concat(before.getBytes(StandardCharsets.UTF_8), octets,
            after.getBytes(StandardCharsets.UTF_8))));
        Frame frame = channel.readInbound();
        channel.finishAndReleaseAll();
        return frame == null ? new Frame.Continuation() : frame;
    }

    private static String literal(byte[] octets) {
        return "~{" + octets.length + "+}\r\n";
    }

    /** That of the request, so that some inputs come through. */
    private static Fingerprint id(byte[] input) {
        try {
            return Signet.read(input).fingerprint(SignetLevel.REQUEST);
        } catch (ProtocolException e) {
            return ID;
        }
    }

    @FuzzTest
    void anyPrivateKeysShouldBeRefusedOrBeOfTheRequest(byte[] input) {
        byte[] request = KEYS.request().toBytes();
        byte[] before = Bytes.concat(("a ADDKEY " + ID + " " + literal(request)).getBytes(StandardCharsets.UTF_8), request,
            (" " + literal(input)).getBytes(StandardCharsets.UTF_8));
        try {
            byte[] object = new AddKey(DIME, Clock.systemUTC()).parse(frame("", Bytes.concat(before, input), "\r\n")).privateKeys()
                .orElseThrow();
            assertThat(DimeObject.typeOf(object)).isEqualTo(ObjectType.ENCRYPTED_USER_KEYS);
        } catch (ProtocolException e) {
            assertThat(e.text()).isNotEmpty();
        }
    }

    @FuzzTest
    void anyObjectShouldBeRefusedOrBeWhatItsKeyIdSays(byte[] input) {
        try {
            AddKey.Request request = new AddKey(DIME, Clock.systemUTC()).parse(frame("a ADDKEY " + id(input) + " " + literal(input), input,
                "\r\n"));
            assertThat(request.signet().fingerprint(SignetLevel.REQUEST)).isEqualTo(request.id());
        } catch (ProtocolException e) {
            assertThat(e.text()).isNotEmpty();
        }
    }

    @FuzzTest
    void anySignetShouldBeRefusedOrBeSignedByItsOwner(byte[] input) {
        try {
            AddSignet.Request request = new AddSignet(DIME).parse(frame("a ADDSIGNET bob@example.org " + literal(input), input, "\r\n"));
            assertThat(request.signet().type()).isNotEqualTo(ObjectType.SIGNING_REQUEST);
            assertThat(SignetSignatures.isSelfSigned(request.signet())).isTrue();
        } catch (ProtocolException e) {
            assertThat(e.text()).isNotEmpty();
        }
    }

    @FuzzTest
    void anyTextShouldBeRefusedOrUnderstood(byte[] input) {
        List<DmapOperation<?>> operations = List.of(new AddKey(DIME, Clock.systemUTC()), new AddSignet(DIME), new GetSignet(DIME),
            new ListSignets(DIME.ring()));
        for (DmapOperation<?> operation : operations) {
            try {
                assertThat(operation.parse(frame("a " + operation.name() + " ", input, "\r\n"))).isNotNull();
            } catch (ProtocolException e) {
                assertThat(e.text()).isNotEmpty();
            }
        }
    }
}
