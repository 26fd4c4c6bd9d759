import java.util.ArrayList;
import java.util.List;
import org.identityconnectors.framework.api.ConnectorFacade;
import org.identityconnectors.framework.common.objects.ConnectorObject;
import org.identityconnectors.framework.common.objects.ObjectClass;
import org.identityconnectors.framework.common.objects.filter.Filter;
import org.identityconnectors.framework.impl.api.remote.RemoteWrappedException;

/** Counts checks, and names those that fail. */
final class Checks {
  static final ObjectClass USER = new ObjectClass("ZoomUser");
  static final ObjectClass GROUP = new ObjectClass("ZoomGroup");
  static final String EXCEPTIONS = "org.identityconnectors.framework.common.exceptions.";

  private static int passed;
  private static int failed;

  interface Check {
    void run() throws Exception;
  }

  private Checks() {}

  static void check(String name, Check check) {
    try {
      check.run();
      passed += 1;
    } catch (Throwable error) {
      failed += 1;
      System.out.println("not ok: " + name + ": " + error);
    }
  }

  static void require(boolean holds, Object seen) {
    if (!holds) throw new IllegalStateException("unexpected: " + seen);
  }

  /** Requires that the service answers with an exception of this class, by which hosts decide what they do. */
  static void fails(String className, Check check) throws Exception {
    try {
      check.run();
    } catch (RemoteWrappedException error) {
      require(className.equals(error.getExceptionClass()), error.getExceptionClass() + ": " + error.getMessage());
      return;
    }
    throw new IllegalStateException("no exception");
  }

  static List<ConnectorObject> search(ConnectorFacade facade, Filter filter) {
    List<ConnectorObject> found = new ArrayList<>();
    facade.search(USER, filter, found::add, null);
    return found;
  }

  /** Prints the closing line. */
  static int summary() {
    System.out.println(passed + " passed, " + failed + " failed");
    return failed == 0 ? 0 : 1;
  }
}
