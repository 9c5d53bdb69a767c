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

package io.jamesext.lemonade.imap;

import org.apache.james.metrics.api.Gauge;
import org.apache.james.metrics.api.GaugeRegistry;

/** Gauges of one listener, told from those of the others and of the stock listeners by its name. */
final class NamedGauges implements GaugeRegistry {
    private final GaugeRegistry gauges;
    private final String name;

    NamedGauges(GaugeRegistry gauges, String name) {
        this.gauges = gauges;
        this.name = name;
    }

    @Override
    public <T> GaugeRegistry register(String gaugeName, Gauge<T> gauge) {
        gauges.register(name + "." + gaugeName, gauge);
        return this;
    }

    @Override
    public <T> SettableGauge<T> settableGauge(String gaugeName) {
        return gauges.settableGauge(name + "." + gaugeName);
    }
}
