import { describe, expect, it } from '@jest/globals';
import { type HelpdeskEvent } from '#contracts';
import { doubtOf, createFromEvent, merge, type Mirrored, settle } from './mirror.js';
import { positionOf } from './position.js';

type Order = Partial<Pick<HelpdeskEvent, 'version' | 'time'>>;
type Step = (known: Mirrored) => Mirrored;

const order = ({ version, time }: Order) => ({ version, time });
const event = (status: HelpdeskEvent['status'], by: Order, id?: string): HelpdeskEvent => ({
  source: '/legacy-desk',
  ticketId: 'legacy:1',
  id,
  status,
  ...order(by),
});
const understood =
  (status: HelpdeskEvent['status'], by: Order, id?: string): Step =>
  (known) =>
    merge(known, event(status, by, id));
/** Without `by` it does not tell where it stands. */
const other =
  (by?: Order, eventId?: string): Step =>
  (known) =>
    doubtOf(known, { at: by && positionOf(order(by)), eventId, reason: 'data.status' });

const after = (first: Order, ...steps: Step[]): Mirrored =>
  steps.reduce<Mirrored>((known, step) => step(known), createFromEvent(event('open', first)));
const doubted = (...steps: Step[]) => after({ version: 1 }, ...steps).ticket.doubted;

const noon = '2026-03-01T12:00:00.';
const later = '2026-03-01T12:00:01.';

describe('what its home says of a ticket and nobody understands', () => {
  it('puts it in doubt, as one change', () => {
    const { ticket } = after({ version: 1 }, other({ version: 2 }));
    expect(ticket).toMatchObject({ doubted: true, version: 2, phase: 0, status: 'open' });
    const known = after({ version: 1 }, other({ version: 2 }), other({ version: 3 }));
    expect(known.ticket.version).toBe(2);
    expect(other({ version: 3 })(known)).toMatchObject({ ticket: known.ticket });
  });

  it('settles as soon as something later is understood, be it live or an end, and not before', () => {
    expect(doubted(other({ version: 3 }), understood('pending', { version: 2 }))).toBe(true);
    expect(doubted(other({ version: 3 }), understood('pending', { version: 4 }))).toBe(false);
    const ended = after(
      { version: 1 },
      other({ version: 3 }),
      understood('closed', { version: 4 }),
    );
    expect(ended.ticket).toMatchObject({ doubted: false, status: 'closed', phase: 1, version: 3 });
  });

  it('is no doubt where something later is known already, or the ticket has ended', () => {
    expect(
      doubted(understood('pending', { version: 3 }), other({ version: 2 }), other({ version: 3 })),
    ).toBe(false);
    expect(doubted(understood('closed', { version: 3 }), other({ version: 4 }), other())).toBe(
      false,
    );
  });

  it('is doubt again once an end that was thought the last turns out to have been reopened before', () => {
    const ended = [other({ version: 5 }), understood('closed', { version: 2 })];
    expect(doubted(...ended)).toBe(false);
    expect(doubted(...ended, understood('open', { version: 4 }))).toBe(true);
    expect(doubted(...ended, understood('open', { version: 6 }))).toBe(false);
  });

  it('settles when it is said again in words that are understood by now', () => {
    expect(doubted(other({ version: 2 }, 'e'), understood('pending', { version: 2 }, 'e'))).toBe(
      false,
    );
    const byTime = after(
      { time: noon },
      other({ time: later }, 'e'),
      understood('pending', { time: later }, 'e'),
    );
    expect(byTime.ticket).toMatchObject({ doubted: false, status: 'pending' });
  });

  it('may be the later one of two in a tick of a clock', () => {
    for (const steps of [
      [other({ time: later }, 'e'), understood('pending', { time: later }, 'f')],
      [understood('pending', { time: later }, 'f'), other({ time: later }, 'e')],
    ]) {
      expect(after({ time: noon }, ...steps).ticket.doubted).toBe(true);
      expect(
        after({ time: noon }, ...steps, understood('open', { time: later }, 'e')).ticket.doubted,
      ).toBe(false);
      expect(
        after({ time: noon }, ...steps, understood('pending', { time: `${later}000001` })).ticket
          .doubted,
      ).toBe(false);
    }
  });

  it('is as late as it is heard where it does not tell, or tells in another way than the ticket is ordered by', () => {
    for (const said of [other(), other({ time: noon })]) {
      expect(
        doubted(understood('pending', { version: 3 }), said, understood('open', { version: 2 })),
      ).toBe(true);
      expect(
        doubted(understood('pending', { version: 3 }), said, understood('open', { version: 4 })),
      ).toBe(false);
    }
  });
});

describe('a person who settles a doubt', () => {
  it('does so for all that was said before, however often it comes again, and not for what is said later', () => {
    const settled = [other({ version: 2 }), other({ version: 3 }), settle] as const;
    expect(doubted(...settled)).toBe(false);
    expect(doubted(...settled, other({ version: 2 }), other({ version: 3 }))).toBe(false);
    expect(doubted(...settled, other({ version: 4 }))).toBe(true);
    expect(doubted(other(), settle)).toBe(false);
    expect(doubted(other(), settle, other())).toBe(true);
    expect(doubted(other(), other(), settle, other(), settle)).toBe(false);
  });

  it('changes nothing where there is none', () => {
    const known = after({ version: 1 });
    expect(settle(known).ticket).toBe(known.ticket);
  });
});
