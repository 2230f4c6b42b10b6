package io.github.pkceauth.benchmarks.stub;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer of which status and headers are kept, and the body is not. */
public final class StubResponse extends HttpServletResponseWrapper {

    private static final HttpServletResponse ABSENT = Absent.of(HttpServletResponse.class);

    private final Fields<String> headers = new Fields<>();
    private int status = SC_OK;
    private boolean committed;
    private @Nullable String contentType;

    /** An answer that nobody has begun. */
    public StubResponse() {
        super(ABSENT);
    }

    /** Where it sends the user, or an empty text. */
    public String location() {
        String location = headers.get("Location");
        return location == null ? "" : location;
    }

    @Override
    public void sendRedirect(String location) {
        status = SC_FOUND;
        headers.put("Location", location);
        committed = true;
    }

    @Override
    public void sendError(int code) {
        status = code;
        committed = true;
    }

    @Override
    public void sendError(int code, String message) {
        sendError(code);
    }

    @Override
    public void setStatus(int code) {
        status = code;
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        headers.put(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        headers.put(name, value);
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void setDateHeader(String name, long date) {
        setHeader(name, Long.toString(date));
    }

    @Override
    public boolean containsHeader(String name) {
        return headers.has(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return headers.get(name);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        String value = headers.get(name);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public Collection<String> getHeaderNames() {
        return headers.names();
    }

    @Override
    public void addCookie(Cookie cookie) {
        headers.put("Set-Cookie", cookie.getName());
    }

    @Override
    public String encodeRedirectURL(String url) {
        return url;
    }

    @Override
    public String encodeURL(String url) {
        return url;
    }

    @Override
    public void setContentType(@Nullable String type) {
        contentType = type;
    }

    @Override
    public @Nullable String getContentType() {
        return contentType;
    }

    @Override
    public void setCharacterEncoding(@Nullable String charset) {
        // Nobody reads the body.
    }

    @Override
    public String getCharacterEncoding() {
        return "UTF-8";
    }

    @Override
    public void setContentLength(int length) {
        // Nobody reads the body.
    }

    @Override
    public void setContentLengthLong(long length) {
        // Nobody reads the body.
    }

    @Override
    public void setBufferSize(int size) {
        // Nothing is buffered.
    }

    @Override
    public int getBufferSize() {
        return 0;
    }

    @Override
    public void resetBuffer() {
        // Nothing is buffered.
    }

    @Override
    public void flushBuffer() {
        committed = true;
    }

    @Override
    public boolean isCommitted() {
        return committed;
    }

    @Override
    public PrintWriter getWriter() {
        return new PrintWriter(Writer.nullWriter());
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new Discarding();
    }

    private static final class Discarding extends ServletOutputStream {

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("the stub is never asynchronous");
        }

        @Override
        public void write(int b) {
            // Nobody reads the body.
        }
    }
}
