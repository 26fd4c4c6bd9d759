import { ConnectorError } from '../connid/errors.js';
import { type Call, type Foreseen, placeholderUid } from './call.js';
import type { PlanStep } from './connector.js';
import { toPlanStep } from './plan-step.js';
import type { Target } from './session.js';

/** A dry run: operations run against its target read what is there, and write nothing. */
interface Rehearsal {
  readonly target: Target;
  /** The calls so far, in order. */
  readonly steps: readonly PlanStep[];
}

/**
 * A target that makes reads and only notes everything else. An object that is not made because of that is read as its
 * create call foresees it.
 */
export function rehearse(target: Target): Rehearsal {
  const steps: PlanStep[] = [];
  let foreseen: Foreseen = {};
  return {
    steps,
    target: {
      send: (call, context) => {
        steps.push(toPlanStep(call));
        if (isRead(call) && !mentionsPlaceholder(call)) return target.send(call, context);
        foreseen = call.foreseen ?? foreseen;
        const { [call.endpoint.id]: answer } = foreseen;
        return isRead(call) && answer === undefined ? Promise.reject(notThere()) : Promise.resolve(answer);
      },
    },
  };
}

/** What is waited for depends on writes that are not made, so waiting would be in vain. */
function isRead({ awaits, endpoint }: Call): boolean {
  return endpoint.method === 'GET' && awaits === undefined;
}

function mentionsPlaceholder({ params = {} }: Call): boolean {
  return Object.values(params).includes(placeholderUid);
}

/** The refusal that reading an object meets where it has no record. */
function notThere(): ConnectorError {
  return new ConnectorError('unknownUid', 'The object is not there before it is made.', {
    upstream: { status: 404, code: 'dryRun' },
  });
}
