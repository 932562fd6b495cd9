package io.kiroku.eventstore;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedConstructor;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.Executable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads from records what would otherwise have to be annotated: the domain knows no Jackson.
final class RecordIntrospector extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  /// An id of one field is stored as that field.
  @Override
  public @Nullable Boolean hasAsValue(Annotated annotated) {
    if (annotated instanceof AnnotatedMethod method
        && isOneValue(method.getDeclaringClass())
        && method.getName().equals("value")
        && method.getParameterCount() == 0) {
      return true;
    }
    return super.hasAsValue(annotated);
  }

  @Override
  public JsonCreator.@Nullable Mode findCreatorAnnotation(
      MapperConfig<?> config, Annotated annotated) {
    return annotated instanceof AnnotatedConstructor constructor
            && isOneValue(constructor.getDeclaringClass())
            && constructor.getParameterCount() == 1
        ? JsonCreator.Mode.DELEGATING
        : super.findCreatorAnnotation(config, annotated);
  }

  /// Only components are data; `isEmpty()` of a record is not.
  @Override
  public boolean hasIgnoreMarker(AnnotatedMember member) {
    if (member instanceof AnnotatedMethod method && method.getDeclaringClass().isRecord()) {
      return Arrays.stream(method.getDeclaringClass().getRecordComponents())
          .noneMatch(component -> component.getName().equals(method.getName()));
    }
    return super.hasIgnoreMarker(member);
  }

  @Override
  public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
    return isNeeded(member) ? Boolean.TRUE : super.hasRequiredMarker(member);
  }

  @Override
  public JsonSetter.Value findSetterInfo(Annotated annotated) {
    return annotated instanceof AnnotatedMember member && isNeeded(member)
        ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
        : super.findSetterInfo(annotated);
  }

  static boolean isOneValue(Class<?> type) {
    return type.isRecord()
        && type.getRecordComponents().length == 1
        && type.getRecordComponents()[0].getName().equals("value");
  }

  private static boolean isNeeded(AnnotatedMember member) {
    return member instanceof AnnotatedParameter parameter
        && parameter.getDeclaringClass().isRecord()
        && parameter.getOwner().getAnnotated() instanceof Executable constructor
        && !constructor.getAnnotatedParameterTypes()[parameter.getIndex()].isAnnotationPresent(
            Nullable.class);
  }
}
