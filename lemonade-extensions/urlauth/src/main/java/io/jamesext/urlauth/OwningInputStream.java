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

package io.jamesext.urlauth;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream over a part of another one, which closes that one: a part's own close would only mark the part as read. */
final class OwningInputStream extends FilterInputStream {
    private final InputStream owned;

    OwningInputStream(InputStream view, InputStream owned) {
        super(view);
        this.owned = owned;
    }

    @Override
    public void close() throws IOException {
        owned.close();
    }
}
