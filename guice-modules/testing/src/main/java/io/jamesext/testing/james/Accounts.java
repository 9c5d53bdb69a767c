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

package io.jamesext.testing.james;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import io.jamesext.stores.LaunchFailure;

/** Makes accounts through James's WebAdmin. */
public final class Accounts {
    /** The password of every account that the demonstration makes. */
    public static final String PASSWORD = "secret";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CREATED = 204;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI webAdmin;

    public Accounts(Ports ports) {
        this.webAdmin = URI.create("http://127.0.0.1:" + ports.of(Listener.WEBADMIN));
    }

    /** Makes the account, or sets its password to {@link #PASSWORD} where it exists. */
    public void create(String user) {
        HttpRequest request = HttpRequest.newBuilder(webAdmin.resolve("/users/" + user + "?force"))
            .header("Content-Type", "application/json")
            .timeout(PATIENCE)
            .PUT(BodyPublishers.ofString("{\"password\":\"" + PASSWORD + "\"}"))
            .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != CREATED) {
                throw refused(user, response.statusCode() + " " + response.body());
            }
        } catch (IOException e) {
            throw refused(user, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(user, "interrupted");
        }
    }

    private static LaunchFailure refused(String user, String why) {
        return new LaunchFailure("James did not make the account " + user + ": " + why,
            "Look into logs/james.log in the working directory");
    }
}
