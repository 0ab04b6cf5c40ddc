import { describe, expect, it } from '@jest/globals';
import { type AccessLogEntry } from '../../api/client.js';
import german from '../../texts/de/element.js';
import { type ElementTexts } from '../../texts/element-texts.js';
import { elementTexts as english } from '../../texts/en/element.js';
import { sentenceOf } from './log-sentence.js';

const plain: AccessLogEntry = {
  seq: 1,
  at: '',
  actorId: 'bob',
  actorName: 'Bob',
  actorRole: 'agent',
  action: 'reveal',
  credentialId: null,
  outcome: 'done',
  reason: null,
  requestId: null,
};
const said = (texts: ElementTexts, facts: Partial<AccessLogEntry>) => {
  const { text, reason } = sentenceOf(texts, { ...plain, ...facts }, new Map([['c', 7]]));
  return [text.trim(), ...(reason === null ? [] : [reason])].join(' · ');
};

describe('sentenceOf', () => {
  it.each<[Partial<AccessLogEntry>, string, string]>([
    [{}, 'Bob viewed all credentials', 'Bob: alle Zugangsdaten – angesehen'],
    [
      { action: 'edit', credentialId: 'c' },
      'Bob changed the notes of credentials 7',
      'Bob: Zugangsdaten 7 – Notizen geändert',
    ],
    [{ action: 'assign', reason: 'bob' }, 'Bob took the ticket', 'Bob: Ticket übernommen'],
    [
      { action: 'assign', reason: 'carol' },
      'Bob assigned the ticket to carol',
      'Bob: carol – Ticket zugewiesen',
    ],
    [{ action: 'unassign' }, 'Bob unassigned the ticket', 'Bob: Zuweisung aufgehoben'],
    [{ action: 'request' }, 'Bob asked for credentials', 'Bob: Zugangsdaten – angefordert'],
    [
      { action: 'submit', outcome: 'refused', reason: 'ticket-ended' },
      'Bob was not allowed to share credentials · the ticket ended',
      'Bob: Zugangsdaten – Mitteilen abgelehnt · Ticket beendet',
    ],
    [
      { outcome: 'failed', reason: 'to look' },
      'Bob failed to view all credentials · to look',
      'Bob: alle Zugangsdaten – Ansehen misslungen · to look',
    ],
    [
      {
        actorId: null,
        actorRole: 'system',
        action: 'destroy',
        credentialId: 'c',
        reason: 'expired',
      },
      'The system destroyed credentials 7 · its time was over',
      'Das System: Zugangsdaten 7 – vernichtet · Frist abgelaufen',
    ],
    [{ action: 'new-word' }, 'Bob new-word credentials', 'Bob: Zugangsdaten – new-word'],
  ])('the entry %j is a sentence in each language', (facts, inEnglish, inGerman) => {
    expect([said(english, facts), said(german, facts)]).toEqual([inEnglish, inGerman]);
  });
});
