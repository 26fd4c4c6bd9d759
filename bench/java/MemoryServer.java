import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.identityconnectors.common.security.SecurityUtil;
import org.identityconnectors.framework.server.ConnectorServer;

/** ConnId's own connector server with the connector in memory. It ends with its standard input. */
public final class MemoryServer {
  public static void main(String[] args) throws Exception {
    ConnectorServer server = ConnectorServer.newInstance();
    server.setIfAddress(InetAddress.getLoopbackAddress());
    server.setPort(Integer.getInteger("memory.port"));
    server.setKeyHash(SecurityUtil.computeBase64SHA1Hash(System.getProperty("memory.key").toCharArray()));
    server.setBundleURLs(List.of(Path.of(System.getProperty("memory.bundle")).toUri().toURL()));
    server.start();
    System.out.println("ready");
    while (System.in.read() >= 0) continue;
    server.stop();
  }
}
