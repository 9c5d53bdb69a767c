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

package io.jamesext.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import com.fasterxml.jackson.databind.ObjectMapper;

/** What an operator does with curl. */
public record WebAdminClient(int port) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Expects 200 and answers the body. */
    public String get(String path) throws Exception {
        return expect(200, "GET", path, "");
    }

    /** Expects 204. */
    public void put(String path, String body) throws Exception {
        expect(204, "PUT", path, body);
    }

    /** Expects 204. */
    public void post(String path, String body) throws Exception {
        expect(204, "POST", path, body);
    }

    /** Runs a task to its end, and fails when it does. */
    public String task(String method, String path, String body) throws Exception {
        return end(start(method, path, body));
    }

    /** Begins a task and answers its id. */
    public String start(String method, String path, String body) throws Exception {
        return new ObjectMapper().readTree(expect(201, method, path, body)).get("taskId").asText();
    }

    /** Waits for the end of a task, and fails when it does. */
    public String end(String id) throws Exception {
        String report = get("/tasks/" + id + "/await?timeout=60s");
        assertThat(report).contains("\"status\":\"completed\"");
        return report;
    }

    /** What the health checks say, good or bad. */
    public String health() throws Exception {
        return send("GET", "/healthcheck", "").body();
    }

    private String expect(int status, String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = send(method, path, body);
        assertThat(response.statusCode()).as("%s %s: %s", method, path, response.body()).isEqualTo(status);
        return response.body();
    }

    private HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }
}
