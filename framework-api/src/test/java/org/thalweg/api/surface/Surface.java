package org.thalweg.api.surface;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thalweg.api.plugin.Experimental;
import org.thalweg.api.plugin.Stable;

/** A type as lines of text: one for the type, one for each member that others can see; each line says all that a caller depends on. */
final class Surface {
    private static final Set<String> EVERY_OBJECT_HAS = Set.of("equals", "hashCode", "toString");

    private Surface() {}

    static List<String> of(Class<?> type) {
        List<String> members = new ArrayList<>();
        if (type.isEnum()) {
            Arrays.stream(type.getEnumConstants()).forEach(constant -> members.add("constant " + ((Enum<?>) constant).name()));
        }
        Stream.of(type.getDeclaredFields()).filter(f -> isVisible(f.getModifiers()) && !f.isEnumConstant()).map(Surface::field).forEach(members::add);
        Stream.of(type.getDeclaredConstructors()).filter(c -> isVisible(c.getModifiers())).map(Surface::constructor).forEach(members::add);
        Stream.of(type.getDeclaredMethods())
                .filter(m -> isVisible(m.getModifiers()) && !m.isSynthetic() && !EVERY_OBJECT_HAS.contains(m.getName())).map(Surface::method).forEach(members::add);
        List<String> lines = new ArrayList<>(List.of(header(type)));
        members.stream().sorted().map(member -> type.getName() + ": " + member).forEach(lines::add);
        return lines;
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String header(Class<?> type) {
        String kind = type.isAnnotation() ? "@interface" : type.isInterface() ? "interface" : type.isEnum() ? "enum"
                : type.isRecord() ? "record" : Modifier.isFinal(type.getModifiers()) ? "final class"
                : Modifier.isAbstract(type.getModifiers()) ? "abstract class" : "class";
        String components = type.isRecord()
                ? Stream.of(type.getRecordComponents()).map(Surface::component).collect(Collectors.joining(", ", "(", ")")) : "";
        List<Type> above = new ArrayList<>(List.of(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null && !type.isRecord() && !type.isEnum() && type.getSuperclass() != Object.class) {
            above.addFirst(type.getGenericSuperclass());
        }
        return type.getName() + ": " + stability(type) + kind + variables(type.getTypeParameters()) + components
                + (above.isEmpty() ? "" : " is " + names(above.toArray(Type[]::new)));
    }

    private static String stability(AnnotatedElement element) {
        return (element.isAnnotationPresent(Stable.class) ? "@Stable " : "") + (element.isAnnotationPresent(Experimental.class) ? "@Experimental " : "");
    }

    private static String component(RecordComponent component) {
        return brief(component.getGenericType()) + " " + component.getName();
    }

    private static String field(Field field) {
        return modifiers(field.getModifiers()) + brief(field.getGenericType()) + " " + field.getName();
    }

    private static String constructor(Constructor<?> constructor) {
        return modifiers(constructor.getModifiers()) + "new" + parameters(constructor);
    }

    private static String method(Method method) {
        String variables = variables(method.getTypeParameters());
        return stability(method) + (method.isDefault() ? "default " : "") + modifiers(method.getModifiers()) + (variables.isEmpty() ? "" : variables + " ")
                + brief(method.getGenericReturnType()) + " " + method.getName() + parameters(method)
                + (method.getDefaultValue() == null ? "" : " default " + method.getDefaultValue());
    }

    private static String parameters(Executable executable) {
        String thrown = names(executable.getGenericExceptionTypes());
        return "(" + names(executable.getGenericParameterTypes()) + ")" + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0 ? "" : Stream.of(variables)
                .map(v -> v.getName() + " extends " + Stream.of(v.getBounds()).map(Surface::brief).collect(Collectors.joining(" & ")))
                .collect(Collectors.joining(", ", "<", ">"));
    }

    private static String names(Type[] types) {
        return Stream.of(types).map(Surface::brief).collect(Collectors.joining(", "));
    }

    private static String modifiers(int modifiers) {
        String text = Modifier.toString(modifiers & (Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT));
        return text.isEmpty() ? "" : text + " ";
    }

    private static String brief(Type type) {
        return brief(type.getTypeName());
    }

    private static String brief(String name) {
        return name.replaceAll("\\b(?:java\\.lang|java\\.util|java\\.util\\.function|org\\.thalweg\\.api\\.[a-z]+)\\.(?=[A-Z])", "");
    }
}
