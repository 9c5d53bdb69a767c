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
package io.jamesext.dmap.error;

import static io.jamesext.dmap.reply.Condition.BAD;
import static io.jamesext.dmap.reply.Condition.NO;

import java.util.Map;
import java.util.Optional;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;

import io.jamesext.dmap.reply.Condition;
import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.reply.Status;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * The one table from failures to conditions and response codes. Draft section 8.1; the draft has no codes for failures, so these
 * are RFC 5530's. BAD is for what is no command at all, NO for what cannot be done (draft sections 8.1.2 and 8.1.3).
 */
public final class DmapErrors {
    private record Answer(Condition condition, Optional<ResponseCode> code) {
        static Answer of(Condition condition) {
            return new Answer(condition, Optional.empty());
        }

        static Answer of(Condition condition, String code) {
            return new Answer(condition, Optional.of(new ResponseCode.Plain(code)));
        }
    }

    private static final Map<Failure, Answer> ANSWERS = Maps.immutableEnumMap(ImmutableMap.<Failure, Answer>builder()
        .put(Failure.SYNTAX, Answer.of(BAD))
        .put(Failure.UNKNOWN_COMMAND, Answer.of(BAD))
        .put(Failure.WRONG_STATE, Answer.of(BAD))
        .put(Failure.AUTHENTICATION_FAILED, Answer.of(NO, "AUTHENTICATIONFAILED"))
        .put(Failure.ENCRYPTION_REQUIRED, Answer.of(NO, "PRIVACYREQUIRED"))
        .put(Failure.NO_PERMISSION, Answer.of(NO, "NOPERM"))
        .put(Failure.NO_SUCH_MAILBOX, Answer.of(NO, "NONEXISTENT"))
        .put(Failure.MAILBOX_EXISTS, Answer.of(NO, "ALREADYEXISTS"))
        .put(Failure.BAD_MAILBOX_NAME, Answer.of(NO, "CANNOT"))
        .put(Failure.NO_SUCH_MESSAGE, Answer.of(NO, "NONEXISTENT"))
        .put(Failure.CONFLICT, Answer.of(NO, "INUSE"))
        .put(Failure.OVER_QUOTA, Answer.of(NO, "OVERQUOTA"))
        .put(Failure.TOO_BIG, Answer.of(BAD, "LIMIT"))
        .put(Failure.NOT_SUPPORTED, Answer.of(NO, "CANNOT"))
        .put(Failure.BUSY, Answer.of(NO, "UNAVAILABLE"))
        .put(Failure.INTERNAL, Answer.of(NO, "SERVERBUG"))
        .build());

    private DmapErrors() {
    }

    /** The tagged answer; or, for a line without a tag, the untagged BAD of draft section 8.1.3. */
    public static Status status(Optional<String> tag, ProtocolException failure) {
        Answer answer = answer(failure.failure());
        Condition condition = tag.isPresent() ? answer.condition() : BAD;
        return new Status(tag.orElse(Status.UNTAGGED), condition, answer.code(), failure.text());
    }

    /** The last word before the server closes a connection on its own account. Draft section 4.4. */
    public static Status goodbye(ProtocolException failure) {
        return new Status(Status.UNTAGGED, Condition.BYE, answer(failure.failure()).code(), failure.text());
    }

    private static Answer answer(Failure failure) {
        Answer answer = ANSWERS.get(failure);
        return answer == null ? Answer.of(NO, "SERVERBUG") : answer;
    }
}
