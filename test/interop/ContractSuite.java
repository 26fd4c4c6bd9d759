import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.identityconnectors.contract.test.*;
import org.identityconnectors.framework.common.objects.ObjectClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs ConnId's contract suite, and prints one line for each test. The suite hands all object classes over as one
 * argument, so that none of its tests can run; each test class here provides them one by one.
 */
public final class ContractSuite {
  private static Stream<Arguments> eachClass() {
    return Stream.of("ZoomUser", "ZoomGroup", "NONEXISTING").map(name -> Arguments.of(new ObjectClass(name)));
  }

  public static class Attributes extends AttributeTests {
    protected static Stream<Arguments> objectClasses() { return eachClass(); }
  }

  public static class Authentication extends AuthenticationApiOpTests {
    protected static Stream<Arguments> objectClasses() { return eachClass(); }
  }

  public static class Create extends CreateApiOpTests {
    protected static Stream<Arguments> objectClasses() { return eachClass(); }
  }

  public static class Delete extends DeleteApiOpTests {
    protected static Stream<Arguments> objectClasses() { return eachClass(); }
  }

  public static class Get extends GetApiOpTests {
    protected static Stream<Arguments> objectClasses() { return eachClass(); }
  }

  public static class Multi extends MultiOpTests {
    protected static Stream<Arguments> objectClasses() { return eachClass(); }
  }

  public static class ResolveUsername extends ResolveUsernameApiOpTests {
    protected static Stream<Arguments> objectClasses() { return eachClass(); }
  }

  public static class ScriptOnResource extends ScriptOnResourceApiOpTests {
    protected static Stream<Arguments> objectClasses() { return eachClass(); }
  }

  public static class Search extends SearchApiOpTests {
    protected static Stream<Arguments> objectClasses() { return eachClass(); }
  }

  public static class Sync extends SyncApiOpTests {
    protected static Stream<Arguments> objectClasses() { return eachClass(); }
  }

  public static class Update extends UpdateApiOpTests {
    protected static Stream<Arguments> objectClasses() { return eachClass(); }
  }

  public static class UpdateDelta extends UpdateDeltaApiOpTests {
    protected static Stream<Arguments> objectClasses() { return eachClass(); }
  }

  private static final List<Class<?>> SUITE = List.of(
      Attributes.class, Authentication.class, ConfigurationTests.class, Create.class, Delete.class,
      DiscoverConfigurationApiOpTests.class, Get.class, Multi.class, ResolveUsername.class, SchemaApiOpTests.class,
      ScriptOnConnectorApiOpTests.class, ScriptOnResource.class, Search.class, Sync.class, TestApiOpTests.class,
      Update.class, UpdateDelta.class, ValidateApiOpTests.class);

  public static void main(String[] args) {
    LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
        .selectors(SUITE.stream().map(each -> selectClass(each)).collect(Collectors.toList()))
        .build();
    LauncherFactory.create().execute(request, new TestExecutionListener() {
      @Override
      public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (!test.isTest() && result.getThrowable().isEmpty()) return;
        String error = result.getThrowable().map(ContractSuite::reason).orElse("");
        System.out.println(result.getStatus() + "\t" + nameOf(test) + "\t" + error);
      }
    });
    System.exit(0);
  }

  /** Such as `SearchApiOpTests.testContract ZoomUser`. */
  private static String nameOf(TestIdentifier test) {
    MethodSource method = (MethodSource) test.getSource().filter(MethodSource.class::isInstance).orElse(null);
    if (method == null) return test.getUniqueId();
    Class<?> own = method.getJavaClass();
    Class<?> suite = own.getEnclosingClass() == null ? own : own.getSuperclass();
    String shown = test.getDisplayName();
    String parameter = Arrays.stream(shown.split("[^A-Za-z_]+"))
        .filter(word -> List.of("ZoomUser", "ZoomGroup", "NONEXISTING").contains(word))
        .findFirst().map(word -> " " + word).orElse("");
    return suite.getSimpleName() + "." + method.getMethodName() + parameter;
  }

  private static String reason(Throwable error) {
    Throwable deepest = error;
    while (deepest.getCause() != null) deepest = deepest.getCause();
    return (error + " <- " + deepest).replaceAll("\\s+", " ");
  }
}
