import { describe, expect, it } from '@jest/globals';
import { type Role, roles } from '#contracts';
import {
  type AgentAccess,
  agentAccessPolicies,
  decide,
  isOwn,
  mayDeleteOthers,
  type TicketAction,
  ticketActions,
} from './who-may-act.js';

/**
 * The column "who" of docs/contract.md, "Public HTTP API", in another form: r
 * requester, g any agent, a agent who may act on the ticket, d admin. Written from the
 * contract, not from the code.
 */
const who: Readonly<Record<TicketAction, string>> = {
  'ticket.read': 'r g d', // requester, agent, admin
  'ticket.update': 'r g d', // agent, admin; the requester some of it, which the handler knows
  'reply.write': 'r g', // requester, agent
  'reply.read': 'r g',
  'credential.submit': 'r', // the ticket's requester
  'credential.list': 'r a', // requester; agents who may act on the ticket
  'credential.reveal': 'a', // agents who may act on the ticket
  'credential.edit': 'a', // same
  'credential.delete': 'r a', // same; the requester who submitted it
  'request.create': 'a', // agents who may act on the ticket
  'request.read': 'r a', // the requester reads
  'request.delete': 'a',
  'access-log.read': 'r a d', // requester, agents who may act on it, admin
  'receipt.read': 'r g d', // requester, agents, admin
  'stream.read': 'r a', // requester, agents who may act on the ticket
};

const me = 'me';
const people = [me, 'other', null];
const roleSets = Array.from({ length: 2 ** roles.length }, (_, bits) =>
  roles.filter((_role, index) => (bits >> index) & 1),
);

interface Case {
  readonly granted: readonly Role[];
  readonly requesterId: string | null;
  readonly assigneeId: string | null;
  readonly policy: AgentAccess;
}

const cases: readonly Case[] = roleSets.flatMap((granted) =>
  people.flatMap((requesterId) =>
    people.flatMap((assigneeId) =>
      agentAccessPolicies.map((policy) => ({ granted, requesterId, assigneeId, policy })),
    ),
  ),
);

function expected(
  action: TicketAction,
  { granted, requesterId, assigneeId, policy }: Case,
): ReturnType<typeof decide> {
  const letters = {
    r: granted.includes('customer') && requesterId === me,
    g: granted.includes('agent'),
    a: granted.includes('agent') && (policy === 'any' || assigneeId === me),
    d: granted.includes('admin'),
  };
  if (!letters.r && !letters.g && !letters.d) return 'hidden';
  const may = who[action].split(' ').some((letter) => letters[letter as keyof typeof letters]);
  return may ? 'allowed' : 'forbidden';
}

const decided = (
  action: TicketAction,
  { granted, requesterId, assigneeId, policy }: Case,
): ReturnType<typeof decide> =>
  decide(action, { id: me, roles: new Set(granted) }, { requesterId, assigneeId }, policy);

describe('decide', () => {
  it('knows sixteen sets of roles, nine pairs of people and two policies', () => {
    expect(cases).toHaveLength(16 * 9 * 2);
    expect(Object.keys(who).sort()).toEqual([...ticketActions].sort());
  });

  it.each([...ticketActions])(
    'answers %s as the contract says, whoever asks about whatever ticket',
    (action) => {
      const wrong = cases.filter((facts) => decided(action, facts) !== expected(action, facts));
      expect(wrong).toEqual([]);
    },
  );

  it('hides a ticket from a customer who does not own it, and shows it to no service token', () => {
    const foreign = { requesterId: 'other', assigneeId: me, policy: 'any' } as const;
    for (const action of ticketActions) {
      expect(decided(action, { ...foreign, granted: ['customer'] })).toBe('hidden');
      expect(
        decided(action, { requesterId: me, assigneeId: me, policy: 'any', granted: ['service'] }),
      ).toBe('hidden');
    }
  });

  it('lets an admin reveal nothing, and a requester read back no secret', () => {
    for (const policy of agentAccessPolicies) {
      expect(
        decided('credential.reveal', {
          granted: ['admin'],
          requesterId: 'other',
          assigneeId: me,
          policy,
        }),
      ).toBe('forbidden');
      expect(
        decided('credential.reveal', {
          granted: ['customer'],
          requesterId: me,
          assigneeId: me,
          policy,
        }),
      ).toBe('forbidden');
    }
  });
});

describe('mayDeleteOthers', () => {
  it('is for agents who may act on the ticket, and for no requester', () => {
    const wrong = cases.filter(({ granted, requesterId, assigneeId, policy }) => {
      const acts = granted.includes('agent') && (policy === 'any' || assigneeId === me);
      return (
        mayDeleteOthers(
          { id: me, roles: new Set(granted) },
          { requesterId, assigneeId },
          policy,
        ) !== acts
      );
    });
    expect(wrong).toEqual([]);
  });
});

describe('isOwn', () => {
  it('is for who submitted it, and for nobody else', () => {
    expect([isOwn({ id: me }, me), isOwn({ id: me }, 'other')]).toEqual([true, false]);
  });
});
