import type { OperationContext } from '../../connector/context.js';
import type { Session } from '../../connector/object-class/call.js';

/** How long a copy of a catalogue is used without asking again by default, in milliseconds. */
const defaultLifeMs = 600_000;

/** Something of the account that changes seldom and is read as a whole: sites, definitions. */
export interface Catalogue<Content> {
  /**
   * The content, from the copy at hand where that is young enough.
   * @param suffices - whether a copy tells what is looked for; one that does not is read again, though never twice
   * for the same operation.
   */
  get(session: Session, suffices?: (content: Content) => boolean): Promise<Content>;
  /** The copy at hand is out of date. */
  forget(): void;
}

interface Copy<Content> {
  readonly content: Promise<Content>;
  readonly at: number;
  /** The operation that read it. */
  readonly by: OperationContext;
}

/**
 * A catalogue that is read when first asked for, once however many operations wait for it.
 * @param now - milliseconds, for the age of the copy.
 * @param lifeMs - for how many milliseconds the copy is used.
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
      // What another operation was waiting for may have failed with that operation: its caller went away.
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
