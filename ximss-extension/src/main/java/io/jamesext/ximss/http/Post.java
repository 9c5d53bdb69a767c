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
package io.jamesext.ximss.http;

import java.util.List;
import java.util.Optional;

import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.xml.Element;

/**
 * What a client sends by one POST.
 *
 * @param requests in their order; empty when they could not be read
 * @param failure why they could not
 * @param number the reqSeq, of a client that counts
 * @param mode where the answers go
 */
record Post(List<Element> requests, Optional<ProtocolException> failure, Optional<Long> number, Batch.Mode mode) {
    /** Whether it may follow another by its number; one of the two may have none. */
    boolean isNextTo(Optional<Long> other) {
        return number.isEmpty() || other.isEmpty() || number.get() == other.get() + 1;
    }
}
