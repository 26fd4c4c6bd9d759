import org.identityconnectors.common.logging.Log;
import org.identityconnectors.common.logging.LogSpi;

/** Logs nothing. ConnId's own logger wraps the handlers of a caller, and so hides results that they cannot take. */
public final class SilentLog implements LogSpi {

  @Override
  public void log(Class<?> type, String method, Log.Level level, String message, Throwable error) {}

  @Override
  public void log(Class<?> type, StackTraceElement caller, Log.Level level, String message, Throwable error) {}

  @Override
  public boolean isLoggable(Class<?> type, Log.Level level) {
    return false;
  }

  @Override
  public boolean needToInferCaller(Class<?> type, Log.Level level) {
    return false;
  }
}
