import type { Connector, ConnectorObject, SearchResult } from '../../src/connector/connector.js';
import { type OperationContext, newTrace } from '../../src/connector/context.js';
import type { ListingContexts } from '../../src/connector/ports.js';
import { createMemoryListingContexts } from '../../src/connector/memory/listing-contexts.js';
import type { ObjectClass } from '../../src/connector/object-class/object-class.js';
import type { Target } from '../../src/connector/object-class/call.js';
import { createGroupClass } from '../../src/zoom/group/group-class.js';
import { createLists } from '../../src/zoom/kit/paged-list.js';
import { createUserClass } from '../../src/zoom/user/user-class.js';
import { connectorAround, type ConnectorChoices, usualGroups, usualUsers } from './connector-around.js';

/** What a test can choose; the rest is as usual. */
export interface SearchSetting extends ConnectorChoices {
  /** Rows asked of Zoom per page. */
  readonly zoomPage?: number;
  readonly verifyTotals?: boolean;
}

/** Contexts that forget everything at once. */
export const forgetful: ListingContexts = createMemoryListingContexts(() => 0, {
  maxBytes: 0,
  maxCount: 0,
  lifeMs: 1000,
});

/** Contexts that store copies, as another process would. */
export function copyingContexts(): ListingContexts {
  const contexts = createMemoryListingContexts(() => 0);
  return { ...contexts, put: (context) => contexts.put(structuredClone(context)) };
}

/** The classes of a connector with small pages. */
export function classesFor({ verifyTotals = true, zoomPage = 3 }: SearchSetting): readonly ObjectClass[] {
  const lists = createLists({ verifyTotals });
  const listing = { pageSize: zoomPage, lists };
  return [createUserClass({ ...usualUsers, listing }, () => 0), createGroupClass({ ...usualGroups, lists })];
}

/** A connector for searches of a target; lists tell what is returned by default. */
export function searchingConnector(target: Target, setting: SearchSetting = {}): Connector {
  const settings = { deepGet: false, deepImport: false, maxConcurrency: 4, maxSortedResults: 1000 };
  return connectorAround(target, classesFor(setting), {
    ...setting,
    settings: { ...settings, ...setting.settings },
  });
}

/** A page, or all, of a search. */
export interface Found extends SearchResult {
  readonly objects: readonly ConnectorObject[];
  readonly context: OperationContext;
}

type Options = Readonly<Record<string, unknown>>;

/** Searches users. */
export async function searchUsers(
  connector: Connector,
  filter: unknown,
  options: Options = {},
  caller?: string,
): Promise<Found> {
  const context: OperationContext = {
    requestId: 'test',
    ...(caller !== undefined && { caller }),
    signal: new AbortController().signal,
    trace: newTrace(),
  };
  const rows = connector.search({ objectClass: 'ZoomUser', filter, options }, context);
  const objects: ConnectorObject[] = [];
  for (;;) {
    const step = await rows.next();
    if (step.done === true) return { objects, context, ...step.value };
    objects.push(step.value);
  }
}

/** How a caller walks: with cookies as Syncope, or with offsets as midPoint. */
export type PagingStyle = 'cookie' | 'offset';

/** Walks a search page by page until a page says that none follows, or is short. */
export async function walkPages(
  connectorFor: (page: number) => Connector,
  filter: unknown,
  style: PagingStyle,
  options: Options & { readonly pageSize: number },
): Promise<readonly Found[]> {
  const pages: Found[] = [];
  let cookie: string | null = null;
  let given = 0;
  do {
    const place =
      style === 'offset'
        ? { pagedResultsOffset: given + 1 }
        : { pagedResultsOffset: -1, ...(cookie !== null && { pagedResultsCookie: cookie }) };
    const page = await searchUsers(connectorFor(pages.length), filter, { ...options, ...place });
    pages.push(page);
    given += page.objects.length;
    cookie = page.pagedResultsCookie;
  } while (style === 'offset' ? pages.at(-1)?.objects.length === options.pageSize : cookie !== null);
  return pages;
}
