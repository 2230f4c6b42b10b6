package io.github.pkceauth.functional;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet made of what it does, whatever the method. */
@SuppressWarnings("serial")
final class Handmade extends HttpServlet {
    /** What a servlet does. */
    @FunctionalInterface
    interface Deed {
        void answer(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException;
    }

    /** What a servlet says. */
    @FunctionalInterface
    interface Words {
        Object about(HttpServletRequest request) throws ServletException, IOException;
    }

    private final Deed deed;

    private Handmade(Deed deed) {
        this.deed = deed;
    }

    static Handmade does(Deed deed) {
        return new Handmade(deed);
    }

    /** Answers plain text. */
    static Handmade says(Words words) {
        return does((request, response) -> {
            Object text = words.about(request);
            response.setContentType("text/plain");
            response.setCharacterEncoding("UTF-8");
            response.getWriter().print(text);
        });
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        deed.answer(request, response);
    }
}
