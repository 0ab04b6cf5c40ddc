import { describe, expect, it } from '@jest/globals';
import { EventStreamReader } from './event-stream.js';

const whole =
  ': heartbeat\n\nevent: ticket\nid: 1\ndata: {"status":"resolved"}\n\nretry: 2000\n\nevent: sync\ndata: {}\n\n';
const events = [
  { type: 'ticket', data: { status: 'resolved' } },
  { type: 'sync', data: {} },
];

describe('EventStreamReader', () => {
  it('the same events are read however the text is cut into chunks', () => {
    for (let size = 1; size <= whole.length; size += 1) {
      const reader = new EventStreamReader();
      const pieces = whole.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];
      expect(pieces.flatMap((piece) => reader.push(piece))).toEqual(events);
    }
  });

  it('every kind of line break ends a line, even one that is cut in two', () => {
    for (const text of [whole.replaceAll('\n', '\r\n'), whole.replaceAll('\n', '\r')]) {
      const reader = new EventStreamReader();
      // What stands at the very end may be half of a line break, so
      // one more line completes it.
      expect([...text, '\n'].flatMap((character) => reader.push(character))).toEqual(events);
    }
  });

  it('the data lines of an event are joined, and an event that is not JSON is skipped', () => {
    expect(
      new EventStreamReader().push('data: [1,\ndata: 2]\n\ndata: {broken\n\ndata:3\n\n'),
    ).toEqual([
      { type: 'message', data: [1, 2] },
      { type: 'message', data: 3 },
    ]);
  });
});
