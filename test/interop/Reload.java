import static org.identityconnectors.framework.common.objects.filter.FilterBuilder.equalTo;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.identityconnectors.framework.api.ConnectorFacade;
import org.identityconnectors.framework.api.ConnectorInfo;
import org.identityconnectors.framework.common.exceptions.OperationTimeoutException;
import org.identityconnectors.framework.common.objects.AttributeBuilder;
import org.identityconnectors.framework.common.objects.ConnectorObject;
import org.identityconnectors.framework.impl.api.remote.RemoteWrappedException;

/** The configuration file changes while facades are open and one of them reads. */
final class Reload {
  private static final long MOST_MS = 60_000;

  private final Service service;
  private final ConnectorFacade facade;
  private final ConnectorFacade reader;
  private final int users;

  Reload(Service service, ConnectorInfo info, int users) {
    this.service = service;
    this.facade = Service.facade(info, Map.of("ioErrorRetries", 0));
    this.reader = Service.facade(info, Map.of());
    this.users = users;
  }

  void run() {
    Checks.check("a reload during a search: the search ends as it began, the next get has the new time-out", () -> {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch reloaded = new CountDownLatch(1);
      CompletableFuture<Integer> rows = CompletableFuture.supplyAsync(() -> slowly(begun, reloaded));
      Checks.require(begun.await(MOST_MS, TimeUnit.MILLISECONDS), "no first row");
      ConnectorObject user = firstUser();
      facade.getObject(Checks.USER, user.getUid(), null);
      service.fault("{\"method\":\"GET\",\"path\":\"/users/{userId}\"}", "{\"kind\":\"delay\",\"ms\":3000}");
      service.reconfigure("\"operationTimeoutMs\":60000", "\"operationTimeoutMs\":2000");
      until(() -> timesOut(user));
      service.healthy();
      reloaded.countDown();
      Checks.require(rows.get(MOST_MS, TimeUnit.MILLISECONDS) >= users, rows.get());
    });
    Checks.check("a reload of the simulator: the open facade reads the new account", () -> {
      service.reconfigure("\"users\":" + users, "\"users\":7");
      until(() -> Checks.search(facade, null).size() == 7);
    });
  }

  private int slowly(CountDownLatch begun, CountDownLatch reloaded) {
    int[] rows = new int[1];
    reader.search(Checks.USER, null, object -> {
      begun.countDown();
      rows[0] += 1;
      return waited(reloaded);
    }, null);
    return rows[0];
  }

  private static boolean waited(CountDownLatch latch) {
    try {
      return latch.await(MOST_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException error) {
      throw new IllegalStateException(error);
    }
  }

  private ConnectorObject firstUser() {
    ConnectorObject[] found = new ConnectorObject[1];
    facade.search(Checks.USER, equalTo(AttributeBuilder.build("STATUS", "active")), object -> {
      found[0] = object;
      return false;
    }, null);
    return found[0];
  }

  private boolean timesOut(ConnectorObject user) {
    try {
      facade.getObject(Checks.USER, user.getUid(), null);
      return false;
    } catch (RemoteWrappedException error) {
      return error.is(OperationTimeoutException.class);
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void until(Condition condition) throws Exception {
    long end = System.nanoTime() + MOST_MS * 1_000_000;
    while (!condition.holds()) {
      Checks.require(System.nanoTime() < end, "no change within a minute");
      Thread.sleep(200);
    }
  }
}
