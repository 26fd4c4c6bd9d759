import type { ObjectName } from '../object-class/found-object.js';
import { type Declarations, RecentWrites, recentMs, type WrittenAttribute } from '../writes/recent-writes.js';
import type { AccountState } from './shared-state.js';

/** Returns the entries that followed one, without those of the replica itself. */
const newerScript = `
local function now()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end
local from = ARGV[1] ~= '' and ('(' .. ARGV[1]) or tostring(now() - tonumber(ARGV[2]))
local out = { ARGV[1] ~= '' and ARGV[1] or from }
local entries = redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', 10000)
local present = #entries > 0 and now()
for _, e in ipairs(entries) do
  out[1] = e[1]
  if e[2][2] ~= ARGV[3] then
    out[#out + 1] = tostring(present - tonumber(string.match(e[1], '^%d+')))
    out[#out + 1] = e[2][4]
  end
end
return out
`;

type Written = Omit<WrittenAttribute, 'declaration'>;

/** A report of an operation, as other replicas read it. */
type Report =
  | { readonly is: 'remember' | 'invalidate'; readonly written: Written }
  | { readonly is: 'rememberDeleted'; readonly object: ObjectName }
  | { readonly is: 'forget' | 'invalidateReferences'; readonly object: ObjectName };

/**
 * Recent writes of all replicas. Reports of this one are collected, and appended to a log in Redis before the lock of
 * the object is released. Before a read, the reports of others are taken over.
 */
export class SharedRecentWrites extends RecentWrites {
  #reports: Report[] = [];
  #last = '';
  #current: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(
    private readonly state: AccountState,
    now: () => number,
  ) {
    super(now);
  }

  override remember(written: WrittenAttribute): void {
    super.remember(written);
    this.#report({ is: 'remember', written: withoutDeclaration(written) });
  }

  override invalidate(written: WrittenAttribute): void {
    super.invalidate(written);
    this.#report({ is: 'invalidate', written: withoutDeclaration(written) });
  }

  override rememberDeleted(object: ObjectName): void {
    super.rememberDeleted(object);
    this.#report({ is: 'rememberDeleted', object });
  }

  override forget(object: ObjectName): void {
    super.forget(object);
    this.#report({ is: 'forget', object });
  }

  override invalidateReferences(object: ObjectName): void {
    super.invalidateReferences(object);
    this.#report({ is: 'invalidateReferences', object });
  }

  /** Takes the collected reports, as an entry of the log. It is empty if there are none. */
  async takeEntry(): Promise<{ readonly entry: string; readonly logKey: string; readonly lifeMs: number }> {
    const { logKey } = this;
    const reports = this.#reports.splice(0);
    // The write has happened: that others cannot learn of it does not change its outcome.
    const entry = reports.length === 0 ? '' : await this.state.sealing.seal(reports, logKey).catch(() => '');
    return { entry, logKey, lifeMs: recentMs };
  }

  /** Callers that come while one look is under way share the next one. */
  override refresh(declarations: Declarations): Promise<void> {
    this.#next ??= this.#current.then(() => {
      // Reports of another version may be of no use. Then this replica knows of its own writes only.
      const look = this.#look(declarations).catch(() => undefined);
      this.#current = look;
      this.#next = undefined;
      return look;
    });
    return this.#next;
  }

  get logKey(): string {
    return this.state.sealedKey('recent');
  }

  async #look(declarations: Declarations): Promise<void> {
    const { logKey, state } = this;
    const args = [this.#last, String(recentMs), state.shared.replica];
    // While Redis is away, a replica knows of its own writes only.
    const reply = await state.shared.evalScript(newerScript, [logKey], args).catch(() => undefined);
    if (!Array.isArray(reply)) return;
    const [last, ...entries] = reply.map(String);
    this.#last = last ?? '';
    for (let index = 0; index + 1 < entries.length; index += 2) {
      const reports = await state.sealing.open(entries[index + 1], logKey);
      if (Array.isArray(reports)) this.#takeOver(reports as Report[], Number(entries[index]), declarations);
    }
  }

  #takeOver(reports: readonly Report[], ageMs: number, declarations: Declarations): void {
    for (const report of reports) {
      if (report.is === 'rememberDeleted') super.rememberDeleted(report.object, ageMs);
      else if ('object' in report) super[report.is](report.object);
      else {
        const { name, objectClass } = report.written;
        const declaration = declarations(objectClass, name);
        if (declaration !== undefined) super[report.is]({ ...report.written, declaration }, ageMs);
      }
    }
  }

  #report(report: Report): void {
    this.#reports.push(report);
  }
}

function withoutDeclaration({ declaration: _declaration, ...written }: WrittenAttribute): Written {
  return written;
}
