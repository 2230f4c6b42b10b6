package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    private static final String TEXT = "{\"a\":[1,{\"b\":[null,true]}],\"c\":{\"d\":2.5},\"e\":null}";

    @Test
    void nothingInItCanBeChangedAtAnyDepth() throws Exception {
        Map<String, Object> frozen = Json.frozen(JSONObjectUtils.parse(TEXT));
        List<?> array = assertInstanceOf(List.class, frozen.get("a"));
        Map<?, ?> inner = assertInstanceOf(Map.class, array.get(1));
        List<?> innermost = assertInstanceOf(List.class, inner.get("b"));

        assertThrows(UnsupportedOperationException.class, () -> frozen.put("x", "y"));
        assertThrows(UnsupportedOperationException.class, () -> array.remove(0));
        assertThrows(UnsupportedOperationException.class, inner::clear);
        assertThrows(UnsupportedOperationException.class, () -> innermost.remove(0));
    }

    @Test
    void itSurvivesASessionStore() throws Exception {
        Map<String, Object> frozen = Json.frozen(JSONObjectUtils.parse(TEXT));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(frozen);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(frozen, in.readObject());
        }
    }
}
