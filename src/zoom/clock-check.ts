import type { Check } from '../connid/errors.js';
import type { TargetCheck } from '../connector/ports.js';
import type { ZoomClient } from './client/zoom-client.js';

const name = 'clock';

/** A difference from which times of repetition and the life of tokens begin to go wrong, in seconds. */
const tolerated = 60;

/** Whether our clock agrees with Zoom's, by the answer to a check before it. */
export function clockCheck(zoom: Pick<ZoomClient, 'clockAheadMs'>): TargetCheck {
  return { name, decisive: false, run: () => Promise.resolve([verdict(zoom.clockAheadMs())]) };
}

function verdict(aheadMs: number | undefined): Check {
  if (aheadMs === undefined) return { name, ok: true, detail: 'Zoom has not told its time.' };
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (seconds <= tolerated)
    return { name, ok: true, detail: "The clock of this computer agrees with Zoom's." };
  const direction = aheadMs > 0 ? 'ahead of' : 'behind';
  return {
    name,
    ok: true,
    detail: `The clock of this computer is ${seconds} seconds ${direction} Zoom's.`,
    hint: 'Synchronise it: when tokens end and when calls may be repeated is told by the clock.',
  };
}
