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
package io.jamesext.ximss.op.mailbox;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.xml.Element;

/** The body of a request that changes a set: an element for each change. */
public final class Updates {
    /** Each is a write. */
    private static final int MAX_UPDATES = 1000;

    private Updates() {
    }

    /**
     * Reads the elements of a name.
     *
     * @throws ProtocolException when there are too many
     */
    public static <T> List<T> of(Element request, String name, Function<Element, T> parse) {
        if (request.elements(name).count() > MAX_UPDATES) {
            throw new ProtocolException(Failure.TOO_BIG, "more than " + MAX_UPDATES + " changes at once");
        }
        return request.elements(name).map(parse).collect(ImmutableList.toImmutableList());
    }

    /** XIMSS, "Mailbox Management": {@code mode="add"} adds, anything else removes. */
    public static boolean adds(Element update) {
        return update.attribute("mode").equals(Optional.of("add"));
    }
}
