import { isEndedPhase } from '#contracts';

/** What is known of a ticket here: the gate. */
export interface Known {
  readonly phase: number;
  readonly version: number;
}

/** What `tickets` says, or an event claims. */
interface Told {
  readonly phase: number;
  readonly version: number;
}

/**
 * What an answer of `tickets` means to a gate. `crossed`: the ticket ended (and perhaps was reopened) since: what is stored under the old
 * phase is destroyed; under none, before the first answer, nothing can be. `regressed`: below what is known (a restored database, a lagging
 * read): a fault, and nothing is destroyed.
 */
export type AnswerMerge = 'regressed' | 'unchanged' | 'moved' | 'crossed';

export function mergeAnswer(gate: Known, answer: Told): AnswerMerge {
  if (isBelow(gate, answer)) return 'regressed';
  if (answer.phase > gate.phase) return gate.phase < 0 ? 'moved' : 'crossed';
  return answer.version > gate.version ? 'moved' : 'unchanged';
}

export const isBelow = (gate: Known, answer: Told): boolean => answer.phase < gate.phase || answer.version < gate.version;

/**
 * What an event means to a gate. It may only end the present phase (`end`); anything else that is newer is a hint to ask (`ask`), so that
 * a forged or lost event can neither jump nor hold back the gate. What is old is `known`.
 */
export function mergeEvent(gate: Known, event: Told): 'end' | 'ask' | 'known' {
  if (event.phase === gate.phase + 1 && isEndedPhase(event.phase) && gate.phase >= 0) return 'end';
  return event.phase > gate.phase || (event.phase === gate.phase && event.version > gate.version) ? 'ask' : 'known';
}
