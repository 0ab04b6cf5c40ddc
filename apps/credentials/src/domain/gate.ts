import { isEndedPhase } from '#contracts';

/** What is known of a ticket here: the gate. */
export interface GateState {
  readonly phase: number;
  readonly version: number;
}

/** What `tickets` answers, or an event claims. */
interface ReportedState {
  readonly phase: number;
  readonly version: number;
}

/**
 * What an answer of `tickets` means for a gate. `crossed`: the ticket has ended since,
 * and perhaps was reopened, so credentials of the old phase are destroyed (before the
 * first answer there are none). `regressed`: older than what is known (a restored
 * database, a lagging read), which is a fault: nothing is destroyed.
 */
export type AnswerMerge = 'regressed' | 'unchanged' | 'moved' | 'crossed';

export function mergeAnswer(gate: GateState, answer: ReportedState): AnswerMerge {
  if (isBelow(gate, answer)) return 'regressed';
  if (answer.phase > gate.phase) return gate.phase < 0 ? 'moved' : 'crossed';
  return answer.version > gate.version ? 'moved' : 'unchanged';
}

export const isBelow = (gate: GateState, answer: ReportedState): boolean =>
  answer.phase < gate.phase || answer.version < gate.version;

/**
 * Whether a reported change is newer than the gate. A gate that an event has ended does
 * not have the version of that end.
 */
export const isNews = (gate: GateState, change: ReportedState): boolean =>
  change.phase > gate.phase ||
  (change.phase === gate.phase && change.version > gate.version && !isEndedPhase(gate.phase));

/**
 * What an event means for a gate. It may only end the present phase (`end`). Anything
 * else that is newer is a reason to ask (`ask`), so that a forged or lost event can
 * neither skip a phase nor hold the gate back. An old event is `known`.
 */
export function mergeEvent(gate: GateState, event: ReportedState): 'end' | 'ask' | 'known' {
  if (event.phase === gate.phase + 1 && isEndedPhase(event.phase) && gate.phase >= 0) return 'end';
  return event.phase > gate.phase || (event.phase === gate.phase && event.version > gate.version)
    ? 'ask'
    : 'known';
}
