import { expect, it } from '@jest/globals';
import { sortableTime } from '#contracts';
import { EventTimes } from './event-times.js';
import { RefusedEventError } from './refused-event.js';

const now = new Date('2026-03-01T12:00:00.500Z');
const at = (time: string) => () => {
  new EventTimes(30).requireNotAhead({ time: sortableTime(time) }, now);
};

it.each([
  '2026-03-01T11:00:00Z',
  '2026-03-01T12:00:30.5Z',
  '2026-03-01T13:00:30.5+01:00',
  '1970-01-01T00:00:00Z',
])('the time of an event may be %s, which is at most the tolerance ahead', (time) => {
  expect(at(time)).not.toThrow();
});

it.each([
  '2026-03-01T12:00:30.5000001Z',
  '2026-03-01T12:01:00Z',
  '2026-03-01T12:00:00-01:00',
  '9999-12-31T23:59:59Z',
])('the time of an event may not be %s, which is further ahead than the tolerance', (time) => {
  expect(at(time)).toThrow(RefusedEventError);
});
