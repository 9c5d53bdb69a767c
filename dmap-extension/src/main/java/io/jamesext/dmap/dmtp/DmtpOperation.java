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
package io.jamesext.dmap.dmtp;

import java.util.EnumSet;
import java.util.Set;

import com.google.common.collect.Sets;

import io.jamesext.dmap.dmtp.wire.CommandLine;
import io.jamesext.dmap.dmtp.wire.DmtpFrame;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Operation;

/**
 * A command. PROTOCOL.md section 10.2.
 *
 * @param <Q> its parsed arguments
 */
public interface DmtpOperation<Q> extends Operation<DmtpFrame, Q, DmtpSession, DmtpReply> {
    /** Most need no message, nor a name. */
    Set<DmtpState> ANY = Sets.immutableEnumSet(EnumSet.allOf(DmtpState.class));

    @Override
    default Set<DmtpState> allowedIn() {
        return ANY;
    }

    /** Reads the arguments. SYNTAX if they are not those of the command. */
    Q parse(CommandLine line);

    @Override
    default Q parse(DmtpFrame frame) {
        if (!(frame instanceof DmtpFrame.Command command)) {
            throw new ProtocolException(Failure.SYNTAX, "not a command");
        }
        return parse(command.line());
    }
}
