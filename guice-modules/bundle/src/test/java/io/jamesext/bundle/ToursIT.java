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

package io.jamesext.bundle;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.jamesext.testing.james.StockJames;
import io.jamesext.testing.james.StockJamesExtension;
import io.jamesext.testing.james.Tour;

/** What {@code ./james demo} plays. */
@ExtendWith(StockJamesExtension.class)
class ToursIT {
    private final StockJames james;

    ToursIT(StockJames james) {
        this.james = james;
    }

    @ParameterizedTest
    @MethodSource("tours")
    void everyAnswerShouldBeAsExpected(Tour tour) throws IOException {
        james.fill();

        tour.play(StockJames.project(), james.ports(), line -> { });
    }

    static List<Tour> tours() {
        return Tour.ALL;
    }
}
