import type { OperationContext } from '../../connector/context.js';
import type { Session } from '../../connector/object-class/call.js';

/** The default time for which a copy of a catalogue is used, in milliseconds. */
const defaultLifeMs = 600_000;

/** Facts of the account that rarely change and are read as a whole: sites, definitions. */
export interface Catalogue<Content> {
  /**
   * The content, from the present copy if that is young enough.
   * @param suffices - true when the copy contains what the caller needs; otherwise we read it again, but at most once
   * for the same operation.
   */
  get(session: Session, suffices?: (content: Content) => boolean): Promise<Content>;
  /** Called when the present copy is out of date. */
  forget(): void;
}

interface Copy<Content> {
  readonly content: Promise<Content>;
  readonly at: number;
  /** The operation that read it. */
  readonly by: OperationContext;
}

/**
 * A catalogue that is read at its first use. Operations that wait at the same time share one read.
 * @param now - milliseconds, for the age of the copy.
 * @param lifeMs - the copy is used for this time.
 */
export function createCatalogue<Content>(
  read: (session: Session) => Promise<Content>,
  now: () => number,
  lifeMs = defaultLifeMs,
): Catalogue<Content> {
  let copy: Copy<Content> | undefined;
  const load = (session: Session): Copy<Content> => {
    const loading = { content: read(session), at: now(), by: session.context };
    copy = loading;
    return loading;
  };
  const get: Catalogue<Content>['get'] = async (session, suffices = () => true) => {
    const held = copy !== undefined && now() - copy.at < lifeMs ? copy : load(session);
    const own = held.by === session.context;
    try {
      const content = await held.content;
      if (own || suffices(content)) return content;
    } catch (thrown) {
      if (copy === held) copy = undefined;
      // The read of another operation may have failed with that operation, when its caller left.
      if (own) throw thrown;
    }
    if (copy === held) copy = undefined;
    return get(session, suffices);
  };
  return {
    get,
    forget: () => {
      copy = undefined;
    },
  };
}
