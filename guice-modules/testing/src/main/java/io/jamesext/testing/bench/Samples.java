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
package io.jamesext.testing.bench;

import java.util.List;

/**
 * How long something took each time.
 *
 * @param nanos in nanoseconds, at least one, in ascending order
 */
record Samples(List<Long> nanos) {
    private static final double NANOS_IN_A_SECOND = 1e9;
    private static final double NANOS_IN_A_MILLISECOND = 1e6;
    private static final int PERCENT = 100;
    private static final int MEDIAN = 50;

    Samples {
        if (nanos.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        nanos = nanos.stream().sorted().toList();
    }

    /** How often a second at the median: what else the machine does now and then is not in it. */
    double rate() {
        return NANOS_IN_A_SECOND / (percentile(MEDIAN) * NANOS_IN_A_MILLISECOND);
    }

    /** The least duration in milliseconds that so many of a hundred did not exceed. */
    double percentile(int percent) {
        int rank = (int) Math.ceil(nanos.size() * percent / (double) PERCENT);
        return nanos.get(Math.max(rank, 1) - 1) / NANOS_IN_A_MILLISECOND;
    }
}
