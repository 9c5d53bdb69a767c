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
package io.jamesext.dmap.op.selected;

import java.util.Set;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.session.DmapState;
import io.jamesext.dmap.wire.DmapReader;

/**
 * A command that has a form with UIDs too. Draft section 7.6.8.
 *
 * @param <Q> its parsed arguments
 */
public interface ByUid<Q> extends DmapOperation<Q> {
    @Override
    default Set<DmapState> allowedIn() {
        return SELECTED;
    }

    @Override
    default Q parse(DmapReader arguments) {
        return parse(arguments, false);
    }

    /** Reads what follows the verb, in that form or in the one with message numbers. */
    Q parse(DmapReader arguments, boolean byUid);
}
