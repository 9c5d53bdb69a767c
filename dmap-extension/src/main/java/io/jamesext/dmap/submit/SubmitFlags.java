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
package io.jamesext.dmap.submit;

import java.util.List;

import javax.mail.Flags;

import io.jamesext.dmap.mail.DmapFlags;

/** How far a message has come, as its flags have it. Draft section 3.3.2. */
record SubmitFlags(Flags flags) {
    /** The keyword of a message whose submission has failed. PROTOCOL.md section 9.2. */
    static final String FAILED = "$SubmitFailed";
    private static final String SUBMITTED = "\\Submitted";
    private static final String PENDING = "\\SubmitPending";

    boolean isPending() {
        return flags.contains(pending());
    }

    boolean isSubmitted() {
        return flags.contains(submitted());
    }

    static Flags submitted() {
        return DmapFlags.parse(List.of(SUBMITTED));
    }

    private static Flags pending() {
        return DmapFlags.parse(List.of(PENDING));
    }

    static Flags both() {
        return DmapFlags.parse(List.of(SUBMITTED, PENDING));
    }

    /** What a message that was sent has no more. */
    static Flags waiting() {
        return DmapFlags.parse(List.of(PENDING, FAILED));
    }

    static Flags failed() {
        return DmapFlags.parse(List.of(FAILED));
    }
}
