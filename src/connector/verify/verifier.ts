import { certainlyApplied, type Outcome } from '../writes/execute-plan.js';
import type { ObjectClass } from '../object-class/object-class.js';
import type { Pause } from '../ports.js';
import { openSession, type Session, type Target } from '../session.js';
import { amendOutcome, type Consequence } from '../writes/verifier.js';
import { readBack, type Written } from '../writes/read-back.js';

/** Looks whether writes that the target has confirmed were made. */
export interface Verifier {
  /**
   * @param written - the changes that were planned; those that count as applied are read back.
   * @returns the outcome as it really is.
   */
  verify(written: Written, outcome: Outcome, session: Session): Promise<Outcome>;
}

/** Believes what the target says. */
export const noVerifier: Verifier = { verify: (_, outcome) => Promise.resolve(outcome) };

/** What a verifier reads with. */
interface VerifierParts {
  /** As the target tells them: an overlay of recent writes would hide what is looked for. */
  readonly objectClasses: readonly ObjectClass[];
  readonly target: Target;
  readonly pause: Pause;
}

/** A verifier that reads back what was written. */
export function createVerifier(
  consequence: 'off' | Consequence,
  { objectClasses, pause, target }: VerifierParts,
): Verifier {
  if (consequence === 'off') return noVerifier;
  const classes = new Map(objectClasses.map((objectClass) => [objectClass.view.name, objectClass]));
  return {
    verify: async (written, outcome, { context }) => {
      const certain = certainlyApplied(outcome);
      const changes = written.changes.filter(({ attribute }) => certain.has(attribute));
      const objectClass = classes.get(written.objectClass.view.name) ?? written.objectClass;
      // A class may hold on to what an operation has made; to a context of its own it tells what is there.
      const session = openSession(target, { ...context });
      const verdict = await readBack({ ...written, objectClass, changes }, session, pause);
      return amendOutcome(outcome, verdict, consequence);
    },
  };
}
