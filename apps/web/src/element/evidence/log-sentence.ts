import { type AccessLogEntry } from '../../api/client.js';
import { type ElementTexts } from '../../texts/element-texts.js';
import { personOf } from '../session/context.js';

interface Sentence {
  readonly text: string;
  /** Null if `text` already says it. */
  readonly reason: string | null;
}

/**
 * An entry of the access log as a sentence.
 * @param numbers the display numbers of known credentials, by id
 */
export function sentenceOf(
  texts: ElementTexts,
  entry: AccessLogEntry,
  numbers: ReadonlyMap<string, number>,
): Sentence {
  const { evidence } = texts;
  const { actorId, outcome, reason } = entry;
  const actor =
    entry.actorRole === 'system' ? evidence.system : personOf(texts, actorId, entry.actorName);
  // The reason of an assignment is the id of the new assignee.
  const action = entry.action === 'assign' && reason === actorId ? 'take' : entry.action;
  const [done, undone] = evidence.actions[action] ?? [action, action];
  const text = evidence[outcome](
    actor,
    outcome === 'done' ? done : undone,
    subjectOf(texts, entry, action, numbers),
  );
  const reasons: Readonly<Record<string, string>> = evidence.reasons;
  return {
    text,
    reason: reason === null || entry.action === 'assign' ? null : (reasons[reason] ?? reason),
  };
}

function subjectOf(
  { evidence }: ElementTexts,
  entry: AccessLogEntry,
  action: string,
  numbers: ReadonlyMap<string, number>,
): string {
  const { credentialId, reason } = entry;
  if (action === 'take' || action === 'unassign') return '';
  if (action === 'assign') return reason ?? '';
  if (credentialId === null) return action === 'reveal' ? evidence.all : evidence.unknown;
  const number = numbers.get(credentialId);
  return number === undefined ? evidence.unknown : evidence.one(number);
}
