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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** James's WebAdmin on a port of this machine, asked as {@code curl} would ask it. */
record WebAdmin(int port) {
    private static final Pattern TASK = Pattern.compile("\"taskId\":\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    String get(String path) throws IOException, InterruptedException {
        return send("GET", path, "", List.of());
    }

    /**
     * Sends what these words of a {@code curl} command say, of whose options it knows {@code -X}, {@code -H} and {@code -d}; the server
     * is this one, whichever they name. A task that the answer names is waited for, and is then the answer. Fails like {@code curl -f}.
     */
    String curl(List<String> words) throws IOException, InterruptedException {
        String method = "GET";
        String body = "";
        String url = "";
        List<String> headers = List.of();
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-X" -> method = words.get(++i);
                case "-d" -> body = words.get(++i);
                case "-H" -> headers = List.of(words.get(++i).split(": ", 2));
                default -> url = words.get(i);
            }
        }
        URI given = URI.create(url.startsWith("http://") ? url : "http://" + url);
        String answer = send(method, given.getRawPath() + (given.getRawQuery() == null ? "" : "?" + given.getRawQuery()), body, headers);
        Matcher task = TASK.matcher(answer);
        return answer.startsWith("{\"taskId\"") && task.find() ? completed(task.group(1)) : answer;
    }

    private String completed(String task) throws IOException, InterruptedException {
        String done = get("/tasks/" + task + "/await?timeout=" + PATIENCE.toSeconds() + "s");
        if (!done.contains("\"status\":\"completed\"")) {
            throw new IOException("the task did not complete: " + done);
        }
        return done;
    }

    private String send(String method, String path, String body, List<String> header) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(PATIENCE.plusSeconds(10))
            .method(method, BodyPublishers.ofString(body));
        if (!header.isEmpty()) {
            request.header(header.get(0), header.get(1));
        }
        HttpResponse<String> response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }
}
