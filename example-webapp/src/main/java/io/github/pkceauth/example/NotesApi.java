package io.github.pkceauth.example;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A form's fields as JSON: shows that a posted body passes the filter untouched. A field that came once is a string, one
 * that came repeatedly an array of strings, in the order sent.
 */
final class NotesApi extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // Works here because nothing has read the body before: the filter asks for no parameter on this path.
        request.setCharacterEncoding("UTF-8");
        Map<String, Object> fields = new LinkedHashMap<>();
        request.getParameterMap()
                .forEach((name, values) -> fields.put(name, values.length == 1 ? values[0] : List.of(values)));
        Json.write(response, fields);
    }
}
