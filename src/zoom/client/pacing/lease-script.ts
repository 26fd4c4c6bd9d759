/**
 * Leases slots of one lane to the replicas of a group. Redis runs it as one step and by its own clock, so the clocks of
 * the replicas do not matter. `KEYS`: the lane, and the allowance of the day if it has one. `ARGV[1]`: a
 * `LeaseRequest` as JSON. `ARGV[2]`: the time in milliseconds, for tests. Returns a `LeaseReply` as JSON.
 *
 * A slot is taken until one window after the answer of its request, less the shorter of two shortest round trips: that
 * of the replica that used it, and that of the replica that gets it next. The reason is in `sliding-window.ts`. A slot
 * without a report is taken as if its request had left at the last moment and Zoom had counted it late. Slots are
 * leased a little before they are free, each with its time: so a replica asks once for several and wastes none.
 */
export const leaseScript = `
local a = cjson.decode(ARGV[1])
local now = tonumber(ARGV[2])
if not now then
  local t = redis.call('TIME')
  now = t[1] * 1000 + t[2] / 1000
end
local raw = redis.call('MGET', unpack(KEYS))
local s = raw[1] and cmsgpack.unpack(raw[1])
  or { epoch = a.replica .. now, created = now, slots = {}, replicas = {}, even = 0, paused = 0, hold = 0, alone = 0 }
local today = math.floor(now / 86400000)
local day = raw[2] and cmsgpack.unpack(raw[2]) or { day = today, used = 0, closed = 0 }
if day.day ~= today then day = { day = today, used = 0, closed = day.closed } end

-- Limits that Zoom has named in headers hold for all replicas of the same configuration.
if a.learned then s.learned = { base = a.base, requests = a.requests, windowMs = a.windowMs } end
local limit, window = a.requests, a.windowMs
if s.learned and s.learned.base == a.base then limit, window = s.learned.requests, s.learned.windowMs end

-- The state was lost, or made afresh: requests of the last window are unknown.
-- Other replicas that had seen it say so within a moment.
if not raw[1] and a.replicas > 1 then s.hold = now + a.settleMs end
if a.epoch and a.epoch ~= s.epoch then
  s.hold = math.max(s.hold, s.created + window + a.aheadMs + a.useMs)
end
-- While others may still be alone, each has an equal part.
if a.returned then s.alone = math.max(s.alone, now + a.returnMs + window) end

for _, e in ipairs(a.ended) do
  s.slots[e.id] = { now - e.age + window, e.floor, a.replica }
  if s.probe and s.probe.id == e.id then s.probe = (not e.answered) and {} or nil end
end
for _, id in ipairs(a.unused) do
  if s.slots[id] then
    s.slots[id] = nil
    if day.used > 0 then day.used = day.used - 1 end
  end
  if s.probe and s.probe.id == id then s.probe = {} end
end
for _, id in ipairs(a.running) do s.slots[id] = { now + a.strayMs + window, 0, a.replica } end
day.used = math.max(day.used + a.spentAlone, a.dayDate == today and a.dayUsed or 0)
if a.closeDayMs then day.closed = math.max(day.closed, now + a.closeDayMs) end
if a.pauseMs then
  s.paused = math.max(s.paused, now + a.pauseMs)
  s.probe = a.probe and {} or nil
end

local frees, held = {}, {}
for id, slot in pairs(s.slots) do
  if slot[1] <= now then
    s.slots[id] = nil
  else
    frees[#frees + 1] = slot[1] - math.min(slot[2], a.floor)
    held[slot[3]] = (held[slot[3]] or 0) + 1
  end
end
table.sort(frees)

-- Replicas take turns: one that waits, holds less than a fair part and got its last slot earlier goes first.
local own = s.replicas[a.replica] or { last = 0 }
local waiting, seen = 1, 1
for name, other in pairs(s.replicas) do
  if now - other.seen > math.max(60000, 2 * window) then
    s.replicas[name] = nil
  elseif name ~= a.replica then
    seen = seen + 1
    if other.want > 0 then
      if now < other.due then waiting = waiting + 1
      -- It wanted more and did not ask again: it is dead, or alone and does not know yet that Redis is back.
      else s.alone = math.max(s.alone, other.due + a.returnMs + window) end
    end
  end
end
local fair = math.max(1, math.floor(limit / waiting))
local reserved = 0
for name, other in pairs(s.replicas) do
  if name ~= a.replica and other.want > 0 and now < other.due and other.last < own.last then
    reserved = reserved + math.max(0, math.min(other.want, fair - (held[name] or 0)))
  end
end

local most = a.want
if a.day then most = math.min(most, now < day.closed and 0 or a.day - day.used) end
if now < s.alone then
  -- Others that are still alone have not counted a replica that has just come.
  own.isNew = own.isNew or a.isNew
  local part = own.isNew and 0 or math.max(1, math.floor(limit / math.max(a.replicas, seen)))
  most = math.min(most, part - (held[a.replica] or 0))
else
  own.isNew = false
end
local probing = s.probe ~= nil
if probing then most = math.min(most, now < (s.probe.till or 0) and 0 or 1) end

local offsets, again = {}, a.aheadMs
local count = #frees
for i = 1, most do
  local at = math.max(now, s.paused, s.hold, s.even - window * a.burst)
  local over = count + i + reserved - limit
  if over > 0 then at = math.max(at, frees[over] or (now + 1000)) end
  if at > now + a.aheadMs or (probing and at > now) then
    again = at - now - (probing and 0 or a.aheadMs / 2)
    break
  end
  local till = at + a.useMs + a.strayMs + window
  local id = a.replica .. ':' .. (a.next + i - 1)
  s.slots[id] = { till, 0, a.replica }
  s.even = math.max(at, s.even) + window / limit
  own.last = now
  offsets[i] = at - now
  if probing then s.probe = { id = id, till = till } end
  again = at - now + a.aheadMs / 4
end
again = math.min(1000, math.max(1, again))
local granted = #offsets
day.used = day.used + granted
s.replicas[a.replica] = {
  seen = now, want = a.want - granted, last = own.last, due = now + again + 250, isNew = own.isNew
}

redis.call('SET', KEYS[1], cmsgpack.pack(s), 'PX', 172800000)
if KEYS[2] then redis.call('SET', KEYS[2], cmsgpack.pack(day), 'PX', 172800000) end
local reply = { epoch = s.epoch, again = again, paused = math.max(0, s.paused - now), replicas = seen }
if granted > 0 then reply.offsets = offsets end
if a.day then reply.day = { used = day.used, closed = math.max(0, day.closed - now) } end
return cjson.encode(reply)
`;
