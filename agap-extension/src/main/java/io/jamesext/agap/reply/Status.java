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
package io.jamesext.agap.reply;

import io.jamesext.agap.wire.AgapWriter;

/**
 * The line with the response's code.
 *
 * @param text for humans; AGAP section 5.1
 */
public record Status(Code code, String text) implements AgapReply {
    /** The good end of a command. */
    public static Status ok(String text) {
        return new Status(Code.OK, "OK " + text);
    }

    /** The good end of a command that found so many items or folders. */
    public static Status matches(String command, long count) {
        return ok(command + " completed (" + count + (count == 1 ? " match)" : " matches)"));
    }

    /** The go-ahead for a body. */
    public static Status goAhead(String text) {
        return new Status(Code.CONTINUE, "OK " + text);
    }

    @Override
    public boolean completes() {
        return code != Code.CONTINUE;
    }

    @Override
    public void writeTo(AgapWriter writer) {
        writer.status(code.number(), text);
    }
}
