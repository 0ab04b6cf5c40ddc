import { afterEach, beforeEach, expect, it } from '@jest/globals';
import './live-ticket.fixture.js';
import { observeLife, type PageLife } from './page-life.js';

let heard: PageLife[];
let unobserve: () => void;
beforeEach(() => {
  heard = [];
  unobserve = observeLife((life) => heard.push(life));
});
afterEach(() => {
  unobserve();
});

it('what a document tells is heard once, though it bubbles up to the window', () => {
  for (const type of ['visibilitychange', 'freeze', 'resume'])
    for (const target of [document, window]) target.dispatchEvent(new Event(type));
  expect(heard).toEqual(['seen', 'away', 'back']);
});

it('that a page is kept for "back" is told by its window', () => {
  for (const type of ['pagehide', 'pageshow']) window.dispatchEvent(new Event(type));
  expect(heard).toEqual(['away', 'back']);
});

it('nothing is heard once it was ended', () => {
  unobserve();
  document.dispatchEvent(new Event('freeze'));
  window.dispatchEvent(new Event('pagehide'));
  expect(heard).toEqual([]);
});
