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
package io.jamesext.dmap.dmtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.jamesext.kernel.failure.ProtocolException;

/** Whatever another server says is read or refused. */
class AnswerFuzzTest {
    @FuzzTest
    void anyAnswerShouldBeReadOrRefused(byte[] input) {
        InputStream in = new ByteArrayInputStream(input);
        try {
            DmtpAnswer answer = DmtpAnswer.read(in::read);
            assertThat(answer.lines()).isNotEmpty();
            assertThat(answer.refusal().text()).hasSizeLessThan(200);
            SignetAnswer.read(answer);
        } catch (IOException | ProtocolException e) {
            assertThat(e).hasMessageMatching("[ -~]*");
        }
    }
}
