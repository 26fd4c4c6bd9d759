import type { ListingContext, ListingContexts } from '../ports.js';
import type { AccountState } from './shared-state.js';

/** Zoom's page tokens live this long, in milliseconds. */
const lifeMs = 15 * 60_000;

/** Larger contexts stay in the process that made them. */
const maxBytes = 16 * 2 ** 20;

/** So many walks of one search are found by their position. */
const maxWalksOfSearch = 20;

/** So many walks are known to stand in Redis. */
const maxKnown = 1000;

/**
 * Stores the context `KEYS[1]`, unless a later one of the walk is there. `KEYS[2]` lists the walks of the search,
 * `ARGV`: first, end, data, life, limit of the list.
 */
const putScript = `
local stored = tonumber(redis.call('HGET', KEYS[1], 'end') or -1)
if stored > tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], 'first', ARGV[1], 'end', ARGV[2], 'data', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
local t = redis.call('TIME')
redis.call('ZADD', KEYS[2], t[1] * 1000 + math.floor(t[2] / 1000), KEYS[1])
redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -1 - tonumber(ARGV[5]))
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return 1
`;

/** Finds the context that reaches the position `ARGV[1]` with the fewest further reads. Returns its key and data. */
const nearestScript = `
local position, best, fewest = tonumber(ARGV[1]), nil, nil
for _, key in ipairs(redis.call('ZREVRANGE', KEYS[1], 0, -1)) do
  local first, last = unpack(redis.call('HMGET', key, 'first', 'end'))
  if not first then
    redis.call('ZREM', KEYS[1], key)
  elseif tonumber(first) <= position then
    local missing = math.max(0, position - tonumber(last))
    if not fewest or missing < fewest then best, fewest = key, missing end
  end
end
if not best then return {} end
return { best, redis.call('HGET', best, 'data') }
`;

const getScript = `return { KEYS[1], redis.call('HGET', KEYS[1], 'data') or '' }`;

/**
 * Listing contexts of all replicas. A walk that goes on in the same replica within the rows that it holds asks Redis
 * for nothing, and stores nothing: a stored context also reaches the rows behind its beginning. So Redis is asked when
 * Zoom is. While Redis is away, a replica knows of its own walks.
 * @param version - of the service: another one may keep other data of a walk.
 */
export function createSharedListingContexts(
  state: AccountState,
  local: ListingContexts,
  version: string,
): ListingContexts {
  /** The walks that stand in Redis, and the end of each. */
  const known = new Map<string, number>();
  const walkKey = (id: string): string => state.sealedKey('walk', version, id);
  const searchKey = (query: string): string => state.sealedKey('walks', version, query);

  const opened = async (reply: unknown): Promise<ListingContext | undefined> => {
    const [key, data] = Array.isArray(reply) ? reply.map(String) : [];
    if (key === undefined || data === undefined || data === '') return undefined;
    return (await state.sealing.open(data, key)) as ListingContext | undefined;
  };
  const read = async (script: string, key: string, position: number): Promise<ListingContext | undefined> =>
    opened(await state.shared.evalScript(script, [key], [String(position)]).catch(() => undefined));

  const store = async (context: ListingContext): Promise<void> => {
    if (context.bytes > maxBytes) return;
    const { end, first, id, query } = context;
    const key = walkKey(id);
    const sealed = await state.sealing.seal(context, key);
    const args = [first, end, sealed, lifeMs, maxWalksOfSearch].map(String);
    await state.shared.evalScript(putScript, [key, searchKey(query)], args);
    known.delete(id);
    known.set(id, end);
    const [oldest] = known.size > maxKnown ? known.keys() : [];
    if (oldest !== undefined) known.delete(oldest);
  };

  return {
    put: async (context) => {
      await local.put(context);
      if (known.get(context.id) !== context.end) await store(context).catch(() => undefined);
    },
    take: async (id, position) => {
      const own = await local.take(id, position);
      if (reaches(own, position)) return own;
      return nearer(own, await read(getScript, walkKey(id), position), position);
    },
    takeNearest: async (query, position) => {
      const own = await local.takeNearest(query, position);
      if (reaches(own, position)) return own;
      return nearer(own, await read(nearestScript, searchKey(query), position), position);
    },
  };
}

/** True if the context holds the row at the position. */
function reaches(context: ListingContext | undefined, position: number): boolean {
  return context !== undefined && context.first <= position && position < context.end;
}

/** The context that can reach the position and has read further. */
function nearer(
  own: ListingContext | undefined,
  other: ListingContext | undefined,
  position: number,
): ListingContext | undefined {
  if (other === undefined || other.first > position) return own;
  return own === undefined || own.first > position || other.end > own.end ? other : own;
}
