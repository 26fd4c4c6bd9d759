/**
 * The queue of a lock, as Redis keeps it: the first entry holds the lock, the others wait in the order of their
 * requests. Each entry has an id, its replica, the replica's channel, and the time until which it counts; it is renewed
 * before then. An entry of a replica that has died disappears by itself. `ARGV[1]` is the lease in milliseconds.
 */
const queues = `
local lease = tonumber(ARGV[1])
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local function load(key)
  local raw, q = redis.call('GET', key), {}
  for _, e in ipairs(raw and cmsgpack.unpack(raw) or {}) do
    if e[4] > now then q[#q + 1] = e end
  end
  return q
end
local function save(key, q)
  if #q == 0 then redis.call('DEL', key) return end
  redis.call('SET', key, cmsgpack.pack(q), 'PX', 2 * lease)
end
`;

/**
 * Takes a place in the queue of `KEYS[1]` or renews it. `ARGV[2]`: the id of the entry, `ARGV[3]`: the replica,
 * `ARGV[4]`: its channel. Within a replica only one request at a time reaches the queue, so an older entry of the same
 * replica is one that was given up. Returns the number of entries before it: with 0 it holds the lock.
 */
export const takePlaceScript = `${queues}
local id, q, place = ARGV[2], {}, nil
for _, e in ipairs(load(KEYS[1])) do
  if e[1] == id or e[2] ~= ARGV[3] then q[#q + 1] = e end
  if e[1] == id then place = #q end
end
if not place then
  place = #q + 1
  q[place] = { id, ARGV[3], ARGV[4], 0 }
end
q[place][4] = now + lease
save(KEYS[1], q)
return place - 1
`;

/**
 * Renews entries that hold locks: `ARGV[i + 1]` is the id of the one that holds `KEYS[i]`. Returns the number of the
 * first key that it holds no longer, or 0.
 */
export const renewScript = `${queues}
local lost = 0
for i, key in ipairs(KEYS) do
  local q = load(key)
  if q[1] and q[1][1] == ARGV[i + 1] then
    q[1][4] = now + lease
    save(key, q)
  elseif lost == 0 then
    lost = i
  end
end
return lost
`;

/**
 * Removes the entry `ARGV[2]` from the queue of `KEYS[1]`, and tells the replica whose turn it is. That one has a short
 * time to show that it lives: `ARGV[3]`, in milliseconds. `KEYS[2]` is the log of recent writes: `ARGV[4]` is appended
 * unless it is empty, `ARGV[5]` names the replica, and entries older than `ARGV[6]` milliseconds are dropped.
 */
export const releaseScript = `${queues}
if ARGV[4] ~= '' then
  local life = tonumber(ARGV[6])
  redis.call('XADD', KEYS[2], 'MINID', '~', now - life, '*', 'by', ARGV[5], 'entry', ARGV[4])
  redis.call('PEXPIRE', KEYS[2], 2 * life)
end
local all, q = load(KEYS[1]), {}
for _, e in ipairs(all) do
  if e[1] ~= ARGV[2] then q[#q + 1] = e end
end
if q[1] and all[1][1] == ARGV[2] then
  q[1][4] = now + tonumber(ARGV[3])
  redis.call('PUBLISH', q[1][3], q[1][1])
end
save(KEYS[1], q)
return #all - #q
`;
