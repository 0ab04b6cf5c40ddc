import { afterEach, beforeEach, expect, it } from '@jest/globals';
import './live-ticket.fixture.js';
import { observePageLife, type PageLife } from './page-life.js';

let lives: PageLife[];
let unobserve: () => void;
beforeEach(() => {
  lives = [];
  unobserve = observePageLife((life) => lives.push(life));
});
afterEach(() => {
  unobserve();
});

it('an event of the document is reported once, although it bubbles up to the window', () => {
  for (const type of ['visibilitychange', 'freeze', 'resume'])
    for (const target of [document, window]) target.dispatchEvent(new Event(type));
  expect(lives).toEqual(['visible', 'suspended', 'resumed']);
});

it('a page is suspended while it is in the back/forward cache', () => {
  for (const type of ['pagehide', 'pageshow']) window.dispatchEvent(new Event(type));
  expect(lives).toEqual(['suspended', 'resumed']);
});

it('nothing is reported after the observer was removed', () => {
  unobserve();
  document.dispatchEvent(new Event('freeze'));
  window.dispatchEvent(new Event('pagehide'));
  expect(lives).toEqual([]);
});
